"""The leak scan finds a name planted in each shape, and leaves alone what only looks like one."""

from __future__ import annotations

import base64
import gzip
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.model import SubjectKind
from headwater.protection import Leak, Mask, Plan, Replacer, scan
from headwater.protection.grams import Grams
from headwater.protection.scan import UNREAD
from headwater.protection.unpacking import DEEPEST

NAME = "Ždenka Kovačín"
AROUND = "Ordinary words stand before it {} and after it, too."


def masked(*names: str) -> Plan:
    """A plan that protects one source under these names."""
    return Plan((Mask(SubjectKind.SOURCE, frozenset({"s"}), "Protected source 7", names, withheld=False),))


def hits(data: bytes | str, *names: str) -> set[str]:
    """The shapes in which the names (else NAME) are found."""
    raw = data.encode() if isinstance(data, str) else data
    return {leak.shape for leak in scan({"page": raw}, masked(*(names or (NAME,))))}


def _zipped(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.txt", data)
    return out.getvalue()


PLAIN = "Zdenka Kovacin"
WORDS: dict[str, str] = {
    "as it is": NAME,
    "small": NAME.lower(),
    "large": NAME.upper(),
    "decomposed": unicodedata.normalize("NFD", NAME),
    "full width": "Ｚdenka Ｋovacin",
    "without accents": PLAIN,
    "possessive": f"{NAME}’s",
    "two spaces": "Ždenka \u00a0 Kovačín",
    "line break": "Ždenka\r\n   Kovačín",
    "hyphenated": "Žden-\nka Kovačín",
    "soft hyphens": "Ž\u00addenka Ko\u00advačín",
    "zero width": "Ž\u200bdenka\u200d Kovačín",
    "letter by letter": " ".join(NAME),
    "underscore": "zdenka_kovacin.html",
    "dots": "zdenka.kovacin@example",
    "joined": "@zdenkakovacin84",
    "inside a word": "interviewzdenkakovacinfull",
    "between tags": "<td>Ždenka</td>\n<td class='a'>Kovačín</td>",
    "across tags": "Žden<b>ka</b> Kov<i>ač</i>ín",
    "in an attribute": f'<a title="by {NAME}">x</a>',
    "named entities": "&Zcaron;denka Kova&ccaron;&iacute;n",
    "numbered entities": "&#381;denka Kova&#x10d;&#237;n",
    "entities twice": "&amp;#381;denka Kova&amp;#x10d;&amp;#237;n",
    "percent": "%C5%BDdenka%20Kova%C4%8D%C3%ADn",
    "percent, Latin-1": "Zdenka%20Kovac%EDn",
    "JSON": "\\u017ddenka Kova\\u010d\\u00edn",
    "Cyrillic": "Зденка Ковацин",
    "backwards": NAME[::-1],
}
BYTES: dict[str, Callable[[str], bytes]] = {
    "UTF-16, little end first": lambda text: text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: text.encode("utf-16-be"),
    "odd UTF-16": lambda text: b"x" + text.encode("utf-16-be"),
    "base64 0": lambda text: base64.b64encode(text.encode()),
    "base64 1": lambda text: base64.b64encode(b"a" + text.encode()),
    "base64 2": lambda text: base64.b64encode(b"ab" + text.encode()),
    "base64 in lines": lambda text: base64.encodebytes(b"x" * 50 + text.encode()),
    "base64 of a small name": lambda text: base64.b64encode(text.lower().encode()),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "HEXADECIMAL": lambda text: text.encode().hex().upper().encode(),
    "an older encoding": lambda text: (
        unicodedata.normalize("NFKD", text).replace("\u030c", "").encode("cp1252", "ignore")
    ),
    "zip": lambda text: _zipped(text.encode()),
    "zip in zip": lambda text: _zipped(_zipped(text.encode())),
    "gzip": lambda text: gzip.compress(text.encode()),
    "flate in a PDF": lambda text: b"5 0 obj\nstream\n" + zlib.compress(text.encode()) + b"\nendstream",
    "flate without a header": lambda text: b"stream\n" + zlib.compress(text.encode())[2:-4] + b"\nendstream",
    "data address": lambda text: b"src='data:x;base64," + base64.b64encode(_zipped(text.encode())) + b"'",
}


@pytest.mark.parametrize("shape", WORDS)
def test_a_name_is_found_in_every_shape_of_words(shape: str) -> None:
    assert hits(AROUND.format(WORDS[shape]))


@pytest.mark.parametrize("shape", BYTES)
def test_a_name_is_found_in_every_shape_of_bytes(shape: str) -> None:
    assert hits(BYTES[shape](NAME))
    assert hits(BYTES[shape](AROUND.format(NAME))), "among other words"


@pytest.mark.parametrize("name", ["王晓棠", "هاشم بركاتي", "Горазд Лебедянов", "O’Dwyrne", "Müriel Ångvik"])
def test_names_of_every_script_are_found(name: str) -> None:
    assert hits(f"记者{name}说" if name[0] > "\u4e00" else f"so {name} said", name)
    assert not hits("nothing of that kind", name)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Muriel Aangvik", "Muriel Ångvik"), ("Gorazd Lebedyanov", "Горазд Лебедянов"), ("ODwyrne", "O’Dwyrne")],
)
def test_other_ways_to_write_a_name_are_found(text: str, name: str) -> None:
    assert hits(text, name)


