"""200 made-up names in several scripts, and cases of made-up reports that use them in every way that reports do."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from headwater.model import Case, Consent, Handling, Sensitivity, Source, Subject, SubjectKind
from headwater.pipeline.run import trace_reports
from headwater.protection import proposed_names
from headwater.reading import RULES

PER_CASE = 4
CASES = 50

_ACCENTED = (
    "Élise Šárvan Jürga Zoë Łucja Çelil Ñuria Søren Åsvald Ždenka Inês Őrsi Ġorġa Thérèn Müriel Vëlma".split(),
    "Dvořánek Kovačín Lindström Żółkar Brønsted Gürsoyan Ibáñezca Krešmar Vîrtan Ångvik Øvergren Šimíček".split(),
)
_PLAIN = (
    "Tamrin Oswela Brannic Halvor Quennel Isolda Marwen Petrok Saffira Dorvan".split(),
    "Achterveld Brindlow Cassermane Dunnock Eskerdale Farquenby Gallowmere Hestrand Ironquill Jassop".split(),
)
_CYRILLIC = (
    "Аглая Борислав Велимира Горазд Дарина Живан Златомир Йоланта Лучезар Мирослава".split(),
    "Заречин Кузьмарь Лебедянов Остапчук Пригожев Радковец Щербань Юхновец Ярмолич Чапайло".split(),
)
_ARABIC = ("سلمان نورية هاشم جميلة رشدان".split(), "الزهراوي القندوسي بركاتي الطويلع المرزبان".split())
_CHINESE = "欧阳青禾 司徒远山 王晓棠 李慕辰 张若汐 陈砚秋 林知夏 周牧野 赵听澜 孙遇白".split()
_APOSTROPHES = (
    "O’Dwyrne D'Arvelle N’Gorrah O'Tarrigan M’Bellow D’Ostrava O’Haldane N'Dovari L’Estrenne O’Brandigan".split()
)
_HYPHENATED = "Vasslund-Ortega Achard-Mirelle Braun-Testarossa Odell-Varga Smit-Karlsen Rhys-Tolmach".split()
_ALONE = "Zorvane Mirabad Quistelle Ohwerra Tjandrako Velmirane Sukarwadi Bronwithe Ekalunde Yorvath".split()
_COMMON = [
    ("Grace", "Fieldhope"),
    ("Mark", "Stonewell"),
    ("Hope", "Winterbank"),
    ("Will", "Marchwood"),
    ("Rose", "Longhill"),
]


def names() -> list[str]:
    """Return 200 names, no two alike."""
    made = [f"{first} {last}" for at, first in enumerate(_ACCENTED[0]) for last in _turned(_ACCENTED[1], at, 4)]
    made += [f"{first} {last}" for at, first in enumerate(_PLAIN[0]) for last in _turned(_PLAIN[1], at, 4)]
    made += [f"{first} {last}" for at, first in enumerate(_CYRILLIC[0]) for last in _turned(_CYRILLIC[1], at, 4)]
    made += [f"{first} {last}" for at, first in enumerate(_ARABIC[0]) for last in _turned(_ARABIC[1], at, 3)]
    made += _CHINESE
    made += [f"{first} {last}" for first, last in zip(_PLAIN[0], _APOSTROPHES, strict=True)]
    made += [f"{first} {last}" for first, last in zip(_PLAIN[0][3:], _HYPHENATED, strict=False)]
    made += _ALONE + [" ".join(each) for each in _COMMON]
    unique = list(dict.fromkeys(made))[: CASES * PER_CASE]
    assert len(unique) == CASES * PER_CASE
    # Every case gets names of different kinds.
    return [unique[(at % PER_CASE) * CASES + at // PER_CASE] for at in range(len(unique))]


def _turned(row: list[str], at: int, count: int) -> Iterator[str]:
    for step in range(count):
        yield row[(at + step * 3) % len(row)]


def surname(name: str) -> str:
    """The last word of a name."""
    return name.rpartition(" ")[2]


def write_case(folder: Path, four: list[str], *, page: bool) -> None:
    """Write three reports that carry the four names in text, quotations, captions, titles, file names and addresses.

    `page` makes the second one a page of HTML; to open pages, a process of its own is started for every case.
    """
    one, two, three, four_ = four
    slug = one.replace(" ", "_")
    broken = two.replace(" ", "\n", 1) if " " in two else f"{two[:3]}\u00ad{two[3:]}"
    (folder / f"night_{slug}.txt").write_text(
        f"{one} speaks of the night at the weir\n\nPHOTO: {three} stands beside the sluice.\n\n"
        f"“They took {four_} away and nobody came back,” said {one}, a miller.\n\n"
        f"“The gates stood open for two days,” {broken} told Radio Ostvale. {surname(one)}’s brother was there.\n\n"
        f"According to {three}, at least 12 men were held in the mill.\n",
        encoding="utf-8",
    )
    shouted, apart = one.upper(), unicodedata.normalize("NFD", two)
    paragraphs = (
        f"“The water was black with oil that morning,” said {three}, a fisher.",
        f"{shouted} and {apart} were not asked. “We counted eleven boats on the shore,” {four_} told reporters.",
        f"More on https://weir.example/people/{quote(one.replace(' ', '-'))}?by={quote(four_)}",
        f"{three}'s account could not be verified. @{four_.replace(' ', '').lower()} wrote nothing.",
    )
    second = "weir.html" if page else "weir.txt"
    (folder / second).write_text(
        _page(f"What {three} saw", paragraphs) if page else "\n\n".join((f"What {three} saw", *paragraphs)),
        encoding="utf-8",
    )
    (folder / "third.txt").write_text(
        f"Council denies it\n\nBy {four_}\n\n“No man was ever held in the mill,” said Orlan Bricke, a spokesman. "
        f"“They took {four_} away and nobody came back,” {one} had said.\n\n{two}, {three} and {one} disagree.\n",
        encoding="utf-8",
    )
    (folder / "reports.csv").write_text(
        "file,outlet,url,title\n"
        f'{second},The Ostvale Courier,https://courier.example/{quote(slug)}.html,"What {three} saw"\n'
        f"third.txt,The Bricke Gazette,https://gazette.example/council?who={quote(two)},"
        f'"Council, {two} and the mill"\n',
        encoding="utf-8",
    )


def _page(title: str, paragraphs: Iterable[str]) -> str:
    """A page whose first paragraph has entities for letters outside ASCII and a tag inside."""
    first, *rest = (html.escape(each) for each in paragraphs)
    coded = (
        first.encode("ascii", "xmlcharrefreplace").decode().replace("said ", "said <b>").replace(", a f", "</b>, a f")
    )
    body = "".join(f"<p>{each}</p>" for each in (coded, *rest))
    head = f"<head><title>{html.escape(title)}</title></head>"
    return f"<html lang='en'>{head}<body><article><h1>{html.escape(title)}</h1>{body}</article></body></html>"


def trace(folder: Path) -> Case:
    """Trace the reports with the rules alone."""
    return trace_reports([folder], workers=1, reader=RULES).case


def handlings(case: Case, four: list[str]) -> list[Handling]:
    """Protect every name: what was proposed for its source where the reader found one, and the name itself."""
    made = []
    for number, name in enumerate(four, start=1):
        source = _source(case, name)
        proposed = proposed_names(case, source.id) if source else ()
        alone = () if name in four and surname(name) == name else (surname(name),)
        subject = Subject(SubjectKind.SOURCE, source.id if source else f"source-{number:016x}")
        made.append(
            Handling(
                id=f"handling-{number}",
                subject=subject,
                consent=Consent.UNKNOWN,
                sensitivity=Sensitivity.PROTECTED,
                names=tuple(dict.fromkeys((*proposed, name, *alone))),
                pseudonym=f"Protected source {number}",
                note="",
                agent="a test",
                time="2031-05-04T12:00:00Z",
            )
        )
    return made


def _source(case: Case, name: str) -> Source | None:
    return next((each for each in case.traced.sources if any(surname(name) in said for said in each.names)), None)
