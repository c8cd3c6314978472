"""The shapes in which English reports write dates and periods: compiled patterns only, no resolving.

Every repetition is bounded and every pattern starts with a literal or a digit, so that matching stays linear.
"""

from __future__ import annotations

import re

MONTHS = "january february march april may june july august september october november december".split()
MONTH_OF = (
    {name: number for number, name in enumerate(MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(MONTHS, 1)}
    | {"sept": 9}
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAY_OF = {name: number for number, name in enumerate(WEEKDAYS)}

_MON = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_WD = r"(?:(?i:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_PART = r"(?:early\s{1,3}|late\s{1,3}|mid-?)?(?:morning|afternoon|evening|night|lunchtime|dawn|midday)"
_END = r"(?![\w/%])(?![.,:]\d)"
_NUM = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|half\s{1,3}a|an?\s{1,3}few|few|several|many|couple\s{1,3}of"
    r"|a\s{1,3}couple\s{1,3}of)"
)
_UNIT = r"(?:minute|hour|day|week|fortnight|month|year|decade)"
_HOW = r"(?:more\s{1,3}than|over|at\s{1,3}least|less\s{1,3}than|under|nearly|almost|about|around|some|only|just)"

ANCHOR = re.compile(
    r"\d{4}|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)"
    r"|day\b|days\b|DAY\b|tonight|morrow|night|morning|afternoon|evening|week|month|year|decade|century|fortnight|\bago\b"
    r"|recent|previous|earlier|the past|\d/\d|\b\d{4}s?\b"
)

FULL_DAY = re.compile(
    rf"\b(?:(?P<wd>{_WD}),?\s{{1,3}})?(?:the\s{{1,3}})?(?:(?P<d1>{_DAY})\s{{1,3}}(?:of\s{{1,3}})?(?P<m1>{_MON})(?!\w)"
    rf"|(?P<m2>{_MON})\s{{1,3}}(?P<d2>{_DAY}))(?:,?\s{{1,3}}(?P<year>{_YEAR}))?{_END}"
)
DAY_RANGE = re.compile(
    rf"\b(?:(?P<m1>{_MON})\s{{1,3}}(?P<a1>{_DAY})\s{{0,2}}(?:-|–|to|and)\s{{0,2}}(?P<b1>{_DAY})"
    rf"|(?P<a2>{_DAY})\s{{0,2}}(?:-|–|to|and)\s{{0,2}}(?P<b2>{_DAY})\s{{1,3}}(?P<m2>{_MON})(?!\w))"
    rf"(?:,?\s{{1,3}}(?P<year>{_YEAR}))?{_END}"
)
PERIOD_RANGE = re.compile(
    rf"\b(?:between|from)\s{{1,3}}(?:(?P<m1>{_MON})\s{{1,3}})?(?P<y1>{_YEAR})\s{{1,3}}(?:and|to|until|till|through)\s{{1,3}}"
    rf"(?:(?P<m2>{_MON})\s{{1,3}})?(?P<y2>{_YEAR}){_END}"
)
MONTH_YEAR = re.compile(
    rf"\b(?:(?:early|late|mid)[\s-]{{1,3}})?(?P<month>{_MON}),?\s{{1,3}}(?:of\s{{1,3}})?(?P<year>{_YEAR}){_END}"
)
MONTH_ALONE = re.compile(
    rf"\b(?P<lead>(?i:in|since|until|till|last|this|next|during|early|late|mid|early\s{{1,3}}in|late\s{{1,3}}in|by|throughout))"
    rf"(?P<gap>[\s-]{{1,3}})(?:(?:early|late|mid)[\s-]{{1,3}})?(?P<month>{_MON}){_END}(?!\s{{1,3}}\d)"
)
YEARS = re.compile(
    rf"\b(?:(?:early|late|mid)[\s-]{{1,3}})?(?P<year>{_YEAR})(?:(?P<sep>[/–-])(?P<to>\d\d(?:\d\d)?)|(?P<s>['’]?s))?{_END}(?!-[a-z])"
)
ISO = re.compile(rf"\b(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
SLASHED = re.compile(rf"(?<![\d/])(?P<a>\d{{1,2}})[/.](?P<b>\d{{1,2}})[/.](?P<year>{_YEAR}|\d\d)(?![\d/])")
WEEKDAY = re.compile(
    rf"\b(?:(?P<lead>(?i:last|next|this\s{{1,3}}past|this\s{{1,3}}coming|this|coming|past|previous))\s{{1,3}})?"
    rf"(?:(?i:early|late|earlier|later)\s{{1,3}}(?:on\s{{1,3}})?)?(?P<wd>{_WD})(?:['’]s)?(?:\s{{1,3}}{_PART})?(?!\w)"
)
NAMED = re.compile(
    r"\b(?<!USA\s)(?:(?:earlier|later|late|early)\s{1,3})?(?P<word>the\s{1,3}day\s{1,3}before\s{1,3}yesterday|yesterday"
    rf"|today|tonight|tomorrow|last\s{{1,3}}night|this\s{{1,3}}(?:morning|afternoon|evening))(?!\w)(?:\s{{1,3}}{_PART}(?!\w))?",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"\b(?:(?P<part>earlier|later|early|late)\s{1,3})?(?P<which>last|this|next|(?:the\s{1,3})?(?:past|last|previous|coming|next))"
    rf"\s{{1,3}}(?:(?P<count>{_NUM})\s{{1,3}})?(?P<unit>day|week|weekend|fortnight|month|year|decade|century)(?P<s>s)?(?:['’]s)?(?![\w-])",
    re.IGNORECASE,
)
AGO = re.compile(
    rf"\b(?:(?P<how>{_HOW})\s{{1,3}})?(?:(?P<count>{_NUM})\s{{1,3}})?(?P<unit>{_UNIT})(?P<s>s)?\s{{1,3}}ago(?!\w)",
    re.IGNORECASE,
)
OPEN_PAST = re.compile(
    r"\b(?:previously|recently|in\s{1,3}recent\s{1,3}(?:hours|days|weeks|months|years|decades)|in\s{1,3}the\s{1,3}past(?!\s{1,3}\w)"
    r"|(?<!day\s)(?<!days\s)(?<!week\s)(?<!weeks\s)(?<!month\s)(?<!months\s)(?<!year\s)(?<!years\s)(?<!hours\s)earlier(?!\s{1,3}(?:than|this|today|tonight|in|on|last|and|or|[a-z]+s\b)))(?!\w)",
    re.IGNORECASE,
)
BOUND_BEFORE = re.compile(
    r"\b(?P<bound>since|until|till|before|prior\s{1,3}to|after)\s{1,3}(?:the\s{1,3})?(?:early\s{1,3}|late\s{1,3}|mid[\s-])?$",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:will|won['’]t|shall|going\s{1,3}to|due|scheduled|upcoming|expected|plans?\s{1,3}to|planned|set\s{1,3}to|tomorrow|next|ahead\s{1,3}of)\b"
    r"|['’]ll\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|had|did|said|told|has|have|killed|died|announced|reported|happened|occurred|began|\w{3,20}ed)\b"
)
