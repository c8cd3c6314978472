"""What a command answers to a program about a case in which somebody is protected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from headwater.model import Case, People
from headwater.protection import Replacer, plan
from headwater.protection.replacing import Edited
from headwater.protection.withheld import RUN_IN_RECORDS, Repeats, withheld, withheld_texts

# Paths on this computer, which the program itself gave or needs to go on.
_PLACES = frozenset({"case_file", "dossier", "older_dossiers"})


def answer_of(record: Mapping[str, object], case: Case, people: People) -> dict[str, object]:
    """Return `record` with every protected name under its pseudonym and withheld words left out.

    Ids stay as they are in the case: they are what the next command is given. Pure.
    """
    found = plan(case, people.handlings)
    if not found:
        return dict(record)
    names, repeats = Replacer(found), Repeats(withheld_texts(case, withheld(case, found)), RUN_IN_RECORDS)

    def words(text: str) -> str:
        lines = (Edited.of(line, (*names.edits(line), *repeats.edits(line))).text for line in text.split("\n"))
        return "\n".join(lines)

    return {key: value if key in _PLACES else _walked(value, words) for key, value in record.items()}


def _walked(value: object, words: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, Mapping):
        return {key: _walked(each, words) for key, each in value.items()}
    if isinstance(value, Sequence):
        return [_walked(each, words) for each in value]
    return value
