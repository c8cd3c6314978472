"""Frozen records to canonical JSON and back, by their declared types.

One record has exactly one text: sorted keys, no spaces, every field written, UTF-8. Knows no record by name; no files.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Step = Callable[[Any], Any]

# A lone surrogate has no UTF-8 form. JSON can write it as an escape, so that even such a text comes back exactly.
# Two that make a pair it cannot: every JSON reader joins them into the one character that they stand for.
_SURROGATE = re.compile("[\ud800-\udfff]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class WrongShape(ValueError):
    """A value does not have the declared type: the sentence names the field."""


@dataclass(frozen=True, slots=True)
class Codec(Generic[T]):
    """Writes and reads records of one type. Reading is strict: no missing, unknown or differently typed field."""

    kind: type[T]
    to_plain: _Step
    from_plain: _Step

    def dump(self, record: T) -> bytes:
        """Return the canonical JSON of the record as UTF-8. Raises WrongShape when it would not come back."""
        text = _WRITER.encode(self.to_plain(record))
        try:
            return text.encode("utf-8")
        except UnicodeEncodeError as error:
            if _PAIR.search(text):
                raise WrongShape(f"{self.kind.__name__}: two halves of one character stand side by side") from error
            return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode("utf-8")

    def load(self, data: bytes) -> T:
        """Return the record written in `data`. Raises WrongShape when it is not one."""
        try:
            plain = json.loads(data.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            raise WrongShape(f"not JSON: {error}") from error
        record: T = self.from_plain(plain)
        return record


def codec(kind: type[T]) -> Codec[T]:
    """Return the codec of a frozen dataclass. Raises TypeError for a field type that has no rule."""
    shape: Any = kind
    to_plain, from_plain = _steps(shape)
    return Codec(kind, to_plain, from_plain)


@cache
def _steps(hint: Any) -> tuple[_Step, _Step]:
    """Return the writing and the reading step for one declared type."""
    origin = get_origin(hint)
    if origin in {Union, UnionType}:
        return _optional(hint)
    if origin is tuple:
        return _sequence(hint)
    if isinstance(hint, type):
        if is_dataclass(hint):
            return _record(hint)
        if hasattr(hint, "_fields"):
            return _named_tuple(hint)
        if issubclass(hint, Enum):
            return _enum(hint)
        if hint is float:
            return _number, _number
        if hint in {str, int, bool}:
            return _exactly(hint), _exactly(hint)
    raise TypeError(f"no rule writes a {hint!r} into a case file")


def _wrong(expected: str, value: object) -> WrongShape:
    return WrongShape(f"{expected} expected, {type(value).__name__} found")


def _exactly(kind: type) -> _Step:
    def step(value: Any) -> Any:
        if type(value) is kind or (kind is str and isinstance(value, str)):
            return value
        raise _wrong(kind.__name__, value)

    return step


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _wrong("finite number", value)
    return float(value)


def _enum(kind: type[Enum]) -> tuple[_Step, _Step]:
    members: dict[object, Enum] = {member.value: member for member in kind}

    def write(value: Any) -> Any:
        if not isinstance(value, kind):
            raise _wrong(kind.__name__, value)
        return value.value

    def read(value: Any) -> Any:
        if not isinstance(value, str) or value not in members:
            raise WrongShape(f"{value!r} is no {kind.__name__}")
        return members[value]

    return write, read


def _optional(hint: Any) -> tuple[_Step, _Step]:
    inner = [part for part in get_args(hint) if part is not NoneType]
    if len(inner) != 1 or NoneType not in get_args(hint):
        raise TypeError(f"no rule tells the parts of {hint!r} apart")
    write_one, read_one = _steps(inner[0])
    return (
        lambda value: None if value is None else write_one(value),
        lambda value: None if value is None else read_one(value),
    )


def _sequence(hint: Any) -> tuple[_Step, _Step]:
    element, ellipsis = get_args(hint)
    if ellipsis is not Ellipsis:
        raise TypeError(f"no rule writes a {hint!r} into a case file")
    write_one, read_one = _steps(element)

    def write(value: Any) -> Any:
        if not isinstance(value, tuple):
            raise _wrong("tuple", value)
        return [write_one(part) for part in value]

    def read(value: Any) -> Any:
        if not isinstance(value, list):
            raise _wrong("list", value)
        return tuple(read_one(part) for part in value)

    return write, read


def _named_tuple(kind: Any) -> tuple[_Step, _Step]:
    hints = get_type_hints(kind)
    steps = [_steps(hints[name]) for name in kind._fields]
    count = len(steps)

    def write(value: Any) -> Any:
        if not isinstance(value, kind):
            raise _wrong(kind.__name__, value)
        return [step(part) for (step, _), part in zip(steps, value, strict=True)]

    def read(value: Any) -> Any:
        if not isinstance(value, list) or len(value) != count:
            raise _wrong(f"list of {count}", value)
        return kind._make([step(part) for (_, step), part in zip(steps, value, strict=True)])

    return write, read


def _record(kind: Any) -> tuple[_Step, _Step]:
    hints = get_type_hints(kind)
    steps = [(field.name, *_steps(hints[field.name])) for field in fields(kind)]
    names = {name for name, _, _ in steps}

    def write(value: Any) -> Any:
        if not isinstance(value, kind):
            raise _wrong(kind.__name__, value)
        plain = {}
        for name, step, _ in steps:
            try:
                plain[name] = step(getattr(value, name))
            except WrongShape as error:
                raise WrongShape(f"{kind.__name__}.{name}: {error}") from error
        return plain

    def read(value: Any) -> Any:
        if not isinstance(value, dict) or value.keys() != names:
            raise _wrong(f"an object with the fields of {kind.__name__}", value)
        found = {}
        for name, _, step in steps:
            try:
                found[name] = step(value[name])
            except WrongShape as error:
                raise WrongShape(f"{kind.__name__}.{name}: {error}") from error
        return kind(**found)

    return write, read
