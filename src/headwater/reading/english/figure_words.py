"""Word lists of the figure reader: nouns for people and incidents, words that end a noun phrase. Data only."""

from __future__ import annotations

_IRREGULAR = {
    "person": "people",
    "persons": "people",
    "man": "men",
    "woman": "women",
    "child": "children",
    "life": "lives",
    "wife": "wives",
    "body": "bodies",
    "policeman": "policemen",
    "policewoman": "policewomen",
    "foot": "feet",
    "percent": "per cent",
}

_PEOPLE = """people men women children girls boys civilians soldiers officers policemen police protesters protestors
demonstrators activists journalists reporters students pupils schoolgirls schoolboys teachers workers migrants refugees
prisoners detainees inmates hostages captives victims survivors witnesses residents villagers passengers drivers troops
militants rebels fighters insurgents gunmen terrorists suspects patients doctors nurses medics families relatives
teenagers
teens youths youngsters toddlers babies infants adults elders monks nuns priests lawyers judges politicians lawmakers
officials staff crew personnel others dead injured wounded casualties fatalities individuals persons citizens
nationals foreigners
tourists visitors guests employees staffers colleagues friends members leaders supporters opponents candidates
voters strikers
farmers herders fishermen miners traders vendors shoppers worshippers pilgrims mourners bystanders pedestrians commuters
cyclists motorists guards agents rangers peacekeepers volunteers aides contractors bodyguards marines sailors pilots
firefighters paramedics rescuers responders cadets recruits conscripts dissidents bloggers writers editors defenders
campaigners executives businessmen traffickers smugglers attackers assailants bombers hijackers kidnappers abductors
perpetrators thieves robbers muslims christians jews hindus sikhs yazidis immigrants asylum-seekers evacuees
orphans widows
spies deserters allies heroes enemies minors pensioners newborns schoolchildren grandparents nephews
nieces uncles aunts mayors governors senators ministers deputies commanders generals chiefs hunters vigilantes
separatists defectors informants owners tenants customers clients locals townspeople
delegates veterans marchers revelers revellers
candidates graduates adolescents constituents recipients presidents combatants applicants participants defendants
occupants peasants trainees nominees interns aliens deportees veterans
mothers fathers parents sons daughters brothers sisters siblings cousins wives husbands spouses couples neighbours
neighbors
teammates players athletes fans spectators girlfriends lovers escapees deportees returnees households councillors
clerics imams
scholars academics professors researchers scientists experts engineers technicians mechanics labourers laborers builders
cleaners servants slaves trafficked bodies corpses souls lives remains americans britons russians ukrainians
syrians iraqis
nigerians afghans palestinians israelis chinese germans frenchmen indians pakistanis"""
PEOPLE = frozenset(_PEOPLE.split())

INCIDENTS = frozenset(
    """
attacks incidents explosions blasts bombings shootings crashes collisions derailments accidents cases raids strikes
airstrikes clashes massacres beatings abductions kidnappings disappearances executions killings murders deaths arrests
detentions injuries rapes assaults attempts releases escapes fires stabbings evictions demolitions violations
""".split()
)

_END = """
of in on at to from with without by for into onto over under near after before during since until till amid among
amongst between against across through via than as while when where who whom whose which that because although though if
unless is are was were be been being am isn't aren't wasn't weren't has have had haven't hasn't do does did will
would shall
should can could may might must won't it they he she we i you him her them us me himself themselves not never also still
already now then so but or nor yet there here this these those that's its their his our your my the a an each every
either
neither both all any more about around inside outside behind beyond along within off out up down away back per
said says say saying told tells according remain remains remained die dies died dying face faces faced flee flees
fled escape
escaped return returned arrive arrived go goes went come comes came get gets got take takes took make makes made
want wants
live lives lived say hold holds make need needs include includes including included became become seem seems appear
appears
appeared gather gathered left leave lost lose began begin begins start started stand stood stay stayed
fell fall rise rose took taken seen found sent collide collided crash crashed killed-in went ago old later earlier
too just
only even again together alone today yesterday tonight tomorrow monday tuesday wednesday thursday friday saturday sunday
january february march april june july august september october november december several dozens scores hundreds
thousands
millions hours-long another such what how why apiece respectively instead however meanwhile"""
END = frozenset(_END.split()) - {"old", "alone", "lives"}

