from __future__ import annotations

import re
from itertools import combinations

import pytest

from headwater.dossier.graph import MAX_ORIGINS, MAX_REPORTS, WIDTH, Drawing, draw
from headwater.dossier.views import OriginView, Ref


def ref(label: str) -> Ref:
    return Ref(label, f"#{label}", f"Outlet {label}")


def origin(number: int, reports: list[int], *, told: str | None = None, stated: int = 0, name: str = "") -> OriginView:
    carried = tuple(ref(f"R{at}") for at in reports)
    return OriginView(
        ref=ref(f"O{number}"),
        name=name or f"a witness {number}",
        kind="witness",
        shape="circle",
        told_to=told,
        own_reporting=False,
        known=True,
        reports=carried,
        stated=carried[:stated],
        inferred=carried[stated:] if told else (),
        hue=number % 8,
    )


CASES = {
    "none": [],
    "one": [origin(1, [1])],
    "told": [origin(1, [1, 2, 3], told="Radio Selm", stated=1), origin(2, [2], told="radio selm", stated=1)],
    "long": [origin(1, [1], told="a word " * 60, name="wordwithoutend" * 30)],
    "many": [origin(at, [at % 9 + 1, at % 5 + 1, at + 20], told=f"outlet {at % 7}") for at in range(1, 60)],
    "crowd": [origin(1, list(range(1, 101)))],
}


@pytest.mark.parametrize("name", CASES)
def test_boxes_stay_inside_and_never_overlap(name: str) -> None:
    drawing = draw(CASES[name])
    for node in drawing.nodes:
        assert node.x >= 0
        assert node.x + node.width <= WIDTH
        assert node.y >= 30
        assert node.y + node.height <= drawing.height
    for a, b in combinations(drawing.nodes, 2):
        apart_x = a.x + a.width <= b.x or b.x + b.width <= a.x
        apart_y = a.y + a.height <= b.y or b.y + b.height <= a.y
        assert apart_x or apart_y, (a.key, b.key)


@pytest.mark.parametrize("name", CASES)
def test_words_fit_their_boxes(name: str) -> None:
    # 14 px text of the widest usual system font averages under 8.2 px a character.
    for node in draw(CASES[name]).nodes:
        inner = node.width - (72 if node.shape == "circle" else 44 if node.shape == "report" else 12)
        assert all(len(line) * 8.2 <= inner + 30 for line in node.lines), node.lines


def test_nothing_is_left_out_in_silence() -> None:
    for given in CASES.values():
        drawing = draw(given)
        drawn_origins = [node for node in drawing.nodes if node.key.startswith("O")]
        drawn_reports = [node for node in drawing.nodes if node.key.startswith("R")]
        reports = {each.label for one in given for each in one.reports}
        assert len(drawn_origins) + drawing.left_out_origins == len(given)
        assert len(drawn_reports) + drawing.left_out_reports == len(reports)
        assert len(drawn_origins) <= MAX_ORIGINS
        assert len(drawn_reports) <= MAX_REPORTS


def test_every_drawn_report_is_reached_and_inferred_lines_are_broken() -> None:
    drawing = draw(CASES["told"])
    assert [edge.inferred for edge in drawing.edges if "in R" in edge.full] == [False, True, True, False]
    assert sum("in R" not in edge.full for edge in drawing.edges) == 2
    assert [node.small for node in drawing.nodes if node.shape == "report"] == [("O1",), ("O1 · O2",), ("O1",)]


def test_the_same_place_told_to_is_one_box() -> None:
    told = [node for node in draw(CASES["told"]).nodes if node.shape == "told"]
    assert [node.full for node in told] == ["Radio Selm"]


def test_an_origin_without_reports_is_not_drawn() -> None:
    assert draw([origin(1, [])]) == draw([])


def test_curves_begin_and_end_at_boxes() -> None:
    drawing: Drawing = draw(CASES["many"])
    edges = {node.x for node in drawing.nodes} | {node.x + node.width for node in drawing.nodes}
    edges |= {each.x for each in drawing.bypasses} | {each.to_x for each in drawing.bypasses}
    for edge in drawing.edges:
        numbers = [float(each) for each in re.findall(r"[\d.]+", edge.path)]
        assert {int(numbers[0]), int(numbers[-2])} <= edges


def test_the_same_origins_give_the_same_drawing() -> None:
    assert draw(CASES["many"]) == draw(list(CASES["many"]))
