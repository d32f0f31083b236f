"""Second values for an argument, the likeliest first."""

from __future__ import annotations

import enum
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from maskcheck.lab.probe.hints import Hint
from maskcheck.lab.probe.roles import ANYTHING, SOFTSIGN, suggest_by_name
from maskcheck.model.case import ArrayTag, ImportTag, ObjectTag, SpecValue

_MOST = 6
# A factor with many digits: a value made with it shows rounding.
_ODD = 0.6180339887


def list_candidates(
    name: str, given: Any, annotation: Any, hint: Hint, wanted: Sequence[SpecValue]
) -> tuple[SpecValue, ...]:
    """Return up to six values to try instead of ``given``, none of them equal to it.

    Args:
        given: the value of the case or the default, as the spec or Python writes it.
        annotation: of the parameter, or ``inspect.Parameter.empty``.
        hint: what the class does with the argument.
        wanted: what the spec's ``probe`` names; nothing else is tried if it names any.
    """
    found: list[SpecValue] = []
    for value in wanted or _suggest(name, given, annotation, hint):
        if not _is_same(value, given) and not any(_is_same(value, other) for other in found):
            found.append(value)
    return tuple(islice(found, _MOST))


def _is_same(value: Any, other: Any) -> bool:
    try:
        return type(value) is type(other) and bool(value == other)
    except Exception:
        return False


def _suggest(name: str, given: Any, annotation: Any, hint: Hint) -> Iterator[SpecValue]:
    if isinstance(given, bool):
        yield not given
        return
    if isinstance(given, str) or given is None:
        yield from hint.words
    if given == "auto":
        yield from (False, True)
    usual = suggest_by_name(name) or suggest_by_name(hint.role)
    yield from (value for value in usual if given is None or _fits(value, given))
    empty = isinstance(given, Mapping) and not given
    if hint.keys and (empty or given is None or given is inspect.Parameter.empty):
        yield from (dict.fromkeys(hint.keys, number) for number in (_ODD, 2))
    yield from _suggest_by_annotation(annotation)
    yield from _suggest_alike(given)
    if given is None or given is inspect.Parameter.empty:
        yield from ANYTHING


def _fits(value: Any, given: Any) -> bool:
    """Tell whether a value that a name suggests has the form of the given one."""
    if isinstance(given, (int, float)):
        return isinstance(value, (int, float))
    return isinstance(value, type(given)) or callable(given)


def _suggest_by_annotation(annotation: Any) -> Iterator[SpecValue]:
    if isinstance(annotation, str) or annotation is inspect.Parameter.empty:
        return
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Literal:
        yield from arguments
    elif origin in (typing.Union, types.UnionType):
        for argument in arguments:
            yield from _suggest_by_annotation(argument)
    elif isinstance(annotation, type):
        yield from _suggest_by_type(annotation)
    elif origin in (tuple, list) and arguments and arguments[0] in (int, float):
        yield origin(arguments[0](i + 2) for i in range(2))
    elif origin is Callable or annotation is Callable:
        yield SOFTSIGN


def _suggest_by_type(kind: type) -> Iterator[SpecValue]:
    if kind is bool:
        yield True
    elif kind is int:
        yield from (2, 3)
    elif kind is float:
        yield from (0.5, 2.0)
    elif issubclass(kind, enum.Enum):
        yield from kind


def _suggest_alike(given: Any) -> Iterator[SpecValue]:
    """Yield values of the same form: another number, another tuple of the same length."""
    if isinstance(given, enum.Enum):
        yield from type(given)
    elif isinstance(given, int):
        yield from (given + 1, given * 2) if given > 0 else (given - 1, given + 1, given + 2)
    elif isinstance(given, float):
        yield from (given * _ODD, given * _ODD + 1 - _ODD, given + _ODD) if given else (_ODD / 2, _ODD, 1.0)
    elif isinstance(given, str):
        yield f"{given}_2"
    elif isinstance(given, (list, tuple)):
        yield from _suggest_alike_items(given)
    elif isinstance(given, Mapping):
        yield from _suggest_alike_mappings(given)
    elif isinstance(given, ObjectTag):
        for init in _suggest_alike_mappings(given.init):
            yield ObjectTag(given.path, init, given.mark)
    elif callable(given) or isinstance(given, ImportTag):
        yield SOFTSIGN


def _suggest_alike_items(given: list[Any] | tuple[Any, ...]) -> Iterator[SpecValue]:
    if not given or any(isinstance(item, (ArrayTag, ObjectTag)) for item in given):
        return
    for number in range(3):
        changed = [next(islice(_suggest_alike_item(item), number, None), item) for item in given]
        yield type(given)(changed)


def _suggest_alike_item(item: Any) -> Iterator[SpecValue]:
    return iter([not item]) if isinstance(item, bool) else _suggest_alike(item)


def _suggest_alike_mappings(given: Mapping[Any, Any]) -> Iterator[dict[Any, Any]]:
    for key, value in given.items():
        for other in _suggest_alike_item(value):
            yield {**given, key: other}
