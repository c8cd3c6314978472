"""Whatever stands in the reports, a run ends with a sound case: nothing lost, nothing that fails, the same twice."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.dossier import render
from headwater.errors import NothingToRead
from headwater.exchange import case_json_bytes
from headwater.pipeline.finding import find
from headwater.pipeline.run import trace_reports

# Pieces that readers and tracers look at, in any order: most of the trouble is where one of them ends too early.
MARKS = "“ ” ‘ ’ \" ' — ... … ( ) [ ] : é 日本 🙂 ﬁ @Oda_Renn http://vell.example/a?b=c".split()
SPACES = [" - ", ", ", ". ", "\n\n", "\n", "\u00a0", "\ufeff", "\u202e", "\u2028", "\t", " "]
WORDS = (
    "said| he said| she told Radio Vellmar|according to |Oda Renn|Mr Imber|the ministry| denied it|who |that |"
    "They took the boats at dawn|no boat has left|at least 12 people|between 3 and 7 boats|dozens of |two dozen|"
    "1,200,000|on 3 May|last week|yesterday|(Picture: Vell Press)|Read more|- Vell Press|it has been claimed that |"
    "could not independently verify|SELLMOUTH, May 3 (Vell Press) — "
).split("|")
PIECES = st.sampled_from([*MARKS, *SPACES, *WORDS])
TEXTS = st.lists(st.one_of(PIECES, PIECES, PIECES, st.text(max_size=5)), min_size=1, max_size=40).map("".join)


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=15, deadline=None)
def test_a_run_on_any_reports_ends_with_a_sound_case(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        for number, text in enumerate(texts):
            data = text.encode("utf-8", "surrogatepass")
            (Path(place) / f"{number}.txt").write_bytes(data)
        try:
            first, again = trace_reports([Path(place)]), trace_reports([Path(place)])
        except NothingToRead:
            return
    assert first.troubles == ()
    assert case_json_bytes(first.case) == case_json_bytes(again.case)
    assert "index.html" in render(first.case, title="Any")
    for report in first.case.received.reports:
        if any(character.isalpha() for character in report.text):
            word = next(part for part in report.text.split() if any(c.isalpha() for c in part))
            find(first.case, word + " a")
