"""Two invented reports, one witness, one denial, one figure: the smallest case with every kind of record."""

from __future__ import annotations

from headwater.model import (
    Basis,
    Bound,
    Case,
    Certainty,
    Claim,
    ClaimKind,
    Figure,
    Form,
    Maker,
    Makers,
    Mention,
    Noted,
    Origin,
    Original,
    Passage,
    PassageKind,
    Place,
    Reading,
    Reason,
    Received,
    Report,
    ReportInfo,
    Reuse,
    ReuseKind,
    SetAside,
    SetAsideKind,
    SourceKind,
    Span,
    Stance,
    Statement,
    Summary,
    ToldTo,
    Traced,
    Utterance,
    Weighed,
    sha256_bytes,
    sha256_text,
)

# For each list: a field that the schema requires there, to be broken.
SMALL = {
    "reports": "id",
    "statements": "spans",
    "utterances": "statements",
    "origins": "reports",
    "figures": "end",
    "claims": "denied_by",
    "reuse": "a",
}

FIRST = "Vera Lund, a deckhand, told Radio Selm: “The ferry 🛶 never came back.” More than 30 people were aboard.\r\n"
SECOND = "“The ferry never came back,” said Lund. The port said: “No ferry is missing.”"


def _report(name: str, text: str, outlet: str | None) -> Report:
    data = text.encode()
    info = ReportInfo(
        id=name,
        file=f"{name}.txt",
        files=(f"{name}.txt",),
        sha256=sha256_bytes(data),
        text_sha256=sha256_text(text),
        encoding="utf-8",
        outlet=Noted(outlet, Basis.GIVEN) if outlet else None,
    )
    return Report(info, text, (Passage(Span(0, len(text.rstrip())), PassageKind.BODY),))


def _at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _statement(
    name: str,
    report: Report,
    words: str,
    mention: Mention | None,
    *,
    told: str | None = None,
    stance: Stance = Stance.ASSERTS,
) -> Statement:
    return Statement(
        id=name,
        report=report.id,
        content=(_at(report.text, words),),
        text=words,
        form=Form.DIRECT,
        source=mention.id if mention else None,
        source_span=mention.span if mention else None,
        cue=None,
        told_to=ToldTo(told, _at(report.text, told)) if told else None,
        certainty=Certainty.CLEAR if mention else Certainty.UNCLEAR,
        stance=stance,
        passage=PassageKind.BODY,
        reasons=("the name stands before the colon",),
    )


def _mention(name: str, report: Report, words: str) -> Mention:
    span = _at(report.text, words)
    return Mention(name, report.id, words, span, SourceKind.WITNESS, named=True, plural=False, spans=(span,))


def small_case() -> Case:
    """Return the case; every call builds the same one."""
    one, two = _report("r-1", FIRST, "Radio Selm"), _report("r-2", SECOND, None)
    lund, again = _mention("m-1", one, "Vera Lund, a deckhand"), _mention("m-2", two, "Lund")
    statements = (
        _statement("s-1", one, "The ferry 🛶 never came back.", lund, told="Radio Selm"),
        _statement("s-2", two, "The ferry never came back,", again),
        _statement("s-3", two, "No ferry is missing.", None, stance=Stance.DENIES),
    )
    figure = Figure(
        "f-1",
        one.id,
        _at(FIRST, "More than 30 people"),
        "More than 30 people",
        31,
        None,
        Bound.MORE_THAN,
        "people",
        "aboard",
    )
    places = tuple(Place(each.report, each.content[0]) for each in statements)
    reason = Reason("same words", "four words in a row", places[:2])
    return Case(
        received=Received(
            files=("r-1.txt", "r-2.txt", "nothing.txt"),
            originals=tuple(Original(each.info.sha256, "text/plain", each.text.encode()) for each in (one, two)),
            reports=(one, two),
            set_aside=(SetAside("nothing.txt", SetAsideKind.EMPTY, "The file holds no bytes."),),
        ),
        readings=(
            Reading(one.id, (lund,), statements[:1], (figure,)),
            Reading(two.id, (again,), statements[1:]),
        ),
        traced=Traced(
            utterances=(
                Utterance("u-1", statements[0].text, ("s-1", "s-2"), "o-1", (reason,)),
                Utterance("u-2", statements[2].text, ("s-3",), None),
            ),
            origins=(
                Origin(
                    id="o-1",
                    source="src-1",
                    name="Vera Lund",
                    kind=SourceKind.WITNESS,
                    told_to="Radio Selm",
                    told_to_in=("r-1",),
                    own_reporting=False,
                    reports=("r-1", "r-2"),
                    statements=("s-1", "s-2"),
                    figures=("f-1",),
                    reasons=(reason,),
                ),
            ),
            reuse=(Reuse("ru-1", places[0], places[1], ReuseKind.QUOTE, 5, 0.9),),
        ),
        weighed=Weighed(
            claims=(
                Claim(
                    "c-1",
                    statements[0].text,
                    ClaimKind.SAID,
                    ("s-1", "s-2"),
                    (),
                    ("r-1", "r-2"),
                    ("o-1",),
                    1,
                    1,
                    denied_by=("s-3",),
                    reasons=(reason,),
                ),
                Claim("c-2", "More than 30 people aboard", ClaimKind.FIGURE, (), ("f-1",), ("r-1",), ("o-1",), 1, 1),
            ),
            comparisons=(),
            patterns=(),
            assessments=(),
            timeline=(),
            summary=Summary(2, 1, 3, 1, 2, 1, 1, 2, 2, 1, 0, 0, 1, "c-1", 2, "1"),
        ),
        makers=Makers(*(Maker("rules", "0.1.0") for _ in range(4))),
    )
