"""The checks of verify, one function each: evidence in, one answer out. Pure; no file is opened here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from headwater.casefile.evidence import Evidence
from headwater.casefile.kinds import (
    KEPT,
    KINDS,
    StoredAnchor,
    StoredMaker,
    StoredReport,
)
from headwater.casefile.read import Stored
from headwater.casefile.references import further_places, id_of, known_ids
from headwater.casefile.references import references as references_of
from headwater.casefile.shelves import readings, traced
from headwater.model import (
    Case,
    Maker,
    Makers,
    Place,
    Received,
    SetAside,
    Summary,
    Verdict,
    Weighed,
    places,
    sha256_text,
)


@dataclass(frozen=True, slots=True)
class Damage:
    """One place where something does not agree. `kind` is the table; `position` and `record` the row, when known."""

    kind: str
    position: int | None
    record: str | None
    what: str

    @property
    def where(self) -> str:
        """The place as people read it."""
        row = "" if self.position is None else f" {self.position}"
        return f"{self.kind}{row}{f' ({self.record})' if self.record else ''}"


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to one question about a case, in a sentence, with every damage found."""

    name: str
    verdict: Verdict
    sentence: str
    damages: tuple[Damage, ...] = ()


_MADE = frozenset(kind.name for kind in KINDS)


def answer(name: str, good: str, damages: Iterable[Damage], *, blind: bool = False) -> Check:
    """A check without damages passed, unless it was `blind` to some of what it looks at."""
    found = tuple(damages)
    if found:
        return Check(name, Verdict.FAILED, f"{many(len(found), 'place')} damaged or changed.", found)
    if blind:
        return Check(name, Verdict.NOT_CHECKED, "Not everything that it looks at could be read.")
    return Check(name, Verdict.PASSED, good)


def many(count: int, noun: str) -> str:
    """Say how many: "1 place", "2 places"."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"


def damaged_row(kind: str, row: Stored, what: str) -> Damage:
    """Return the damage of one row."""
    return Damage(kind, row.position, id_of(row.record), what)


def unreadable(evidence: Evidence, *kinds: str) -> Iterator[Damage]:
    """Yield a damage for each of these tables that could not be read to its end."""
    for kind in kinds:
        if kind in evidence.unreadable:
            yield Damage(kind, None, None, evidence.unreadable[kind])


def _blind(evidence: Evidence, *kinds: str) -> bool:
    """True when one of these tables could not be read to its end."""
    return any(kind in evidence.unreadable for kind in kinds)


def database(evidence: Evidence) -> Check:
    """SQLite's own check of its pages and indexes; blind to most changes inside a page."""
    damages = (Damage("database", None, None, line) for line in evidence.integrity)
    return answer("database", "SQLite finds its pages and indexes in order.", damages)


def schema(evidence: Evidence) -> Check:
    """Tables, indexes and views are those of this format, word for word; nothing was added."""
    damages = (Damage(name, None, None, what.removesuffix(".")) for name, what in evidence.schema)
    good = "All tables and views are as Headwater makes them."
    return answer("schema", good, damages, blind=not evidence.opened)


def originals(evidence: Evidence) -> Check:
    """Every original has the SHA-256 and size under which it was received."""
    found = evidence.rows.get("original", [])
    damages = (damaged_row("original", row, fault) for row in found for fault in row.payload_faults)
    good = f"{many(len(found), 'original')} checked: each has the SHA-256 under which it was received."
    return answer("originals", good, [*unreadable(evidence, "original"), *damages])


def texts(evidence: Evidence) -> Check:
    """Every working text has its recorded SHA-256."""
    found = evidence.rows.get("report", [])
    damages = (damaged_row("report", row, fault) for row in found for fault in row.payload_faults)
    good = f"{many(len(found), 'working text')} checked: each has its recorded SHA-256."
    return answer("texts", good, [*unreadable(evidence, "report"), *damages])


