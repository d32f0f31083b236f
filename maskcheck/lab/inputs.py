"""What a case passes to call(): tensors, the masks they carry, keyword arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import keras
import tensorflow as tf

from maskcheck.lab.random import rng, sample
from maskcheck.lab.values import leaf_array, live
from maskcheck.model.case import Case, Leaf

Tree = Any


@dataclass(frozen=True)
class CallInputs:
    """Arguments for one call; containers are copied and masks re-attached by ``fresh``."""

    args: tuple[Tree, ...]
    kwargs: Mapping[str, Any]
    masks: tuple[Tree, ...]

    def fresh(self, *, masks: bool = True) -> tuple[tuple[Tree, ...], dict[str, Any]]:
        """Return copies of the arguments whose tensors carry their masks, or none."""
        args = tuple(_attach(tree, mask, masks) for tree, mask in zip(self.args, self.masks, strict=True))
        return args, {name: copy_tree(value) for name, value in self.kwargs.items()}

    def has_masks(self) -> bool:
        """Tell whether any tensor carries a mask."""
        return any(leaf is not None for tree in self.masks for leaf in flatten(tree))

    def without_mask_argument(self) -> CallInputs:
        """Return the same call without its ``mask`` argument and without carried masks."""
        kwargs = {name: value for name, value in self.kwargs.items() if name != "mask"}
        return CallInputs(self.args, kwargs, tuple(map_tree(lambda _: None, tree) for tree in self.args))

    def with_carried_mask(self, seed: int) -> CallInputs | None:
        """Return the same call with a seeded mask on every tensor of rank 2 or more.

        A mask has the shape [batch, time], which is the first two axes. None if no
        tensor can carry one.
        """
        position = iter(range(1_000))
        masks = tuple(map_tree(lambda t: _carried_mask(t, seed, next(position)), tree) for tree in self.args)
        found = CallInputs(self.args, self.kwargs, masks)
        return found if found.has_masks() else None


def call_inputs(case: Case, seed: int) -> CallInputs:
    """Return the live inputs of ``case``; the same data for the same seed in every process."""
    args = tuple(_live_tree(tree, f"args[{index}]", seed) for index, tree in enumerate(case.args))
    masks = tuple(_mask_tree(tree, f"args[{index}].mask", seed) for index, tree in enumerate(case.args))
    kwargs = {name: live(value, f"call.{name}", seed) for name, value in case.call.items()}
    return CallInputs(args, kwargs, masks)


def map_tree(function: Callable[[Any], Any], tree: Tree) -> Tree:
    """Apply ``function`` to the leaves of nested lists, tuples and dicts."""
    if isinstance(tree, dict):
        return {key: map_tree(function, item) for key, item in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(map_tree(function, item) for item in tree)
    return function(tree)


def flatten(tree: Tree) -> list[Any]:
    """Return the leaves of nested lists, tuples and dicts in order."""
    leaves: list[Any] = []
    map_tree(leaves.append, tree)
    return leaves


def copy_tree(tree: Tree) -> Tree:
    """Return new containers with the same leaves."""
    return map_tree(lambda leaf: leaf, tree)


def takes(layer: keras.Layer, name: str) -> bool:
    """Tell whether ``call`` of the layer names the parameter."""
    try:
        return name in inspect.signature(layer.call).parameters
    except (TypeError, ValueError):
        return False


def _live_tree(tree: Tree, path: str, seed: int) -> Tree:
    if isinstance(tree, Leaf):
        return tf.convert_to_tensor(leaf_array(tree, path, seed))
    if isinstance(tree, Mapping):
        return {key: _live_tree(item, f"{path}.{key}", seed) for key, item in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(_live_tree(item, f"{path}[{i}]", seed) for i, item in enumerate(tree))
    return tree


def _mask_tree(tree: Tree, path: str, seed: int) -> Tree:
    def mask_of(leaf: Any) -> Any:
        if not isinstance(leaf, Leaf) or leaf.mask is None:
            return None
        return tf.cast(leaf_array(leaf.mask, path, seed), tf.bool)

    return map_tree(mask_of, tree)


def _attach(tree: Tree, masks: Tree, wanted: bool) -> Tree:
    """Return the tree with every tensor replaced by a copy that carries its mask."""
    if isinstance(tree, dict):
        return {key: _attach(item, masks[key], wanted) for key, item in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)(_attach(item, mask, wanted) for item, mask in zip(tree, masks, strict=True))
    if not isinstance(tree, tf.Tensor):
        return tree
    tensor = tf.identity(tree)
    if wanted and masks is not None:
        tensor._keras_mask = masks
    return tensor


def _carried_mask(tensor: Any, seed: int, position: int) -> Any:
    if not isinstance(tensor, tf.Tensor) or tensor.shape.rank is None or tensor.shape.rank < 2:
        return None
    return tf.constant(sample(tuple(tensor.shape[:2]), "bool", rng(seed, f"carried mask {position}")))
