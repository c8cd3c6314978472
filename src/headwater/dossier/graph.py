"""How things travelled, laid out for drawing: three columns, from sources over what they were told to, to reports.

Only geometry (SVG user units). Chooses what fits and says how much it left to the table; decides nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from headwater.dossier.views import OriginView, Ref
from headwater.model import told_words

MAX_ORIGINS = 16
MAX_REPORTS = 24

WIDTH = 1120
_SOURCE_X, _TOLD_X, _REPORT_X = 0, 460, 800
_SOURCE_W, _TOLD_W, _REPORT_W = 330, 210, 320
_TOP, _GAP, _LINE, _PAD = 44, 14, 18, 9
_PORT = 7
_SOURCE_CHARS, _TOLD_CHARS, _REPORT_CHARS, _SMALL_CHARS = 30, 22, 34, 38
_BYPASS_H = 16


@dataclass(frozen=True, slots=True)
class Node:
    """A box of the drawing. `lines` are its words, `label` its short name, `full` the uncut words."""

    key: str
    x: int
    y: int
    width: int
    height: int
    label: str
    href: str
    lines: tuple[str, ...]
    small: tuple[str, ...]
    full: str
    shape: str
    hue: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A curve from one box to the next; `inferred` ones are drawn broken. `full` says it in words."""

    path: str
    hue: int
    inferred: bool
    full: str


@dataclass(frozen=True, slots=True)
class Bypass:
    """A line through the middle column, at height `y`, for an origin of which no report says what it was told to."""

    x: int
    to_x: int
    y: float
    hue: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole drawing, and how many origins and reports stand only in the table."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    bypasses: tuple[Bypass, ...]
    left_out_origins: int
    left_out_reports: int
    columns: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in the middle column: what something was told to, or None for "not said"."""

    key: str
    told_to: str | None
    origins: tuple[OriginView, ...]


def draw(origins: Sequence[OriginView]) -> Drawing:
    """Lay out the origins that most reports carry; the same origins give the same drawing."""
    carried = [each for each in origins if each.reports]
    chosen = sorted(range(len(carried)), key=lambda at: (-len(carried[at].reports), at))[:MAX_ORIGINS]
    picked = [carried[at] for at in sorted(chosen)]
    reports = _reports(picked)
    kept = reports[:MAX_REPORTS]
    row = {each.label: at for at, each in enumerate(kept)}
    picked = [each for each in picked if any(ref.label in row for ref in each.reports)]
    slots = _slots(picked, row)
    ordered = [origin for slot in slots for origin in slot.origins]
    everything = {ref.label for each in carried for ref in each.reports}
    return _place(ordered, slots, kept, (len(carried) - len(ordered), len(everything) - len(kept)))


def _reports(origins: Iterable[OriginView]) -> list[Ref]:
    found = {ref.label: ref for origin in origins for ref in origin.reports}
    return sorted(found.values(), key=lambda ref: _number(ref.label))


def _slots(origins: Sequence[OriginView], row: dict[str, int]) -> list[_Slot]:
    """Group origins by what they were told to, ordered by where their reports stand, so that few lines cross."""
    groups: dict[str, list[OriginView]] = {}
    for origin in origins:
        key = f"told {origin.told_to.casefold()}" if origin.told_to else f"open {origin.ref.label}"
        groups.setdefault(key, []).append(origin)

    def mean(group: Sequence[OriginView]) -> float:
        rows = [row[ref.label] for origin in group for ref in origin.reports if ref.label in row]
        return sum(rows) / len(rows)

    slots = [
        _Slot(key, group[0].told_to, tuple(sorted(group, key=lambda each: mean([each]))))
        for key, group in groups.items()
    ]
    return sorted(slots, key=lambda slot: mean(slot.origins))


def _place(
    origins: Sequence[OriginView], slots: Sequence[_Slot], reports: Sequence[Ref], left_out: tuple[int, int]
) -> Drawing:
    sources = _stack([_source_node(each) for each in origins])
    behind = {ref.label: [o for o in origins if any(r.label == ref.label for r in o.reports)] for ref in reports}
    carriers = _stack([_report_node(each, behind[each.label]) for each in reports])
    told = _stack([_told_node(each, behind) for each in slots])
    height = max((column[-1].y + column[-1].height for column in (sources, told, carriers) if column), default=_TOP)
    sources, told, carriers = (_spread(column, height) for column in (sources, told, carriers))
    edges = _edges(slots, {n.key: n for n in sources}, {n.key: n for n in told}, {n.key: n for n in carriers})
    passed = [(node, slot) for node, slot in zip(told, slots, strict=True) if slot.told_to is None]
    return Drawing(
        width=WIDTH,
        height=height + _GAP,
        nodes=(*sources, *(node for node in told if node.label != "open"), *carriers),
        edges=tuple(edges),
        bypasses=tuple(
            Bypass(node.x, node.x + node.width, node.y + node.height / 2, slot.origins[0].hue) for node, slot in passed
        ),
        left_out_origins=left_out[0],
        left_out_reports=left_out[1],
        columns=((_SOURCE_X, "Source"), (_TOLD_X, "Told to"), (_REPORT_X, "Reports that carry it")),
    )


def _edges(
    slots: Sequence[_Slot], sources: dict[str, Node], told: dict[str, Node], carriers: dict[str, Node]
) -> list[Edge]:
    """One curve from each source to what it was told to, and one from there to each report."""
    edges: list[Edge] = []
    out_port, in_port = _Ports(), _Ports()
    for slot in slots:
        count = sum(1 for origin in slot.origins for ref in origin.reports if ref.label in carriers)
        out_port.expect(slot.key, count)
        in_port.expect(slot.key, len(slot.origins))
        for origin in slot.origins:
            for ref in origin.reports:
                in_port.expect(ref.label, 1)
    for slot in slots:
        middle = told[slot.key]
        for origin in slot.origins:
            start = sources[origin.ref.label]
            lead = " ".join(told_words(origin.told_to)) if origin.told_to else "to whom is not said"
            to = f"{origin.ref.label} {origin.name}, {lead}"
            path = _curve(start.x + start.width, start.y + start.height / 2, middle.x, in_port.next(slot.key, middle))
            edges.append(Edge(path, origin.hue, inferred=False, full=to))
            stated = {ref.label for ref in origin.stated}
            for ref in origin.reports:
                if ref.label not in carriers:
                    continue
                end = carriers[ref.label]
                y = out_port.next(slot.key, middle)
                path = _curve(middle.x + middle.width, y, end.x, in_port.next(ref.label, end))
                inferred = origin.told_to is not None and ref.label not in stated
                edges.append(Edge(path, origin.hue, inferred, f"{to}, in {ref.label} {ref.name}"))
    return edges


class _Ports:
    """Where curves meet a box: spread evenly over its side, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._expected: dict[str, int] = {}
        self._used: dict[str, int] = {}

    def expect(self, key: str, count: int) -> None:
        self._expected[key] = self._expected.get(key, 0) + count

    def next(self, key: str, node: Node) -> float:
        if node.shape == "open":
            return node.y + node.height / 2
        at = self._used.get(key, 0)
        self._used[key] = at + 1
        return node.y + node.height * (at + 1) / (self._expected[key] + 1)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    bend = (to_x - x) / 2
    return f"M{x:.0f} {y:.1f}C{x + bend:.0f} {y:.1f} {to_x - bend:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}"


