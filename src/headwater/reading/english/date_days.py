"""Calendar arithmetic for dates in words: periods as pairs of days, never narrower than the words.

Nothing here reads a text or a clock. Sources of the rules: METHOD R18 to R20 (no invented month, open ends stay open).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

FIRST_YEAR = 1500
LAST_YEAR = 2199


class Period(NamedTuple):
    """First and last possible day, inclusive; None is an open or unknown end."""

    earliest: date | None
    latest: date | None


UNKNOWN = Period(None, None)


def day(year: int, month: int, number: int) -> Period | None:
    """Return the one-day period, or None when the calendar has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12:
        return None
    if not 1 <= number <= monthrange(year, month)[1]:
        return None
    only = date(year, month, number)
    return Period(only, only)


def month(year: int, number: int) -> Period:
    """Return the whole month."""
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def year(number: int) -> Period:
    """Return the whole year."""
    return Period(date(number, 1, 1), date(number, 12, 31))


def decade(number: int) -> Period:
    """Return the ten years that start with `number`."""
    return Period(date(number, 1, 1), date(number + 9, 12, 31))


def week(inside: date) -> Period:
    """Return Monday to Sunday around a day (ISO week)."""
    monday = inside - timedelta(days=inside.weekday())
    return Period(monday, monday + timedelta(days=6))


def weekday(published: date, number: int, *, future: bool, strict: bool) -> Period:
    """Return the nearest such weekday (0 is Monday) up to the day of publication, or after it when `future`.

    `strict` leaves the day of publication itself out ("last Friday").
    """
    if future:
        ahead = (number - published.weekday()) % 7 or 7
        return _one(published + timedelta(days=ahead))
    back = (published.weekday() - number) % 7
    return _one(published - timedelta(days=back or (7 if strict else 0)))


def yearless_day(published: date, month_number: int, number: int, *, future: bool) -> Period | None:
    """Return the nearest such day up to publication (or from it on, when `future`); None if there is none.

    29 February looks back over at most eight years.
    """
    step = 1 if future else -1
    for offset in range(9):
        found = day(published.year + step * offset, month_number, number)
        if found is None or found.earliest is None:
            continue
        if (found.earliest >= published) if future else (found.earliest <= published):
            return found
    return None


def yearless_month(published: date, number: int, *, future: bool) -> Period:
    """Return the nearest such month that has begun by publication, or that ends after it when `future`."""
    if future:
        return month(published.year + (number < published.month), number)
    return month(published.year - (number > published.month), number)


def back(published: date, count: int, unit: str) -> date:
    """Return the day `count` units before publication; the day of the month is cut to the month's length."""
    if unit in {"day", "week", "fortnight"}:
        return _safe(published.toordinal() - count * {"day": 1, "week": 7, "fortnight": 14}[unit])
    months = count * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit]
    total = published.year * 12 + published.month - 1 - months
    if total < FIRST_YEAR * 12:
        return date(FIRST_YEAR, 1, 1)
    to_year, to_month = divmod(total, 12)
    if to_year > LAST_YEAR:
        return date(LAST_YEAR, 12, 31)
    return date(to_year, to_month + 1, min(published.day, monthrange(to_year, to_month + 1)[1]))


def around(inside: date, unit: str) -> Period:
    """Return the calendar unit that holds a day: the day itself, its week, month, year or decade."""
    if unit == "day":
        return _one(inside)
    if unit in {"week", "fortnight"}:
        return week(inside)
    if unit == "month":
        return month(inside.year, inside.month)
    if unit == "year":
        return year(inside.year)
    return decade(inside.year // 10 * 10)


def weekend(published: date, shift: int) -> Period:
    """Return Saturday and Sunday of the week of publication, `shift` weeks on."""
    sunday = _safe(published.toordinal() - published.weekday() + 6 + 7 * shift)
    return Period(sunday - timedelta(days=1), sunday)


def _one(only: date) -> Period:
    return Period(only, only)


def _safe(ordinal: int) -> date:
    return date.fromordinal(max(ordinal, date(FIRST_YEAR, 1, 1).toordinal()))
