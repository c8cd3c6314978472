"""English words for who speaks: roles, titles, bodies, the unnamed, and a curated list of outlets and agencies.

The outlet list is a help, never a decision: an unknown outlet is recognised by its pattern ("The ... Times",
"... News Agency", a domain). Data only.
"""

from __future__ import annotations

import re

TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady rev reverend father sister brother imam sheikh "
    "rabbi bishop archbishop cardinal pope president vice-president premier chancellor minister secretary "
    "senator sen rep congressman congresswoman governor gov mayor councillor judge justice general gen colonel "
    "col major maj captain capt lieutenant lt sergeant sgt corporal cpl private officer constable inspector "
    "superintendent commissioner commander chief sheriff detective deputy director ambassador envoy king queen "
    "prince princess chairman chairwoman chairperson spokesman spokeswoman spokesperson attorney coach".split()
)

OFFICIAL = frozenset(
    "spokesman spokeswoman spokesperson official officials minister ministry president presidency premier "
    "government administration authorities authority police policeman officer officers constable inspector "
    "superintendent sheriff detective prosecutor prosecutors judge court army military navy troops soldiers "
    "general colonel commander lieutenant sergeant mayor governor senator congressman congresswoman lawmaker "
    "lawmakers mp chancellor secretary ambassador embassy consulate department bureau agency office council "
    "parliament kremlin commissioner chief state leader regime militia security forces force brigade service "
    "services investigators investigator branch palace commission deputy envoy chairman speaker vice-president "
    "inspectorate directorate federation cabinet republic municipality".split()
)

ORGANISATION = frozenset(
    "group groups organisation organization organisations organizations ngo ngos charity charities network "
    "association union campaign campaigners activists activist committee foundation institute centre center "
    "federation movement party company firm corporation club league society observatory watch amnesty coalition "
    "alliance front church trust hospital university school board".split()
)

WITNESS = frozenset(
    "witness witnesses eyewitness eyewitnesses survivor survivors victim victims resident residents villager "
    "villagers neighbour neighbours neighbor neighbors man men woman women boy boys girl girls mother father "
    "parent parents son sons daughter daughters brother brothers sister sisters wife husband relative relatives "
    "family families friend friends passenger passengers refugee refugees prisoner prisoners detainee detainees "
    "inmate inmates student students teacher worker workers driver doctor nurse farmer shopkeeper protester "
    "protesters demonstrator demonstrators commuter local locals bystander bystanders patient patients migrant "
    "migrants aunt uncle cousin grandmother grandfather teenager child children people person escapee deserter "
    "labourer fisherman herder pastor priest imam elder elders medic medics".split()
)

EXPERT = frozenset(
    "analyst analysts expert experts professor historian economist scholar researcher researchers scientist "
    "scientists academic academics author lawyer lawyers attorney observer observers critic critics director "
    "commentator consultant pathologist forensic epidemiologist".split()
)

DOCUMENT = frozenset(
    "report reports statement study survey document documents letter memo book biography indictment complaint "
    "ruling filing transcript video footage tape recording record records list figures data statistics poll "
    "census database article website post tweet press release".split()
)

MEDIA = frozenset(
    "media newspaper newspapers outlet outlets broadcaster channel magazine station website journalist "
    "journalists reporter reporters correspondent daily weekly tabloid press paper agency".split()
)

# Words among the officials that name a body, not one person.
BODIES = frozenset(
    "ministry presidency government administration authority police court army military navy department bureau "
    "agency office council parliament kremlin embassy consulate state regime militia security force brigade "
    "service branch palace commission inspectorate directorate federation cabinet republic municipality family "
    "people".split()
)

SPOKES = frozenset("spokesman spokeswoman spokesperson representative aide lawyer office adviser advisor".split())

PLURAL = frozenset(
    "officials authorities police officers prosecutors troops soldiers lawmakers forces services investigators "
    "groups organisations organizations ngos charities campaigners activists witnesses eyewitnesses survivors "
    "victims residents villagers neighbours neighbors men women boys girls parents sons daughters brothers "
    "sisters relatives families friends passengers refugees prisoners detainees inmates students workers "
    "protesters demonstrators locals bystanders patients migrants children people elders medics analysts "
    "experts researchers scientists academics lawyers observers critics reports documents records figures data "
    "media newspapers outlets journalists reporters sources users captives militants insurgents rebels fighters "
    "firefighters paramedics".split()
)

FEMALE = frozenset(
    "woman women girl girls mother wife daughter sister aunt grandmother mrs ms miss lady dame queen princess "
    "spokeswoman chairwoman congresswoman policewoman councilwoman businesswoman actress niece widow sister she "
    "her".split()
)

MALE = frozenset(
    "man men boy boys father husband son brother uncle grandfather mr sir lord king prince spokesman chairman "
    "congressman policeman councilman businessman actor nephew widower fisherman imam he his him".split()
)

