"""Reports of one event come as one story; what is near only in turn, far in time or alike by manner does not."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.engine.duck import Duck
from headwater.engine.grouping import Marked, group
from headwater.engine.stages import Work
from headwater.engine.stories import StoriesMade, Story, find_stories, largest
from headwater.engine.telling import LENGTH
from headwater.errors import BadReports

EVENTS = {
    "ferry": "ferry Lake Osmer capsized rescue divers harbour passengers captain lifeboats hull Tarvin shore",
    "mine": "mine Dorrak shaft collapsed miners gallery props Hesk company inspectors lamps timber underground",
    "march": "march teachers Velloma square banners wages union Ostrin batons arrested pupils strike ministry",
}
EVERYDAY = "that the were there when they had and who how it would for them of our".split()


def report(name: str, event: str, day: str, seed: int, outlet: str = "", extra: str = "") -> dict[str, str]:
    """Return one report of an event in words of its own, in an order of its own."""
    chance = random.Random(seed)
    words = EVENTS[event].split() * 3 + EVERYDAY * 3 + [f"own{seed}x{number}" for number in range(25)]
    chance.shuffle(words)
    return {"id": name, "outlet": outlet or f"Outlet {name}", "published": day, "text": f"{' '.join(words)}. {extra}"}


def grouped(rows: Sequence[Mapping[str, str]], folder: Path) -> tuple[StoriesMade, list[set[str]], list[Story]]:
    """Return what came of the reports, the ids of each story and the stories."""
    folder.mkdir()
    path = folder / "reports.parquet"
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), path)
    with Duck(threads=1, memory=2**30, spill=folder / "spill") as duck:
        work = Work(folder / "work", duck, lambda *_: None)
        work.given("input", [path], "reports")
        made = find_stories(work, pq.ParquetFile(path).schema_arrow.names)
        sets: dict[int, set[str]] = {}
        for row in work.rows("stories").to_pylist():
            sets.setdefault(row["story"], set()).add(row["id"])
        return made, [sets[number] for number in sorted(sets)], largest(work, 100)


def three_events() -> list[dict[str, str]]:
    return [
        *(report(f"ferry{n}", "ferry", f"2031-05-0{n}", n) for n in (1, 2, 3)),
        *(report(f"mine{n}", "mine", "2031-05-02", 10 + n) for n in (1, 2)),
        *(report(f"march{n}", "march", "2031-05-03", 20 + n) for n in (1, 2)),
    ]


def test_reports_of_one_event_are_one_story_and_the_largest_comes_first(tmp_path: Path) -> None:
    lonely = {"id": "lonely", "outlet": "L", "published": "2031-05-02", "text": "Recipes of pears in cardamom syrup."}
    empty = {"id": "empty", "outlet": "L", "published": "2031-05-02", "text": " … "}
    made, found, stories = grouped([*three_events(), lonely, empty], tmp_path / "w")
    assert found[0] == {"ferry1", "ferry2", "ferry3"}
    assert {frozenset(each) for each in found[1:]} == {frozenset({"mine1", "mine2"}), frozenset({"march1", "march2"})}
    assert (made.reports, made.inside, made.alone, made.empty, made.stories) == (9, 7, 1, 1, 3)
    first = stories[0]
    assert (first.number, first.reports, first.outlets, first.first, first.last) == (
        1,
        3,
        3,
        "2031-05-01",
        "2031-05-03",
    )
    assert set(first.words) <= set(EVENTS["ferry"].split())
    assert first.label == ", ".join(first.words)


def test_a_story_is_called_by_the_earliest_title(tmp_path: Path) -> None:
    titles = {"ferry1": " ", "ferry2": "Ferry  lost on\nLake Osmer"}
    rows = [{**row, "title": titles.get(row["id"], "")} for row in three_events()]
    assert grouped(rows, tmp_path / "w")[2][0].label == "Ferry lost on Lake Osmer"


def test_the_same_words_a_season_later_are_another_story(tmp_path: Path) -> None:
    rows = [report(f"a{n}", "ferry", f"2031-05-0{n}", n) for n in (1, 2)]
    rows += [report(f"b{n}", "ferry", f"2031-09-0{n}", 10 + n) for n in (1, 2)]
    assert sorted(map(sorted, grouped(rows, tmp_path / "w")[1])) == [["a1", "a2"], ["b1", "b2"]]


def test_an_undated_report_joins_only_where_it_agrees_more(tmp_path: Path) -> None:
    rows = [*three_events(), report("near", "mine", "", 31)]
    loose = "mine Dorrak shaft " + " ".join(f"other{number}" for number in range(30))
    rows.append({"id": "loose", "outlet": "Z", "published": "", "text": loose})
    rows.append({"id": "dated", "outlet": "Y", "published": "2031-05-02", "text": loose.replace("other", "more")})
    found = grouped(rows, tmp_path / "w")[1]
    mine = next(each for each in found if "mine1" in each)
    assert "near" in mine
    assert "loose" not in mine


def test_copies_are_in_the_story_of_their_first_unless_they_come_much_later(tmp_path: Path) -> None:
    first = report("first", "ferry", "2031-05-01", 1)
    rows = [
        first,
        {**first, "id": "copy", "published": "2031-05-04"},
        {**first, "id": "late", "published": "2031-08-01"},
    ]
    made, found, _ = grouped(rows, tmp_path / "w")
    assert found == [{"first", "copy"}]
    assert (made.inside, made.alone) == (2, 1)
    rows.append(report("second", "ferry", "2031-05-02", 2))
    assert grouped(rows, tmp_path / "v")[1] == [{"first", "second", "copy"}]


def test_what_an_outlet_prints_under_everything_makes_no_story(tmp_path: Path) -> None:
    manner = " ".join(f"subscribe{number} newsletter{number}" for number in range(20))
    rows = [
        {
            "id": f"r{n}",
            "outlet": "Weekly",
            "published": f"2031-0{1 + n // 4}-{10 + n % 4}",
            "text": f"{' '.join(f'matter{n}w{number}' for number in range(12))} {manner}",
        }
        for n in range(16)
    ]
    assert grouped(rows, tmp_path / "w")[1] == []


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    rows = three_events()[:5]
    wanted = grouped(rows, tmp_path / "w")[1:]
    for number, other in enumerate(list(permutations(rows))[1::40]):
        assert grouped(other, tmp_path / f"w{number}")[1:] == wanted


def test_ids_given_twice_are_told(tmp_path: Path) -> None:
    with pytest.raises(BadReports, match="more than one report"):
        grouped([report("same", "mine", "", 1), report("same", "mine", "", 2)], tmp_path / "w")


def marked(doc: int, day: int | None, words: Sequence[int]) -> Marked:
    """Return a report of these words, all of one weight."""
    weight = round(LENGTH / max(1, len(words)) ** 0.5)
    return Marked(doc, day, dict.fromkeys(words, weight), dict.fromkeys(words, 0))


def test_no_chain_of_neighbours_makes_a_story() -> None:
    # Each report shares half of its words with the next and nothing with any other.
    chain = [marked(number, 0, range(1000 - number * 2, 1004 - number * 2)) for number in range(40)]
    assert max(len(each.docs) for each in group(chain, [])) <= 5


def test_a_wire_story_of_five_hundred_outlets_is_one_story() -> None:
    wire = [marked(number, number // 100, [*range(30), 1000 + number]) for number in range(500)]
    assert [len(each.docs) for each in group(wire, [])] == [500]


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.sets(st.integers(0, 12), min_size=1, max_size=6), st.booleans()), max_size=30
    )
)
def test_every_report_is_in_one_story_at_most_and_stories_are_sorted(made: list[tuple[int, set[int], bool]]) -> None:
    made.sort(key=lambda each: (each[2], each[0]))
    reports = [marked(doc, None if undated else day, sorted(words)) for doc, (day, words, undated) in enumerate(made)]
    dated = [each for each in reports if each.day is not None]
    undated = [each for each in reports if each.day is None]
    found = group(dated, undated)
    inside = [doc for each in found for doc in each.docs]
    assert len(inside) == len(set(inside))
    assert all(len(each.docs) > 1 and list(each.docs) == sorted(each.docs) for each in found)
    assert found == group(dated, undated)
