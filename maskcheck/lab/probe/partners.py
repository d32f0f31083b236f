"""Sets other arguments that a probed one needs: B is valid, or has an effect, only where A is set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from maskcheck.lab.layer_class.outside import find_outside
from maskcheck.lab.layer_class.parameters import Parameter
from maskcheck.lab.probe.attempt import Ground
from maskcheck.lab.probe.candidates import list_candidates
from maskcheck.lab.probe.hints import Hint
from maskcheck.model.case import SpecValue
from maskcheck.model.error import ErrorInfo

_MOST = 6
_VALUES_EACH = 3


def add_partners(
    ground: Ground,
    parameter: Parameter,
    known: Iterable[Parameter],
    proven: Iterable[Parameter],
    refusals: Sequence[ErrorInfo],
) -> Iterator[Ground]:
    """Yield grounds with one more argument set, the likeliest partner first, within a small budget.

    Args:
        known: all arguments.
        proven: those that are known to survive.
        refusals: what ``__init__`` said to the values tried alone.
    """
    outside = find_outside(ground.cls)
    found = (
        replace(ground, case=ground.change_case({other.name: value}), partner=other.name)
        for other in _list_likely(parameter.name, known, proven, refusals)
        if other.name not in outside
        for value in list_candidates(
            other.name, ground.case.init.get(other.name, other.default), other.annotation, Hint(), ()
        )[:_VALUES_EACH]
    )
    yield from (ground for ground in islice(found, _MOST) if ground.base is not None)


def switch_flags(
    ground: Ground,
    parameter: Parameter,
    known: Iterable[Parameter],
    values: Sequence[SpecValue],
    hints: Mapping[str, Hint],
) -> Iterator[Ground]:
    """Yield grounds with a value and one flag or word changed: what a layer does not use, it need not keep.

    Args:
        known: all arguments.
        values: those of the argument, of which the first is for the ground.
        hints: of all arguments, for the words that they may be.
    """
    given = {other.name: ground.case.init.get(other.name, other.default) for other in known}
    found = (
        replace(ground, case=ground.change_case({name: other, parameter.name: values[0]}))
        for name, value in given.items()
        if name != parameter.name
        for other in _list_switched(value, hints.get(name, Hint()))
    )
    yield from (ground for ground in islice(found, _MOST) if ground.base is not None)


def _list_switched(value: SpecValue, hint: Hint) -> tuple[SpecValue, ...]:
    if isinstance(value, bool):
        return (not value,)
    return tuple(word for word in hint.words if word != value) if isinstance(value, str) else ()


def _list_likely(
    name: str, known: Iterable[Parameter], proven: Iterable[Parameter], refusals: Sequence[ErrorInfo]
) -> list[Parameter]:
    """Return those that a refusal names, then proven ones whose names begin with the same word."""
    told = {word for refusal in refusals for word in refusal.words}
    word = name.partition("_")[0]
    named = [other for other in known if other.name in told and other.name != name]
    alike = [other for other in proven if other.name.startswith(f"{word}_") and other.name != name]
    return [*named, *(other for other in alike if other not in named)]
