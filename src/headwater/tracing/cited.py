"""Who is named for what the reports tell: outlets, agencies, bodies and papers, each once under all its wordings.

Says which of them have a report of their own in the case. How a statement went through them is `chains`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from headwater.model import (
    CitationKind,
    Cited,
    CitedKind,
    PassageKind,
    Place,
    Reading,
    Source,
    SourceKind,
    Statement,
    ToldTo,
    fold,
    keys,
)
from headwater.tracing.carriers import Carriers
from headwater.tracing.cited_names import MEDIA, MEDIA_FIRST, Anchor, Naming, grouped
from headwater.tracing.credits import Credit, credit
from headwater.tracing.material import Material, Piece
from headwater.tracing.name_words import BODY, LITTLE, OFFICES, PRONOUNS, ROLES_ONLY
from headwater.tracing.occasions import Occasion, Setting, occasion
from headwater.tracing.outlets import agency, outlet_keys

# Before these one speaks, and others write it down; they pass nothing on.
_HEARS_IN_PUBLIC = OFFICES | frozenset(
    "congress assembly council tribunal committee commission inquest brigade service services force forces guard "
    "authority authorities ministry conference hospital university".split()
)
_PLATFORMS = frozenset("twitter facebook instagram telegram youtube tiktok vkontakte weibo whatsapp x".split())
_WRITTEN = {
    "statement": "statement",
    "statements": "statement",
    "communique": "statement",
    "announcement": "statement",
    "release": "press release",
    "letter": "letter",
    "report": "report",
    "website": "page",
}
_GIVES_OUT = frozenset({SourceKind.ORGANISATION, SourceKind.OFFICIAL, SourceKind.EXPERT, SourceKind.PERSON})
_POSTS_FOR_ALL = frozenset({SourceKind.ORGANISATION, SourceKind.OFFICIAL})
_INSIDE = frozenset({"of", "the", "for", "&"})
# Words for a sort of carrier, which name none by themselves.
_NO_NAME = frozenset("tv radio television press news wire newswire magazine channel".split())
_STAFF = frozenset("correspondent reporter editor anchor host contributor analyst columnist producer chief".split())
_POSSESSIVE = re.compile(r"['’]s?$")
_TOKEN = re.compile(r"[^\s,;:()\[\]“”\"‘]+")
_OWNER = re.compile(r"^(?P<owner>.+?)['’]s?\s+[A-Z]")
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_CLAUSE = re.compile(r"\s*(?:,|;|—|–|\(| who | which | whose )")
_DATE_LINE = 1500  # code points of a text within which it stands
_SHORT = 60  # letters of a name in the name of what it gave out
_LISTENER = re.compile(r"\b(?:with|to|on|from|by|for|in|of)\s+(?=(?:the\s+)?[A-Z0-9][^\s]*(?:\s|$))")
_KINDS = {
    SourceKind.OUTLET: CitedKind.OUTLET,
    SourceKind.AGENCY: CitedKind.AGENCY,
    SourceKind.DOCUMENT: CitedKind.DOCUMENT,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """All that are named, and the id of each by the place that names it, by its source and by a report's credit."""

    records: tuple[Cited, ...]
    by_place: Mapping[Place, str]
    by_source: Mapping[str, str]
    by_credit: Mapping[str, str]
    own: Mapping[str, frozenset[str]]  # report -> what it is itself a report of

    def told(self, statement: Statement) -> str | None:
        """Who passed on what the source told them, or None: then it was an occasion."""
        return self.by_place.get(Place(statement.report, statement.told_to.span)) if statement.told_to else None


def find(material: Material, sources: Sequence[Source]) -> Listing:
    """List everybody who is named as where something comes from, in the order of the reports."""
    finder = _Finder(material, sources)
    namings = list(finder.namings())
    records: list[Cited] = []
    by_place: dict[Place, str] = {}
    by_credit: dict[str, str] = {}
    for members, record in grouped(namings, finder.anchors):
        records.append(record)
        for each in members:
            if each.place is not None:
                by_place[each.place] = record.id
            if each.kind is CitedKind.AGENCY and each.source is None and finder.credited.get(each.report) == each.name:
                by_credit[each.report] = record.id
    own: dict[str, set[str]] = defaultdict(set)
    for record in records:
        for report in record.reports:
            own[report].add(record.id)
    carriers = {CitedKind.OUTLET, CitedKind.AGENCY, CitedKind.DOCUMENT}
    by_source = {source: one.id for one in records if one.kind in carriers for source in one.sources}
    return Listing(tuple(records), by_place, by_source, by_credit, {key: frozenset(ids) for key, ids in own.items()})


