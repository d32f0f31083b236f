"""Changes to the leaves of an attempt's inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from maskcheck.lab.infer.attempt import Attempt
from maskcheck.model.case import Leaf

Change = Callable[[Leaf], Leaf]


def change_leaves(attempt: Attempt, change: Change, cost: float) -> Attempt:
    """Return the attempt with ``change`` applied to every leaf that ``call`` gets."""
    args = tuple(_map_leaves(change, tree) for tree in attempt.args)
    call = {name: _map_leaves(change, value) for name, value in attempt.call.items()}
    return attempt.corrected(cost, args=args, call=call)


def list_leaves(attempt: Attempt) -> list[Leaf]:
    """Return every leaf that ``call`` gets."""
    found: list[Leaf] = []

    def note(leaf: Leaf) -> Leaf:
        found.append(leaf)
        return leaf

    change_leaves(attempt, note, 0)
    return found


def _map_leaves(change: Change, tree: Any) -> Any:
    if isinstance(tree, Leaf):
        return change(tree)
    if isinstance(tree, Mapping):
        return {key: _map_leaves(change, item) for key, item in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(_map_leaves(change, item) for item in tree)
    return tree


def with_size(leaf: Leaf, old: int, new: int) -> Leaf:
    """Return the leaf with ``new`` in place of ``old`` in its shape; the batch dimension stays."""
    shape = leaf.shape or ()
    return replace(leaf, shape=(*shape[:1], *(new if size == old else size for size in shape[1:])))


def with_axis(leaf: Leaf, axis: int, size: int) -> Leaf:
    """Return the leaf with ``size`` at ``axis``, where it has that axis."""
    shape = list(leaf.shape or ())
    if -len(shape) <= axis < len(shape) and shape[axis:]:
        shape[axis] = size
    return replace(leaf, shape=tuple(shape))


def change_all_or_each(attempt: Attempt, change: Change, cost: float) -> Iterator[Attempt]:
    """Yield the attempt with every leaf changed, and with each leaf alone."""
    yield change_leaves(attempt, change, cost)
    yield from change_each(attempt, change, cost + 0.1)


def change_each_or_all(attempt: Attempt, change: Change, cost: float) -> Iterator[Attempt]:
    """Yield the attempt with each of several leaves changed alone, and with all of them."""
    yield from change_each(attempt, change, cost)
    yield change_leaves(attempt, change, cost + 0.3 * (len(list_leaves(attempt)) > 1))


def change_each(attempt: Attempt, change: Change, cost: float) -> Iterator[Attempt]:
    """Yield the attempt with each of several leaves changed alone, the last first."""
    every = list_leaves(attempt)
    for place in range(len(every) if len(every) > 1 else 0):
        position = iter(range(len(every)))
        number = len(every) - 1 - place

        def one(leaf: Leaf, number: int = number, position: Iterator[int] = position) -> Leaf:
            return change(leaf) if next(position) == number else leaf

        yield change_leaves(attempt, one, cost + 0.2 * place)


def with_dtype(leaf: Leaf, dtype: str) -> Leaf:
    """Return the leaf in another dtype; whole numbers are 0 or 1, which are indices nearly everywhere."""
    if "int" in dtype:
        return replace(leaf, dtype=dtype, low=0, high=256 if dtype == "uint8" else 2)
    return replace(leaf, dtype=None if dtype == "float32" else dtype, low=None, high=None)
