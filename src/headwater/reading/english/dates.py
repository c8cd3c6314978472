"""Finds dates and periods in English reports and places them against the day of publication.

A year, month or day that the words do not give is never invented: an open end stays None, and what cannot be placed
is kept as unresolved. Sources: METHOD R18 to R20. Nothing here reads figures or a clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from headwater.model import DateMention, Span, make_id
from headwater.reading.english import date_days as days
from headwater.reading.english import date_patterns as shapes
from headwater.reading.english.date_days import Period

_LOOK_BEHIND = 24
_NEAR = 90  # days ahead: nearer than that, "on May 26" may as well mean the coming one
_COUNTS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen "
        "eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50}
_YEAR_LEAD = re.compile(
    r"(?:\b(?i:in|since|until|till|from|by|of|during|before|after|early|late|mid|between|and|to|the|a|circa|around|year"
    r"|spring|summer|autumn|fall|winter|season|election|back\s{1,3}in|its|his|their|through)[\s-]{1,3}|[(–-])$"
)
_YEAR_TAIL = re.compile(
    r"\s*(?:$|[.,;:!?)\]’'”\"–—-]|\b(?:when|and|after|as|by|to|with|for|was|were|had|has|under|because)\b)"
)
_PEOPLE_TAIL = re.compile(r"[\s-]{1,2}(?:people|men|women|children|more|others)\b")
_PLURAL_TAIL = re.compile(r"[\s-]{1,2}\w{3,20}[^us\W]s\b")
_AMOUNT_LEAD = re.compile(r"(?:\b(?i:about|around|some|over|than|nearly|almost|least|up\sto|another)\s|[$£€])$")
_IN_YEAR = re.compile(r"\b(?i:in|since)\s$")
_OF_YEAR = re.compile(r"\b(?i:in|since|the|its|his|her|their|a|of)\s$")


class _Shape(NamedTuple):
    """How one shape of date is read; `hints` are the lower-case letters without which it cannot occur."""

    hints: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], _Context], Found | None]


class _Context(NamedTuple):
    """What a sentence's dates are read against: the day of publication (or None) and the sentence itself."""

    published: date | None
    text: str
    start: int
    end: int

    def future(self, match: re.Match[str]) -> bool:
        """True when the words around speak of something to come and no nearer word speaks of the past."""
        before = self.text[max(self.start, match.start() - 80) : match.start()]
        cues = [hit.end() for hit in shapes.FUTURE.finditer(before)]
        pasts = [hit.end() for hit in shapes.PAST.finditer(before)]
        if cues:
            return not pasts or cues[-1] >= pasts[-1] - 12
        after = self.text[match.end() : min(self.end, match.end() + 40)]
        return bool(shapes.FUTURE.search(after)) and not pasts and not shapes.PAST.search(after)


class Found(NamedTuple):
    """One date in words: its place, its period, and whether it could be placed. `year` marks a bare year."""

    span: Span
    period: Period
    resolved: bool


def find_dates(text: str, sentences: Sequence[Span], *, report: str, published: str | None) -> tuple[DateMention, ...]:
    """Return the dates and periods of a report in reading order.

    `sentences` are spans of `text` (code points); `published` is an ISO day or date-time, or None when unknown: then
    "on Monday" is kept as unresolved. Raises nothing; a `published` that is no ISO day counts as unknown.
    """
    day = publication_day(published)
    return tuple(
        DateMention(
            id=make_id("date", report, found.span.start, found.span.end),
            report=report,
            span=found.span,
            text=found.span.of(text),
            earliest=found.period.earliest.isoformat() if found.period.earliest else None,
            latest=found.period.latest.isoformat() if found.period.latest else None,
            resolved=found.resolved,
        )
        for sentence in sentences
        for found in scan(text, sentence, day)
    )


