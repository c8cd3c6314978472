"""The wordings that would tell who somebody is: what to propose for a source or report, and the next pseudonym.

Whatever a person added stands beside these; what is proposed is shown and can be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from headwater.model import FUNCTION_WORDS, Case, Handling, Report, Source, SourceKind, SubjectKind
from headwater.protection.common_words import COMMON_WORDS
from headwater.protection.shadow import folded, joined

PSEUDONYMS = {SubjectKind.SOURCE: "Protected source", SubjectKind.REPORT: "Protected report"}
_LEAST = 2  # letters of a name: one letter names nobody, and stands everywhere
_LEAST_FILE = 6  # letters of a file's name without its folder: "1.txt" in a text is no pointer
_MOST_WORDS = 6  # words of a name; more are a description
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady president vice prime minister deputy chief senator gen "
    "general col colonel capt captain lt lieutenant sgt sergeant maj major cpl corporal private det detective "
    "inspector superintendent constable commissioner mayor governor king queen prince princess sheikh imam mallam "
    "alhaji pastor rev reverend father sister brother bishop judge ambassador secretary director chairman chairwoman "
    "chair head leader commander spokesman spokeswoman spokesperson attorney mp lawyer doctor nurse officer official "
    "former acting senior junior editor reporter journalist author professor haji hajji ustad monsieur madame herr "
    "gov hon frau señor señora don doña".split()
)
_ROLES = frozenset(
    "witness witnesses survivor survivors resident residents official officials source sources victim victims activist "
    "activists man men woman women person people mother father son daughter wife husband brother sister relative "
    "relatives neighbour neighbor villager farmer fisherman driver student teacher worker soldier guard prisoner "
    "detainee refugee police ministry government army office spokesman spokeswoman authorities old year years".split()
)
_NO_NAMES = _TITLES | _ROLES | FUNCTION_WORDS
_ARTICLES = frozenset("the a an".split())
_WHERE = frozenset("of at in from near for to on with against".split())
_BODIES = frozenset({SourceKind.ORGANISATION, SourceKind.OUTLET, SourceKind.AGENCY, SourceKind.DOCUMENT})
_MARK = re.compile(r"[,;:()\[\]–—\n]")
_POSSESSIVE = re.compile(r"['’ʼ`][sS]?$")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`.\-\u2010\u2011·・][^\W_]+)*\.?")
_PARTICLES = frozenset("al el bin ibn van von de da di la le abu bint der den ter ten du del della y".split())
_AUTHORS = re.compile(r"\s*(?:,|;|&|/|\band\b)\s*")
_HOST = re.compile(r"^[a-z][a-z0-9+.\-]*://(?:[^/@]*@)?(?:www\.)?([^/:?#]+)", re.IGNORECASE)


def next_pseudonym(handlings: Iterable[Handling], kind: SubjectKind) -> str:
    """Return "Protected source 3" or "Protected report 1": the first number that was never used in this case."""
    lead = PSEUDONYMS[kind]
    used = [int(each.pseudonym[len(lead) :]) for each in handlings if re.fullmatch(rf"{lead} \d+", each.pseudonym)]
    return f"{lead} {max(used, default=0) + 1}"


def usable(name: str) -> bool:
    """True when `name` has letters enough to be looked for."""
    return len(joined(name)) >= _LEAST


def proposed_names(case: Case, subject: str, *, mentions: frozenset[str] | None = None) -> tuple[str, ...]:
    """Return the wordings that would tell who the source, or what the report, `subject` is; the longest first.

    Of a source: every name in the wordings of its mentions and their aliases, then its parts (surname alone, first
    name alone, with initials), but no titles, no words for roles, and no part that is a common English word. With
    `mentions`, only what these mentions of it say. Of a report: outlet, title, files, address and its host, authors.
    An unnamed source has none. Raises KeyError when the case has no such source or report.
    """
    source = next((each for each in case.traced.sources if each.id == subject), None)
    if source is not None:
        found = _source_names(case, source, mentions)
    else:
        found = _report_names({each.id: each for each in case.received.reports}[subject])
    by_shadow: dict[str, str] = {}
    for each in found:
        if usable(each):
            by_shadow.setdefault(folded(each).strip(), each)
    return tuple(sorted(by_shadow.values(), key=lambda each: (-len(each), each)))


def _source_names(case: Case, source: Source, mentions: frozenset[str] | None) -> Iterator[str]:
    ids = frozenset(source.mentions)
    wanted = ids if mentions is None else ids & mentions
    wordings = [] if mentions is not None else [source.name, *source.names] if source.named else []
    for reading in case.readings:
        for mention in reading.mentions:
            if mention.id in wanted and mention.named:
                wordings += [mention.text, *mention.aliases]
    for wording in dict.fromkeys(wordings):
        for run in _name_runs(wording):
            yield from _with_parts(run, source.kind)


def _name_runs(wording: str) -> Iterator[tuple[str, ...]]:
    """Yield the runs of capitalised words (or of words without case) that can be a name, without titles and roles.

    "Menevar's" in "Menevar's minister, Oda Renn", "Kossil" in "the Kossil governor" and "Orvasta" in "who teaches in
    Orvasta" are whose, what or where somebody is: such runs are given only where there is no other.
    """
    own: list[tuple[str, ...]] = []
    tied: list[tuple[str, ...]] = []
    for run, ties in _runs(wording):
        if len(run) <= _MOST_WORDS:
            (tied if ties else own).append(run)
    yield from own or tied


def _runs(wording: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield every run of words that can be a name, and whether it is tied to what stands before or after it."""
    run: list[str] = []
    before, end = "", 0
    for found in _WORD.finditer(wording):
        word, key = found.group(), folded(found.group()).strip()
        gap = wording[end : found.start()]
        end = found.end()
        apart = bool(_MARK.search(gap))
        particle = bool(run) and not apart and key in _PARTICLES
        fits = particle or not (word[:1].islower() or word[:1].isdigit() or key in _NO_NAMES)
        if run and (apart or not fits):
            yield from _closed(run, before, "" if apart else key)
            run = []
        if fits:
            before = before if run else ("" if apart else _key_before(wording, found.start()))
            run.append(_bare(word))
            if word != run[-1] and _POSSESSIVE.search(word):
                run.clear()
                yield (_bare(word),), True
    yield from _closed(run, before, "")


