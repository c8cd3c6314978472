"""A small case made of invented reports, complete in every kind of record: what tests of any room can write and read.

`make_case()` is always the same case; `reports` and `statements` make it larger, `variation` gives other words.
"""

from __future__ import annotations

from dataclasses import replace

from make_weighed import make_weighed

from headwater.model import (
    Attribution,
    Basis,
    Bound,
    Case,
    Certainty,
    Chain,
    ChangeKind,
    Citation,
    CitationKind,
    Cited,
    CitedKind,
    Completeness,
    CueKind,
    DateMention,
    Divergence,
    Figure,
    Form,
    Hop,
    HopKind,
    Link,
    LinkKind,
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
    Relay,
    Report,
    ReportInfo,
    Reuse,
    ReuseKind,
    SetAside,
    SetAsideKind,
    Source,
    SourceKind,
    Span,
    Stance,
    Statement,
    ToldTo,
    Traced,
    Utterance,
    make_id,
    sha256_bytes,
    sha256_text,
)

MAKERS = Makers(
    intake=Maker("intake", "0.1.0"),
    reading=Maker("english rules", "0.1.0"),
    tracing=Maker("tracing", "0.1.0"),
    weighing=Maker("weighing", "0.1.0"),
)
_OUTLETS = ("Velmora Gazette", "Radio Tarnhill", "The Quay Street Post", "Osk Daily", "Northwater Wire")
_SAID = "They took my brother’s boat and burned the nets"


def make_case(*, reports: int = 3, statements: int = 2, variation: str = "") -> Case:
    """Return a case of `reports` reports (the last one HTML) with `statements` quotations each; all of it invented."""
    received = [_report(number, reports, statements, variation) for number in range(reports)]
    read = tuple(_reading(report) for report, _ in received)
    traced = _traced(tuple(report for report, _ in received), read)
    duplicate = SetAside(
        "copies/again.txt", SetAsideKind.DUPLICATE, "same bytes", received[0][1].sha256, received[0][0].id
    )
    broken = SetAside("empty.txt", SetAsideKind.EMPTY, "The file is empty.", sha256_bytes(b""))
    unread = SetAside("locked.txt", SetAsideKind.UNREADABLE, "The file system refused it.")
    aside = (duplicate, broken, unread)
    return Case(
        received=Received(
            files=(*(report.info.file for report, _ in received), *(item.file for item in aside)),
            originals=tuple(original for _, original in received),
            reports=tuple(report for report, _ in received),
            set_aside=aside,
            notes=("1 file could not be read.",),
        ),
        readings=read,
        traced=traced,
        weighed=make_weighed(read, traced, tuple(report for report, _ in received)),
        makers=MAKERS,
        as_read=tuple(replace(one, statements=one.statements[:1], notes=("as read",)) for one in read[:1]),
    )


def _report(number: int, of: int, statements: int, variation: str) -> tuple[Report, Original]:
    outlet = _OUTLETS[number % len(_OUTLETS)]
    title = f"Boats burned at Osk harbour ({outlet}, {number})"
    day = f"2031-0{number % 9 + 1}-14"
    lines = [title, f"On 3 May at least {number + 3} boats were burned at Osk{variation}, residents said."]
    lines += [
        f"“{_SAID}{' again' * turn},” Marit Olsenko told Radio Tarnhill, according to a friend (part {turn})."
        for turn in range(statements)
    ]
    text = "\n\n".join(lines) + "\n"
    html = number == of - 1
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in lines)}</body></html>" if html else text
    data = page.encode("utf-8", "surrogatepass")
    info = ReportInfo(
        id=make_id("report", sha256_bytes(data)),
        file=f"reports/{number:04d}.{'html' if html else 'txt'}",
        files=(f"reports/{number:04d}.{'html' if html else 'txt'}",),
        sha256=sha256_bytes(data),
        text_sha256=sha256_text(text),
        encoding="utf-8",
        outlet=Noted(outlet, Basis.GIVEN, "reports.csv"),
        title=Noted(title, Basis.GUESSED, "first line"),
        published=Noted(day, Basis.PAGE) if number % 2 == 0 else None,
        author=Noted("Iven Tarn", Basis.PAGE) if number == 0 else None,
        url=Noted("https://gazette.example/boats", Basis.GIVEN) if number == 0 else None,
        language=Noted("en", Basis.GUESSED) if number == 0 else None,
        completeness=Completeness.COMPLETE if html else Completeness.NOT_CHECKED,
    )
    body = Passage(Span(len(title) + 2, len(text) - 1), PassageKind.BODY)
    report = Report(info, text, (Passage(Span(0, len(title)), PassageKind.HEADLINE), body))
    return report, Original(info.sha256, "text/html" if html else "text/plain", data)


def _at(text: str, words: str, start: int = 0) -> Span:
    found = text.index(words, start)
    return Span(found, found + len(words))


