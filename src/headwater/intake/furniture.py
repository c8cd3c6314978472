"""What a page prints around a report: share buttons, sign-up boxes, links to other reports, legal lines.

Patterns are about form, never about one outlet. The rule of doubt: what could be a sentence of the report is not
furniture, because evidence hidden as furniture is lost. Nothing here decides about captions or by-lines.
"""

from __future__ import annotations

import re

from headwater.intake.lines import Line, speaks
from headwater.model import Span, trim

_LABELS = frozenset(
    line.strip()
    for line in """
    ad; ads; advert; advertisement; advertisement advertisement; advertisements; advertising; sponsored; promoted
    sponsored content; paid content; story continued below; story continues below; article continues below
    story continues below advertisement; article continues below advertisement; continue reading below
    continue reading; continue reading the main story; advertisement continue reading the main story
    skip advertisement; skip ad; skip to content; skip to main content; scroll down for video; scroll down for more
    share; share this; share this article; share this story; share this page; share article; share on facebook
    share on twitter; share via email; share this with; share with friends
    share tweet; share tweet post email; tweet; retweet; pin it; email; e-mail; email this; print; print this; save
    copy link; link copied; facebook; twitter; whatsapp; instagram; youtube; linkedin; pinterest; reddit; telegram
    messenger; comments; comment; leave a comment; add a comment; post a comment; view comments; show comments
    hide comments; no comments; join the discussion; join the conversation; reply; read more; read full article; more
    show more; load more; see more; view more; learn more; find out more; click here; more on this; more on this story
    more on this topic; more from this section; more stories; related; related stories; related articles
    related content; related topics; related coverage; related news; related video; related videos; recommended
    recommended stories; recommended for you; you may also like; you might also like; most read; most popular; trending
    trending now; top stories; latest news; see also; read also; also read; watch; watch now; watch live; play; pause
    play video; video; photo; photos; image; images; gallery; listen; close; menu; search; home; log in; login
    sign in; sign up; sign up now; register; subscribe; subscribe now; subscribe today; newsletter; newsletters
    newsletter sign up; newsletter sign-up; cookies; cookie policy; privacy policy; terms of use; terms of service
    contact us; about us; back to top; loading; next; previous; prev; toggle caption; hide caption; pullquote
    follow us; get the app; download the app; accept; accept all; accept cookies; manage preferences
    """.replace("\n", ";").split(";")
    if line.strip()
)
_LIST_HEAD = re.compile(
    r"^(?:read (?:more|also|next)|also read|see also|more|related(?: (?:stories|articles|coverage|news|content|links))?"
    r"|recommended|more (?:stories|news|coverage|on this(?: story| topic)?)|most (?:read|popular)|trending(?: now)?"
    r"|top stories|you (?:may|might) also like|don['’]t miss)\s*[:.…]*$",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"^(?:read more|read also|also read|read next|see also|more stories|more news|more on this(?: story)?|more"
    r"|related(?: (?:stories|articles|coverage|news|content|links|video))?|recommended|watch|watch more|listen"
    r"|in pictures|don['’]t miss|click here|in case you missed it)\s*[:|»>]\s*\S",
    re.IGNORECASE,
)
_LISTING = re.compile(
    r"^(?i:related (?:stories|articles|coverage|news|content|links|topics)|more stories|most (?:read|popular)"
    r"|recommended for you|you may also like)\s+['\"‘“A-Z0-9]"
)
_OPENER = re.compile(
    r"^\W{0,4}(?:sign up (?:for|to|here|now|today)|subscribe (?:to|now|here|today|for)|enter your e-?mail"
    r"|please enter (?:an?|your) e-?mail|get (?:\S+ ){1,14}(?:delivered|sent|straight|direct(?:ly)?) (?:\S+ ){0,3}inbox"
    r"|want (?:\S+ ){1,16}(?:inbox|newsletter)|follow us\b|follow @\w+|like us on|join us on (?:facebook|twitter)"
    r"|click here (?:to|for)|click to (?:get|share|print|email|subscribe)|download (?:our|the) (?:free )?\S*\s?app\b"
    r"|we pay for (?:your )?(?:stories|videos|pictures)|do you have a story for|got a (?:news )?(?:tip|story)\b"
    r"|have you got a story|send (?:your )?(?:letters|tips|stories|photos|pictures) to|contact us at|e-?mail us at"
    r"|we use (?:\S+ ){0,3}cookies|this (?:web)?site uses cookies|our (?:web)?site uses cookies"
    r"|by continuing to (?:use|browse)"
    r"|by (?:signing up|subscribing|clicking)|thank you for (?:signing up|subscribing)|newsletter sign.?up\b"
    r"|share this (?:article|story|post|page) (?:on|with|via)|share this with\b|watch the latest videos? (?:at|on)"
    r"|read or share this (?:story|article)|this article is more than \d+ (?:year|month)s? old"
    r"|visit \S+(?: \S+){0,3}['’]s homepage|support (?:\S+ ){0,4}journalism|click for more\b)",
    re.IGNORECASE,
)
_SIGNALS = re.compile(
    r"sign(?:ing)? up|subscrib|newsletter|your (?:e-?mail|inbox)|e-?mail address|privacy (?:policy|notice)"
    r"|terms (?:of (?:use|service)|and conditions)|cookies?\b|unsubscribe|not a robot|special offers|log ?in\b"
    r"|create an account|register (?:with|for|now)|no paywall|free trial|all rights reserved",
    re.IGNORECASE,
)
_HARD_SIGNS = (
    "newsletter",
    "your ",
    "mail address",
    "privacy",
    "terms",
    "cookie",
    "unsubscribe",
    "robot",
    "no paywall",
)
_HARD_SIGNAL = re.compile(r"newsletter|your|e-?mail address|privacy|terms|cookie|unsubscribe|not a robot|no paywall")
_WORDS_A_SIGN = 30
_LINKED_TITLE = re.compile(
    r"^(?:.{10,160}\s[Rr]ead more|\(\s?(?:also on|see also|read more|related|watch|video|story)\b[^()]{5,160}\))$",
    re.IGNORECASE,
)
_FOLLOW = re.compile(
    r"^(?:follow|like) (?:(?:him|her|them|us|me)|@?[\w.’'-]+(?: [\w.’'-]+){0,5})"
    r" on (?:x|twitter|facebook|instagram|telegram)\b",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"^(?:©|\(c\)\s|copyright\s+(?:©|\(c\)|\d{4}|\d{4}[-–]\d{2,4})|all rights reserved\b"
    r"|this material may not be (?:published|broadcast|reproduced|rewritten))",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"^(?:(?:next|prev(?:ious)?)\s+)?(?:image|slide|photo) \d+ of \d+$|^slideshow \(\d+ images?\)$"
    r"|^\d+ (?:comments?|shares?|views?|likes?)$|^[\d.,]+[km]? (?:comments?|shares?|views?)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^(?:https?://|www\.)\S+$", re.IGNORECASE)
