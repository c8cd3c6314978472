"""Seven invented reports, the last of them hostile in every field. People, places and outlets are made up."""

from __future__ import annotations

from dataclasses import dataclass

from drafting import Draft, draft

from headwater.model import PassageKind

HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(2)>'--></style>{{7*7}}{% raw %}&lt;b&gt;"
BIDI = "safe\u202egnp.exe\u2066x\u2069"


SELM = """Prisoners of the salt store: a survivor speaks to Radio Selm
By our correspondent in Orlo Bay
A man who fled Orlo Bay by boat last month has told Radio Selm \
how net-menders from the harbour union were held in a disused salt store.
“They told the mothers to pay, or to bury their sons,” he said. “We slept standing up \
because there was no room to lie down.”
“I can't go home,” he added. “My own street would hand me over.”
The Harbour Union says at least 12 net-menders were detained since 3 March.
The salt store of Orlo Bay, seen in 2029. (Picture: Radio Selm)
Share this story"""

LANTERN = """Families told to ‘bury their sons’
A survivor who escaped the salt store of Orlo Bay says that guards threatened the families of prisoners.
‘They told the mothers to pay or bury their sons,’ he told Radio Selm. \
‘I cannot go home. My own street would hand me over.’
At least 12 net-menders have been detained, according to the Harbour Union.
Ilven Marsk, a spokesman for the port governor, rejected the account. \
‘Nobody is held in the salt store. It holds salt.’"""

HARBOUR = """Orlo Bay: ransom or funeral
Guards in Orlo Bay demanded money from the relatives of detained net-menders, a survivor has said.
"They told the mothers to pay or to bury their sons," said the man, whose name is withheld.
"Nobody is being held at the salt store. There is only salt in it," \
the governor's spokesman Ilven Marsk told Meridian Wire.
More than 30 people have been taken, the Harbour Union said on Monday.
The Harbour Post could not independently verify the accounts."""

NORTHLIGHT = """What we know about Orlo Bay
One survivor described how guards “told the mothers to pay, or to bury their sons”.
But a second witness, a woman of 40 who spoke to Northlight in a port abroad, gave an account of her own.
“They hung me by the wrists from the hoist until I named two neighbours,” she said.
“Nobody sits in the salt store,” Marsk said, in remarks carried by Coast Agency.
Around 30 net-menders are missing."""

WIRE = """Governor's office denies secret prison
ORLO BAY (Meridian Wire) - The port governor's office on Tuesday denied that anybody was being held in the salt store.
“Nobody is being held at the salt store. There is only salt in it,” spokesman Ilven Marsk said.
Patrols have closed the coast road since Sunday and fishing boats were told to stay in the harbour."""

COPY = """Secret prison denied
ORLO BAY - The port governor's office on Tuesday denied that anybody was being held in the salt store.
Patrols have closed the coast road since Sunday and fishing boats were told to stay in the harbour.
An old sailor recalled: “In the hoist room they hung us by our arms, one after the other.”"""


def hostile() -> Draft:
    """A report in which every field tries to become markup, and the text carries characters that cannot be seen."""
    text = (
        f"{HOSTILE}\n“{HOSTILE}” said {HOSTILE}\r\nA file called {BIDI} came with it,\u200b nul\x00 esc\x1b[31m.\n"
        "كتب الشاهد: \u200fلم يبق أحد\u200f here.\n</p></body></html>"
    )
    return draft(
        "../<b>evil</b> & co.txt",
        text,
        outlet=HOSTILE,
        title=HOSTILE,
        published="<i>2031-03-09</i>",
        url="javascript:alert(document.domain)//" + HOSTILE,
        missing=HOSTILE,
    )


@dataclass(frozen=True)
class Parts:
    """The drafts by name, for tests that want one of them."""

    selm: Draft
    lantern: Draft
    harbour: Draft
    northlight: Draft
    wire: Draft
    copy: Draft
    evil: Draft

    @property
    def all(self) -> tuple[Draft, ...]:
        return (self.selm, self.lantern, self.harbour, self.northlight, self.wire, self.copy, self.evil)


def drafts() -> Parts:
    """The seven reports without statements."""
    caption = {1: PassageKind.BYLINE, 6: PassageKind.CAPTION, 7: PassageKind.FURNITURE}
    return Parts(
        selm=draft("01-selm.txt", SELM, outlet="Radio Selm", published="2031-03-04", kinds=caption),
        lantern=draft("02-lantern.txt", LANTERN, outlet="The Daily Lantern", published="2031-03-05"),
        harbour=draft(
            "03-harbour.html",
            HARBOUR,
            outlet="The Harbour Post",
            published="2031-03-06",
            url="https://harbour.invalid/orlo?id=7",
        ),
        northlight=draft("04-northlight.txt", NORTHLIGHT, outlet="Northlight", published="2031-03-08", guessed=True),
        wire=draft("05-wire.txt", WIRE, outlet="Meridian Wire", published="2031-03-05"),
        copy=draft("06-copy.txt", COPY, outlet=None, missing="He later withdrew this and said that he had been"),
        evil=hostile(),
    )
