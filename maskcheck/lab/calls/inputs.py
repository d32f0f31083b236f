"""What a case passes to call(): tensors, the masks they carry, keyword arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np
import tensorflow as tf

from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.random_data import rng, sample
from maskcheck.lab.layer.spec_values import live
from maskcheck.lab.layer_class.entry import bypasses_call, find_entry, read_parameters
from maskcheck.model.case import Case

Tree = Any


@dataclass(frozen=True)
class CallInputs:
    """Arguments for one call, whose tensors may carry masks; ``fresh`` copies all of it."""

    args: tuple[Tree, ...]
    kwargs: Mapping[str, Any]

    def fresh(self) -> tuple[tuple[Tree, ...], dict[str, Any]]:
        """Return copies of the arguments; the tensors carry the same masks."""
        args = tuple(map_tree(_fresh, tree) for tree in self.args)
        return args, {name: map_tree(_fresh, value) for name, value in self.kwargs.items()}

    def has_masks(self) -> bool:
        """Tell whether any tensor carries a mask."""
        leaves = flatten([*self.args, *self.kwargs.values()])
        return any(carried_mask(leaf) is not None for leaf in leaves)

    def without_mask_argument(self) -> CallInputs:
        """Return the same call without its ``mask`` argument and without carried masks."""
        args = tuple(map_tree(_bare, tree) for tree in self.args)
        kwargs = {name: map_tree(_bare, value) for name, value in self.kwargs.items() if name != "mask"}
        return CallInputs(args, kwargs)

    def with_carried_mask(self, seed: int) -> CallInputs | None:
        """Return the same call with a seeded mask on every positional tensor of rank 2 or more.

        A mask has the shape [batch, time], which is the first two axes. None if no
        tensor can carry one.
        """
        position = count()
        args = tuple(map_tree(lambda leaf: _masked(leaf, seed, next(position)), tree) for tree in self.args)
        found = CallInputs(args, self.kwargs)
        return found if found.has_masks() else None

    def with_mask_argument(self) -> CallInputs | None:
        """Return the same call with the masks of the first argument passed as ``mask`` instead of carried.

        None if the first argument carries none.
        """
        masks = map_tree(carried_mask, self.args[0]) if self.args else None
        if all(mask is None for mask in flatten(masks)):
            return None
        bare = self.without_mask_argument()
        return CallInputs(bare.args, {**bare.kwargs, "mask": masks})

    def with_constant_masks(self, flag: bool) -> CallInputs:
        """Return the same call with every value of its masks, carried or passed as ``mask``, replaced."""
        args = tuple(map_tree(lambda leaf: _constant(leaf, flag), tree) for tree in self.args)
        kwargs = {name: map_tree(lambda leaf: _constant(leaf, flag), v) for name, v in self.kwargs.items()}
        if self.kwargs.get("mask") is not None:
            kwargs["mask"] = map_tree(lambda leaf: _filled(leaf, flag), self.kwargs["mask"])
        return CallInputs(args, kwargs)


def call_inputs(case: Case, seed: int) -> CallInputs:
    """Return the live inputs of ``case``; the same data for the same seed in every process."""
    args = tuple(live(tree, f"args[{index}]", seed) for index, tree in enumerate(case.args))
    return CallInputs(args, {name: live(value, f"call.{name}", seed) for name, value in case.call.items()})


def map_tree(function: Callable[[Any], Any], tree: Tree) -> Tree:
    """Apply ``function`` to the leaves of nested lists, tuples (named ones too) and dicts."""
    if isinstance(tree, dict):
        return {key: map_tree(function, item) for key, item in tree.items()}
    if isinstance(tree, (list, tuple)):
        items = [map_tree(function, item) for item in tree]
        return type(tree)(*items) if hasattr(tree, "_fields") else type(tree)(items)
    return function(tree)


def flatten(tree: Tree) -> list[Any]:
    """Return the leaves of nested lists, tuples and dicts in order."""
    leaves: list[Any] = []
    map_tree(leaves.append, tree)
    return leaves


def takes(layer: keras.Layer, name: str) -> bool:
    """Tell whether a call of the layer names the parameter."""
    entry = find_entry(type(layer)) if bypasses_call(type(layer)) else layer.call
    return name in read_parameters(entry)


@dataclass(frozen=True)
class TensorArgument:
    """A parameter that a call gives tensors to: a tree of them, and whether it may be left out."""

    tree: Tree
    optional: bool


def list_tensors(layer: keras.Layer, inputs: CallInputs) -> dict[str, TensorArgument]:
    """Return what a call gives tensors to, but for masks, by the name of the parameter."""
    entry = find_entry(type(layer))
    try:
        given = inspect.signature(entry).bind(layer, *inputs.args, **inputs.kwargs).arguments
    except (TypeError, ValueError):
        return {}
    parameters = read_parameters(entry)
    return {
        name: TensorArgument(value, parameters[name].default is not inspect.Parameter.empty)
        for name, value in given.items()
        if "mask" not in name and any(isinstance(each, tf.Tensor) for each in flatten(value))
    }


def carried_mask(leaf: Any) -> Any:
    """Return the Keras mask that a tensor carries, None where there is none."""
    return getattr(leaf, "_keras_mask", None)


def _fresh(leaf: Any) -> Any:
    if isinstance(leaf, np.ndarray):
        return leaf.copy()
    copy = _bare(leaf)
    if copy is not leaf and carried_mask(leaf) is not None:
        copy._keras_mask = carried_mask(leaf)
    return copy


def _bare(leaf: Any) -> Any:
    return tf.identity(leaf) if isinstance(leaf, tf.Tensor) else leaf


def _constant(leaf: Any, flag: bool) -> Any:
    """Return a copy of a tensor whose carried mask has one value only; all else as it is."""
    copy = _fresh(leaf)
    if carried_mask(copy) is not None:
        copy._keras_mask = _filled(carried_mask(leaf), flag)
    return copy


def _filled(mask: Any, flag: bool) -> Any:
    """Return a mask of the same shape with one value only, None for None."""
    return None if mask is None else tf.cast(tf.fill(tf.shape(mask), flag), tf.as_dtype(mask.dtype))


def _masked(leaf: Any, seed: int, position: int) -> Any:
    if not isinstance(leaf, tf.Tensor) or leaf.shape.rank is None or leaf.shape.rank < 2:
        return leaf
    copy, generator = tf.identity(leaf), rng(seed, f"carried mask {position}")
    copy._keras_mask = tf.constant(sample(tuple(leaf.shape[:2]), "bool", generator))
    return copy
