"""What goes with each verb: about what a person can say it, about how many, and what must be told besides."""

from __future__ import annotations

from collections.abc import Sequence

from headwater.errors import CannotDecide
from headwater.model import Mention, Source, Subject, SubjectKind, Verb
from headwater.pipeline.subjects import Index

# What is made of what: only these are joined and parted, each with its own kind or with what it is made of.
_MADE_OF = {
    SubjectKind.UTTERANCE: frozenset({SubjectKind.STATEMENT}),
    SubjectKind.SOURCE: frozenset({SubjectKind.MENTION}),
    SubjectKind.ORIGIN: frozenset({SubjectKind.STATEMENT, SubjectKind.FIGURE}),
    SubjectKind.CLAIM: frozenset({SubjectKind.STATEMENT, SubjectKind.FIGURE}),
}
_PARTS = frozenset({SubjectKind.STATEMENT, SubjectKind.MENTION, SubjectKind.FIGURE})
_NAMED = frozenset({SubjectKind.SOURCE, SubjectKind.ORIGIN, SubjectKind.CLAIM})
_TWO = 2
_HOW = "See the examples of `headwater decide --help`."


def check_subjects(verb: Verb, subjects: Sequence[Subject]) -> None:
    """Raise CannotDecide when this cannot be said of these subjects."""
    kinds = {each.kind for each in subjects}
    if not subjects:
        raise CannotDecide(f"It is not said what to {verb.value}.", next_step=_HOW)
    if len({each.id for each in subjects}) < len(subjects):
        raise CannotDecide("The same is named twice.", next_step="Name each thing once.")
    if verb in {Verb.MERGE, Verb.SPLIT}:
        _check_level(verb, subjects, kinds)
    elif verb is Verb.REATTRIBUTE and kinds != {SubjectKind.STATEMENT}:
        raise CannotDecide(
            "Only statements are given to somebody else.", next_step="Name the statement by its id or its words."
        )
    elif verb is Verb.RENAME and (len(subjects) > 1 or not kinds <= _NAMED):
        raise CannotDecide(
            "One source, origin or claim at a time is given a name.",
            next_step="Name it by its id, with the beginning of it, for example source-1a2b.",
        )


def value_for(verb: Verb, subjects: Sequence[Subject], given: str | None, index: Index) -> tuple[str, str]:
    """Return the value to store and, where somebody is meant by it, who that is in words. Raises CannotDecide."""
    if verb is Verb.REATTRIBUTE:
        if given is None:
            raise CannotDecide(
                "It is not said to whom the statement is given.",
                next_step='Add --to with a mention\'s id, with words, or with --to "" for nobody.',
            )
        return _voice(subjects[0], given.strip(), index)
    if verb in {Verb.RENAME, Verb.NOTE}:
        if not (given or "").strip():
            what = "the new name" if verb is Verb.RENAME else "the note"
            raise CannotDecide(f"There is no text for {what}.", next_step='Add it with --to "TEXT".')
        return (given or "").strip(), ""
    if given is not None:
        raise CannotDecide(f"--to does not go with {verb.value}.", next_step='Give your reason with --why "TEXT".')
    return "", ""


def _check_level(verb: Verb, subjects: Sequence[Subject], kinds: set[SubjectKind]) -> None:
    wholes = kinds - _PARTS
    fitting = len(kinds) == 1 and not wholes
    if len(wholes) == 1:
        (whole,) = wholes
        fitting = whole in _MADE_OF and kinds - wholes <= _MADE_OF[whole]
    if len(subjects) < _TWO or not fitting:
        raise CannotDecide(
            f"These cannot be taken for {'one' if verb is Verb.MERGE else 'several'}: "
            f"{', '.join(f'{each.kind.value} {each.id}' for each in subjects)}.",
            next_step="Name two or more statements or utterances, or mentions or sources, or origins, or claims.",
        )
    if verb is Verb.SPLIT and wholes and subjects[0].kind not in wholes:
        raise CannotDecide(
            "To take a part out of something, the whole is named first.",
            next_step="For example: headwater decide CASE split utterance-1a2b statement-3c4d.",
        )


def _voice(statement: Subject, given: str, index: Index) -> tuple[str, str]:
    """Return who said it instead: a mention of the same report, else the words as they are."""
    if not given:
        return "", ""
    found = [each for each in index.records if each.startswith(given) and each.startswith(("mention-", "source-"))]
    if not found:
        return given, given
    report = statement.place.report if statement.place else ""
    ident = index.subject(given).id
    voices = [index.records[each][1] for each in (ident, *index.subject_of(ident).members)]
    mention = next((each for each in voices if isinstance(each, Mention) and each.report == report), None)
    if mention:
        return mention.id, mention.text
    whole = voices[0]
    words = whole.name if isinstance(whole, Source) else getattr(whole, "text", given)
    return words, words
