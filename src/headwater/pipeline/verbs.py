"""What goes with each verb: which subjects make one decision together, and what must be told besides."""

from __future__ import annotations

from headwater.deciding import is_pair
from headwater.errors import CannotDecide
from headwater.model import Mention, Source, Subject, Verb
from headwater.pipeline.subjects import Index


def apart(verb: Verb, subjects: tuple[Subject, ...]) -> list[tuple[Subject, ...]]:
    """Return the subjects of each single decision, so that each can be undone: one each, where nothing joins them."""
    if verb in {Verb.MERGE, Verb.SPLIT} or (is_pair(subjects) and verb in {Verb.CONFIRM, Verb.REJECT}):
        return [subjects]
    return [(each,) for each in subjects]


def value_for(verb: Verb, given: str | None, index: Index) -> tuple[str, str]:
    """Return the value to store and, of a re-attribution, who that is in words. Raises CannotDecide."""
    value = (given or "").strip()
    if verb is not Verb.REATTRIBUTE:
        return value, ""
    if given is None:
        raise CannotDecide(
            "It is not said to whom the statement is given.",
            next_step='Add --to with a mention, a source or words, or --to "" for nobody.',
        )
    if not value.startswith(("mention-", "source-")):
        return value, value
    subject = index.subject(value)
    _, record = index.records[subject.id]
    words = record.text if isinstance(record, Mention) else record.name if isinstance(record, Source) else value
    return subject.id, words
