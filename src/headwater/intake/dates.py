"""Written dates of publication to ISO days. Ambiguous ones (03/04/2017) stay unknown; no clock, no locale."""

from __future__ import annotations

import re
from datetime import date, datetime

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?" + _MONTH + r",?\s+(\d{4})\b", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\b" + _MONTH + r"\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b")
_NUMBERS = re.compile(r"\b(\d{1,2})([./])(\d{1,2})\2(\d{4})\b")


def is_iso(value: str) -> bool:
    """True for an ISO 8601 date or date-time as Python reads it, from the year down to at least the day."""
    if not re.match(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def day_of(text: str) -> str | None:
    """Return the first full date written in `text` as YYYY-MM-DD, or None when there is none or it is ambiguous."""
    found = _YEAR_FIRST.search(text)
    if found:
        return _day(*(int(part) for part in found.groups()))
    found = _DAY_FIRST.search(text)
    if found:
        return _day(int(found.group(3)), _month(found.group(2)), int(found.group(1)))
    found = _MONTH_FIRST.search(text)
    if found:
        return _day(int(found.group(3)), _month(found.group(1)), int(found.group(2)))
    found = _NUMBERS.search(text)
    if found is None:
        return None
    first, separator, second, year = int(found.group(1)), found.group(2), int(found.group(3)), int(found.group(4))
    if separator == "." or first > 12 or first == second:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
