"""Decoding: the text is the file decoded, unchanged, and `data.decode(encoding)` always gives it back."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.intake.text import NotText, Undecodable, decode

ENGLISH = "The mayor of Orlen said the café was closed. “Nobody was hurt,” she told reporters — and left.\r\n"
RUSSIAN = "Мэр Орлена заявил, что никто не пострадал. Жители деревни говорят об обратном и просят помощи.\n" * 3


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), min_size=1))
def test_utf8_comes_back_unchanged(text: str) -> None:
    data = text.encode()
    try:
        decoded = decode(data)
    except NotText:
        return  # mostly control characters
    if decoded.encoding == "utf-8":
        assert decoded.text == text
    assert data.decode(decoded.encoding) == decoded.text


@given(st.binary(max_size=400))
def test_any_bytes_decode_exactly_or_are_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except (NotText, Undecodable):
        return
    assert data.decode(decoded.encoding) == decoded.text


@pytest.mark.parametrize(
    ("data", "encoding", "guessed"),
    [
        (ENGLISH.encode(), "utf-8", False),
        (ENGLISH.encode("utf-8-sig"), "utf-8", False),
        (ENGLISH.encode("utf-16"), "utf-16", False),
        (b"\xfe\xff" + ENGLISH.encode("utf-16-be"), "utf-16", False),
        (ENGLISH.encode("utf-32"), "utf-32", False),
        (ENGLISH.encode("utf-16-le"), "utf-16-le", True),
        (ENGLISH.encode("cp1252"), "cp1252", True),
        (RUSSIAN.encode("cp1251"), "cp1251", True),
    ],
)
def test_encodings(data: bytes, encoding: str, *, guessed: bool) -> None:
    decoded = decode(data)
    assert decoded.encoding == encoding
    assert bool(decoded.note) is guessed
    assert decoded.text.removeprefix("\ufeff") in {ENGLISH, RUSSIAN}


def test_the_mark_of_utf8_stays_so_that_offsets_fit_the_file() -> None:
    data = "\ufeffShort.".encode()
    assert decode(data).text == data.decode("utf-8") == "\ufeffShort."


def test_spaces_marks_and_line_ends_are_kept() -> None:
    text = "A\u00a0b\u202fc\r\n«d» „e“ ‘f’ 'g' \"h\"\re\u0301\u202eabc\u202c\u200b"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 text", gzip.compress(b"text"), b"PK\x03\x04rest", bytes(range(256)) * 8, b"\x00\x01\x02" * 50]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


def test_a_broken_utf16_file_is_undecodable() -> None:
    with pytest.raises(Undecodable):
        decode(b"\xff\xfe" + "abc".encode("utf-16-le") + b"\x00\xd8a")


def test_damaged_utf8_is_told_and_mended_only_for_pages() -> None:
    data = RUSSIAN.encode()[:40] + b"\xff" + RUSSIAN.encode()[40:]
    with pytest.raises(Undecodable, match="1 place"):
        decode(data)
    mended = decode(data, mend=True)
    assert mended.text.replace("\ufffd", "") == RUSSIAN
    assert "damaged" in mended.note


def test_a_page_labelled_latin1_that_is_utf8_is_utf8() -> None:
    assert decode("“Никто”".encode(), declared="iso-8859-1").encoding == "utf-8"


def test_a_page_labelled_utf8_that_is_not_is_guessed() -> None:
    decoded = decode(ENGLISH.encode("cp1252"), declared="utf-8")
    assert (decoded.encoding, decoded.text) == ("cp1252", ENGLISH)


def test_a_claim_that_fits_is_believed() -> None:
    assert decode(RUSSIAN.encode("koi8_r"), declared="koi8-r").text == RUSSIAN


def test_a_claim_of_no_known_encoding_is_ignored() -> None:
    assert decode(ENGLISH.encode("cp1252"), declared="x-made-up").text == ENGLISH
