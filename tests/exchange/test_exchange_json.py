from __future__ import annotations

import json
from dataclasses import replace

import pytest
from small_case import SMALL, small_case

from headwater.exchange import SCHEMA, case_json, case_json_bytes
from headwater.model import (
    Bearing,
    Case,
    Chain,
    Circle,
    Cited,
    CitedKind,
    Evidence,
    Hop,
    HopKind,
    Link,
    LinkKind,
    MissingDocument,
    Place,
    Reason,
    ReuseKind,
)

WORDS = str | None
COUNT = int | None
FORMS = {"direct", "mixed", "indirect"}
REUSE = {"quote", "narrative", "boilerplate", "stock"}


def fields(record: object, **kinds: type | object) -> dict[str, object]:
    """Check that `record` has every field with its type, and return it."""
    assert isinstance(record, dict)
    for name, kind in kinds.items():
        assert name in record, name
        assert isinstance(record[name], kind), (name, record[name])  # type: ignore[arg-type]
    return record


def listed(data: dict[str, object], name: str) -> list[dict[str, object]]:
    found = data[name]
    assert isinstance(found, list)
    return found


def check_span(span: object, length: int) -> None:
    assert isinstance(span, list)
    assert len(span) == 2
    start, end = span
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert 0 <= start < end <= length


def check_schema(data: dict[str, object], lengths: dict[str, int]) -> None:
    """EXPORT.md, read out: every field it names, with its type, and every id leading somewhere."""
    assert data["schema"] == "headwater-case/1"
    for each in listed(data, "reports"):
        fields(each, id=str, file=str, outlet=WORDS, title=WORDS, published=WORDS, language=WORDS)
        fields(each, sha256=str, text_sha256=str)
    reports = {each["id"] for each in listed(data, "reports")}
    ids = {
        name: {each["id"] for each in listed(data, name)} for name in ("statements", "utterances", "origins", "claims")
    }
    figure_ids = {each["id"] for each in listed(data, "figures")}
    for each in listed(data, "statements"):
        fields(each, id=str, report=str, spans=list, form=str, source=WORDS, told_to=WORDS, reasons=list)
        assert each["report"] in reports
        assert each["form"] in FORMS
        length = lengths[str(each["report"])]
        spans = each["spans"]
        assert isinstance(spans, list)
        assert spans
        for span in spans:
            check_span(span, length)
        for name in ("source_span", "cue_span"):
            if each[name] is not None:
                check_span(each[name], length)
        assert each["utterance"] in ids["utterances"]
        assert each["origin"] is None or each["origin"] in ids["origins"]
        assert all(isinstance(reason, str) for reason in listed(each, "reasons"))
    check_joined(data, reports, ids, figure_ids)
    for each in listed(data, "figures"):
        fields(each, id=str, report=str, start=int, end=int, low=COUNT, high=COUNT, bound=str, unit=str, act=WORDS)
        check_span([each["start"], each["end"]], lengths[str(each["report"])])
        assert each["claim"] is None or each["claim"] in ids["claims"]
        assert each["origin"] is None or each["origin"] in ids["origins"]
    for each in listed(data, "reuse"):
        assert each["kind"] in REUSE
        for side in ("a", "b"):
            place = fields(each[side], report=str, start=int, end=int)
            check_span([place["start"], place["end"]], lengths[str(place["report"])])
    for each in listed(data, "set_aside"):
        fields(each, file=str, why=str)


def check_joined(
    data: dict[str, object], reports: set[object], ids: dict[str, set[object]], figure_ids: set[object]
) -> None:
    for each in listed(data, "utterances"):
        fields(each, id=str, statements=list)
        assert all(other in ids["statements"] for other in listed(each, "statements"))
        assert each["origin"] is None or each["origin"] in ids["origins"]
    for each in listed(data, "origins"):
        fields(each, id=str, source=WORDS, told_to=WORDS, kind=str, reports=list, reasons=list)
        assert all(report in reports for report in listed(each, "reports"))
    for each in listed(data, "claims"):
        fields(each, id=str, text=str, statements=list, figures=list, origins_low=int, origins_high=int)
        fields(each, denied_by=list, contradicts=list, reasons=list)
        assert all(other in ids["statements"] for other in (*listed(each, "statements"), *listed(each, "denied_by")))
        assert all(other in figure_ids for other in listed(each, "figures"))
        assert all(other in ids["claims"] for other in listed(each, "contradicts"))


