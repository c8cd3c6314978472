"""A small vocabulary of acts that reports about abuses speak of, found by stems; names after the HURIDOCS formats.

Names follow micro-thesauri 4 (types of acts) and 5 (methods of violence) of the HURIDOCS Events Standard Formats as
METHOD 6.1 gives them. Finds words, not facts: "killing" in a denial is the same act word.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from headwater.model import keys, stem

_WORDS = {
    "killing": "kill kills killed killing killings murder murdered murders execute executed execution executions dead "
    "die died death deaths slaughter slaughtered slain lynched assassinated massacre massacred executing",
    "torture": "torture tortured torturing tortures",
    "beating": "beat beaten beating beatings beats kicked punched whipped flogged clubbed battered",
    "electric shock": "electric electricity electrocuted electrocution electroshock electrodes",
    "detention": "detain detained detaining detention detentions arrest arrested arrests arresting imprisoned "
    "imprisonment jailed jail prison camp camps custody locked captivity",
    "abduction": "abduct abducted abduction abductions kidnap kidnapped kidnapping kidnappings hostage hostages",
    "disappearance": "disappear disappeared disappearance disappearances vanish vanished missing",
    "sexual violence": "rape raped rapes raping sexual sexually molested",
    "deprivation of food or sleep": "starve starved starving starvation deprive deprived deprivation hunger thirst",
    "destruction of homes": "torched razed bulldozed demolished looted looting",
    "shooting": "shoot shot shooting shootings gunfire fired gunned gunmen",
    "bombing": "bomb bombed bombing bombings bombs shell shelled shelling airstrike airstrikes strike explosion "
    "exploded blast grenade missile rocket",
    "extortion": "extort extorted extortion ransom ransoms blackmail blackmailed bribe bribes",
    "threat": "threaten threatened threatening threat threats intimidated intimidation",
    "displacement": "displaced displacement flee fled fleeing evicted eviction expelled expulsion evacuated evacuation "
    "refugees",
    "injury": "injure injured injuring injuries injury wounded wounding wounds maimed",
    "persecution": "persecute persecuted persecution harass harassed harassment purge purging crackdown",
    "release": "release released releases freed freeing",
    "exchange": "swap swapped swaps exchange exchanged exchanging",
}
_STEMS: dict[str, str] = {stem(key): act for act, text in _WORDS.items() for word in text.split() for key in keys(word)}
_FIRE = "burn burned burnt burning fire flames"
_HOMES = (
    "house houses home homes village villages barn barns building buildings roof roofs hut huts farm farms church "
    "churches mosque mosques school schools shop shops boat boats crops"
)
_RODS = (
    "cable cables wire wires hose truncheon truncheons baton batons club clubs stick sticks chain chains pipe pipes "
    "tube tubes belt belts whip whips butts fists boots"
)
_BODY = (
    "back backs rib ribs leg legs head face body bodies skin feet soles arm arms shoulder shoulders bruise bruises "
    "bruised bruising welts blood bleeding"
)
# Neither word says it alone: "burned" and "the house", "the wires" and "his back".
_TOGETHER = tuple(
    (act, frozenset(stem(word) for word in one.split()), frozenset(stem(word) for word in two.split()))
    for act, one, two in (("destruction of homes", _FIRE, _HOMES), ("beating", _RODS, _BODY))
)
_MULTI = {("round", "up"): "detention", ("lock", "up"): "detention"}

# An act that a general denial ("all reports of violence") speaks of.
HARMS = frozenset(_WORDS) - {"release", "exchange", "injury"}
GENERAL = frozenset(
    stem(word)
    for word in "report reports allegation allegations accusation accusations claim claims abuse abuses violence "
    "wrongdoing violation violations atrocity atrocities charge charges campaign crime crimes rumour rumor "
    "rumours rumors story stories".split()
)


@lru_cache(maxsize=65536)
def acts_in(text: str) -> frozenset[str]:
    """Return the names of the acts that the words of `text` speak of."""
    folded = [stem(key) for key in keys(text)]
    found = {_STEMS[one] for one in folded if one in _STEMS}
    found.update(act for act, one, two in _TOGETHER if not one.isdisjoint(folded) and not two.isdisjoint(folded))
    found.update(_MULTI[pair] for pair in pairwise(folded) if pair in _MULTI)
    if "exchange" in found:
        found.discard("release")  # whoever denies a swap does not deny the release
    return frozenset(found)


def speaks_generally(stems: Iterable[str]) -> bool:
    """Tell whether the words answer reports at large rather than one act ("all reports of violence")."""
    return not GENERAL.isdisjoint(stems)