def _reading(report: Report) -> Reading:
    text = report.text
    mention, second = _mentions(report)
    name = mention.span
    statements = []
    start = text.find("“")
    while start >= 0:
        statements.append(_statement(report, start, mention, second))
        start = text.find("“", start + 1)
    number = _at(text, "at least")
    words = text[number.start : text.index(" boats", number.start) + len(" boats")]
    figure = Figure(
        id=make_id("figure", report.id, number.start),
        report=report.id,
        span=Span(number.start, number.start + len(words)),
        text=words,
        low=int(words.split()[2]),
        high=None,
        bound=Bound.AT_LEAST,
        unit="boats",
        act="burned",
        place="Osk",
    )
    date = _at(text, "3 May")
    cited = _at(text, "told Radio Tarnhill")
    return Reading(
        report=report.id,
        mentions=(mention, second),
        statements=tuple(statements),
        figures=(figure,),
        dates=(
            DateMention(
                make_id("date", report.id), report.id, date, "3 May", "2031-05-03", "2031-05-03", resolved=True
            ),
        ),
        citations=(Citation(make_id("citation", report.id), report.id, cited, CitationKind.TOLD, "Radio Tarnhill"),),
        notes=("read by rules",),
        attributions=(
            Attribution(
                make_id("attribution", report.id), report.id, (name,), cited, (date, number), CueKind.SPEECH, 0.875
            ),
        ),
    )


def _mentions(report: Report) -> tuple[Mention, Mention]:
    text = report.text
    name = _at(text, "Marit Olsenko")
    mention = Mention(
        id=make_id("mention", report.id, name.start),
        report=report.id,
        text="Marit Olsenko",
        span=name,
        kind=SourceKind.WITNESS,
        named=True,
        plural=False,
        aliases=("Olsenko",),
        spans=(name,),
    )
    friend = _at(text, "a friend")
    second = Mention(
        id=make_id("mention", report.id, friend.start),
        report=report.id,
        text="a friend",
        span=friend,
        kind=SourceKind.PERSON,
        named=False,
        plural=False,
    )
    return mention, second


def _statement(report: Report, quote: int, mention: Mention, relay: Mention) -> Statement:
    text = report.text
    content = Span(quote + 1, text.index(",”", quote))
    source = _at(text, "Marit Olsenko", quote)
    friend = _at(text, "a friend", quote)
    return Statement(
        id=make_id("statement", report.id, quote),
        report=report.id,
        content=(content,),
        text=content.of(text),
        form=Form.DIRECT,
        source=mention.id,
        source_span=source,
        cue=_at(text, "told", quote),
        told_to=ToldTo("Radio Tarnhill", _at(text, "Radio Tarnhill", source.start)),
        certainty=Certainty.CLEAR,
        stance=Stance.ASSERTS,
        passage=PassageKind.BODY,
        via=(Relay("a friend", friend, relay.id),),
        quotation=make_id("quotation", report.id, quote),
        reasons=("the name stands beside the cue",),
    )


def _traced(reports: tuple[Report, ...], read: tuple[Reading, ...]) -> Traced:
    firsts = [reading.statements[0] for reading in read]
    places = tuple(Place(statement.report, statement.content[0]) for statement in firsts[:2])
    reason = Reason("same words", "Both reports carry the same words.", places)
    source = Source(
        id="source-1",
        name="Marit Olsenko",
        names=("Marit Olsenko", "Olsenko"),
        kind=SourceKind.WITNESS,
        named=True,
        plural=False,
        mentions=tuple(reading.mentions[0].id for reading in read),
        reasons=(reason,),
    )
    links = tuple(
        Link(
            make_id("link", later.id),
            Place(later.report, later.content[0]),
            Place(firsts[0].report, firsts[0].content[0]),
            LinkKind.QUOTE_VARIANT,
            directed=True,
            reason=reason,
        )
        for later in firsts[1:]
    )
    reuse = tuple(
        Reuse(make_id("reuse", link.id), link.later, link.earlier, ReuseKind.QUOTE, words=9, score=0.875)
        for link in links
    )
    origin = Origin(
        id="origin-1",
        source=source.id,
        name="Marit Olsenko to Radio Tarnhill",
        kind=SourceKind.WITNESS,
        told_to="Radio Tarnhill",
        told_to_in=tuple(report.id for report in reports),
        own_reporting=False,
        reports=tuple(report.id for report in reports),
        statements=tuple(statement.id for reading in read for statement in reading.statements),
        figures=(),
        reasons=(reason,),
    )
    utterance = Utterance("utterance-1", firsts[0].text, tuple(one.id for one in firsts), origin.id, (reason,))
    apart = tuple(
        Divergence(make_id("divergence", b.id), firsts[0].id, b.id, (ChangeKind.NUMBER,), reason) for b in firsts[1:2]
    )
    radio = Cited(
        id="cited-1",
        kind=CitedKind.OUTLET,
        name="Radio Tarnhill",
        names=("Radio Tarnhill",),
        places=tuple(_told(one) for one in firsts),
        sources=(),
        reports=(),
    )
    chains = tuple(_chain(one, source.id, radio.id) for reading in read for one in reading.statements)
    return Traced((source,), (utterance,), (origin,), reuse, links, (radio,), chains, apart)


def _told(statement: Statement) -> Place:
    assert statement.told_to is not None
    return Place(statement.report, statement.told_to.span)


def _chain(statement: Statement, source: str, radio: str) -> Chain:
    assert statement.source_span is not None
    hops = (
        Hop(HopKind.SOURCE, "Marit Olsenko", Place(statement.report, statement.source_span), source),
        Hop(HopKind.TOLD_TO, "Radio Tarnhill", _told(statement), None, radio),
        Hop(HopKind.REPORT, "the report", Place(statement.report, statement.content[0]), inferred="it stands here"),
    )
    return Chain(make_id("chain", statement.id), statement.id, hops, 2, at_least=False)
