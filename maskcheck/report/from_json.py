"""Converts plain data, as JSON holds it, to dataclasses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

_T = TypeVar("_T")


def parse_value(kind: type[_T], value: object, where: str) -> _T:
    """Return ``value`` as a ``kind``: a dataclass, an enumeration, a number, a text.

    Dataclasses may hold any of these, tuples and mappings of them, and None where their fields say so.

    Raises:
        ValueError: it is not one; says where, ``where`` being the path of ``value``.
    """
    return cast(_T, _parse(kind, value, where))


def _parse(kind: Any, value: Any, where: str) -> Any:
    arguments = get_args(kind)
    if kind is Any:
        return value
    if get_origin(kind) is UnionType:
        (other,) = (argument for argument in arguments if argument is not NoneType)
        return None if value is None else _parse(other, value, where)
    if get_origin(kind) is tuple:
        _check(isinstance(value, list), where, "a list")
        return tuple(_parse(arguments[0], item, f"{where}[{index}]") for index, item in enumerate(value))
    if get_origin(kind) is Mapping:
        _check(isinstance(value, dict), where, "an object")
        return {name: _parse(arguments[1], item, f"{where}.{name}") for name, item in value.items()}
    if is_dataclass(kind):
        return _parse_dataclass(kind, value, where)
    return _parse_scalar(kind, value, where)


def _parse_dataclass(kind: Any, value: Any, where: str) -> Any:
    _check(isinstance(value, dict), where, "an object")
    hints = get_type_hints(kind)
    for name in value:
        if name not in hints:
            raise ValueError(f"{where} has an unknown key {name!r}")
    for field in fields(kind):
        if field.name not in value and field.default is MISSING:
            raise ValueError(f"{where} has no {field.name!r}")
    return kind(**{name: _parse(hints[name], item, f"{where}.{name}") for name, item in value.items()})


def _parse_scalar(kind: Any, value: Any, where: str) -> Any:
    if issubclass(kind, Enum):
        known = [member.value for member in kind]
        _check(value in known, where, f"one of {', '.join(known)}")
        return kind(value)
    if kind is float:
        _check(type(value) in (int, float), where, "a number")
        return float(value)
    _check(type(value) is kind, where, {int: "an integer", str: "a text", bool: "true or false"}[kind])
    return value


def _check(holds: bool, where: str, wanted: str) -> None:
    if not holds:
        raise ValueError(f"{where} is not {wanted}")