_HANDLE = re.compile(r"^@\w{2,}$")
_BRACKET = re.compile(r"^\[[^\[\]]{3,180}\]$")
_NOTE_IN_BRACKETS = re.compile(
    r"\b(?:sic|translat|editor|ed\.|note|correct|update|redact|name|withheld|inaudible|photo|picture|image|credit)",
    re.IGNORECASE,
)
_GLUE = re.compile(
    r"(?:Advertisement\s+)?Continue reading the main story\b"
    r"|(?:Story|Article) [Cc]ontinue[sd] [Bb]elow(?: [Aa]dvertisement)?\b|\bADVERTISEMENT\b|Advertisement:(?=\s|$)"
    r"|Scroll down for video\b|Share this (?:article|story) Share\b|SHARE THIS ARTICLE\b(?: Share| Tweet| Post| Email)*"
    r"|Share this with [a-z]+ and [a-z]+\b|Sign up for [A-Z]\w+(?: [A-Z]\w+)* Newsletters?(?: Manage Newsletters)?"
    r"|Manage Newsletters\b|CLICK (?:HERE )?(?:TO|FOR) [A-Z][A-Z’' ]{5,80}[A-Z]|Skip advertisement\b"
    r"|Read or [Ss]hare this (?:story|article):?\s*https?://\S+"
)
_TAIL = re.compile(
    r"(?<=[.!?\"”’»)])\s+(?:(?P<pointer>(?:READ MORE|RELATED|MORE|WATCH|READ ALSO|SEE ALSO|Read more|Read also|See also"
    r"|Related)\s*:\s*\S.*)|(?P<box>We pay for your stories!.*|Sign up (?:for|to) (?:our|the|your)\b.*"
    r"|Get (?:our|the) \S+ newsletter\b.*|Follow @\w+.*|Follow us on .*|Subscribe to our .*)"
    r"|(?P<legal>(?:Copyright\s+(?:©\s*)?\d{4}|©\s*\d{4}|©\s[A-Z]).{0,300}))$"
)
_GLUE_HINTS = (
    *("continue", "advertisement", "scroll down", "share", "newsletter", "click", "read more", "related", "more:"),
    *("watch", "read also", "see also", "we pay for", "sign up", "follow ", "subscribe", "copyright", "©"),
)
_LONGEST_POINTER = 40
_LONGEST_LIST = 150
_LONGEST_TITLE = 20
_LONGEST_LEGAL = 60


