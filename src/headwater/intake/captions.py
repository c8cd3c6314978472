"""Lines that caption a picture, and lines that say who wrote a report, where and when. Patterns of form only.

A caption is kept readable: what it says can be a statement, but it is not a sentence of the report. Nothing here
decides about furniture.
"""

from __future__ import annotations

import re

from headwater.intake.lines import Line
from headwater.model import Span

_AGENCY = (
    r"(?:AP|AFP|AAP|ANP|APA|PA|PTI|ANI|EPA(?:-EFE)?|EFE|DPA|dpa|ANSA|SWNS|INS|TASS|RIA Novosti|Reuters|REUTERS"
    r"|Getty(?: Images)?|GETTY(?: IMAGES)?|Associated Press|Agence France-Presse|Press Association|PA Wire|AP Photo"
    r"|Rex(?: Features)?|REX|Shutterstock|Alamy|iStock|Splash(?: News)?|Barcroft(?: \w+)?|Xinhua|Agencies|Bloomberg"
    r"|Corbis|Anadolu(?: Agency)?|Zuma(?: Press)?|ZUMA|NurPhoto|SOPA|UPI|MAXAR|Maxar|Planet Labs|Pixabay|Unsplash"
    r"|Wikimedia(?: Commons)?|Google(?: Maps| Earth)?|Facebook|Twitter|Instagram|YouTube|Telegram|BBC|CNN|ITV"
    r"|Sky(?: News)?"
    r"|NBC|CBS|ABC|handout|Handout|HANDOUT|supplied|Supplied|Courtesy)"
)
_PHOTO = r"(?:picture|pictures|photo|photos|photograph|photographs|image|images|pic|pics)"
_CREDIT_TAIL = re.compile(
    r"(?:[(\[]\s*(?:(?:file\s+|ap\s+|reuters\s+|handout\s+)?" + _PHOTO + r"(?:\s+(?:by|credit|courtesy))?\b[^)\]]{0,80}"
    r"|credit\b[^)\]]{0,80}|source:[^)\]]{0,80}|file\s*(?:photo|picture|image|pic)?)\s*[)\]]"
    r"|[(\[](?:[A-Z][\w.’'\- ]{1,40}\s?/\s?){1,3}" + _AGENCY + r"[^)\]]{0,40}[)\]]"
    r"|[(\[]" + _AGENCY + r"\s?/\s?[A-Z][^)\]]{1,60}[)\]]"
    r"|[(\[](?:AP|Reuters|AFP)\s[Pp]hoto[^)\]]{0,60}[)\]])\s*\.?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:^|\s)(?:(?:Picture|Photo|Photograph|Image|Pic|PICTURE|PHOTO|IMAGE|PIC)[sS]?"
    r"(?:\s+(?:by|credit|courtesy(?: of)?))?"
    r"|(?:Photo |Image |Picture )?[Cc]redit|CREDIT|Source(?=\s?:\s?" + _AGENCY + r"\b))\s?:\s?[A-Z@][^.!?]{1,70}\.?$"
)
_CREDIT_TAIL_CASED = re.compile(r"[(\[]\s?" + _AGENCY + r"(?:\s?[/,]\s?[A-Z][\w .’'-]{1,40})*\s?[)\]]$")
_CREDIT_HEAD = re.compile(
    r"^" + _AGENCY + r"(?:\s?[•/|,:]\s?" + _AGENCY + r")*\s+(?=[A-Z‘“'\"])(?!(?:Photo|Picture)s?$)"
)
_HEAD = re.compile(
    r"^(?:enlarge this image|media playback is (?:un|not )supported"
    r"|(?:media|image|photo|picture|video)\s+caption\b|image\s+(?:copyright|credit|source)\b"
    r"|caption\s*:|(?:file\s+)?" + _PHOTO + r"\s*(?:credit\s*)?[:|]\s*\S|file\s?(?:photo)?\s*[-–—:]\s+\S"
    r"|(?:banner|thumbnail|header|cover|lead|main|feature[d]?)\b[^.]{0,40}\b(?:credit|image|photo)\b\s*:"
    r"|(?:left|right|above|below|top|centre|center|from left|clockwise)(?: to right)?\s?:\s)",
    re.IGNORECASE,
)
_PICTURED = re.compile(
    r"^in this (?:[^.!?]{0,60}?\b)?(?:photo|photograph|image|picture|frame grab|frame|video grab|still|handout)\b",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"^(?:an? |the |this )?(?:(?:video |screen ?|frame )?grabs?|stills?|screen ?shots?|screengrabs?|frames?"
    r"|file photos?"
    r"|(?:file |handout |undated |satellite |aerial )?(?:photos?|pictures?|photographs?|images?))\s+"
    r"(?:\w+\s+)?(?:from|taken|released|provided|issued|made|show(?:s|ing)?|obtained|supplied|posted|of|by)\b",
    re.IGNORECASE,
)
_GALLERY = re.compile(r"(?:^|\s)(\d{1,3})/(\d{1,3})\s+(?=[A-Z‘“'\"])")
_POST = re.compile(r"\(@\w+\)")

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+" + _MONTH + r",?\s+\d{4}|" + _MONTH + r"\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4})"
)
_DATE_LINE = re.compile(
    r"^(?:(?:first\s+)?(?:published|posted|updated|created|modified|uploaded|last (?:updated|modified))\b"
    r"(?:\s+(?:on|at))?\s*:?\s*"
    r"|(?:date|published)\s*:\s*)?(?:"
    + _DAY
    + r",?\s+)?"
    + DATE
    + r"[\s,|·•at-]*(?:\d{1,2}[:.]\d{2}(?::\d{2})?\s?(?:[ap]\.?m\.?)?"
    r"[\s,|A-Z+():0-9]{0,24})?[.|]?(?:\s*(?:updated|modified)\b.{0,60})?$",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"^(?:(?:first\s+)?(?:published|posted|last updated|updated|last modified)\b\s*(?:on|at|:)?\s*"
    r".{0,30}\d{1,2}[:.]\d{2}\b.{0,30}"
    r"|\d+\s*min(?:ute)?s?\s+read|\d+\s+(?:minute|hour|day|week|month|year)s?\s+ago|(?:published|updated|posted)\s+\d+\s.{2,20}\s+ago)$",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.’'-]*(?:\s+(?:(?:van|von|de|der|den|al|el|bin|di|da|du|la|le)\s+)*[A-Z][\w.’'-]*){1,4}"
