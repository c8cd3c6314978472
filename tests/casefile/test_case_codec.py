from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_case import make_case

from headwater.casefile.codec import WrongShape, codec
from headwater.casefile.kinds import KEPT, KINDS, Table
from headwater.casefile.schema import SCHEMA_VERSION
from headwater.model import Basis, Noted, Passage, PassageKind, Reuse, ReuseKind, Span, Summary
from headwater.model.spans import Place

_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_TEXT = st.text(st.characters(exclude_categories=()), max_size=8).filter(lambda text: not _PAIR.search(text))
_PLAIN = {
    str: _TEXT,
    int: st.integers(),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
}


def _values(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a declared type, lone surrogates, NUL and huge integers included."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) in {Union, UnionType}:
        return st.one_of(*(st.none() if part is NoneType else _values(part) for part in get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(_values(get_args(hint)[0]), max_size=3).map(tuple)
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    names = [field.name for field in fields(hint)] if is_dataclass(hint) else list(hint._fields)
    hints = get_type_hints(hint)
    return st.builds(hint, **{name: _values(hints[name]) for name in names})


@pytest.mark.parametrize("kind", [*KINDS, *KEPT], ids=lambda kind: kind.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_every_kind_of_record_comes_back_and_is_written_one_way(kind: Table, data: st.DataObject) -> None:
    record = data.draw(_values(kind.shape))
    written = codec(kind.shape).dump(record)
    back = codec(kind.shape).load(written)
    assert back == record
    assert codec(kind.shape).dump(back) == written
    assert json.loads(written.decode("utf-8")).keys() == {field.name for field in fields(kind.shape)}


def test_known_texts() -> None:
    noted = Noted("Oskø “5”\0", Basis.GIVEN)
    assert codec(Noted).dump(noted) == '{"basis":"given","note":"","value":"Oskø “5”\\u0000"}'.encode()
    assert codec(Noted).dump(Noted("\ud83d", Basis.PAGE)) == b'{"basis":"page","note":"","value":"\\ud83d"}'
    reuse = Reuse("reuse-1", Place("a", Span(0, 4)), Place("b", Span(2, 6)), ReuseKind.QUOTE, 9, 1)
    assert b'"a":["a",[0,4]]' in codec(Reuse).dump(reuse)
    assert b'"score":1.0,' in codec(Reuse).dump(reuse)  # never 1: the same number has one text


@pytest.mark.parametrize(
    "record",
    [
        Noted(5, Basis.GIVEN),  # type: ignore[arg-type]
        Noted("x", "given"),  # type: ignore[arg-type]
        Passage((1, 2), PassageKind.BODY),  # type: ignore[arg-type]
        Passage(Span(start=True, end=2), PassageKind.BODY),
        Reuse("r", Place("a", Span(0, 1)), Place("b", Span(0, 1)), ReuseKind.QUOTE, 1, float("nan")),
        Noted("\ud83d\ude00", Basis.PAGE),
    ],
    ids=[
        "number for words",
        "word for an enum",
        "tuple for a span",
        "bool for a number",
        "nan",
        "halves of a character",
    ],
)
def test_what_would_not_come_back_is_not_written(record: Any) -> None:
    with pytest.raises(WrongShape, match=type(record).__name__):
        codec(type(record)).dump(record)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"basis":"given","note":""}', "fields of Noted"),
        ('{"basis":"given","note":"","value":"x","extra":1}', "fields of Noted"),
        ('{"basis":"hearsay","note":"","value":"x"}', "hearsay"),
        ('{"basis":"given","note":null,"value":"x"}', r"Noted\.note"),
        ("[]", "fields of Noted"),
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_what_is_no_record_is_not_read(text: str, why: str) -> None:
    with pytest.raises(WrongShape, match=why):
        codec(Noted).load(text.encode())
    with pytest.raises(WrongShape, match="not JSON"):
        codec(Noted).load(b"\xff" + text.encode())


def test_a_type_without_a_rule_is_refused_before_anything_is_written() -> None:
    @dataclass(frozen=True)
    class Loose:
        anything: int | str

    with pytest.raises(TypeError, match="no rule"):
        codec(Loose)


def test_numbers_are_not_mixed_up_with_truth() -> None:
    summary = make_case().weighed.summary
    with pytest.raises(WrongShape, match=r"Summary\.reports"):
        codec(Summary).dump(replace(summary, reports=True))


def _described(hint: Any) -> str:
    if isinstance(hint, type) and (is_dataclass(hint) or hasattr(hint, "_fields")):
        inner = (f"{name}:{_described(part)}" for name, part in get_type_hints(hint).items())
        return f"{hint.__name__}({','.join(inner)})"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return f"{hint.__name__}[{','.join(str(member.value) for member in hint)}]"
    inner_types = ",".join(_described(part) for part in get_args(hint))
    if get_origin(hint) in {Union, UnionType}:
        return f"one of({inner_types})"
    return f"tuple({inner_types})" if get_origin(hint) is tuple else getattr(hint, "__name__", "...")


def test_a_changed_record_needs_a_new_format_number() -> None:
    """A case written before the change could not be read after it.

    When this fails: before the first release write the new digest here; after it, raise SCHEMA_VERSION as well and
    give the older format its own reader.
    """
    described = "\n".join(f"{kind.name} {_described(kind.shape)}" for kind in (*KINDS, *KEPT))
    found = (SCHEMA_VERSION, hashlib.sha256(described.encode()).hexdigest()[:16])
    assert found == (2, "12dc9f7b2b5bc413")
