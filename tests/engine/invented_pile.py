"""An invented pile of reports with everything in it that the engine must treat alike wherever it runs.

Several outlets with furniture of their own; passages passed on word for word, edited, moved, trimmed and quoted; a
story that more outlets run than CROWD; exact copies; reports without a date, without words, and in other scripts.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from headwater.engine.settings import CROWD

COLUMNS = ("id", "outlet", "published", "url", "authors", "text")
AGENCY = "Vale Wire"
_OUTLETS = ("Selm Courier", "Harbour Post", "The Ostmark Bell", "Radio Tiven", "Lowland Ledger")
_EVERYDAY = "the of and in to that was with for on at by from had been were".split()
_OTHER_SCRIPTS = (
    "Жители посёлка Вельт рассказали, что люди в форме 𝕏 пришли ночью и увели соседей, а утром двери были открыты.",
    "قال سكان قرية تيفن إن رجالا بالزي الرسمي جاءوا ليلا وأخذوا ثلاثة من الجيران وفي الصباح كانت الأبواب مفتوحة.",
    "蒂文村的居民说,穿制服的人夜里来到这里,带走了三名邻居,没有任何解释,第二天早上门都开着。",
)

Row = dict[str, str | None]


class _Writer:
    """Writes sentences of words that nobody else uses, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        parts = [c + v for c in "b d f g k l m n p r s t v z".split() for v in "a e i o u".split()]
        words = {"".join(self.chance.choices(parts, k=self.chance.choice((2, 3, 3, 4)))) for _ in range(4000)}
        self.words = sorted(words)

    def sentence(self) -> str:
        """Some sixteen words, a few of them everyday ones, in no pattern: two sentences have nothing in common."""
        some = [
            self.chance.choice(_EVERYDAY) if self.chance.random() < 0.3 else self.chance.choice(self.words)
            for _ in range(self.chance.randint(12, 20))
        ]
        some[self.chance.randrange(3, 9)] = str(self.chance.randint(2, 90))
        return f"{some[0].title()} {' '.join(some[1:])}."

    def sentences(self, many: int) -> list[str]:
        return [self.sentence() for _ in range(many)]

    def edited(self, sentence: str) -> str:
        """The sentence with every eighth word another one."""
        return " ".join(
            self.chance.choice(self.words) if self.chance.random() < 0.12 else word for word in sentence.split()
        )


def rows(seed: int = 5) -> list[Row]:
    """Return the reports of the pile, in an order that tells nothing."""
    writer = _Writer(seed)
    found: list[Row] = []
    numbers = count()

    def add(outlet: str, published: str | None, text: str | None) -> None:
        number = next(numbers)
        address = f"https://{outlet.rsplit(maxsplit=1)[-1].lower()}.invalid/{number}" if number % 3 else None
        found.append(dict(zip(COLUMNS, (f"r{number:03d}", outlet, published, address, "M. Oru", text), strict=True)))

    furniture = {outlet: " ".join(writer.sentences(2)) for outlet in _OUTLETS}
    bodies = [writer.sentences(14) for _ in range(55)]
    ways: list[Callable[[list[str]], list[str]]] = [
        lambda passage: passage,
        lambda passage: [writer.edited(sentence) for sentence in passage],
        lambda passage: [*passage[2:], *passage[:2]],
        lambda passage: passage[::2],
        lambda passage: [f"“{passage[0]}” she added."],
        lambda passage: [f"({AGENCY})", *passage],
    ]
    for number in range(1, len(bodies), 2):  # every second report has a passage of the one before it
        way = ways[number // 2 % len(ways)]
        at = writer.chance.randrange(2, 8)
        bodies[number][at:at] = way(bodies[number - 1][at : at + 5])
    for number, body in enumerate(bodies):
        outlet = _OUTLETS[number % len(_OUTLETS)]
        clock = "T08:30:00+02:00" if number % 4 else ""
        add(outlet, f"2031-03-{1 + number // 2:02d}{clock}", " ".join(body) + "\n\n" + furniture[outlet])
    story = writer.sentences(8)
    for number in range(CROWD + 6):  # more outlets than a fingerprint may bring together pair by pair
        told = [writer.sentence(), *(writer.edited(each) if number % 7 == 0 else each for each in story)]
        add(f"Outlet {number:02d}", f"2031-04-{1 + number % 28:02d} {number % 24:02d}:15", " ".join(told))
    for number in (0, 3, 70, 71):
        add("The Copyist", "2031-05-02", str(found[number]["text"]))
    for published in (None, "", "in spring"):
        add("Harbour Post", published, " ".join([*bodies[1][4:9], *writer.sentences(4)]))
    for text in ("", None, "… — !"):
        add("Radio Tiven", "2031-03-09", text)
    for text in _OTHER_SCRIPTS:
        add("Selm Courier", "2031-05-03", f"{text} {text[::-1]}")
        add("Radio Tiven", "2031-05-04", f"{writer.sentence()} {text}")
    writer.chance.shuffle(found)
    return found


def write(folder: Path, *, seed: int = 5) -> list[Path]:
    """Write the pile to two Parquet files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    found = rows(seed)
    files = [folder / "reports-0.parquet", folder / "reports-1.parquet"]
    for number, file in enumerate(files):
        pq.write_table(pa.Table.from_pylist(found[number::2], schema=schema), file)
    return files


def credit(text: str, outlet: str, url: str, authors: str) -> str:
    """The agency whose text it is."""
    del outlet, url, authors
    return AGENCY if f"({AGENCY})" in text else ""