@pytest.fixture(scope="module")
def case() -> Case:
    return small_case()


def test_structure(case: Case) -> None:
    data = json.loads(case_json_bytes(case))
    check_schema(data, {each.id: len(each.text) for each in case.received.reports})
    assert data["schema"] == SCHEMA


def test_json_and_bytes_say_the_same(case: Case) -> None:
    assert json.loads(case_json_bytes(case)) == case_json(case)


def test_spans_are_code_points_of_the_text(case: Case) -> None:
    texts = {each.id: each.text for each in case.received.reports}
    rows = listed(case_json(case), "statements")
    said = {texts[str(row["report"])][start:end] for row in rows for start, end in row["spans"]}  # type: ignore[attr-defined]
    assert said == {"The ferry 🛶 never came back.", "The ferry never came back,", "No ferry is missing."}


def test_source_is_the_resolved_mention_and_told_to_comes_from_the_origin(case: Case) -> None:
    rows = listed(case_json(case), "statements")
    assert [row["source"] for row in rows] == ["Vera Lund, a deckhand", "Lund", None]
    assert [row["told_to"] for row in rows] == ["Radio Selm", "Radio Selm", None]
    assert rows[0]["told_to_span"] is not None
    assert rows[1]["told_to_span"] is None


def test_figures_are_given_back_their_claim_and_origin(case: Case) -> None:
    (figure,) = listed(case_json(case), "figures")
    (_, claim) = listed(case_json(case), "claims")
    assert figure["claim"] == claim["id"]
    assert figure["origin"] == listed(case_json(case), "origins")[0]["id"]
    assert (figure["low"], figure["high"], figure["bound"]) == (31, None, "more than")


def test_an_utterance_s_origin_serves_where_the_origin_does_not_list_the_statement(case: Case) -> None:
    bare = tuple(replace(origin, statements=()) for origin in case.traced.origins)
    data = case_json(replace(case, traced=replace(case.traced, origins=bare)))
    assert [row["origin"] for row in listed(data, "statements")] == [bare[0].id, bare[0].id, None]


def test_bytes_are_stable_readable_and_end_in_a_newline(case: Case) -> None:
    body = case_json_bytes(case)
    assert body == case_json_bytes(small_case())
    assert body.endswith(b"}\n")
    assert "🛶".encode() in body


def test_a_lone_surrogate_survives_as_an_escape(case: Case) -> None:
    claims = (replace(case.weighed.claims[0], text="half \ud83d a pair"), *case.weighed.claims[1:])
    body = case_json_bytes(replace(case, weighed=replace(case.weighed, claims=claims)))
    body.decode("utf-8")
    assert json.loads(body)["claims"][0]["text"] == "half \ud83d a pair"


@pytest.mark.parametrize("name", ["reports", "statements", "utterances", "origins", "figures", "claims", "reuse"])
def test_the_checker_sees_damage(case: Case, name: str) -> None:
    data = json.loads(case_json_bytes(case))
    lengths = {each.id: len(each.text) for each in case.received.reports}
    first = data[name][0]
    first[SMALL[name]] = 10**9 if name == "figures" else None
    with pytest.raises((AssertionError, TypeError, KeyError)):
        check_schema(data, lengths)


def test_an_agency_s_copy_is_narrative_in_the_schema_and_named_beside_it(case: Case) -> None:
    (reuse,) = case.traced.reuse
    agency = replace(reuse, kind=ReuseKind.AGENCY, credit="Longshore", credit_in=reuse.a.report)
    data = case_json(replace(case, traced=replace(case.traced, reuse=(agency, reuse))))
    first, second = listed(data, "reuse")
    assert (first["kind"], first["copy"], first["credit"], first["credit_in"]) == (
        "narrative",
        "agency copy",
        "Longshore",
        reuse.a.report,
    )
    assert (second["kind"], second["copy"]) == (reuse.kind.value, None)


