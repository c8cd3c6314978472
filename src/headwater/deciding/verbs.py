"""Which decisions make sense: the table of verbs and what each can be about.

| verb | subjects | value | what follows |
|---|---|---|---|
| confirm | any one or more | none | nothing is changed; an earlier rejection of the same holds no longer |
| reject | statements, figures, links, reuse | none | they are left out |
| reject | a claim and a statement | none | the statement does not deny or qualify the claim |
| reject | two claims | none | they do not contradict one another |
| merge | two or more sources, utterances, origins or claims | none | they are one |
| split | one source and mentions of it | none | these mentions speak of somebody else |
| split | one utterance, origin or claim and statements (or figures) of it | none | these do not belong to it |
| split | two or more sources, utterances, origins or claims | none | they stay apart; sources, origins: independent |
| re-attribute | statements | mention, source, words | somebody else said this; without a value: it is not clear who |
| rename | one source, claim or origin | the name | it is called so; no count changes |
| note | any one or more | the note | nothing is changed |
| undo, redo | one decision | none | it does not hold, or holds again |
"""

from __future__ import annotations

from collections.abc import Sequence

from headwater.model import Subject, SubjectKind, Verb

GROUPS = frozenset({SubjectKind.SOURCE, SubjectKind.UTTERANCE, SubjectKind.ORIGIN, SubjectKind.CLAIM})
_LEFT_OUT = frozenset({SubjectKind.STATEMENT, SubjectKind.FIGURE, SubjectKind.LINK, SubjectKind.REUSE})
_CALLED = frozenset({SubjectKind.SOURCE, SubjectKind.CLAIM, SubjectKind.ORIGIN})
MADE_OF = {
    SubjectKind.SOURCE: frozenset({SubjectKind.MENTION}),
    SubjectKind.UTTERANCE: frozenset({SubjectKind.STATEMENT}),
    SubjectKind.ORIGIN: frozenset({SubjectKind.STATEMENT, SubjectKind.FIGURE}),
    SubjectKind.CLAIM: frozenset({SubjectKind.STATEMENT, SubjectKind.FIGURE}),
}
_INSTEAD = {
    SubjectKind.REPORT: "A report is not rejected: withdraw it from the case, or reject single statements in it.",
    SubjectKind.MENTION: "A mention is not rejected: re-attribute the statements that are given to it.",
    SubjectKind.SOURCE: "A source is not rejected: re-attribute its statements, or split the source.",
    SubjectKind.UTTERANCE: "An utterance is not rejected: reject its statements, or split it.",
    SubjectKind.ORIGIN: "An origin is not rejected: reject or re-attribute its statements, or split it.",
    SubjectKind.CLAIM: "A claim is not rejected: reject the statements or figures that carry it, or split it.",
    SubjectKind.DECISION: "A decision is not rejected: undo it.",
}


def allowed(verb: Verb, subjects: Sequence[Subject], value: str) -> str | None:
    """Return None when a person can decide so, else the sentence that says why not and what to do instead."""
    if not subjects:
        return "Say what the decision is about."
    if len({(each.kind, each.id) for each in subjects}) < len(subjects):
        return "The same thing is named twice."
    kinds = [each.kind for each in subjects]
    if SubjectKind.DECISION in kinds and verb not in {Verb.UNDO, Verb.REDO, Verb.NOTE}:
        return _INSTEAD[SubjectKind.DECISION] if verb is Verb.REJECT else "A decision is undone, redone or noted upon."
    valued = {Verb.RENAME: "Say the new name.", Verb.NOTE: "Say what is to be noted."}
    if verb in valued and not value.strip():
        return valued[verb]
    if value and verb not in {*valued, Verb.REATTRIBUTE}:
        return f"“{verb}” takes no further words; give them as the reason."
    match verb:
        case Verb.REJECT:
            return _rejected(kinds)
        case Verb.MERGE:
            return _merged(subjects)
        case Verb.SPLIT:
            return _split(subjects)
        case Verb.REATTRIBUTE if set(kinds) != {SubjectKind.STATEMENT}:
            return "Only statements are re-attributed; a figure goes with the statement that it stands in."
        case Verb.RENAME if len(kinds) != 1 or kinds[0] not in _CALLED:
            return "One source, claim or origin is renamed at a time; other things are called as the reports call them."
        case Verb.UNDO | Verb.REDO if kinds != [SubjectKind.DECISION]:
            return f"One decision is {'undone' if verb is Verb.UNDO else 'redone'} at a time."
        case _:
            return None


def _rejected(kinds: Sequence[SubjectKind]) -> str | None:
    pair = sorted(kinds) in (
        [SubjectKind.CLAIM, SubjectKind.STATEMENT],
        [SubjectKind.CLAIM, SubjectKind.CLAIM],
    )
    if pair or set(kinds) <= _LEFT_OUT:
        return None
    return next(_INSTEAD[kind] for kind in kinds if kind not in _LEFT_OUT)


def _merged(subjects: Sequence[Subject]) -> str | None:
    kinds = {each.kind for each in subjects}
    if len(kinds) > 1 or not kinds <= GROUPS:
        return "Sources are merged with sources, utterances with utterances, origins with origins, claims with claims."
    return "Name two or more that are one." if len(subjects) < 2 else None


def _split(subjects: Sequence[Subject]) -> str | None:
    first, *others = subjects
    if first.kind not in GROUPS:
        return "Only sources, utterances, origins and claims are split."
    kinds = {each.kind for each in others}
    if not others:
        return "Name what does not belong to it, or another one that it is to be kept apart from."
    if kinds == {first.kind}:
        return None
    if not kinds <= MADE_OF[first.kind]:
        parts = " or ".join(sorted(f"{kind}s" for kind in MADE_OF[first.kind]))
        return f"Of {_an(first.kind)} only {parts} are taken out; or name another {first.kind} to keep it apart from."
    strangers = [each for each in others if each.id not in first.members]
    if strangers:
        return f"The {strangers[0].kind} is not part of that {first.kind}."
    if len(others) == len(first.members):
        return f"At least one must stay: name what does not belong to the {first.kind}."
    return None


def _an(kind: SubjectKind) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