def listener(told: ToldTo) -> tuple[str | None, Occasion]:
    """Return the name in a told-to that may be a carrier's, without what stands around it, and the occasion."""
    found = occasion(told.text)
    if told.text.startswith("@"):
        return None, found
    after = [match.end() for match in _LISTENER.finditer(told.text)] if told.text[:1].islower() or found.rest else []
    name = plain_name(told.text[after[-1] :] if after else told.text)
    return name, found


def plain_name(text: str) -> str | None:
    """Return the name in the words for a carrier: "Russian newspaper Quill Gazette reported" gives "Quill Gazette".

    None when the words hold no name: a pronoun, a description, a platform that anybody may write on.
    """
    owner = _OWNER.match(text)
    if owner and (keys(owner["owner"]) or ("",))[-1] in MEDIA:
        return plain_name(owner["owner"])
    run: list[str] = []
    for token in reversed(_TOKEN.findall(text.split(",", maxsplit=1)[0])):
        bare = _POSSESSIVE.sub("", token.rstrip(".”"))
        if _names_two(bare):
            return None
        if bare[:1].isupper() or bare.isdigit() or (run and bare in _INSIDE):
            run.append(bare)
        elif run:
            break
    while run and run[-1].casefold() in _INSIDE:
        run.pop()
    run = _without_staff(run[::-1])[::-1]
    words = [key for token in run for key in fold(token)]
    common = ROLES_ONLY | PRONOUNS | LITTLE | _PLATFORMS | _NO_NAME
    if not words or all(word in common or word.isdigit() for word in words):
        return None
    return " ".join(reversed(run))


def _names_two(token: str) -> bool:
    """True for what two outlets did together ("Post-QBC News", "Times/QBC")."""
    parts = [part for part in re.split(r"[/-]", token) if part]
    return len(parts) > 1 and ("/" in token or parts[0].casefold() in MEDIA) and parts[-1][0].isupper()


def _without_staff(run: list[str]) -> list[str]:
    """The outlet in "QBC News Senior Correspondent Ada Lorne"."""
    low = [token.casefold() for token in run]
    media = next((at for at, word in enumerate(low) if word in MEDIA), None)
    staff = media is not None and not _STAFF.isdisjoint(low[media + 1 :])
    return run[: media + 1] if media is not None and staff else run


def in_short(name: str) -> str:
    """Return the words for a source up to where they begin to describe it."""
    short = _CLAUSE.split(name, maxsplit=1)[0] or name
    return short if len(short) <= _SHORT else short[: _SHORT - 1].rsplit(" ", 1)[0] + "…"


class _Anchors:
    """What names are beyond doubt, from the outlets of the reports and the known agencies."""

    def __init__(self, material: Material) -> None:
        self._ids = [report.id for report in material.reports]
        self._carriers = Carriers(material.reports)
        self._outlets = {report.id: report.info.outlet.value for report in material.reports if report.info.outlet}

    def of(self, name: str) -> Anchor | None:
        """Return what a whole name is, or None."""
        known = agency(name)
        ranks = self._carriers.reports_of(name) or (self._carriers.reports_of(known) if known else frozenset())
        if ranks:
            return ("reports", *(self._ids[rank] for rank in sorted(ranks)))
        return ("agency", known) if known else None

    def own(self, word: str, report: str) -> Anchor | None:
        """Return the outlet of a report when it can call itself by that word alone."""
        outlet = self._outlets.get(report)
        return self.of(outlet) if outlet and _ends_in(outlet, word) else None

    def ending(self, word: str) -> set[Anchor]:
        """Return all outlets of the case that could be called by that word alone."""
        found = {self.of(outlet) for outlet in self._outlets.values() if _ends_in(outlet, word)}
        return {anchor for anchor in found if anchor}


def _ends_in(outlet: str, word: str) -> bool:
    return any(key.endswith(word) for key in outlet_keys(outlet))


