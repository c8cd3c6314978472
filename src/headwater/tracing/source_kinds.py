"""What sort of source several mentions speak of, and which of them tells most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from headwater.model import Mention, SourceKind
from headwater.tracing.names import name_of
from headwater.tracing.outlets import agency, name_keys

_VAGUE = (SourceKind.UNKNOWN, SourceKind.PERSON)


def tells(mention: Mention) -> tuple[int, int]:
    """How much a mention tells of who it is: words of its name, then letters."""
    name = name_of(mention)
    return len(name.person) + max((len(body) for body in name.bodies), default=0), len(mention.text)


def carrier(found: Sequence[Mention], carriers: frozenset[str]) -> SourceKind | None:
    """Outlet or agency, when a name without a clear kind is that of a known agency or of an outlet in the case."""
    if any(mention.kind not in {*_VAGUE, SourceKind.ORGANISATION, SourceKind.OUTLET} for mention in found):
        return None
    heads = [mention.text.split(",")[0] for mention in found if mention.named]
    if any(agency(head) for head in heads):
        return SourceKind.AGENCY
    return SourceKind.OUTLET if any(name_keys(head) & carriers for head in heads) else None


def kind_of(found: Sequence[Mention]) -> SourceKind:
    """The sort that most mentions give, a clear one before a vague one."""
    counts = Counter(mention.kind for mention in found)
    clear = {kind: count for kind, count in counts.items() if kind not in _VAGUE} or counts
    return min(clear, key=lambda kind: (-clear[kind], list(SourceKind).index(kind)))