def _source_node(origin: OriginView) -> Node:
    lines = _lines(origin.name, _SOURCE_CHARS, 2)
    height = 2 * _PAD + _LINE * len(lines)
    ref = origin.ref
    return Node(
        ref.label,
        _SOURCE_X,
        0,
        _SOURCE_W,
        height,
        ref.label,
        ref.href,
        lines,
        (),
        origin.name,
        origin.shape,
        origin.hue,
    )


def _told_node(slot: _Slot, behind: dict[str, list[OriginView]]) -> Node:
    if slot.told_to is None:
        return Node(slot.key, _TOLD_X, 0, _TOLD_W, _BYPASS_H, "open", "", (), (), "not said", "open", 0)
    lines = _lines(slot.told_to, _TOLD_CHARS, 3)
    ports = sum(1 for origin in slot.origins for ref in origin.reports if ref.label in behind)
    height = max(2 * _PAD + _LINE * len(lines), _PORT * (ports + 1))
    return Node(slot.key, _TOLD_X, 0, _TOLD_W, height, "", "", lines, (), slot.told_to, "told", 0)


def _report_node(ref: Ref, origins: Sequence[OriginView]) -> Node:
    lines = _lines(ref.name, _REPORT_CHARS - 4, 1)
    behind = " · ".join(sorted((each.ref.label for each in origins), key=_number))
    small = _lines(behind, _SMALL_CHARS, 2)
    height = max(2 * _PAD + _LINE * (len(lines) + len(small)), _PORT * (len(origins) + 1))
    return Node(ref.label, _REPORT_X, 0, _REPORT_W, height, ref.label, ref.href, lines, small, ref.name, "report", 0)


def _stack(column: Sequence[Node]) -> list[Node]:
    out, y = [], _TOP
    for node in column:
        out.append(replace(node, y=y))
        y += node.height + _GAP
    return out


def _spread(column: Sequence[Node], height: int) -> list[Node]:
    """Share what room is left in a column out between its boxes."""
    if not column:
        return []
    free = height - (column[-1].y + column[-1].height)
    step = free / (len(column) + 1)
    return [replace(node, y=int(node.y + step * at)) for at, node in enumerate(column, 1)]


def _number(label: str) -> int:
    return int(label[1:])


def _lines(text: str, width: int, most: int) -> tuple[str, ...]:
    """Break words into at most `most` lines; what does not fit ends in an ellipsis (the whole stands in the title)."""
    lines = wrap(" ".join(text.split()), width, break_long_words=True) or ["–"]
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    return (*lines[: most - 1], (last if len(last) < width else last[: width - 1].rstrip()) + "…")
