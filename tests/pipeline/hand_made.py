"""A small case made by hand: three invented reports, one witness in two of them, a figure that nobody is named for."""

from __future__ import annotations

from headwater.model import (
    Basis,
    Bound,
    Case,
    Certainty,
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
    Reading,
    Received,
    Report,
    ReportInfo,
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

TEXTS = {
    "a.txt": (
        "“They took the boats at dawn and didn't give them back,” Oda Renn told Radio Vellmar. At least 12 boats went."
    ),
    "b.txt": "The harbour was quiet. ‘They took the boats at dawn,’ said Oda Renn.",
    "c.txt": "They took the boats at dawn, as every year. At least 12 boats went.",
}
DAYS = {"a.txt": "2031-05-02", "b.txt": "2031-05-01", "c.txt": None}


def span_of(text: str, words: str) -> Span:
    """Return the first place of the words."""
    start = text.index(words)
    return Span(start, start + len(words))


def report(file: str) -> Report:
    """Return the report of one of the texts."""
    text, day = TEXTS[file], DAYS[file]
    info = ReportInfo(
        id=f"rep-{file}",
        file=file,
        files=(file,),
        sha256=sha256_bytes(text.encode()),
        text_sha256=sha256_text(text),
        encoding="utf-8",
        outlet=Noted(f"The {file[0].upper()} Post", Basis.GIVEN),
        published=Noted(day, Basis.GIVEN) if day else None,
    )
    return Report(info, text, (Passage(Span(0, len(text)), PassageKind.BODY),))


def statement(file: str, words: str, told_to: str | None) -> Statement:
    """Return what Oda Renn says in a report."""
    text = TEXTS[file]
    return Statement(
        id=f"st-{file}",
        report=f"rep-{file}",
        content=(span_of(text, words),),
        text=words,
        form=Form.DIRECT,
        source=f"men-{file}",
        source_span=span_of(text, "Oda Renn"),
        cue=None,
        told_to=ToldTo(told_to, span_of(text, told_to)) if told_to else None,
        certainty=Certainty.CLEAR,
        stance=Stance.ASSERTS,
        passage=PassageKind.BODY,
    )


def reading(file: str, words: str | None, told_to: str | None) -> Reading:
    """Return what a reader would find in a report."""
    text = TEXTS[file]
    figures: tuple[Figure, ...] = ()
    if "At least 12" in text:
        place = span_of(text, "At least 12 boats")
        figures = (
            Figure(f"fig-{file}", f"rep-{file}", place, "At least 12 boats", 12, None, Bound.AT_LEAST, "boats", "gone"),
        )
    if words is None:
        return Reading(f"rep-{file}", figures=figures)
    oda = Mention(
        id=f"men-{file}",
        report=f"rep-{file}",
        text="Oda Renn",
        span=span_of(text, "Oda Renn"),
        kind=SourceKind.WITNESS,
        named=True,
        plural=False,
    )
    return Reading(f"rep-{file}", (oda,), (statement(file, words, told_to),), figures)


def hand_made_case() -> Case:
    """The whole case."""
    reports = tuple(report(file) for file in TEXTS)
    readings = (
        reading("a.txt", "They took the boats at dawn and didn't give them back", "Radio Vellmar"),
        reading("b.txt", "They took the boats at dawn", None),
        reading("c.txt", None, None),
    )
    oda = Origin(
        id="or-oda",
        source="so-oda",
        name="Oda Renn",
        kind=SourceKind.WITNESS,
        told_to="Radio Vellmar",
        told_to_in=("rep-a.txt",),
        own_reporting=False,
        reports=("rep-a.txt", "rep-b.txt"),
        statements=("st-a.txt", "st-b.txt"),
        figures=(),
    )
    unknown = Origin(
        id="or-count",
        source=None,
        name="unknown",
        kind=SourceKind.UNKNOWN,
        told_to=None,
        told_to_in=(),
        own_reporting=False,
        reports=("rep-a.txt", "rep-c.txt"),
        statements=(),
        figures=("fig-a.txt", "fig-c.txt"),
    )
    utterance = Utterance("ut-1", statement("a.txt", "They took", None).text, ("st-a.txt", "st-b.txt"), "or-oda")
    maker = Maker("by hand", "1")
    summary = Summary(3, 3, 2, 2, 1, 2, 1, 0, 0, 0, 0, 2, 0, None, 0, "")
    originals = tuple(Original(each.info.sha256, "text/plain", each.text.encode()) for each in reports)
    return Case(
        Received(tuple(TEXTS), originals, reports, ()),
        readings,
        Traced((), (utterance,), (oda, unknown)),
        Weighed((), (), (), (), (), summary),
        Makers(maker, maker, maker, maker),
    )
