"""What people say about a case: decisions about its records, and how its sources and reports are to be handled.

Kept beside what machines made, never mixed with it. A record here is written once and never changed; what holds now
follows from all of them in their order.
"""

from __future__ import annotations

from dataclasses import dataclass

from headwater.model.spans import Place
from headwater.model.words import Consent, Sensitivity, SubjectKind, Verb


@dataclass(frozen=True, slots=True)
class Subject:
    """What a decision is about.

    `id` is the id of the record when the decision was made. `members` are the ids of all statements, mentions and
    figures that it was made of then, its founder first, so that the record is found again after it was made anew;
    of a record that is not made of others, none. `place` is where the record (or its founder) stands.
    """

    kind: SubjectKind
    id: str
    members: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's recorded answer. Never overwritten: what is taken back is taken back by a further decision.

    `id` is unique across all copies of a case. `value` is what the verb needs: the new name, the note, the mention or
    words that a statement is given to (empty for nobody). `why` is the person's reason. `agent` is who decided,
    `time` UTC, ISO 8601 to the second. `shown_sha256` is the digest of what the person was shown, which is kept
    beside the decision; `brought` is True when it was made in another copy of the case and brought here. `withdrawn`
    is True when it was about a report that was withdrawn: then `value`, `why` and what was shown are gone.
    """

    id: str
    verb: Verb
    subjects: tuple[Subject, ...]
    value: str
    why: str
    agent: str
    time: str
    shown_sha256: str
    brought: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Handling:
    """How one source or report is to be handled by everything that leaves the case. The last one of a subject holds.

    `subject` is a source (with its mentions as members) or a report. `names` are all wordings that would tell who or
    what it is, `pseudonym` is what stands in their place everywhere, the same for good. `agent` and `time` as in a
    decision.
    """

    id: str
    subject: Subject
    consent: Consent
    sensitivity: Sensitivity
    names: tuple[str, ...]
    pseudonym: str
    note: str
    agent: str
    time: str


@dataclass(frozen=True, slots=True)
class People:
    """All that people said about a case, in the order in which it was said.

    `shown` is what was shown for each decision, by its id; one whose words were withdrawn is missing.
    """

    decisions: tuple[Decision, ...] = ()
    handlings: tuple[Handling, ...] = ()
    shown: tuple[tuple[str, str], ...] = ()