AGENCIES = (
    "Associated Press",
    "AP",
    "Reuters",
    "Agence France-Presse",
    "AFP",
    "Press Association",
    "PA",
    "Interfax",
    "RIA Novosti",
    "TASS",
    "Xinhua",
    "United Press International",
    "UPI",
    "Bloomberg",
    "DPA",
    "EFE",
    "ANSA",
    "Kyodo",
    "Anadolu",
    "Anadolu Agency",
    "Press Trust of India",
    "PTI",
    "IANS",
    "Yonhap",
    "Bernama",
    "Antara",
    "MENA",
    "SANA",
    "IRNA",
    "Fars",
    "Tasnim",
    "SWNS",
    "Ukrinform",
    "Interfax-Ukraine",
    "BelTA",
    "Sputnik",
    "WAM",
    "SPA",
    "Petra",
    "Wafa",
)

OUTLETS = (
    "BBC",
    "BBC News",
    "CNN",
    "Fox News",
    "NBC",
    "NBC News",
    "CBS",
    "CBS News",
    "ABC",
    "ABC News",
    "MSNBC",
    "NPR",
    "PBS",
    "C-SPAN",
    "CNBC",
    "Al Jazeera",
    "Al Arabiya",
    "Sky News",
    "ITV",
    "ITV News",
    "Channel 4",
    "Channel 4 News",
    "Euronews",
    "France 24",
    "France24",
    "Deutsche Welle",
    "DW",
    "RT",
    "Novaya Gazeta",
    "Meduza",
    "Kommersant",
    "Vedomosti",
    "TV Rain",
    "Ekho Moskvy",
    "Le Monde",
    "Le Figaro",
    "Liberation",
    "Der Spiegel",
    "Die Zeit",
    "Bild",
    "El Pais",
    "El Mundo",
    "La Repubblica",
    "Haaretz",
    "Dawn",
    "Politico",
    "Axios",
    "Vox",
    "Vice",
    "VICE News",
    "BuzzFeed",
    "BuzzFeed News",
    "Buzzfeed News",
    "HuffPost",
    "Huffington Post",
    "The Huffington Post",
    "Daily Mail",
    "MailOnline",
    "Mail Online",
    "Daily Express",
    "Daily Mirror",
    "Metro",
    "Evening Standard",
    "The Standard",
    "the Standard",
    "Standard",
    "Daily Telegraph",
    "Telegraph",
    "Guardian",
    "Observer",
    "Independent",
    "The Sun",
    "The Times",
    "New York Times",
    "Washington Post",
    "The Post",
    "Wall Street Journal",
    "Los Angeles Times",
    "Chicago Tribune",
    "Boston Globe",
    "USA Today",
    "Time",
    "Newsweek",
    "The Economist",
    "Financial Times",
    "Yahoo News",
    "Daily Beast",
    "Breitbart",
    "PinkNews",
    "Radio Free Europe",
    "RFE/RL",
    "Radio Free Asia",
    "Voice of America",
    "VOA",
    "Mother Jones",
    "The Intercept",
    "ProPublica",
    "Bellingcat",
    "The Atlantic",
    "The New Yorker",
    "South China Morning Post",
    "Global Times",
    "China Daily",
    "Japan Times",
    "Straits Times",
    "Times of India",
    "The Hindu",
    "Hindustan Times",
    "Premium Times",
    "Daily Trust",
    "Punch",
    "Vanguard",
    "Hurriyet",
    "Cumhuriyet",
)

# An outlet by its shape: "The Northern Herald", "Vale News Agency", "Radio Norvik", "norvikpost.example".
OUTLET_PATTERN = re.compile(
    r"\b(?:Radio|TV|Channel|Agence|Agencia)\s+[A-Z0-9][\w-]*(?:\s+[A-Z][\w-]*)?"
    r"|\b(?:(?:The|the)\s+)?(?:[A-Z][\w’'-]*\s+){0,3}"
    r"(?:Times|Post|News|Herald|Tribune|Gazette|Gazeta|Journal|Chronicle|Courier|Daily|Weekly|Mirror|Telegraph|Globe|"
    r"Observer|Examiner|Dispatch|Monitor|Bulletin|Reporter|Mail|Express|Star|Press|Today|Review|Inquirer|Sentinel|"
    r"Register|Echo|Standard|Argus|Ledger|Record|Messenger|Television|TV|Radio|FM|Broadcasting|Newspaper|Magazine|"
    r"News Agency|Press Agency|Wire|Newswire|Pravda|Zeitung|Presse)(?:\s+(?:News|Agency|Service|TV|Radio|Online))*\b"
    r"|\b[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?\b"
    r"|\b[A-Za-z0-9-]+(?:\.[a-z]{2,})*\.(?:com|net|org|co\.uk|example|news|info|ru|de|fr|ua|tv)\b"
)