def is_furniture(line: Line) -> bool:
    """True when the whole line is furniture. A line that carries words of attribution hardly ever is."""
    text = line.text
    if not any(char.isalnum() for char in text):
        return True
    if _label(text) in _LABELS or _ADDRESS.match(text) or _HANDLE.match(text) or _COUNTER.match(text):
        return True
    if _LEGAL.match(text) and line.words <= _LONGEST_LEGAL:
        return True
    if _BRACKET.match(text):
        return not line.ended and not text.endswith(".]") and not _NOTE_IN_BRACKETS.search(text)
    if _is_pointer(line) or (_LINKED_TITLE.match(text) and not line.several):
        return True
    if _OPENER.match(text) or _FOLLOW.match(text):
        return not (line.spoken and line.quoted)
    return _is_box(line)


def opens_list(line: Line) -> bool:
    """True for the head of a list of other reports ("Read more:")."""
    return bool(_LIST_HEAD.match(line.text))


def is_listed(line: Line, *, at_end: bool) -> bool:
    """True when a line below such a head can be the title of another report.

    At the end of a report titles may close like sentences; in its middle only what does not close is taken.
    """
    if line.quoted and line.spoken:
        return False
    if at_end:
        return line.words <= _LONGEST_TITLE and not (line.ended and line.spoken)
    return line.words <= _LONGEST_TITLE and not line.ended


def glued(text: str) -> list[Span]:
    """Return the stretches of one line that are furniture glued to a sentence, in order; offsets are of `text`."""
    low = text.lower()
    if not any(hint in low for hint in _GLUE_HINTS):
        return []
    spans = [Span(*match.span()) for match in _GLUE.finditer(text)]
    tail = _TAIL.search(text)
    if tail and _may_cut(tail):
        start = next(tail.start(name) for name in ("pointer", "box", "legal") if tail.group(name))
        spans = [span for span in spans if span.end <= start]
        spans.append(Span(start, len(text)))
    return [kept for span in spans if (kept := trim(text, span.start, span.end))]


def _may_cut(tail: re.Match[str]) -> bool:
    words = tail.group(0).split()
    if tail.group("pointer"):
        return len(words) <= _LONGEST_POINTER and not re.search(r"[.!?]\s+\S+\s+\S+\s+\S", tail.group("pointer"))
    return not speaks(tail.group(0)) and len(words) <= _LONGEST_LEGAL


def _is_pointer(line: Line) -> bool:
    """A link to another report: "READ MORE: ...", or a list of them glued to its head ("Related Stories ...")."""
    if _LISTING.match(line.text):
        return line.words <= _LONGEST_LIST
    return bool(_POINTER.match(line.text)) and line.words <= _LONGEST_POINTER and not (line.several and line.spoken)


def _is_box(line: Line) -> bool:
    """A box for signing up: several of its signs close together, words to the reader, nobody speaking."""
    low = line.text.lower()
    if not any(sign in low for sign in _HARD_SIGNS):  # cheap, and true of hardly any line
        return False
    signs = [match.group().lower() for match in _SIGNALS.finditer(line.text)]
    hard = any(_HARD_SIGNAL.match(sign) for sign in signs)
    dense = line.words <= len(signs) * _WORDS_A_SIGN
    return hard and dense and len(set(signs)) >= 2 and _addresses_reader(line.text) and not line.spoken


def _addresses_reader(text: str) -> bool:
    return re.search(r"\b(?:you|your|please|sign up|subscribe|enter|register)\b", text, re.IGNORECASE) is not None


def _label(text: str) -> str:
    return re.sub(r"[^\w\s@'’-]+", " ", text).strip(" -–—_").casefold().strip()
