"""What is to be done with each source and report that somebody decided how to handle, as one plan for a case.

The last handling of a subject holds. What it does to everything that leaves the case:

| subject | consent | sensitivity | effect |
|---|---|---|---|
| source | unknown, given | open | none |
| source | unknown, given | protected | its names become its pseudonym, everywhere |
| source | unknown, given | withheld | the same, and the words of its statements are withheld, everywhere |
| source | internal, withdrawn | any | as withheld |
| report | unknown, given | open | none |
| report | unknown, given | protected | outlet, title, files, address and author become its pseudonym, everywhere |
| report | unknown, given | withheld | the same, and its whole working text is withheld |
| report | internal, withdrawn | any | as withheld |

Everywhere: in every text, headline, caption, title, file name, address, reason and other string of the case. The words
of a source's statements are also withheld where another report renders the same utterance without naming the source,
and where a string repeats a run of them. Of every report in which anything was replaced, the digest of its original,
its original and its address are withheld too: each leads to the public page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from headwater.model import Case, Consent, Handling, Sensitivity, SubjectKind
from headwater.protection.forms import Form, forms
from headwater.protection.names import proposed_names, usable

_NOT_LEAVING = frozenset({Consent.INTERNAL, Consent.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Mask:
    """One source or report behind its pseudonym.

    `ids` is the id of the source and of its mentions, or of the report, as they are in the case. `withheld` is True
    when its words are not to leave either.
    """

    kind: SubjectKind
    ids: frozenset[str]
    pseudonym: str
    names: tuple[str, ...] = field(repr=False)
    withheld: bool


@dataclass(frozen=True)
class Plan:
    """All masks of a case; an empty one changes nothing. Its names are not in its repr."""

    masks: tuple[Mask, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.masks)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """Every form of every protected name, longest first."""
        return forms((name, mask.pseudonym) for mask in self.masks for name in mask.names)

    def of(self, kind: SubjectKind) -> tuple[Mask, ...]:
        """The masks of one kind of subject."""
        return tuple(mask for mask in self.masks if mask.kind is kind)


def plan(case: Case, handlings: Iterable[Handling]) -> Plan:
    """Return what the handlings do to everything that leaves the case. Pure.

    To the names that a person accepted come those of mentions that the source got since: nobody was asked about them.
    """
    last = {(each.subject.kind, each.subject.id): each for each in handlings}
    masks = [mask for each in last.values() if (mask := _mask(case, each)) is not None]
    return Plan(tuple(masks))


def _mask(case: Case, handling: Handling) -> Mask | None:
    withheld = handling.sensitivity is Sensitivity.WITHHELD or handling.consent in _NOT_LEAVING
    if handling.sensitivity is Sensitivity.OPEN and not withheld:
        return None
    subject = handling.subject
    ids = frozenset({subject.id, *subject.members})
    names = handling.names
    if subject.kind is SubjectKind.SOURCE:
        for source in case.traced.sources:
            if source.id == subject.id or ids & set(source.mentions):
                later = frozenset(source.mentions) - ids
                names = (*names, *proposed_names(case, source.id, mentions=later))
                ids |= {source.id, *source.mentions}
    elif any(report.id == subject.id for report in case.received.reports):
        names = (*names, *proposed_names(case, subject.id))
    return Mask(subject.kind, ids, handling.pseudonym, tuple(dict.fromkeys(filter(usable, names))), withheld)