def texts_from_originals(evidence: Evidence) -> Iterator[Check]:
    """Plain texts: the original decoded with the recorded encoding is the text. Other formats are not read here."""
    found = evidence.rows.get("report", [])
    by_position = {row.position: row for row in found}
    damages = [damaged_row("report", by_position[at], what) for at, what in evidence.redecoded.items() if what]
    others = len(found) - len(evidence.redecoded)
    if evidence.redecoded or not others:
        good = f"{many(len(evidence.redecoded), 'plain text')} checked: each is its original, letter for letter."
        yield answer("plain texts from originals", good, damages, blind=_blind(evidence, "original", "report"))
    if others:
        yield Check(
            "other texts from originals",
            Verdict.NOT_CHECKED,
            f"{many(others, 'text')} made from a page or another format, which this check does not read. "
            "Tracing the same originals again makes them anew.",
        )


def passages(evidence: Evidence) -> Check:
    """Passages fit their text, are in order, do not overlap and leave nothing out but white space."""
    damages = []
    for row in evidence.rows.get("report", []):
        text = _text(row)
        if text is not None:
            damages += [damaged_row("report", row, what) for what in _passage_faults(row.record, text)]
    good = "Every working text is covered by its passages."
    return answer("passages", good, damages, blind=_blind(evidence, "report"))


def _passage_faults(report: StoredReport, text: str) -> Iterator[str]:
    covered = 0
    for number, passage in enumerate(report.passages):
        start, end = passage.span
        if not covered <= start < end <= len(text):
            yield f"passage {number} ({start}-{end}) does not fit behind the one before it or the text"
            return
        if text[covered:start].strip():
            yield f"code points {covered}-{start} are in no passage"
        covered = end
    if text[covered:].strip():
        yield f"code points {covered}-{len(text)} are in no passage"


def records(evidence: Evidence) -> Check:
    """Every record has its digest, its place in the order, its declared shape, and a maker that the case names."""
    makers = {f"{maker.name} {maker.version}" for maker in evidence.shelf.of(StoredMaker)}
    damages = list(unreadable(evidence, *(table.name for table in (*KINDS, *KEPT))))
    count = 0
    for kind, found in evidence.rows.items():
        count += len(found)
        for row in found:
            damages += [damaged_row(kind, row, fault) for fault in row.faults]
            if kind in _MADE and row.record is not None and row.made_by not in makers:
                damages.append(damaged_row(kind, row, f"its maker {row.made_by!r} is not among the makers of the case"))
    return answer("records", f"{many(count, 'record')} checked: each has its digest, place and shape.", damages)


def decisions(evidence: Evidence) -> Check:
    """What people were shown when they decided has its recorded digest; what was withdrawn is gone."""
    found = evidence.rows.get("decision", [])
    damages = (damaged_row("decision", row, fault) for row in found for fault in row.payload_faults)
    gone = sum(1 for row in found if row.record is not None and row.record.withdrawn)
    less = f" What was shown for {gone:,} of them has been withdrawn." if gone else ""
    good = f"{many(len(found), 'decision')} checked: what was shown for each has its recorded SHA-256.{less}"
    return answer("decisions", good, [*unreadable(evidence, "decision"), *damages])


def anchors(evidence: Evidence) -> Check:
    """Every anchor: position, exact words and digest of the text agree; and every place of a record has its anchor."""
    texts_now = {
        row.record.id: (text, sha256_text(text))
        for row in evidence.rows.get("report", [])
        if (text := _text(row)) is not None
    }
    found = evidence.rows.get("anchor", [])
    damages = list(unreadable(evidence, "anchor"))
    for row in found:
        if row.record is not None:
            damages += [damaged_row("anchor", row, what) for what in _anchor_faults(row.record, texts_now)]
    if evidence.all_records_readable():
        damages += _unmatched(evidence)
    else:
        what = "not every record can be read, so that anchors cannot be compared with what records point at"
        damages.append(Damage("anchor", None, None, what))
    good = f"{many(len(found), 'anchor')} checked: position, exact words and digest of the text agree."
    return answer("anchors", good, damages)


def _anchor_faults(anchor: StoredAnchor, texts_now: dict[str, tuple[str, str]]) -> Iterator[str]:
    text, sha256 = texts_now.get(anchor.report, (None, None))
    start, end = anchor.span
    where = f"{anchor.role} of {anchor.record}"
    if text is None:
        yield f"{where}: there is no readable report {anchor.report}"
    elif sha256 != anchor.text_sha256:
        yield f"{where}: the text is not the one it was made on"
    elif not 0 <= start < end <= len(text) or text[start:end] != anchor.exact:
        yield f"{where}: the words at {start}-{end} are not its exact words"


