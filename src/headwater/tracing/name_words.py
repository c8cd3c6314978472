"""The vocabulary of names of sources: titles, kinds of bodies, words for roles. Words only; no rule stands here."""

from __future__ import annotations

from headwater.model import stem

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady baroness president vice prime minister deputy chief senator "
    "gen general col colonel capt captain lt lieutenant sgt sergeant maj major cpl corporal pte private pc det "
    "detective inspector superintendent constable commissioner mayor governor king queen prince princess sheikh imam "
    "mallam alhaji pastor rev reverend father sister bishop archbishop pope cardinal judge ambassador "
    "secretary chancellor director chairman chairwoman chair head leader commander spokesman spokeswoman spokesperson "
    "assistant attorney mp rep representative sen congressman congresswoman lawmaker premier envoy councillor "
    "editor reporter correspondent journalist author historian analyst economist scientist researcher lawyer "
    "solicitor doctor nurse officer official former then "
    "gov speaker acting senior junior co-founder founder ceo executive manager coordinator rapporteur emir sultan "
    "ayatollah".split()
)
# What a minister or a ministry is for: part of a title before one of TITLES, else part of the body's name.
TOPICS = frozenset(
    "foreign defence defense interior information finance health justice education energy labour labor trade "
    "agriculture economy transport culture press home".split()
)
SPEAKERS = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople", "spokesmen"})
# "Harbour Board officials" and "a Harbour Board spokesman" are the board speaking.
SPEAK_FOR_BODY = SPEAKERS | {"officials", "statement"}
# An office named by its country or town ("the Marren government") is known by both words together.
OFFICES = frozenset(
    "government ministry army military presidency parliament court embassy police navy cabinet senate".split()
)
BODY = frozenset(
    "police ministry authority committee network brigade service services agency office government army military "
    "court party council commission union group university institute trust department federation association "
    "campaign bank company church hospital force forces guard parliament congress senate branch bureau international "
    "organisation organization foundation society nations cross crescent times post news herald tribune telegraph "
    "standard gazette press media watch centre center administration presidency corporation college school club "
    "embassy republic movement front alliance league board fund transport authorities initiative project coalition "
    "centers centres institutes ltd inc plc corps navy command embassy secretariat tribunal assembly".split()
)
ROLES_ONLY = frozenset(
    "authorities officials investigators police witnesses survivors residents sources media outlets government "
    "military army experts analysts activists local locals victims relatives rescuers soldiers villagers doctors "
    "prosecutors lawmakers protesters firefighters eyewitnesses people men women parents families reports rights "
    "another one a an the this that some several many two three four five six other".split()
)
LINKS = frozenset("for of from at with to who which whose in on by near about and as told said".split())
LITTLE = frozenset("of for the and in on at a an to".split())
PRONOUNS = frozenset("he she they it we i him her them his their one man woman person".split())
PARTICLES = frozenset("al el bin ibn van von de da di la le abu bint".split())
# Roles that fit almost anybody; sharing one of them is no sign of one source.
SAY_LITTLE = frozenset(
    stem(word)
    for word in "source sources official officials one another other some several many who a an the this that man men "
    "woman women person people old year who former senior from in".split()
)
# "Officials" and "the authorities" without a name may well be the government that other reports name.
GOVERNMENTS = frozenset("government presidency administration authorities cabinet".split())
STATE_VOICES = frozenset(stem(word) for word in "officials authorities government state".split())
# What follows or explains the name of a body: "the Longshore news agency", "Sea Law, a small charity".
THINGS = frozenset(
    "newspaper paper agency news broadcaster channel station magazine website outlet network group organisation "
    "organization charity daily weekly portal foundation campaign".split()
)
SAYING = frozenset("reported reports said says told claimed claims wrote writes added".split())
# What may follow the short name of a body in its full name: "Amnesia" for "Amnesia International". A court, a police
# force or a ministry is never known by its place alone.
AFTER_NAMES = THINGS | frozenset(
    "international university inc ltd plc corporation company bank press media radio tv television foundation union "
    "global worldwide institute airlines motors systems".split()
)
DAYS = frozenset("today yesterday tonight monday tuesday wednesday thursday friday saturday sunday".split())
# Capitalised words that stand before a name and are no part of it: the day, a party, an office.
# Months that are no given names as well.
MONTHS = frozenset("january february july september october november december".split())
BEFORE_NAMES = DAYS.union(
    MONTHS,
    "march justice justices republican republicans democrat democrats democratic conservative liberal labour gop "
    "even how why when while after before since but and yet so only like unlike meanwhile former interim incumbent "
    "host anchor federal state late video photo file play".split(),
)
GENERATIONS = frozenset({"jr", "sr"})
NUMERALS = frozenset({"ii", "iii", "iv"})
REALMS = frozenset("states kingdom emirates state".split())
# A country or a town alone may stand for its government, never for its police or its court.
STANDS_FOR = frozenset("government ministry presidency cabinet".split())
# Alone, these words name another body in every report; "Police" or "Parliament" is the one that everybody means.
ANY_BODY = frozenset(
    "department committee commission company university hospital church school college group union association "
    "foundation institute center centre centers centres agency office council court club campaign company fund bank "
    "house state city county times post news".split()
)