class _Finder:
    """Goes through the readings and says who is named where, and as what."""

    def __init__(self, material: Material, sources: Sequence[Source]) -> None:
        self._material = material
        self.anchors = _Anchors(material)
        self._source_of = {mention: source for source in sources for mention in source.mentions}
        pairs = zip(material.reports, material.readings, strict=True)
        found = {report: credit(report, reading) for report, reading in pairs}
        # Whoever is neither known nor stands in the date line holds the rights, and sent no copy.
        self._credits: dict[str, Credit] = {
            report.id: each
            for report, each in found.items()
            if each and not each.own and (agency(each.agency) or f"({each.agency})" in report.text[:_DATE_LINE])
        }
        self.credited = {report: each.agency for report, each in self._credits.items()}

    def namings(self) -> Iterator[Naming]:
        """Yield every naming, in the order of the reports."""
        by_rank: dict[int, list[Piece]] = defaultdict(list)
        for piece in self._material.pieces:
            by_rank[piece.rank].append(piece)
        for rank, reading in enumerate(self._material.readings):
            yield from self._credit(reading)
            yield from self._mentions(rank, reading)
            for piece in by_rank[rank]:
                yield from self._told(piece, reading)
                yield from self._relays(piece)

    def _credit(self, reading: Reading) -> Iterator[Naming]:
        found = self._credits.get(reading.report)
        if found:
            place = Place(reading.report, found.span) if found.span else None
            yield Naming(found.agency, CitedKind.AGENCY, reading.report, place, None)

    def _mentions(self, rank: int, reading: Reading) -> Iterator[Naming]:
        captions = [one.span for one in self._material.reports[rank].passages if one.kind is PassageKind.CAPTION]
        for mention in reading.mentions:
            source = self._source_of.get(mention.id)
            kind = _KINDS.get(source.kind) if source else None
            name = plain_name(mention.text)
            if source and kind and name:
                place = Place(reading.report, mention.span)
                if kind is CitedKind.DOCUMENT:
                    if not mention.named or any(span.contains(mention.span) for span in captions):
                        continue  # "an image from a video": what is shown, or any paper at all
                    name = in_short(_ARTICLE.sub("", mention.text))
                yield Naming(name, CitedKind.AGENCY if agency(name) else kind, reading.report, place, source.id)

    def _told(self, piece: Piece, reading: Reading) -> Iterator[Naming]:
        said = piece.statement
        if said.told_to is None:
            return
        name, where = listener(said.told_to)
        place = Place(said.report, said.told_to.span)
        cited = any(one.kind is CitationKind.TOLD and one.span == said.told_to.span for one in reading.citations)
        if name and (kind := self._listens(name, cited=cited)):
            yield Naming(name, kind, said.report, place, None)
        elif source := self._source_of.get(said.source or ""):
            yield from self._given_out(piece, source, where, place)

    def _given_out(self, piece: Piece, source: Source, where: Occasion, place: Place) -> Iterator[Naming]:
        said, name = piece.statement, piece.mention.text if piece.mention else source.name
        noun = next((_WRITTEN[word] for word in keys(where.text) if word in _WRITTEN), None)
        who = _ARTICLE.sub(lambda found: found.group().lower(), in_short(name))
        if noun and source.kind in _GIVES_OUT:
            yield Naming(f"{noun} by {who}", CitedKind.STATEMENT, said.report, place, source.id)
        elif Setting.SOCIAL in where.settings and source.kind in _POSTS_FOR_ALL:
            yield Naming(f"posts by {who}", CitedKind.POST, said.report, place, source.id)

    def _relays(self, piece: Piece) -> Iterator[Naming]:
        said = piece.statement
        for relay in said.via:
            source = self._source_of.get(relay.mention or "")
            name = plain_name(relay.text)
            if name and (kind := self._passes_on(name, source, piece.rank)):
                yield Naming(name, kind, said.report, Place(said.report, relay.span), source.id if source else None)
        for relay in said.behind:
            source = self._source_of.get(relay.mention or "")
            name = plain_name(relay.text)
            known = self._surely(name) if name else None
            kind = known or (_KINDS.get(source.kind) if source else None)
            if name and kind:
                yield Naming(name, kind, said.report, Place(said.report, relay.span), source.id if source else None)

    def _surely(self, name: str) -> CitedKind | None:
        found = self.anchors.of(name)
        if found:
            return CitedKind.AGENCY if agency(name) else CitedKind.OUTLET
        words = keys(name)
        return CitedKind.OUTLET if words[-1] in MEDIA or words[0] in MEDIA_FIRST else None

    def _listens(self, name: str, *, cited: bool) -> CitedKind | None:
        """What a listener is, if it is one that passes on what it hears."""
        known = self._surely(name) or (CitedKind.OUTLET if cited else None)
        words = set(keys(name))
        return known or (CitedKind.ORGANISATION if words & BODY and not words & _HEARS_IN_PUBLIC else None)

    def _passes_on(self, name: str, source: Source | None, rank: int) -> CitedKind | None:
        """What a relay is; one word of which nothing is known, and at which things happen, is a place."""
        known = self._surely(name) or (_KINDS.get(source.kind) if source else None)
        if known or not name:
            return known
        words = keys(name)
        if set(words) & BODY or (source and source.kind is SourceKind.ORGANISATION):
            return None if set(words) & OFFICES else CitedKind.ORGANISATION
        if source and source.kind not in {SourceKind.UNKNOWN, SourceKind.PERSON}:
            return None
        return None if len(words) == 1 and self._is_place(name, rank) else CitedKind.OUTLET

    def _is_place(self, name: str, rank: int) -> bool:
        return bool(re.search(rf"\b(?:in|from|near|across)\s+{re.escape(name)}\b", self._material.reports[rank].text))
