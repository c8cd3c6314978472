"""The leak scan: every protected name looked for in finished bytes, in all the shapes in which bytes can carry it.

Works on bytes alone and knows nothing of how they were made. What it finds it names by the pseudonym, never the name.

Looked for: the letters of each form of a name, whatever their case, accents or compatibility form, in entities,
percent or JSON escapes, across tags, spaces, hyphens and unseen characters, in the other script (Latin and Cyrillic),
and backwards; UTF-16; base64 in its three alignments; hexadecimal; and all of it inside zip, gzip and flate streams.
Short forms (below six letters) count only as whole words, and backwards, in base64 and hexadecimal only from six
letters or five bytes on: below that nearly every hit is chance.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from headwater.protection.forms import LONG, Form
from headwater.protection.grams import WINDOW, Grams
from headwater.protection.plan import Plan
from headwater.protection.shadow import TAG, decoded, folded
from headwater.protection.unpacking import TooMuch, unpacked

UNREAD = "too much is packed into it to be looked at"
_LEAST_CODED = 5  # bytes of a name in base64 or hexadecimal
_CODED = re.compile(rb"&(?:#|[A-Za-z])|%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}")
_MARKUP = re.compile(rb"<[^<>]{0,4000}>")
# How the pages show a character that nobody sees. It stands inside a word, which it must not part into a shorter name.
_UNSEEN = re.compile(rb'<span class="ctl"[^<>]*>[^<>]*</span>')
_FOREIGN = re.compile(rb"(?:[\xc2-\xf4][\x80-\xbf]+)+")
_ASCII = bytes(code if code >= 0x80 else (folded(chr(code)) or " ").encode()[0] for code in range(256))
_ASCII = _ASCII[:0x3C] + b"<" + _ASCII[0x3D:0x3E] + b">" + _ASCII[0x3F:]
_MARKS = tuple(each.encode() for each in "“”‘’–—…·→")  # the commonest by far: quicker at once than run by run
_SPACED_SCRIPTS = re.compile("[a-z0-9\u0370-\u04ff]")
_BASE64_ENDS = ((0, 0), (2, 1), (3, 2))  # characters to leave off in front, bytes put in front


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """A protected name that stands in a file: where, in which shape, and whose, by the pseudonym."""

    file: str
    shape: str
    pseudonym: str


def scan(files: Mapping[str, bytes], plan: Plan, *, own: frozenset[str] = frozenset()) -> list[Leak]:
    """Return every protected name found in `files` (by name, the names too), sorted; none when all is well.

    `own` are folded words that the program itself prints: a form that is one of them cannot be told from it and is
    looked for only as part of longer forms. One that is a common English word is found only where it is not written
    small. A file that cannot be looked into whole is reported with the shape UNREAD. Pure.
    """
    if not plan.forms:
        return []
    scanner = Scanner(plan, own)
    leaks: set[Leak] = set()
    for number, (name, data) in enumerate(files.items(), start=1):
        hidden = next(scanner.raw(name.encode("utf-8", "replace")), None)
        shown = f"file {number}" if hidden else name
        if hidden:
            leaks.add(Leak(shown, "in the name of the file", hidden[1]))
        leaks.update(Leak(shown, shape, pseudonym) for shape, pseudonym in scanner.file(data))
    return sorted(leaks)


class Scanner:
    """The needles of a plan, made once; `own` as in `scan`."""

    def __init__(self, plan: Plan, own: frozenset[str] = frozenset()) -> None:
        wanted = [form for form in plan.forms if not (len(form.parts) == 1 and form.letters in own)]
        self._words: dict[bytes, Form] = {}  # short forms, as whole words
        self._letters: dict[bytes, Form] = {}  # all others, by their letters
        self._backwards: dict[bytes, Form] = {}
        for form in wanted:
            if form.cased:
                continue
            if len(form.letters) < LONG and len(form.parts) == 1 and _SPACED_SCRIPTS.match(form.letters):
                self._words[f" {form.letters} ".encode()] = form
            elif len(form.letters.encode()) >= WINDOW:
                self._letters[form.letters.encode()] = form
            if len(form.letters) >= LONG:
                turned = Form(form.pseudonym, tuple(part[::-1] for part in reversed(form.parts)))
                self._backwards[turned.letters.encode()] = turned
        for letters in self._letters.keys() & self._backwards.keys():
            del self._backwards[letters]
        self._word_grams = Grams(self._words)
        self._letter_grams = Grams([*self._letters, *self._backwards])
        self._coded = dict(_coded_needles(plan, own))
        self._coded_grams = Grams(self._coded)
        cased = {form.letters: form.pseudonym for form in wanted if form.cased}
        self._cased = {spelt: name for word, name in cased.items() for spelt in (word.title(), word.upper())}
        self._cased_pattern = re.compile(
            rf"(?<![^\W_])(?:{'|'.join(sorted(map(re.escape, self._cased), reverse=True))})(?![^\W_])"
        )

    def file(self, data: bytes) -> Iterator[tuple[str, str]]:
        """Yield (shape, pseudonym) of everything found in the bytes of one file and in all that is packed in them."""
        yield from self.raw(data)
        try:
            for how, inner in unpacked(data):
                for shape, pseudonym in self.raw(inner):
                    yield f"{shape}, packed ({how})", pseudonym
        except TooMuch:
            yield UNREAD, ""

    def raw(self, data: bytes) -> Iterator[tuple[str, str]]:
        """Yield (shape, pseudonym) of everything found in `data`, as it stands."""
        for needle in self._coded_grams.found(data):
            yield self._coded[needle]
        if b"\n" in data:
            for needle in self._coded_grams.found(data.translate(None, b"\r\n")):
                yield self._coded[needle]
        yield from self._text(data)
        if b"\0" in data:
            for encoding in ("utf-16-le", "utf-16-be"):
                for offset in (0, 1):
                    text = data[offset:].decode(encoding, "replace").encode("utf-8", "replace")
                    for _, pseudonym in self._text(text):
                        yield "in UTF-16", pseudonym
        if data[:WINDOW].strip(b"\xef\xbb\xbf") and not _is_utf8(data):
            for _, pseudonym in self._text(data.decode("cp1252", "replace").encode()):
                yield "in an older encoding", pseudonym

    def _text(self, data: bytes) -> Iterator[tuple[str, str]]:
        """Look for names in the words of a text, everything in code written out: twice, for what was coded twice."""
        for _ in range(2):
            if _CODED.search(data):
                data = decoded(data.decode("utf-8", "replace")).encode("utf-8", "replace")
        yield from self._plain(data)

    def _plain(self, data: bytes) -> Iterator[tuple[str, str]]:
        data = _UNSEEN.sub(b"", data)
        if self._cased:
            for found in self._cased_pattern.finditer(data.decode("utf-8", "replace")):
                yield "in its words", self._cased[found.group()]
        marked = b" %b " % folded_bytes(data)
        flat = marked.replace(b"<", b" ").replace(b">", b" ")
        yield from self._folded(flat, flat, "in its words")
        if flat is not marked and b"<" in marked:
            bare = _MARKUP.sub(TAG.encode(), marked).replace(b"<", b" ").replace(b">", b" ")
            yield from self._folded(bare, bare.replace(TAG.encode(), b" "), "between tags")
            yield from self._short(bare.replace(TAG.encode(), b""), "across tags")

    def _folded(self, shadow: bytes, spaced: bytes, shape: str) -> Iterator[tuple[str, str]]:
        yield from self._short(spaced, shape)
        text: str | None = None
        for needle in self._letter_grams.found(shadow.translate(None, b" \x01\x02")):
            text = shadow.decode("utf-8", "replace") if text is None else text
            if (form := self._letters.get(needle)) and any(form.matches(text)):
                yield shape, form.pseudonym
            if (form := self._backwards.get(needle)) and form.in_one_piece.search(text):
                yield "backwards", form.pseudonym

    def _short(self, spaced: bytes, shape: str) -> Iterator[tuple[str, str]]:
        for needle in self._word_grams.found(spaced):
            yield shape, self._words[needle].pseudonym


def folded_bytes(data: bytes) -> bytes:
    """Return the shadow of UTF-8 text, its angle brackets left standing: ASCII by a table, all else run by run."""
    spaced = data.translate(_ASCII)
    for mark in _MARKS:
        spaced = spaced.replace(mark, b" ")
    return _FOREIGN.sub(lambda found: _folded_run(found.group()), spaced)


@lru_cache(maxsize=1 << 16)
def _folded_run(run: bytes) -> bytes:
    return folded(run.decode("utf-8", "replace")).encode()


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _coded_needles(plan: Plan, own: frozenset[str]) -> Iterator[tuple[bytes, tuple[str, str]]]:
    for mask in plan.masks:
        for name in mask.names:
            if folded(name).strip() in own:
                continue
            for spelt in _spellings(name):
                yield from ((needle, (shape, mask.pseudonym)) for shape, needle in _shapes(spelt))


def _spellings(name: str) -> Iterable[str]:
    plain = "".join(each for each in unicodedata.normalize("NFKD", name) if not unicodedata.combining(each))
    composed = unicodedata.normalize("NFC", name)
    once = [name, composed, unicodedata.normalize("NFD", name), plain]
    once += [each.replace(" ", mark) for each in (composed, plain) for mark in "_-+."]
    return dict.fromkeys(each for one in once for each in (one, one.lower(), one.upper(), one.title()))


def _shapes(spelt: str) -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-16-le", "utf-16-be"):
        wide = spelt.encode(encoding, "surrogatepass")
        if len(spelt) >= _LEAST_CODED or (not spelt.isascii() and len(wide) >= WINDOW):
            yield "in UTF-16", wide
    data = spelt.encode("utf-8", "surrogatepass")
    if len(data) < _LEAST_CODED:
        return
    yield "in hexadecimal", data.hex().encode()
    yield "in hexadecimal", data.hex().upper().encode()
    for lead, before in _BASE64_ENDS:
        whole = (before + len(data)) * 8 // 6  # characters that hold bits of the name alone
        inner = b64encode(bytes(before) + data)[lead:whole]
        yield "in base64", inner
        if b"+" in inner or b"/" in inner:
            yield "in base64", inner.translate(bytes.maketrans(b"+/", b"-_"))
