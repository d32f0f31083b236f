"""Inputs of other sizes to try, as an error of ``build`` or ``call`` or an idle output suggests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from math import prod

from maskcheck.error_texts.requests import Request
from maskcheck.lab.infer.attempt import Attempt, Outcome
from maskcheck.lab.infer.correct.input_edits import (
    all_or_each,
    changed,
    each_alone,
    each_or_all,
    leaves,
    of_dtype,
    with_axis,
    with_size,
)
from maskcheck.lab.infer.guess.input_names import BATCH
from maskcheck.lab.infer.messages import Message, unequal_sizes
from maskcheck.lab.infer.quality import EMPTY, POOR, WEAK
from maskcheck.model.case import Leaf

LARGEST = 50_000  # elements of a tensor
# Axes and their sizes, for calls that show nothing; what gives no output at all grows furthest.
_STRETCHES: Mapping[int, tuple[tuple[int, int], ...]] = {
    WEAK: ((0, 16), (1, 64), (-1, 64)),
    EMPTY: ((1, 64), (-1, 64), (1, 4096), (-1, 4096)),
    POOR: ((1, 64), (-1, 64), (1, 512)),
}


def stretched(outcome: Outcome) -> Iterator[Attempt]:
    """Yield the attempt with more data, if its outputs show nothing: they may be empty or alike by chance."""
    for place, (axis, size) in enumerate(_STRETCHES.get(outcome.level, ())):
        more = changed(outcome.attempt, partial(with_axis, axis=axis, size=size), 0.1 + 0.1 * place)
        if all(prod(leaf.shape or ()) <= 4 * LARGEST for leaf in leaves(more)):
            yield more


def sized(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with other sizes: as a message demands, indices in bounds, two sizes made equal."""
    for axis, size in message.captured(Request.AXIS_SIZE, "axis", "size"):
        yield changed(attempt, partial(with_axis, axis=int(axis), size=int(size)), 0.2)
    yield from _bounded(message, attempt)
    if message.asks(Request.SORTED):
        yield from all_or_each(attempt, partial(_below, high=1), 0.3)
    yield from _equalised(message, attempt)
    sizes = {size for leaf in leaves(attempt) for size in (leaf.shape or ())[1:]}
    given = {value for value in attempt.init.values() if type(value) is int}
    numbers = [int(size) for size in message.each(Request.SIZE, "size")]
    told = [number for number in dict.fromkeys(numbers) if number not in (0, BATCH)]
    more = [2 * number for number in told if number not in sizes] if message.asks(Request.LARGER) else []
    place = 0
    for old in [number for number in told if number in sizes]:
        for new in [number for number in [*more, *told, *sorted(given)] if number != old]:
            yield from _resized(attempt, old, new, 1.2 + 0.3 * place)
            place += 1


def _bounded(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with indices in the bounds that a message names; floats may be meant as indices."""
    for high in map(int, message.each(Request.BOUND, "high")):
        if high and any(map(_whole, leaves(attempt))):
            yield changed(attempt, partial(_below, high=high), 0.3)
        elif high:
            yield from each_or_all(attempt, partial(_indices, high=high), 0.3)


def _equalised(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with one of two sizes that should be equal made the other, in the inputs."""
    for place, pair in enumerate(unequal_sizes(message)):
        for old, new in (pair, pair[::-1]):
            odd = 1.0 if new == BATCH else 0.0 if new in attempt.init.values() else 0.1
            cost = 0.5 + 0.2 * place + odd
            yield from _resized(attempt, old, new, cost)
            if new < 1:
                continue
            yield from each_alone(attempt, partial(with_size, old=old, new=new), cost + 0.3)
            if old % new == 0:  # what was repeated should have had one of them
                fewer = partial(with_size, old=old // new, new=1)
                yield from each_alone(attempt, fewer, 0.7 + 0.2 * place)


def _resized(attempt: Attempt, old: int, new: int, cost: float) -> Iterator[Attempt]:
    """Yield the attempt with every size ``old`` made ``new``, and with those of last axes alone."""
    if new < 1:
        return
    yield _last_sized(attempt, old, new, cost)
    yield changed(attempt, partial(with_size, old=old, new=new), cost + 0.05)


def _last_sized(attempt: Attempt, old: int, new: int, cost: float) -> Attempt:
    """Return the attempt with the last axis of every leaf changed from ``old`` to ``new``."""

    def change(leaf: Leaf) -> Leaf:
        return with_axis(leaf, -1, new) if leaf.shape and leaf.shape[-1] == old else leaf

    return changed(attempt, change, cost)


def _indices(leaf: Leaf, high: int) -> Leaf:
    return _below(of_dtype(leaf, "int32"), high)


def _whole(leaf: Leaf) -> bool:
    return leaf.dtype is not None and "int" in leaf.dtype


def _below(leaf: Leaf, high: int) -> Leaf:
    return replace(leaf, low=0, high=high) if _whole(leaf) else leaf
