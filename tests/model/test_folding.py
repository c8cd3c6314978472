"""Folding words: every written word has a form that can be compared, or none at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from headwater.model import keys, words


def test_a_negation_cut_off_its_verb_is_still_one() -> None:
    assert keys("It (was)n't theirs.") == ["it", "was", "not", "theirs"]
    assert keys("n't") == ["not"]


@given(st.text(st.sampled_from("nt's’´ªéó 1ﬀ")) | st.text())
def test_no_word_is_folded_to_nothing(text: str) -> None:
    assert all(word.key and word.start < word.end for word in words(text))
