"""Inputs of other sizes to try, as an error of ``build`` or ``call`` or an idle output suggests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from math import prod

from maskcheck.error_texts.requests import Request
from maskcheck.lab.infer.attempt import Attempt, AttemptResult
from maskcheck.lab.infer.correct.input_edits import (
    change_all_or_each,
    change_each,
    change_each_or_all,
    change_leaves,
    list_leaves,
    with_axis,
    with_dtype,
    with_size,
)
from maskcheck.lab.infer.guess.input_names import BATCH
from maskcheck.lab.infer.messages import Message, read_shapes, unequal_sizes
from maskcheck.lab.infer.quality import EMPTY, POOR, WEAK
from maskcheck.model.case import Leaf

LARGEST = 50_000  # elements of a tensor
_LENGTHS = (16, 64)  # where steps or images are too small
_SHAPES = 4  # pairs of shapes in one message
# Axes and their sizes, for calls that show nothing; what gives no output at all grows furthest.
_STRETCHES: Mapping[int, tuple[tuple[int, int], ...]] = {
    WEAK: ((0, 16), (1, 64), (-1, 64)),
    EMPTY: ((0, 16), (1, 64), (-1, 64), (1, 4096), (-1, 4096)),
    POOR: ((1, 64), (-1, 64), (1, 512)),
}


def propose_more_data(outcome: AttemptResult) -> Iterator[Attempt]:
    """Yield the attempt with more data, if its outputs show nothing: they may be empty or alike by chance."""
    for place, (axis, size) in enumerate(_STRETCHES.get(outcome.level, ())):
        more = change_leaves(outcome.attempt, partial(with_axis, axis=axis, size=size), 0.1 + 0.1 * place)
        if all(prod(leaf.shape or ()) <= 4 * LARGEST for leaf in list_leaves(more)):
            yield more


def propose_sizes(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with other sizes: as a message demands, indices in bounds, two sizes made equal."""
    for axis, size in message.captured(Request.AXIS_SIZE, "axis", "size"):
        yield from change_all_or_each(attempt, partial(with_axis, axis=int(axis), size=int(size)), 0.2)
    yield from _propose_indices(message, attempt)
    if message.asks(Request.LONGER):
        yield from (change_leaves(attempt, partial(_lengthen, size=size), 0.3) for size in _LENGTHS)
    yield from _propose_fewer_values(message, attempt)
    yield from _propose_other_shapes(message, attempt)
    if message.asks(Request.SORTED):
        yield from change_all_or_each(attempt, partial(_bound_integers, high=1), 0.3)
    yield from _propose_equal_sizes(message, attempt)
    sizes = {size for leaf in list_leaves(attempt) for size in (leaf.shape or ())[1:]}
    given = {value for value in attempt.init.values() if type(value) is int}
    numbers = [int(size) for size in message.each(Request.SIZE, "size")]
    stated = [number for number in dict.fromkeys(numbers) if number not in (0, BATCH)]
    more = [2 * number for number in stated if number not in sizes] if message.asks(Request.LARGER) else []
    place = 0
    for old in [number for number in stated if number in sizes]:
        for new in [number for number in [*more, *stated, *sorted(given)] if number != old]:
            yield from _resize(attempt, old, new, 1.2 + 0.3 * place)
            place += 1


def _propose_indices(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with indices in the bounds that a message names; floats may be meant as indices."""
    for high in map(int, message.each(Request.BOUND, "high")):
        if high > 1 and all(leaf.high is not None and leaf.high <= high for leaf in list_leaves(attempt)):
            yield change_leaves(attempt, partial(_bound_integers, high=high // 2), 0.3)  # something is added
        elif high and any(map(_is_integer, list_leaves(attempt))):
            yield change_leaves(attempt, partial(_bound_integers, high=high), 0.3)
        elif high:
            yield from change_each_or_all(attempt, partial(_as_indices, high=high), 0.3)


def _lengthen(leaf: Leaf, size: int) -> Leaf:
    """Return the leaf with so many steps, or as an image of that size."""
    shape = leaf.shape or ()
    inner = len(shape[1:-1]) or len(shape[1:])
    longer = tuple(max(size, old) for old in shape[1 : 1 + inner])
    return replace(leaf, shape=(*shape[:1], *longer, *shape[1 + inner :]))


def _propose_fewer_values(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with an axis of one, where a message wants so many times fewer values."""
    for given, wanted in message.captured(Request.FEWER_VALUES, "given", "wanted"):
        times, rest = divmod(int(given), int(wanted) or 1)
        if times > 1 and not rest:
            yield from change_each_or_all(attempt, partial(with_size, old=times, new=1), 0.3)


def _propose_other_shapes(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with one tensor in the shape of another that a message puts beside its own.

    Where that has an axis more, as a mask has that goes with features or with heads, it may also be of one.
    """
    shapes = list(dict.fromkeys(read_shapes(message)))
    pairs = [(one, other) for one in shapes for other in shapes if len(one) < len(other)]
    for place, (one, other) in enumerate(pairs[:_SHAPES]):
        longer = (
            [(*one[:axis], 1, *one[axis:]) for axis in (len(one), 1)] if len(other) == len(one) + 1 else []
        )
        for number, shape in enumerate([*longer, other]):
            change = partial(_replace_shape, old=one, new=shape)
            yield from change_each_or_all(attempt, change, 0.4 + 0.2 * place + 0.1 * number)


def _replace_shape(leaf: Leaf, old: tuple[int, ...], new: tuple[int, ...]) -> Leaf:
    return replace(leaf, shape=new) if leaf.shape == old else leaf


def _propose_equal_sizes(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with one of two sizes that should be equal made the other, in the inputs."""
    for place, pair in enumerate(unequal_sizes(message)):
        for old, new in (pair, pair[::-1]):
            odd = 1.0 if new == BATCH else 0.0 if new in attempt.init.values() else 0.1
            cost = 0.5 + 0.2 * place + odd
            yield from _resize(attempt, old, new, cost)
            if new < 1:
                continue
            yield from change_each(attempt, partial(with_size, old=old, new=new), cost + 0.3)
            if old % new == 0:  # what was repeated should have had one of them
                fewer = partial(with_size, old=old // new, new=1)
                yield from change_each(attempt, fewer, 0.7 + 0.2 * place)


def _resize(attempt: Attempt, old: int, new: int, cost: float) -> Iterator[Attempt]:
    """Yield the attempt with every size ``old`` made ``new``, and with those of last axes alone."""
    if new < 1:
        return
    yield _resize_last(attempt, old, new, cost)
    yield change_leaves(attempt, partial(with_size, old=old, new=new), cost + 0.05)


def _resize_last(attempt: Attempt, old: int, new: int, cost: float) -> Attempt:
    """Return the attempt with the last axis of every leaf changed from ``old`` to ``new``."""

    def change(leaf: Leaf) -> Leaf:
        return with_axis(leaf, -1, new) if leaf.shape and leaf.shape[-1] == old else leaf

    return change_leaves(attempt, change, cost)


def _as_indices(leaf: Leaf, high: int) -> Leaf:
    return _bound_integers(with_dtype(leaf, "int32"), high)


def _is_integer(leaf: Leaf) -> bool:
    return leaf.dtype is not None and "int" in leaf.dtype


def _bound_integers(leaf: Leaf, high: int) -> Leaf:
    return replace(leaf, low=0, high=high) if _is_integer(leaf) else leaf