def test_a_link_carries_what_tells_its_direction(case: Case) -> None:
    (reuse,) = case.traced.reuse
    reason = Reason("shared narrative", "They share words.", (reuse.a, reuse.b))
    signs = (Evidence("citation", 0.6, "It names the other.", (reuse.b,)), Evidence("dates", -0.3, "A day earlier."))
    link = Link("l-1", reuse.b, reuse.a, LinkKind.NARRATIVE_COPY, directed=True, reason=reason, evidence=signs)
    (found,) = listed(case_json(replace(case, traced=replace(case.traced, links=(link,)))), "links")
    here = {"report": reuse.b.report, "start": reuse.b.span.start, "end": reuse.b.span.end}
    assert found["evidence"] == [
        {"name": "citation", "weight": 0.6, "text": "It names the other.", "places": [here]},
        {"name": "dates", "weight": -0.3, "text": "A day earlier.", "places": []},
    ]


def test_the_reasons_of_a_claim_stand_by_what_they_do_to_its_count(case: Case) -> None:
    claim = case.weighed.claims[0]
    reasons = tuple(Reason(one.value, f"{one.value}.", (), one) for one in Bearing)
    claims = (replace(claim, reasons=reasons), *case.weighed.claims[1:])
    first = listed(case_json(replace(case, weighed=replace(case.weighed, claims=claims))), "claims")[0]
    assert first["grounds"] == {one.name.lower(): [f"{one.value}."] for one in Bearing}
    assert first["reasons"] == [f"{one.value}." for one in Bearing]


def test_a_statement_carries_its_chain_and_what_is_missing_stands_beside() -> None:
    case = small_case()
    statement = case.readings[0].statements[0]
    place = Place(statement.report, statement.content[0])
    hops = (
        Hop(HopKind.SOURCE, "somebody", None, inferred="the report names nobody"),
        Hop(HopKind.VIA, "Radio Selm", place, None, "cited-1"),
        Hop(HopKind.REPORT, "the report", place),
    )
    radio = Cited("cited-1", CitedKind.OUTLET, "Radio Selm", ("Radio Selm", "Selm FM"), (place,), (), ())
    claim, reports = case.weighed.claims[0].id, (statement.report,)
    get = MissingDocument(
        "missing-1",
        "cited-1",
        CitedKind.OUTLET,
        "Radio Selm",
        radio.names,
        (claim,),
        (),
        reports,
        (place,),
        another=False,
        sentence="Get it.",
    )
    ring = Circle("circle-1", claim, ("A", "B"), reports, Reason("circular reporting", "Round.", (place,)))
    traced = replace(case.traced, cited=(radio,), chains=(Chain("chain-1", statement.id, hops, 2, at_least=True),))
    weighed = replace(case.weighed, missing=(get,), circles=(ring,))
    data = case_json(replace(case, traced=traced, weighed=weighed))
    first, *others = listed(data, "statements")
    at = {"report": statement.report, "start": place.span.start, "end": place.span.end}
    assert (first["distance"], first["distance_at_least"]) == (2, True)
    assert first["chain"] == [
        {
            "kind": "source",
            "words": "somebody",
            "place": None,
            "source_id": None,
            "cited": None,
            "inferred": "the report names nobody",
        },
        {
            "kind": "through",
            "words": "Radio Selm",
            "place": at,
            "source_id": None,
            "cited": "cited-1",
            "inferred": None,
        },
        {"kind": "report", "words": "the report", "place": at, "source_id": None, "cited": None, "inferred": None},
    ]
    assert all(each["chain"] == [] and each["distance"] is None for each in others)
    (missing,), (circle,), (cited,) = listed(data, "missing"), listed(data, "circles"), listed(data, "cited")
    assert (missing["claims"], missing["alone"], missing["places"]) == ([claim], [], [at])
    assert (circle["claim"], circle["outlets"], circle["places"]) == (claim, ["A", "B"], [at])
    assert (cited["names"], cited["reports"]) == (["Radio Selm", "Selm FM"], [])
