"""Changes to the leaves of an attempt's inputs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from maskcheck.lab.infer.attempt import Attempt
from maskcheck.model.case import Leaf

Change = Callable[[Leaf], Leaf]


def changed(attempt: Attempt, change: Change, cost: float) -> Attempt:
    """Return the attempt with ``change`` applied to every leaf that ``call`` gets."""
    args = tuple(_mapped(change, tree) for tree in attempt.args)
    call = {name: _mapped(change, value) for name, value in attempt.call.items()}
    return attempt.corrected(cost, args=args, call=call)


def leaves(attempt: Attempt) -> list[Leaf]:
    """Return every leaf that ``call`` gets."""
    found: list[Leaf] = []

    def note(leaf: Leaf) -> Leaf:
        found.append(leaf)
        return leaf

    changed(attempt, note, 0)
    return found


def _mapped(change: Change, tree: Any) -> Any:
    if isinstance(tree, Leaf):
        return change(tree)
    if isinstance(tree, Mapping):
        return {key: _mapped(change, item) for key, item in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(_mapped(change, item) for item in tree)
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