def _key_before(wording: str, at: int) -> str:
    words = [key for key in folded(wording[:at]).split() if key not in _ARTICLES]
    return words[-1] if words else ""


def _bare(word: str) -> str:
    """A word without the possessive at its end, and without a full stop that is not an initial's."""
    word = _POSSESSIVE.sub("", word)
    return word if len(word) == _LEAST and word.endswith(".") else word.rstrip(".")


def _closed(run: list[str], before: str, after: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    while run and folded(run[-1]).strip() in _PARTICLES:
        run.pop()
    if run:
        followed = bool(after) and after not in FUNCTION_WORDS
        yield tuple(run), before in _WHERE or followed


def _with_parts(run: tuple[str, ...], kind: SourceKind) -> Iterator[str]:
    """Yield the name and, of a person's, each part that can stand alone, and the ways to write it with initials."""
    yield " ".join(run)
    own = [each for each in run if folded(each).strip() not in _PARTICLES]
    if len(run) == 1 or kind in _BODIES:
        return
    for part in own:
        if _stands_alone(part):
            yield part
    first, last = own[0], run[-1]
    if first != last and len(first) > _LEAST and usable(last):
        yield f"{first[0]}. {last}"
        if len(own) > _LEAST:
            yield f"{first} {last}"
            yield f"{''.join(f'{each[0]}. ' for each in own[:-1])}{last}"


def _stands_alone(part: str) -> bool:
    letters = joined(part)
    return len(letters) > _LEAST and letters not in COMMON_WORDS and not part.endswith(".")


def _report_names(report: Report) -> Iterator[str]:
    info = report.info
    if info.outlet:
        yield info.outlet.value
        yield re.sub(r"^[Tt]he\s+", "", info.outlet.value)
    if info.title:
        yield info.title.value
    for file in info.files:
        yield file
        name = file.rpartition("/")[2]
        for each in (name, name.rpartition(".")[0]):
            if len(joined(each)) >= _LEAST_FILE:
                yield each
    if info.url:
        yield info.url.value
        host = _HOST.match(info.url.value)
        if host:
            yield host.group(1)
    if info.author:
        yield info.author.value
        for each in _AUTHORS.split(re.sub(r"^[Bb]y\s+", "", info.author.value)):
            if len(joined(each)) > _LEAST and joined(each) not in COMMON_WORDS:
                yield each
