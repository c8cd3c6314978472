"""What can be guessed about a report when nobody wrote it down: title, outlet, date, author, language.

Every guess says that it is one and how it was made. Unknown stays None; nothing is looked up anywhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from headwater.intake.captions import author_of
from headwater.intake.dates import day_of
from headwater.intake.passages import headline_of
from headwater.model import Basis, Noted, Passage, PassageKind

_DOMAIN = re.compile(
    r"^(?:\d+[_\- .]+)?((?:[a-z0-9](?:[a-z0-9-]{0,40}[a-z0-9])?\.)+"
    r"(?:com|org|net|info|news|int|edu|gov|tv|media|press|live|today|online|[a-z]{2}))$"
)
_NOT_COUNTRIES = frozenset({"md", "js", "py", "sh", "id", "no", "am", "pm"})
_URL_LINE = re.compile(
    r"^(?:(?:source|url|link|address|original|from|(?:archived|retrieved) from)\s*:\s*)?(https?://\S+)$",
    re.IGNORECASE,
)
_SHORTENERS = frozenset(
    "bit.ly t.co goo.gl ow.ly tinyurl.com buff.ly dlvr.it fb.me wp.me youtu.be is.gd lnkd.in archive.org archive.is "
    "archive.ph web.archive.org twitter.com x.com facebook.com t.me".split()
)
_URL_LINES = 4
_PUBLISHED = re.compile(r"^(?:first\s+)?(?:published|posted|uploaded|date)\b", re.IGNORECASE)
_UPDATED = re.compile(r"^(?:last\s+)?(?:updated|modified)\b", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_OTHER_LETTER = re.compile(r"[^\W\d_\u0000-\u024f]")
_LATIN = re.compile(r"[a-zà-ÿœ]+(?:['’][a-zà-ÿ]+)?")
_FUNCTION_WORDS = {
    "en": "the of and to in that was is for it with as his on be at by had not are but from were which has have said",
    "fr": "le la les des et est une que dans pour qui sur pas au par plus avec ce sont été aux il elle cette ont",
    "de": "der die und das den nicht von ist mit des sich auf für ein eine dem im werden wurde hat auch dass sie",
    "es": "el los las que en una por con para del se su al lo como más fue este ha sus pero son y",
    "it": "il di che è la per un una della con non del sono gli alla dei le nel si da ha anche delle come",
    "pt": "o os que do da em um uma para com não no na por mais dos das foi ao se como são pelo ele",
    "nl": "de het een van en is dat op te zijn met voor niet aan er om ook door werd bij naar deze",
}
_WORD_SETS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_SAMPLE_WORDS = 400
_LEAST_WORDS = 8
_LEAST_SHARE = 0.12


def guess_title(text: str, passages: Sequence[Passage]) -> Noted | None:
    """The first headline in the report, or None."""
    headline = headline_of(text, passages)
    return Noted(headline, Basis.GUESSED, "from the first line of the report") if headline else None


def guess_outlet(file: str, text: str, *, url: str | None) -> Noted | None:
    """The domain of the report's address, of a file named like a domain, or of an address alone on a line."""
    domain = domain_of(url) if url else None
    if domain:
        return Noted(domain, Basis.GUESSED, "from the address of the report")
    stem = PurePosixPath(file).stem.lower()
    named = _DOMAIN.match(stem)
    if named and named.group(1).rpartition(".")[2] not in _NOT_COUNTRIES:
        return Noted(named.group(1).removeprefix("www."), Basis.GUESSED, "from the name of the file")
    own = guess_url(text)
    domain = domain_of(own.value) if own else None
    return Noted(domain, Basis.GUESSED, "from an address in the report") if domain else None


def guess_url(text: str) -> Noted | None:
    """An address that stands alone on one of the first or last lines, or None."""
    lines = [line.strip() for line in (*text.split("\n", _URL_LINES)[:_URL_LINES], *text.rsplit("\n", _URL_LINES)[1:])]
    for line in lines:
        found = _URL_LINE.match(line.lstrip("\ufeff"))
        if found and domain_of(found.group(1)):
            return Noted(found.group(1), Basis.GUESSED, "from a line of the report")
    return None


def guess_published(text: str, passages: Sequence[Passage]) -> Noted | None:
    """The day in a line such as "Published 4 May 2017"; an "Updated" line only when there is no other."""
    lines = [passage.span.of(text) for passage in passages if passage.kind is PassageKind.BYLINE]
    days = [
        (bool(_UPDATED.match(line)), not _PUBLISHED.match(line), index, day_of(line))
        for index, line in enumerate(lines)
    ]
    dated = sorted(entry for entry in days if entry[3])
    if not dated:
        return None
    _, _, index, day = dated[0]
    return Noted(str(day), Basis.GUESSED, f"from the line “{lines[index][:80]}”")


def guess_author(text: str, passages: Sequence[Passage]) -> Noted | None:
    """The names in the first line such as "By Jane Doe"."""
    for passage in passages:
        names = author_of(passage.span.of(text)) if passage.kind is PassageKind.BYLINE else None
        if names:
            return Noted(names, Basis.GUESSED, "from the by-line")
    return None


def guess_language(text: str) -> Noted | None:
    """The language whose function words fill the largest share of the text; None when no share is large enough."""
    words = _LATIN.findall(text[: _SAMPLE_WORDS * 10].casefold())[:_SAMPLE_WORDS]
    if len(words) < _LEAST_WORDS:
        return None
    counts = Counter(words)
    shares = {name: sum(counts[word] for word in known) / len(words) for name, known in _WORD_SETS.items()}
    best, share = max(shares.items(), key=lambda item: (item[1], item[0]))
    runner = max(value for name, value in shares.items() if name != best)
    if share < _LEAST_SHARE or share < runner * 1.2 or _foreign(text):
        return None
    return Noted(best, Basis.GUESSED, f"{round(share * 100)} of 100 words are its function words")


def domain_of(url: str) -> str | None:
    """The host of a web address without "www.", or None for a shortener, a network of people or no address."""
    try:
        host = urlsplit(url if "://" in url else f"//{url}").hostname
    except ValueError:
        return None
    host = (host or "").removeprefix("www.")
    return host if "." in host and host not in _SHORTENERS else None


def _foreign(text: str) -> bool:
    """Most letters are not Latin: such a report may still quote an English phrase."""
    sample = text[:2000]
    return len(_OTHER_LETTER.findall(sample)) * 2 > len(_LETTER.findall(sample))
