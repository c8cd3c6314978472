"""Two people of one name: walks of life, told beside a name, that one person is hardly in at once.

Only few and clear ones are told apart. Most words beside a name ("an expert", "the director") fit the same person as
many others, and who has left one walk of life for another is said to be a "former" this or that.
"""

from __future__ import annotations

from headwater.model import stem
from headwater.tracing.name_parts import Name

_WORDS = {
    "court": "judge justice magistrate",
    "house": "senator sen representative rep congressman congresswoman lawmaker mp governor gov mayor premier",
    "press": "reporter journalist correspondent anchor columnist",
    "force": "sheriff constable sergeant sgt detective trooper",
    "field": "coach player midfielder striker goalkeeper quarterback defender pitcher",
    "stage": "actor actress singer rapper musician comedian",
    "cloth": "imam pastor rev reverend bishop archbishop cardinal rabbi priest",
    "study": "professor prof lecturer",
    "ward": "physician surgeon nurse epidemiologist virologist",
}
_WALKS = {stem(word): walk for walk, listed in _WORDS.items() for word in listed.split()}
# Walks of life that one person is often in at once: a professor of medicine, a pastor who teaches.
_TOGETHER = (frozenset({"study", "ward"}), frozenset({"study", "cloth"}), frozenset({"study", "press"}))
# Whoever left an office, or writes on the side, may well have another one now.
_LEFT = frozenset(map(stem, "former ex retired then candidate author contributor".split()))
# A name owned by an outlet ("Norvik News' Ada Lorne") is that of somebody who works there.
_OUTLETS = frozenset("news times post herald tribune telegraph gazette tv radio".split())


def walks(name: Name) -> frozenset[str]:
    """Return the walks of life told beside a personal name; empty when none is told, or one that was left."""
    told = name.roles | {stem(word) for word in name.person[:-1]}
    if told & _LEFT:
        return frozenset()
    found = {_WALKS[word] for word in told if word in _WALKS}
    if not name.roles and any(tie[-1] in _OUTLETS for tie in name.ties):
        found.add("press")
    return frozenset(found)


def namesakes(a: Name, b: Name) -> bool:
    """True when what is told beside two equal names fits two people and hardly one ("Judge", "Norvik News'")."""
    one, two = walks(a), walks(b)
    return bool(one and two) and not one & two and not any(both <= one | two for both in _TOGETHER)