@pytest.mark.parametrize("text", ["and the arabic", "والهاشم", "هاشم،"])
def test_small_words_written_together_with_an_arabic_name_do_not_hide_it(text: str) -> None:
    assert bool(hits(text, "هاشم")) is (text != "and the arabic")


@pytest.mark.parametrize(
    "text",
    [
        "banana",
        "an a",
        "Anatolia",
        "Joana",
        "ana1b2c3",
        "c4ana5",
        "manana",
        base64.b64encode(b"banana").decode(),
        "anA5",
    ],
)
def test_a_short_name_inside_something_else_is_no_leak(text: str) -> None:
    assert not hits(f"a line with {text} in it", "Ana")


def test_a_short_name_of_its_own_is_one() -> None:
    assert hits("then Ana left", "Ana")
    assert hits("<b>Ana</b>", "Ana")
    assert hits("A<b>n</b>a", "Ana")


def test_a_name_that_is_a_common_word_is_found_where_it_is_written_large() -> None:
    assert hits("then Hope left", "Hope")
    assert not hits("then hope left", "Hope")
    assert not scan({"p": b"then Hope left"}, masked("Hope"), own=frozenset({"hope"}))
    assert scan({"p": b"then Hope Lindmark left"}, masked("Hope Lindmark"), own=frozenset({"hope", "lindmark"}))


def test_the_name_of_a_file_is_looked_at_and_not_repeated() -> None:
    (leak,) = scan({"pages/zdenka_kovacin.html": b""}, masked(NAME))
    assert leak == Leak("file 1", "in the name of the file", "Protected source 7")


def test_what_cannot_be_looked_into_is_no_clean_file() -> None:
    data = b"nothing of that kind"
    for _ in range(DEEPEST + 1):
        data = _zipped(data)
    assert hits(data) == {UNREAD}


def test_a_leak_never_carries_the_name() -> None:
    assert "Kova" not in repr(scan({"p": NAME.encode()}, masked(NAME)))
    assert "Kova" not in repr(masked(NAME))
    assert "Kova" not in repr(masked(NAME).forms)


@given(st.lists(st.binary(min_size=4, max_size=9), max_size=20), st.binary(max_size=400))
def test_many_needles_are_found_as_one_by_one(needles: list[bytes], data: bytes) -> None:
    hay = data + b"".join(needles[::2])
    assert set(Grams(needles).found(hay)) == {each for each in needles if each in hay}


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ('to <a href="x">Brel<span class="ctl" data-cp="ad">⟨SHY⟩</span>mark</a>', "Brel", False),
        ('to <a href="x">Brel<span class="ctl" data-cp="ad">⟨SHY⟩</span> mark</a>', "Brel", True),
        ('to <a href="x">Br<span class="ctl" data-cp="ad">⟨SHY⟩</span>el mark</a>', "Brel", True),
        ("it may rob <a>R</a>elk", "Klerbor", False),  # backwards only where nothing parts the letters
        ("seen as robrelk once", "Klerbor", True),
    ],
)
def test_what_pages_print_between_letters_makes_no_name_and_hides_none(text: str, name: str, *, found: bool) -> None:
    assert bool(hits(text, name)) is found


@pytest.mark.parametrize(
    ("text", "name"),
    [("The Ondreys left.", "Ondrey"), ("both MARIT ONDREYS", "Marit Ondrey"), ("ها1", "ها"), ("2Ян", "Ян")],
)
def test_a_family_under_its_name_and_a_digit_beside_a_name_are_seen(text: str, name: str) -> None:
    replacer = Replacer(masked(name))
    assert name.rpartition(" ")[2].casefold() not in replacer.text(text).casefold()
