"""Which page of the dossier a record stands on: the first page stays light, what does not fit goes to further pages.

A case that is small altogether stands on the first page whole. Of a larger one every section has its share of that
page. Sizes are estimated from what a record holds, in bytes of the page drawn; they decide where a page ends and
nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from headwater.model import Bearing, Claim, Link, MissingDocument, Origin, Pattern, Reason, Retelling, Reuse, Utterance

INDEX = "index.html"
# The section that stands on further pages only.
REASONS = "reasons"
# The most entries on one page, however small they are.
PER_PAGE = 200
# Bytes. Up to WHOLE, a dozen reports, the sections stand on the first page as they are; otherwise each has its share of
# it, so that all shares, the first screen and the drawing stay under 1 MB. A further page holds PAGE, or one entry that
# is larger.
WHOLE = 1_000_000
PAGE = 350_000
_SHARE = 20_000
# What an entry takes that is a line or two.
ENTRY = 1_000
_SHARES = {"claims": 250_000, "travel": 70_000, "utterances": 70_000, "retellings": 70_000, "next": 60_000}
# So many reasons of one heading, and so many passages of one reason, stand with a record; all of them on pages apart.
REASONS_HERE = 12
PLACES_HERE = 12
# Reasons that are together one entry of those pages.
CHUNK = 60


def page_name(section: str, number: int) -> str:
    """Return the page that holds the `number`-th (from 0) stretch of a section; the first is on the index."""
    return INDEX if number == 0 else f"{section}/{number + 1}.html"


def room(section: str, *, whole: bool) -> int:
    """Return how many bytes a section may take of the first page."""
    return WHOLE if whole else _SHARES.get(section, _SHARE)


def cut(sizes: Sequence[int], first: int) -> tuple[int, ...]:
    """Return where each page begins when the index has room for `first` bytes.

    The index may hold nothing (the second page then begins at 0 too); a further page holds one entry at least.
    """
    starts, held, left = [0], 0, first
    for number, size in enumerate(sizes):
        full = number - starts[-1] >= PER_PAGE or held + size > left
        if full and (number > starts[-1] or len(starts) == 1):
            starts.append(number)
            held, left = 0, PAGE
        held += size
    return tuple(starts)


def is_long(reasons: Iterable[Reason]) -> bool:
    """True when these reasons, or the passages of one of them, are too many to stand with their record."""
    held = tuple(reasons)
    most = max((sum(1 for each in held if each.bearing is one.bearing) for one in held), default=0)
    return most > REASONS_HERE or any(len(each.places) > PLACES_HERE for each in held)


def reasons_size(reasons: Iterable[Reason], places: int | None = None) -> int:
    """Return the estimated size of reasons, each with its first `places` passages."""
    return sum(
        200 + len(each.text) + sum(330 + place.span.end - place.span.start for place in each.places[:places])
        for each in reasons
    )


def _shown_reasons(reasons: Sequence[Reason]) -> int:
    """The size of what stands with the record: where there are too many, the first under each heading."""
    if not is_long(reasons):
        return reasons_size(reasons)
    headed = [[each for each in reasons if each.bearing is bearing][:REASONS_HERE] for bearing in Bearing]
    return sum(reasons_size(each, PLACES_HERE) for each in headed)


def claim_size(claim: Claim) -> int:
    """Return the estimated size of a claim."""
    said = 1000 * min(12, len(claim.statements)) + 750 * min(24, len(claim.figures))
    against = 500 * min(8, len(claim.denied_by)) + 500 * min(8, len(claim.caveats))
    named = 150 * min(14, len(claim.reports)) + 45 * len(claim.reports) + 45 * len(claim.unattributed)
    return 1300 + said + against + named + 130 * len(claim.origins) + _shown_reasons(claim.reasons)


def origin_size(origin: Origin, reasons: Sequence[Reason]) -> int:
    """Return the estimated size of an origin in the table, with the reasons of it and of its source."""
    return 900 + 150 * min(14, len(origin.reports)) + 45 * len(origin.reports) + _shown_reasons(reasons)


def utterance_size(utterance: Utterance) -> int:
    """Return the estimated size of an utterance with its wordings."""
    wordings = len(utterance.statements)
    if wordings == 1:
        return 800 + len(utterance.text)
    return 900 + (500 + len(utterance.text)) * min(24, wordings) + 45 * wordings + _shown_reasons(utterance.reasons)


def missing_size(missing: MissingDocument) -> int:
    """Return the estimated size of a document to get next."""
    return 900 + 250 * len(missing.claims) + 300 * min(12, len(missing.places))


def retelling_size(retelling: Retelling) -> int:
    """Return the estimated size of the table of a testimony."""
    shared = [each for each in retelling.details if len(each.retold) > 1]
    changes = sum(len(told.changes) for each in shared for told in each.retold)
    return 1200 + sum(500 + 170 * len(retelling.reports) for _ in shared) + 1500 * changes


def pattern_size(pattern: Pattern) -> int:
    """Return the estimated size of a pattern."""
    return 600 + 900 * len(pattern.statements) + _shown_reasons(pattern.reasons)


def shared_size(shared: Reuse | Link) -> int:
    """Return the estimated size of shared wording, or of a link with the signs of its direction."""
    if isinstance(shared, Link):
        spans = (shared.later.span, shared.earlier.span)
        return 1200 + sum(each.end - each.start for each in spans) + 200 * len(shared.evidence)
    return 1000 + sum(each.span.end - each.span.start for each in (shared.a, shared.b))