def _unmatched(evidence: Evidence) -> Iterator[Damage]:
    """Compare the stored anchors with the places that the records point at."""
    stored = Counter((one.record, one.role, Place(one.report, one.span)) for one in evidence.shelf.of(StoredAnchor))
    pointed = Counter(places(_case_of_places(evidence)))
    kinds = {id_of(row.record): (kind, row.position) for kind, found in evidence.rows.items() for row in found}
    for surplus, what in (
        (pointed - stored, "has no anchor"),
        (stored - pointed, "has an anchor that it does not name"),
    ):
        for record, role, (report, span) in surplus:
            kind, position = kinds.get(record, ("anchor", None))
            yield Damage(kind, position, record, f"{role} at {span.start}-{span.end} of {report} {what}")


def _case_of_places(evidence: Evidence) -> Case:
    """The case as far as records point at places: readings and what was traced."""
    nobody = Maker("", "")
    nothing = Summary(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, None, 0, "")
    return Case(
        received=Received((), (), (), ()),
        readings=readings(evidence.shelf),
        traced=traced(evidence.shelf),
        weighed=Weighed((), (), (), (), (), nothing),
        makers=Makers(nobody, nobody, nobody, nobody),
    )


def references(evidence: Evidence) -> Check:
    """Ids are unique in their kind, every id that a record names exists, and every further place fits its text."""
    known = known_ids(evidence.shelf)
    lengths = {row.record.id: len(text) for row in evidence.rows.get("report", []) if (text := _text(row)) is not None}
    damages = []
    count = 0
    for kind in KINDS:
        seen: set[str] = set()
        for row in evidence.rows.get(kind.name, []):
            own = getattr(row.record, "id", None)
            if own is not None and own in seen:
                damages.append(damaged_row(kind.name, row, "its id stands twice"))
            seen |= {own} if own is not None else set()
            for role, target, named in references_of(row.record):
                count += 1
                if named not in known[target]:
                    damages.append(
                        damaged_row(kind.name, row, f"{role} names the {target} {named}, which is not in the case")
                    )
            for role, (report, span) in further_places(row.record):
                if not 0 <= span.start < span.end <= lengths.get(report, 0):
                    what = f"{role}: {span.start}-{span.end} is no place of report {report}"
                    damages.append(damaged_row(kind.name, row, what))
    good = f"{many(count, 'reference')} between records checked: each leads to its record."
    return answer("references", good, damages, blind=bool(evidence.unreadable))


def received_files(evidence: Evidence) -> Check:
    """In = out + set aside: every received file is in exactly one report or set aside once, and nothing else is."""
    files = evidence.rows.get("file", [])
    # A report also names its copies; they count where they were set aside as its duplicates.
    copies = {(item.duplicate_of, item.file) for item in evidence.shelf.of(SetAside)}
    infos = [report.info for report in evidence.shelf.of(StoredReport)]
    taken = Counter(path for info in infos for path in info.files if (info.id, path) not in copies)
    aside = Counter(item.file for item in evidence.shelf.of(SetAside))
    accounted = taken + aside
    damages = list(unreadable(evidence, "file", "report", "set_aside"))
    received = Counter(row.record.path for row in files if row.record is not None)
    for row in files:
        times = accounted[row.record.path] if row.record is not None else 1
        if times != 1:
            damages.append(damaged_row("file", row, f"it is accounted for {times} times, not once"))
        elif row.record is not None and received[row.record.path] != 1:
            damages.append(damaged_row("file", row, "it was received twice under one name"))
    never = "it is in a report or set aside and was never received"
    damages += [Damage("file", None, path, never) for path in sorted(accounted.keys() - received.keys())]
    good = f"{many(len(files), 'file')} came in: {taken.total()} in reports, {aside.total()} set aside."
    return answer("received files", good, damages)


def _text(row: Stored) -> str | None:
    """The working text of a report row, or None when it or its record cannot be read."""
    if row.record is None or row.payload is None:
        return None
    try:
        return row.payload.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