def publication_day(published: str | None) -> date | None:
    """Return the day of an ISO date or date-time, or None when it does not start with a whole day."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day if days.FIRST_YEAR + 200 <= day.year <= days.LAST_YEAR - 20 else None


def scan(text: str, sentence: Span, published: date | None) -> list[Found]:
    """Return the dates of one sentence, sorted and disjoint; the longer reading wins where two begin together."""
    if not shapes.ANCHOR.search(text, sentence.start, sentence.end):
        return []
    context = _Context(published, text, sentence.start, sentence.end)
    found = sorted(_matches(context), key=lambda one: (one.span.start, -one.span.end))
    out: list[Found] = []
    for one in found:
        if not out or one.span.start >= out[-1].span.end:
            out.append(one)
    return out


def _matches(context: _Context) -> Iterator[Found]:
    words = context.text[context.start : context.end].lower()
    for hints, pattern, read in _SHAPES:
        if not any(hint in words for hint in hints):
            continue
        for match in pattern.finditer(context.text, context.start, context.end):
            found = read(match, context)
            if found is not None:
                yield _bounded(found, context)


def _bounded(found: Found, context: _Context) -> Found:
    """Open one end for "since", "until", "before" and "after", and take the word into the span."""
    low = max(context.start, found.span.start - _LOOK_BEHIND)
    lead = shapes.BOUND_BEFORE.search(context.text[low : found.span.start])
    if not lead:
        return found
    span = Span(low + lead.start(), found.span.end)
    earliest, latest = found.period
    match lead["bound"].split()[0].lower():
        case "since":
            period = Period(earliest, context.published)
            if earliest and context.published and earliest > context.published:
                period = Period(earliest, None)
        case "after":
            period = Period(earliest, None)
        case "until" | "till":
            period = Period(None, latest)
        case _:
            period = Period(None, earliest - timedelta(days=1) if earliest else None)
    return Found(span, period, found.resolved)


def _placed(match: re.Match[str], period: Period | None) -> Found:
    span = Span(match.start(), match.end())
    return Found(span, period or days.UNKNOWN, resolved=period is not None)


def _month(words: str) -> int:
    return shapes.MONTH_OF[words.lower().rstrip(".")[:3]]


def _full_day(match: re.Match[str], context: _Context) -> Found | None:
    number = int((match["d1"] or match["d2"]).rstrip("sthndr"))
    month = _month(match["m1"] or match["m2"])
    if match["year"]:
        return _placed(match, days.day(int(match["year"]), month, number))
    return _placed(match, _yearless(month, number, match, context))


def _yearless(month: int, number: int, match: re.Match[str], context: _Context) -> Period | None:
    """Place a day without its year; None when the coming one is near and no tense decides which is meant."""
    if context.published is None:
        return None
    coming = days.yearless_day(context.published, month, number, future=True)
    if context.future(match):
        return coming
    near = coming and coming.earliest and 0 < (coming.earliest - context.published).days <= _NEAR
    if near and not shapes.PAST.search(context.text[max(context.start, match.start() - 40) : match.start()]):
        return None
    return days.yearless_day(context.published, month, number, future=False)


def _day_range(match: re.Match[str], context: _Context) -> Found | None:
    month = _month(match["m1"] or match["m2"])
    first = int((match["a1"] or match["a2"]).rstrip("sthndr"))
    last = int((match["b1"] or match["b2"]).rstrip("sthndr"))
    if first >= last:
        return None
    ends: list[Period | None] = []
    for number in (first, last):
        if match["year"]:
            ends.append(days.day(int(match["year"]), month, number))
        else:
            ends.append(_yearless(month, number, match, context))
    return _placed(match, _joined(ends))


def _period_range(match: re.Match[str], context: _Context) -> Found | None:
    del context
    ends: list[Period | None] = []
    for month, year in ((match["m1"], match["y1"]), (match["m2"], match["y2"])):
        ends.append(days.month(int(year), _month(month)) if month else days.year(int(year)))
    return _placed(match, _joined(ends))


def _joined(ends: list[Period | None]) -> Period | None:
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    first, last = ends[0].earliest, ends[1].latest
    return Period(first, last) if first and last and first <= last else None


def _month_year(match: re.Match[str], context: _Context) -> Found | None:
    del context
    return _placed(match, days.month(int(match["year"]), _month(match["month"])))


def _month_alone(match: re.Match[str], context: _Context) -> Found | None:
    lead = match["lead"].lower()
    start = (
        match.start("month")
        if lead in {"in", "since", "until", "till", "during", "by", "throughout"}
        else match.start()
    )
    span = Span(start, match.end())
    if lead == "by" and match["month"] in {"May", "March", "April", "June", "August"}:
        return None
    if context.published is None:
        return Found(span, days.UNKNOWN, resolved=False)
    number = _month(match["month"])
    if lead == "last" and number == context.published.month:
        period = days.month(context.published.year - 1, number)
    elif lead == "this":
        period = days.month(context.published.year, number)
    else:
        period = days.yearless_month(context.published, number, future=lead in {"next", "by"} or context.future(match))
    return Found(span, period, resolved=True)


def _years(match: re.Match[str], context: _Context) -> Found | None:
    before = context.text[max(context.start, match.start() - 14) : match.start()]
    after = context.text[match.end() : min(context.end, match.end() + 24)]
    number = int(match["year"])
    if match["s"] and number % 10 == 0:
        return _placed(match, days.decade(number))
    if _PEOPLE_TAIL.match(after) and not _IN_YEAR.search(before):
        return None
    if _PLURAL_TAIL.match(after) and not _OF_YEAR.search(before):
        return None
    if _AMOUNT_LEAD.search(before) and not _YEAR_TAIL.match(after):
        return None
    if re.search(r"[$£€#@/.,\d]$", before) or not (_YEAR_LEAD.search(before) or _YEAR_TAIL.match(after)):
        return None
    last = match["to"]
    if last is None:
        return _placed(match, days.year(number))
    end = int(last) if len(last) == 4 else number // 100 * 100 + int(last)
    return _placed(match, _joined([days.year(number), days.year(end)])) if number < end <= number + 60 else None


def _iso(match: re.Match[str], context: _Context) -> Found | None:
    del context
    return _placed(match, days.day(int(match["year"]), int(match["month"]), int(match["day"])))


def _slashed(match: re.Match[str], context: _Context) -> Found | None:
    """A date in figures is placed only when day and month cannot be confused."""
    del context
    first, second, year = int(match["a"]), int(match["b"]), match["year"]
    if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
        return None
    if len(year) == 2:
        return _placed(match, None)
    if first == second or first > 12:
        return _placed(match, days.day(int(year), second, first))
    if second > 12:
        return _placed(match, days.day(int(year), first, second))
    return _placed(match, None)


def _weekday(match: re.Match[str], context: _Context) -> Found | None:
    if context.published is None:
        return _placed(match, None)
    lead = (match["lead"] or "").lower()
    future = lead in {"next", "coming"} or lead.endswith("coming") or (not lead and context.future(match))
    number = shapes.WEEKDAY_OF[match["wd"].lower()]
    strict = lead in {"last", "past", "previous"}
    return _placed(match, days.weekday(context.published, number, future=future, strict=strict))


def _named(match: re.Match[str], context: _Context) -> Found | None:
    if context.published is None:
        return _placed(match, None)
    word = match["word"].lower().split()[0]
    shift = {"yesterday": -1, "last": -1, "the": -2, "tomorrow": 1}.get(word, 0)
    return _placed(match, days.around(context.published + timedelta(days=shift), "day"))


def _unit(match: re.Match[str], context: _Context) -> Found | None:
    which = match["which"].lower().split()[-1]
    count, unit = match["count"], match["unit"].lower()
    plural = bool(match["s"])
    article = "the" in match["which"].lower().split()
    if unit == "day" and not plural:
        return None
    if plural and not count and not article:
        return None
    if context.published is None:
        return _placed(match, None)
    if plural or (article and which in {"past", "last"}):
        return _placed(match, _stretch(context.published, which, _count(count) if plural else 1, unit))
    if unit == "weekend":
        return _placed(match, days.weekend(context.published, {"this": 0, "next": 1, "coming": 0}.get(which, -1)))
    if unit == "century":
        return _placed(match, None)
    shift = {"this": 0, "next": -1, "coming": -1}.get(which, 1)
    whole = days.around(days.back(context.published, shift, unit), unit)
    if match["part"] and match["part"].lower() == "earlier" and which == "this":
        return _placed(match, Period(whole.earliest, context.published))
    return _placed(match, whole)


def _stretch(published: date, which: str, count: int | None, unit: str) -> Period:
    """A stretch that ends (or begins) with publication; how far it reaches is open when the words do not count."""
    unit = "week" if unit == "weekend" else unit
    if which in {"coming", "next"}:
        return Period(published, days.back(published, -count, unit) if count else None)
    return Period(days.back(published, count, unit) if count else None, published)


def _count(words: str | None) -> int | None:
    if not words:
        return None
    return int(words) if words.isdecimal() else _COUNTS.get(words.lower())


def _ago(match: re.Match[str], context: _Context) -> Found | None:
    if not match["count"] and not match["s"]:
        return None
    if context.published is None:
        return _placed(match, None)
    count, unit = _count(match["count"]), match["unit"].lower()
    if unit in {"minute", "hour"}:
        near = Period(context.published - timedelta(days=1), context.published)
        return _placed(
            match, near if count is None or (unit == "hour" and count > 2) else days.around(context.published, "day")
        )
    if count is None:
        return _placed(match, Period(None, context.published))
    then = days.back(context.published, count, unit)
    how = (match["how"] or "").lower().split()
    if not how or how[0] in {"about", "around", "some", "only", "just"}:
        return _placed(match, days.around(then, unit))
    if how[0] in {"less", "under", "nearly", "almost"}:
        return _placed(match, Period(then, context.published))
    return _placed(match, Period(None, days.around(then, unit).latest))


def _open_past(match: re.Match[str], context: _Context) -> Found | None:
    return _placed(match, Period(None, context.published) if context.published else None)


_MONTH_HINTS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
_YEAR_HINTS = tuple("15 16 17 18 19 20 21".split())
_SHAPES: tuple[_Shape, ...] = (
    _Shape(_MONTH_HINTS, shapes.FULL_DAY, _full_day),
    _Shape(_MONTH_HINTS, shapes.DAY_RANGE, _day_range),
    _Shape(_YEAR_HINTS, shapes.PERIOD_RANGE, _period_range),
    _Shape(_YEAR_HINTS, shapes.MONTH_YEAR, _month_year),
    _Shape(_MONTH_HINTS, shapes.MONTH_ALONE, _month_alone),
    _Shape(_YEAR_HINTS, shapes.YEARS, _years),
    _Shape(_YEAR_HINTS, shapes.ISO, _iso),
    _Shape(("/", "."), shapes.SLASHED, _slashed),
    _Shape(("day",), shapes.WEEKDAY, _weekday),
    _Shape(("day", "night", "morrow", "this "), shapes.NAMED, _named),
    _Shape(("last", "this", "next", "past", "previous", "coming"), shapes.UNIT, _unit),
    _Shape(("ago",), shapes.AGO, _ago),
    _Shape(("previous", "recent", "past", "earlier"), shapes.OPEN_PAST, _open_past),
)