_NOT_PLURAL_ENDINGS = ("ss", "ous", "us", "is", "'s")
_NOT_PLURAL = frozenset(
    "as its his yes news always perhaps besides sometimes towards afterwards overseas regardless less".split()
)
_PLURAL = frozenset(
    "people men women children police crew staff personnel troops cattle aircraft feet teeth mice livestock sheep "
    "fish offspring "
    "series species crossroads barracks dead wounded youth".split()
)
TIME_UNITS = frozenset(
    "seconds minutes hours days nights weeks fortnights months years decades centuries generations".split()
)
MONEY = {
    "$": "dollars",
    "£": "pounds",
    "€": "euros",
    "¥": "yen",
    "₦": "naira",
    "₹": "rupees",
    "₽": "roubles",
    "₴": "hryvnias",
}
MEASURES = frozenset("mph kph km/h kmh km kms kg ft cm lb lbs mw kw gb tb".split())
NO_UNIT = frozenset(
    "reasons ways things times days hours minutes percentage points steps sides words questions plans parts kinds "
    "types "
    "sorts options aspects factors figures".split()
)


COUNTS_OF_PEOPLE = frozenset(
    "deaths fatalities lives disappearances casualties arrests detentions killings murders "
    "executions abductions kidnappings "
    "injuries dead injured wounded others".split()
)
HARM_NOUNS = frozenset(
    "deaths fatalities disappearances casualties arrests detentions injuries killings abductions "
    "kidnappings executions".split()
)
NO_HEADS = HARM_NOUNS | frozenset("survivors victims passengers people civilians".split())
JOINTS = frozenset({",", "and", "or", "including", "among", "them", "plus", "as", "well", "(", "of", "whom", "with"})
FOLLOWS = frozenset(
    "were was are is have has had remain remains remained still died will would could may might now more others "
    "also reportedly "
    "of in".split()
)
SUFFERED = frozenset(
    "detained abducted dismissed beaten trapped displaced disappeared charged convicted protested escaped "
    "attended rescued".split()
)
AGENT_ENDINGS = ("ers", "ors", "ists", "ians", "ans", "ese", "people")
NO_AGENTS = frozenset(
    "degrees fees trees committees guarantees numbers papers orders letters documents computers powers".split()
)
PRONOUN_LEADS = frozenset("last this that first next each every no which the only".split())
SEVERAL_ACTS = frozenset(
    "killed injured detained abducted missing shot tortured beaten raped disappeared trapped hospitalised "
    "displaced".split()
)
UNTOLD_NOUNS = frozenset("dead injured wounded".split())  # nouns only where no other noun stands before them


def is_plural(word: str) -> bool:
    """True when an English word looks like a plural noun (by its ending, or known)."""
    if word in _PLURAL or word in PEOPLE or word.endswith(("men", "people", "children")):
        return True
    return len(word) > 3 and word.endswith("s") and not word.endswith(_NOT_PLURAL_ENDINGS) and word not in _NOT_PLURAL


def plural(word: str) -> str:
    """Return the plural of a noun as figures name their unit: "person" is "people", "worker" is "workers"."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if is_plural(word) or not word[-1:].isalpha():
        return word
    if word.endswith(("man", "woman")):
        return word[:-2] + "en"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def names_people(word: str) -> bool:
    """True when a (plural or singular) noun is one for people."""
    many = plural(word)
    return many in PEOPLE or many.endswith(("men", "women", "girls", "boys", "ists")) or word == "youth"
