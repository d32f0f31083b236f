"""Arguments that another argument needs: B is valid, or does anything, only where A is set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from maskcheck.lab.probe.attempt import Ground
from maskcheck.lab.probe.candidates import candidates
from maskcheck.lab.probe.hints import Hint
from maskcheck.lab.probe.parameters import Parameter

_MOST = 6
_VALUES_EACH = 3


def partnered(
    ground: Ground, parameter: Parameter, others: Iterable[Parameter], refusals: Sequence[str]
) -> Iterator[Ground]:
    """Yield grounds with one more argument set, the likeliest partner first, within a small budget.

    Args:
        others: arguments that are known to survive.
        refusals: what ``__init__`` said to the values tried alone.
    """
    found = (
        replace(ground, case=ground.changed({other.name: value}))
        for other in _likely(parameter.name, others, refusals)
        for value in candidates(
            other.name, ground.case.init.get(other.name, other.default), other.annotation, Hint(), ()
        )[:_VALUES_EACH]
    )
    yield from (ground for ground in islice(found, _MOST) if ground.base is not None)


def _likely(name: str, others: Iterable[Parameter], refusals: Sequence[str]) -> list[Parameter]:
    """Return those that a refusal names, then those whose names begin with the same word."""
    told = set(re.findall(r"\w+", " ".join(refusals)))
    word = name.partition("_")[0]
    rest = [other for other in others if other.name != name]
    named = [other for other in rest if other.name in told]
    return [*named, *(other for other in rest if other not in named and other.name.startswith(f"{word}_"))]
