"""The acts that figures count people by, class by class, with the words that say them. Data and its expansion.

A small ontology for reporting on human rights, after the acts of HURIDOCS micro-thesaurus 4 that news counts people by.
A class is written as a plain past form ("killed"), so that "were killed", "the deaths of" and "killing" are one.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Way(Enum):
    """How a word says its act of the people beside it."""

    PAST = "past"  # killed: passive, participle or active past of a verb with an object
    BASE = "base"  # kill, kills
    DOING = "doing"  # killing
    ALONE = "alone"  # died, fled: a verb without an object, in any form
    STATE = "state"  # dead, missing
    NOUN = "noun"  # death, arrests


class Act(NamedTuple):
    """An act class and how one word says it."""

    name: str
    way: Way


_TRANSITIVE = {
    "killed": "kill murder execute massacre slaughter assassinate behead lynch poison slay hang strangle",
    "injured": "injure wound hurt maim harm",
    "hospitalised": "hospitalise hospitalize",
    "shot": "shoot",
    "stabbed": "stab",
    "burned": "burn",
    "buried": "bury",
    "mistreated": "mistreat abuse ill-treat",
    "recruited": "recruit conscript enlist",
    "raided": "raid",
    "tortured": "torture electrocute waterboard",
    "beaten": "beat assault batter whip flog cane",
    "raped": "rape gang-rape",
    "detained": "detain arrest imprison jail apprehend capture incarcerate intern hold lock",
    "abducted": "abduct kidnap seize snatch",
    "displaced": "displace uproot evict expel",
    "deported": "deport repatriate extradite",
    "released": "release free liberate acquit pardon",
    "rescued": "rescue save",
    "evacuated": "evacuate airlift",
    "trapped": "trap strand",
    "charged": "charge indict prosecute accuse",
    "convicted": "convict sentence condemn",
    "deployed": "deploy station mobilise mobilize",
    "treated": "treat",
    "found": "find recover discover",
    "threatened": "threaten intimidate harass",
    "attacked": "attack bomb ambush target",
    "destroyed": "destroy demolish raze torch",
    "dismissed": "dismiss sack fire suspend",
}
_ALONE = {
    "killed": "die perish succumb drown",
    "displaced": "flee",
    "escaped": "escape",
    "survived": "survive",
    "protested": "protest march rally demonstrate",
    "disappeared": "disappear vanish",
    "attended": "attend participate",
}
_STATE = {
    "killed": "dead deceased lifeless",
    "injured": "injured wounded hurt",
    "missing": "missing unaccounted",
    "detained": "captive hostage imprisoned custody behind-bars captivity",
    "displaced": "homeless displaced",
    "hospitalised": "hospitalised hospitalized",
    "trapped": "trapped stranded stuck",
}
_NOUN = {
    "killed": "death deaths killing killings murder murders execution executions fatality fatalities massacre "
    "assassination assassinations beheadings",
    "injured": "injury injuries",
    "detained": "arrest arrests detention detentions imprisonment capture captives detainees prisoners inmates",
    "abducted": "abduction abductions kidnapping kidnappings hostages",
    "released": "release releases freeing liberation",
    "displaced": "displacement eviction evictions expulsion expulsions",
    "disappeared": "disappearance disappearances",
    "rescued": "rescue rescues recovery",
    "evacuated": "evacuation",
    "tortured": "torture",
    "raped": "rape rapes",
    "charged": "prosecution prosecutions indictment indictments",
    "convicted": "conviction convictions",
    "deported": "deportation deportations",
    "deployed": "deployment",
}
_PHRASES = {
    "rounded up": "detained",
    "round up": "detained",
    "rounding up": "detained",
    "rounded": "detained",
    "picked up": "detained",
    "locked up": "detained",
    "thrown in jail": "detained",
    "put in prison": "detained",
    "taken into custody": "detained",
    "in custody": "detained",
    "in detention": "detained",
    "in captivity": "detained",
    "in jail": "detained",
    "in prison": "detained",
    "behind bars": "detained",
    "in hospital": "hospitalised",
    "in hospitals": "hospitalised",
    "taken hostage": "abducted",
    "taken captive": "abducted",
    "taken from": "abducted",
    "taken away": "abducted",
    "shot dead": "killed",
    "gunned down": "killed",
    "mowed down": "killed",
    "sentenced to death": "sentenced to death",
    "sexually assaulted": "sexually assaulted",
    "sexually abused": "sexually assaulted",
    "shot and killed": "killed",
    "commit suicide": "died by suicide",
    "committed suicide": "died by suicide",
    "took their own lives": "died by suicide",
    "beaten to death": "killed",
    "put to death": "killed",
    "blown up": "killed",
    "shot": "shot",
    "lost their lives": "killed",
    "lost his life": "killed",
    "lost her life": "killed",
    "lives were lost": "killed",
    "taken to hospital": "hospitalised",
    "taken to the hospital": "hospitalised",
    "taken to hospitals": "hospitalised",
    "rushed to hospital": "hospitalised",
    "rushed to the hospital": "hospitalised",
    "brought to hospital": "hospitalised",
    "went missing": "missing",
    "gone missing": "missing",
    "set free": "released",
    "let go": "released",
    "handed over": "transferred",
    "took part": "attended",
    "on board": "aboard",
    "aboard": "aboard",
    "taken prisoner": "detained",
    "forced from": "displaced",
    "forced to flee": "displaced",
    "driven from": "displaced",
    "still inside": "trapped",
    "remain inside": "trapped",
}
_IRREGULAR = {
    "shoot": ("shot", "shooting"),
    "slay": ("slain", "slaying"),
    "stab": ("stabbed", "stabbing"),
    "beat": ("beaten", "beating"),
    "hold": ("held", "holding"),
    "find": ("found", "finding"),
    "flee": ("fled", "fleeing"),
    "hurt": ("hurt", "hurting"),
    "die": ("died", "dying"),
    "free": ("freed", "freeing"),
    "burn": ("burned", "burning"),
    "strike": ("struck", "striking"),
    "whip": ("whipped", "whipping"),
    "flog": ("flogged", "flogging"),
    "trap": ("trapped", "trapping"),
    "kidnap": ("kidnapped", "kidnapping"),
}


def _forms(base: str) -> tuple[str, str, str]:
    """Return third person, past and -ing form of a verb."""
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    if base.endswith("y"):
        third = base[:-1] + "ies"
    if base in _IRREGULAR:
        return third, *_IRREGULAR[base]
    if base.endswith("e"):
        return third, base + "d", base[:-1] + "ing"
    if base.endswith("y"):
        return third, base[:-1] + "ied", base + "ing"
    return third, base + "ed", base + "ing"


def _expanded() -> dict[str, Act]:
    table: dict[str, Act] = {}
    for name, words in _NOUN.items():
        table.update({word: Act(name, Way.NOUN) for word in words.split()})
    for name, words in _TRANSITIVE.items():
        for base in words.split():
            third, past, doing = _forms(base)
            table.update({base: Act(name, Way.BASE), third: Act(name, Way.BASE)})
            table.update({past: Act(name, Way.PAST), doing: Act(name, Way.DOING)})
    for name, words in _ALONE.items():
        for base in words.split():
            table.update({form: Act(name, Way.ALONE) for form in (base, *_forms(base))})
    for name, words in _STATE.items():
        for word in words.split():
            table.setdefault(word, Act(name, Way.STATE))
    return table


ACTS = _expanded()
NOUNS = {word: name for name, words in _NOUN.items() for word in words.split()} | {
    "lives": "killed",
    "casualties": "killed or injured",
    "bodies": "killed",
    "corpses": "killed",
}
PHRASES = {tuple(words.split()): name for words, name in _PHRASES.items()}
LONGEST_PHRASE = max(len(words) for words in PHRASES)
ADJECTIVE_FORMS = frozenset("found treated attended aboard".split())
CLASSES = frozenset(_TRANSITIVE) | frozenset(_ALONE) | frozenset(_STATE) | frozenset(_PHRASES.values())
