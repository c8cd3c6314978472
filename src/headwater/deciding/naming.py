"""A name for a decision, in the words that the person was shown: 'rejected statement “They took the boats …”'."""

from __future__ import annotations

from headwater.deciding.standing import about, is_pair
from headwater.model import Decision, SubjectKind, Verb

BLOCK = "\n\n"  # between what was shown of one subject and of the next; the first line of each is its heading
GIVEN_TO = "to: "  # the line, at the end of what was shown, that says in words to whom a statement was given

_LONGEST = 72  # code points of a heading: what fits on a line of a terminal beside the verb


def named(decision: Decision, shown: str | None) -> str:
    """Return the name of a decision for people.

    `shown` is what was shown for it, or None when that was withdrawn; then its subjects are called by their ids.
    """
    subjects = about(decision)
    headings = [block.partition("\n")[0] for block in (shown or "").split(BLOCK)]
    fallback = [f"{subject.kind.value} {subject.id}" for subject in subjects]
    whole = shown and len(headings) >= len(subjects)
    names = [_short(name) for name in (headings[: len(subjects)] if whole else fallback)]
    match decision.verb:
        case Verb.CONFIRM | Verb.REJECT if is_pair(subjects):
            kinds = {subject.kind for subject in subjects}
            does = "contradicts" if len(kinds) == 1 else "denies or qualifies"
            one, other = sorted(names, key=lambda name: name.startswith(SubjectKind.CLAIM.value))
            return f"{_PAST[decision.verb]} that {one} {does} {other}"
        case Verb.MERGE:
            return f"merged {_listed(names[:1])} with {_listed(names[1:])}"
        case Verb.SPLIT if len({subject.kind for subject in subjects}) == 1:
            return f"kept apart {_listed(names)}"
        case Verb.SPLIT:
            return f"took {_listed(names[1:])} out of {names[0]}"
        case Verb.REATTRIBUTE:
            whom = _given_to(shown) or decision.value
            return f"gave {_listed(names)} to {_short(whom)}" if whom else f"gave {_listed(names)} to nobody known"
        case Verb.RENAME:
            return f"renamed {_listed(names)} to {_short(f'“{decision.value}”')}"
        case Verb.NOTE:
            return f"noted on {_listed(names)}: {_short(f'“{decision.value}”')}"
        case Verb.UNDO | Verb.REDO:
            lead = f"{SubjectKind.DECISION.value} "
            return f"{_PAST[decision.verb]}: {_listed([name.removeprefix(lead) for name in names])}"
        case _:
            return f"{_PAST[decision.verb]} {_listed(names)}"


_PAST = {
    Verb.CONFIRM: "confirmed",
    Verb.REJECT: "rejected",
    Verb.UNDO: "undone",
    Verb.REDO: "brought back",
}


def _listed(names: list[str]) -> str:
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]} and {len(names) - 1} others"


def _given_to(shown: str | None) -> str:
    lines = (shown or "").splitlines()
    return next((line.removeprefix(GIVEN_TO) for line in reversed(lines) if line.startswith(GIVEN_TO)), "")


def _short(words: str) -> str:
    """Return the words on one line, cut at a word; a quotation that is cut is closed again."""
    line = " ".join(words.split())
    if len(line) <= _LONGEST:
        return line
    end = "…”" if line.endswith("”") else "…"
    head = line[: _LONGEST - len(end)]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:–—-") + end
