"""How records are spoken of wherever people read them: to whom something was said, a wording as a heading.

Chooses the words around what reports say; never changes the words themselves.
"""

from __future__ import annotations

import re

_OCCASIONS = frozenset(
    "in at on during before after via through while when speaking outside inside near from over".split()
)
# What something is said in, and where it is posted: nobody is told a video or a social network.
_SAID_IN = frozenset(
    "statement announcement video recording message audio letter release communiqué testimony speech address interview "
    "biography autobiography memoir book op-ed essay article report email e-mail tweet post".split()
)
_POSTED_ON = frozenset("twitter facebook instagram telegram youtube vkontakte tiktok weibo whatsapp linkedin".split())
_ARTICLES = frozenset("a an the his her its their".split())
_OPENING = {"”": "“", "’": "‘", '"': '"', "'": "'", "»": "«", "“": "„"}
_APOSTROPHES = frozenset("’'")
_SAYS_NO = re.compile(
    r"\b(?:den(?:y|ied|ies|ying|ial)|reject\w*|dismiss\w*|refut\w*|no|not|never|nobody|nothing|none|unfounded|untrue|false"
    r"|baseless|impossible)\b|n[’']t\b",
    re.IGNORECASE,
)
_ENDING = re.compile(r"[\s,]+(?=[”’\"'»]*\Z)")


def told_words(told_to: str) -> tuple[str, str]:
    """Return how to speak of a told-to, as a lead and its words.

    Whoever was spoken to is "told to": ("told to", "Radio Selm"), "to reporters" included; an occasion is "said":
    ("said", "at a press conference"), ("said", "in a video"), ("said", "on Twitter").
    """
    words = told_to.strip()
    first, _, rest = words.partition(" ")
    opening = first.casefold()
    if opening == "to" and rest:
        return "told to", rest.strip()
    if opening in _OCCASIONS and rest:
        return "said", f"{opening} {rest.strip()}"
    if opening in _ARTICLES and _SAID_IN.intersection(rest.casefold().split()):
        return "said", f"in {words}"
    if words.startswith("@"):
        return "said", f"on Twitter ({words})"
    if words.startswith(tuple(_OPENING.values())):
        return "said", f"on {words}"
    if opening in _POSTED_ON:
        return "said", f"on {words}"
    return ("said", f"in {words}") if words == "testimony" else ("told to", words)


def with_name(words: str, name: str | None) -> str:
    """Return the words for a carrier with its name where they hold none: "the channel (Radio Selm)"."""
    return f"{words} ({name})" if name and words == words.lower() else words


def says_no(text: str) -> bool:
    """Tell whether a denial reads as one by its own words; "there is a camp", retold after "denied that", does not."""
    return bool(_SAYS_NO.search(text))


def as_heading(text: str) -> str:
    """Return a wording without the comma it ends in and without a closing mark that nothing opened.

    For headings and lists only, where the marks around the words are ours; no word is dropped.
    """
    shown = text.strip()
    while shown:
        bare = _ENDING.sub("", shown)
        if bare and _closes_nothing(bare):
            bare = bare[:-1].rstrip()
        if bare == shown or not bare:
            break
        shown = bare
    return shown


def _closes_nothing(text: str) -> bool:
    mark, before = text[-1], text[-2:-1]
    if mark not in _OPENING:
        return False
    if mark in _APOSTROPHES and (before.isalnum() or re.search(rf"(?:^|[\s(\[“\"—–:])[{_OPENING[mark]}]", text[:-1])):
        return False
    if _OPENING[mark] == mark:
        return mark not in text[:-1] or (mark == '"' and text.count(mark) % 2 == 1)
    return text.count(_OPENING[mark]) < text.count(mark) if mark not in _APOSTROPHES else True
