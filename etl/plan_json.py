"""Plain records ↔ JSON: a record is the list of its fields, rebuilt from the types that its class declares."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

PLAIN = (str, int, float, bool, type(None))


def to_json(value: Any) -> Any:
    """Records, tuples and dates as lists and texts that `json` can write.

    >>> to_json(Place(7, page=2))  # doctest: +SKIP
    [7, 2, None, None, None]
    """
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, tuple):
        return [to_json(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    kind: Any = type(value)
    return [to_json(getattr(value, name)) for name in _names(kind)]


def from_json(kind: type, value: Any) -> Any:
    """The record of class `kind` that `to_json` wrote.

    Raises TypeError for a class with fields of a type that is never written (a dict, a set).
    """
    return _reader(kind)(value)


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """How a value of this type is read back: `_same` where it is written as it is."""
    origin = get_origin(kind)
    if kind in PLAIN or origin is Literal:
        return _same
    if origin in (Union, types.UnionType):
        (inner,) = (one for one in get_args(kind) if one is not type(None))
        return _optional(_reader(inner))
    if origin is tuple:
        return _tuple(get_args(kind))
    if kind is date:
        return date.fromisoformat
    if is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"{kind} is never written")


def _same(value: Any) -> Any:
    return value


def _optional(inner: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return inner if inner is _same else lambda value: None if value is None else inner(value)


def _tuple(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        inner = _reader(kinds[0])
        return tuple if inner is _same else lambda values: tuple(map(inner, values))
    inners = [_reader(kind) for kind in kinds]
    return lambda values: tuple(inner(value) for inner, value in zip(inners, values, strict=True))


def _record(kind: Any) -> Callable[[Any], Any]:
    hints = get_type_hints(kind)
    inners = [_reader(hints[name]) for name in _names(kind)]
    mended = [(at, inner) for at, inner in enumerate(inners) if inner is not _same]

    def read(values: list[Any]) -> Any:
        for at, inner in mended:
            values[at] = inner(values[at])
        return kind(*values)

    return read