_BY = re.compile(
    r"^(?:Words by|Written by|Reported by|By|BY)\s*:?\s+(" + _NAME + r"(?:\s*(?:,|and|&|\|)\s*" + _NAME + r")*)"
    r"(?:\s*(?:,|\||in\b|for\b|at\b|-|–|—).{0,60})?$"
)
_NOT_A_NAME = re.compile(r"^(?:" + _DAY + "|" + _MONTH + r"|the|this|that|then|now|all|late|early)\b", re.IGNORECASE)
_ROLE = re.compile(
    r"^(?:" + _NAME + r",?\s+)?(?:(?:[\w-]+\s+){0,2}(?:correspondent|reporter|staff writer|staff reporter|editor"
    r"|columnist|contributor|bureau chief)|associated press|agence france-presse|reuters|staff and agencies|agencies)$",
    re.IGNORECASE,
)
_AGENCY_LINE = re.compile(r"^\(?[-–—]?\s?" + _AGENCY + r"(?:\s?[/,]\s?" + _AGENCY + r")*\)?$")
_CONTRIBUTED = re.compile(
    r"^(?:(?:additional\s+)?(?:reporting|writing|editing)\s+by\b.{3,160}"
    r"|\((?:additional\s+)?(?:reporting|writing|editing)\s+by\b.{3,200}\)|(?:contributing|with)\s*:\s*[A-Z].{2,80}"
    r"|.{3,90}\bcontributed to this (?:report|story|article)\.?)$",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?<=[.!?\"”’])\s+(\((?:Additional |additional )?(?:[Rr]eporting|[Ww]riting|[Ee]diting) by [^()]{3,200}\)"
    r"|\((?:" + _AGENCY + r")\)|[-–—]\s?(?:Reuters|AFP|AP|AAP|PA|BBC|CNN|Xinhua))$"
)
_QUOTATION = re.compile(r"“[^“”]*”|‘[^‘]*’(?!\w)|\"[^\"]*\"|(?<!\w)'[^']*'(?!\w)")
_LONGEST_CAPTION = 70
_LONGEST_TOLD = 45  # a longer line with a quotation is a paragraph of the report that a credit was glued to


def is_caption(line: Line) -> bool:
    """True when the form of the line alone says that it captions a picture or credits one."""
    text = line.text
    if _HEAD.match(text) or _PICTURED.match(text):
        return line.words <= _LONGEST_CAPTION and not (_HEAD.match(text) and line.spoken and line.several)
    if _is_gallery(text):
        return True
    if _TAKEN.match(text) and not line.ended:
        return True
    if _credited(line) and line.words <= _LONGEST_CAPTION:
        return True
    head = _CREDIT_HEAD.match(text)
    return bool(head) and not line.ended and not text.endswith((",", ":", ";"))


def is_post(line: Line) -> bool:
    """True for an embedded post of a social network, which ends with its author's handle: evidence, kept as body."""
    return bool(_POST.search(line.text))


def is_byline(line: Line, *, near_edge: bool) -> bool:
    """True for the author, the date, the reading time or a credit line; some forms only count `near_edge`."""
    text = line.text
    if _DATE_LINE.match(text) or _STAMP.match(text) or _AGENCY_LINE.match(text):
        return True
    if _CONTRIBUTED.match(text) and not line.quoted:
        return True
    if author_of(text) is not None:
        return True
    return near_edge and line.words <= 8 and bool(_ROLE.match(text))


def author_of(text: str) -> str | None:
    """Return the names in a line such as "By Jane Doe and John Roe", or None."""
    found = _BY.match(text)
    if found is None or _NOT_A_NAME.match(found.group(1)) or text.endswith((".", "?", "!", ":")):
        return None
    return found.group(1)


def sign_off(text: str) -> Span | None:
    """Return the place of an agency's sign-off glued to the last sentence: "(Reporting by ...)", "(AP)"."""
    found = _SIGN_OFF.search(text)
    return Span(found.start(1), found.end(1)) if found else None


def _credited(line: Line) -> bool:
    text = line.text
    if _LABELLED.search(text):
        return not (line.spoken and line.quoted)
    credit = _CREDIT_TAIL.search(text)
    if credit is not None:
        return not (line.spoken and line.quoted) or _is_told_picture(text[: credit.start()], line)
    tail = _CREDIT_TAIL_CASED.search(text)
    if tail is None or line.spoken:
        return False
    # "... was freed. (AP)" is an agency signing its copy; "The freed man (AP)" captions a picture.
    return not text[: tail.start()].rstrip().endswith((".", "!", "?", "”", '"'))


def _is_told_picture(words: str, line: Line) -> bool:
    """True for one quotation and who said it above a credit: “...,” said Jane Doe (Picture: Agency)."""
    around = _QUOTATION.sub(" ", words)
    return line.words <= _LONGEST_TOLD and not Line(line.start, line.end, around, gap=line.gap).several


def _is_gallery(text: str) -> bool:
    found = _GALLERY.findall(text)
    if not found or _POST.search(text):
        return False
    repeated = len({total for _, total in found}) == 1
    return (len(found) > 1 and repeated) or bool(re.match(r"\d{1,3}/\d{1,3}\s+[A-Z]", text))
