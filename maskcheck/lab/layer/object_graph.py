"""Every layer and variable that can be reached from a layer, with the attribute path to each.

Keras' own list of weights goes by position and by names that differ between
two instances; attribute paths (``blocks[0].dense.kernel``) do not.
"""

from __future__ import annotations

import functools
import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import tensorflow as tf

from maskcheck.lab.keras_api import is_keras, keras, own_variables, seed_generators
from maskcheck.lab.layer.guarded import (
    is_a,
    is_layer,
    list_items,
    list_pairs,
    read_attribute,
    read_state,
    try_read,
)

_DEPTH = 8
_LEAVES = (str, bytes, int, float, complex, bool, range, type(None), type, np.ndarray, np.generic, tf.Tensor)
# The name that Keras gives to a variable without one; it differs between two instances.
_AUTOMATIC = re.compile(r"variable(_\d+)?", re.IGNORECASE)
# Keras' saver sets these on its own Dense and EinsumDense, and Keras 2 the batch size that the latter
# was built for; they say nothing of the layer.
_SET_BY_LOADING = frozenset({"is_gptq_calibrated", "is_awq_calibrated", "full_output_shape"})


@dataclass(frozen=True)
class FoundVariable:
    """A variable, the path that names it, and the object that holds it."""

    path: str
    variable: Any
    owner: Any


@dataclass
class Walk:
    """What one walk found: first paths in ``layers`` and ``variables``, all paths in ``aliases``."""

    layers: dict[str, keras.Layer] = field(default_factory=dict)
    variables: dict[str, FoundVariable] = field(default_factory=dict)
    seeds: dict[str, keras.random.SeedGenerator] = field(default_factory=dict)
    metrics: dict[str, keras.metrics.Metric] = field(default_factory=dict)
    names: dict[int, tuple[str, str]] = field(default_factory=dict)
    aliases: dict[int, list[str]] = field(default_factory=dict)
    keep: list[Any] = field(default_factory=list)

    def shared(self) -> frozenset[frozenset[str]]:
        """Return the groups of paths that lead to one object."""
        return frozenset(frozenset(paths) for paths in self.aliases.values() if len(paths) > 1)


@cache
def base_attributes(model: bool) -> frozenset[str]:
    """Return the names that Keras itself puts on every layer (or model) instance."""
    layer: keras.Layer = keras.Model() if model else keras.Layer()
    plain = keras.Sequential([keras.layers.Identity()]) if model else keras.layers.Identity()
    plain(tf.ones((1, 1)))
    graph: Any = object()
    if model:
        plain.compile("sgd", "mse")
        inputs = keras.Input((1,))
        graph = keras.Model(inputs, keras.layers.Identity()(inputs))
    # What fit, evaluate and predict leave on a model of the user's own.
    extra = {"history", "stop_evaluating", "stop_predicting", "_eval_epoch_iterator"} if model else set()
    extra |= {"_build_shapes_dict", "_losses_override", "_loss_ids", "_losses", "input_spec", "_input_spec"}
    extra |= {"_steps_per_execution"}  # of Keras 2, on layers that adapt
    return frozenset(
        {*vars(layer), *vars(plain), *(vars(graph) if model else ()), *extra} - {"layer", "cell"}
    )


def own_attributes(layer: keras.Layer) -> dict[str, Any]:
    """Return the instance attributes that the layer's class adds to Keras' own, or puts in their place."""
    skip = base_attributes(is_a(layer, keras.Model))
    if is_keras(type(layer)):
        skip |= _SET_BY_LOADING
    return {
        name: value
        for name, value in read_state(layer).items()
        if not name.startswith("_self_") and (name not in skip or _in_place(name, value))
    }


def _in_place(name: str, value: Any) -> bool:
    """Tell whether a layer stands under the name of a method that Keras puts on every instance."""
    return is_layer(value) and not name.startswith("_")


@dataclass(frozen=True)
class _Step:
    """Something to look into: what it is, where it was found, and the containers around it."""

    value: Any
    path: str
    owner: Any
    above: tuple[int, ...] = ()


def walk(root: keras.Layer) -> Walk:
    """Visit ``root`` (path "") and all it holds: attributes, containers, plain objects, sub-layers.

    What Keras tracks but no attribute shows (a weight in a closure) is named after
    the layer that tracks it and its own name; a layer that was replaced before it was
    ever built is no part of this one any more.
    """
    found = Walk()
    _follow(_Step(root, "", root), found)
    for index, layer in enumerate(tracked_layers(root)):
        if id(layer) not in found.names and read_attribute(layer, "built"):
            _follow(_Step(layer, f"layers[{index}]", root), found)
    for path, layer in list(found.layers.items()):
        for variable in _own_variables(layer):
            if id(variable) not in found.names:
                _add_variable(variable, _join(path, _bare_name(variable)), layer, found)
    return found


def _own_variables(layer: keras.Layer) -> list[Any]:
    return try_read(lambda: own_variables(layer), [])


def tracked_layers(root: keras.Layer) -> list[keras.Layer]:
    """Return the layers below one that Keras knows of."""
    return try_read(lambda: list(root._flatten_layers(include_self=False, recursive=True)), [])


def tracked_ids(root: keras.Layer) -> frozenset[int]:
    """Return the identities of the layers that Keras knows of, the root included."""
    return frozenset(id(layer) for layer in [root, *tracked_layers(root)])


def _follow(first: _Step, found: Walk) -> None:
    """Look into all that a step leads to, depth first and without recursion: chains may be of any length."""
    pending = [iter([first])]
    while pending:
        step = next(pending[-1], None)
        if step is None:
            pending.pop()
        else:
            pending.append(iter(_look_into(step, found)))


def _look_into(step: _Step, found: Walk) -> Iterable[_Step]:
    """Note what is found at a step, and return the steps from there."""
    value, path = step.value, step.path
    if _is_leaf(value) or id(value) in step.above or len(step.above) > _DEPTH:
        return ()
    if is_layer(value):
        return () if _seen(value, path, "layer", found) else _look_into_layer(value, path, found)
    if is_a(value, (keras.Variable, tf.Variable)):
        _add_variable(value, _variable_path(value, path), step.owner, found)
    elif is_a(value, keras.random.SeedGenerator):
        if not _seen(value, path, "seed", found):
            found.seeds[path] = value
            _add_variable(value.state, _join(path, "state"), value, found)
    elif is_a(value, keras.metrics.Metric):
        if not _seen(value, path, "metric", found):
            found.metrics[path] = value
            for variable in read_attribute(value, "variables", ()):
                _add_variable(variable, _join(path, _bare_name(variable)), value, found)
    else:
        return _look_into_object(step)
    return ()


def _look_into_layer(layer: keras.Layer, path: str, found: Walk) -> Iterator[_Step]:
    found.layers[path] = layer
    for name, value in own_attributes(layer).items():
        yield _Step(value, _join(path, name), layer)
    if is_a(layer, keras.Model):
        parts: list[keras.Layer] = try_read(lambda: list(layer.layers), [])
        for index, part in enumerate(parts):
            if read_attribute(part, "built"):
                yield _Step(part, _join(path, f"layers[{index}]"), layer)
    generators: list[Any] = try_read(lambda: seed_generators(layer), [])
    for generator in generators:
        yield _Step(generator, _join(path, "seed_generator"), layer)


def _look_into_object(step: _Step) -> Iterator[_Step]:
    for name, child in _children(step.value):
        holder = step.owner if name.startswith("[") else step.value
        yield _Step(child, step.path + name, holder, (*step.above, id(step.value)))


def _is_leaf(value: Any) -> bool:
    """Tell whether there is nothing to look into, or a value that refuses to be looked at."""
    return try_read(lambda: isinstance(value, _LEAVES), True)


def _children(value: Any) -> list[tuple[str, Any]]:
    """Return what a container or object holds, with the step that leads there; nothing if it refuses."""
    return try_read(lambda: list(_steps(value)), [])


def _steps(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, item in list_pairs(value):
            yield f"[{key!r}]", item
    elif isinstance(value, (Sequence, Set)):
        for index, item in enumerate(list_items(value)):
            yield f"[{index}]", item
    elif isinstance(value, functools.partial):
        yield ".func", value.func
        for place, item in (*enumerate(value.args), *value.keywords.items()):
            yield f"[{place!r}]", item
    elif isinstance(value, types.MethodType):
        yield ".__self__", value.__self__
    elif isinstance(value, types.FunctionType):
        if is_user_code(value.__module__):
            yield from _list_captured(value)
    elif is_user_code(type(value).__module__):
        for name, item in read_state(value).items():
            yield f".{name}", item


def _list_captured(function: types.FunctionType) -> Iterator[tuple[str, Any]]:
    """Yield what a function has taken along from the one that made it, but for variables: layers own them."""
    for name, cell in zip(function.__code__.co_freevars, function.__closure__ or (), strict=True):
        held = read_attribute(cell, "cell_contents")  # None where it has no value yet
        if not is_a(held, (keras.Variable, tf.Variable)):
            yield f".{name}", held


def is_user_code(module: str | None) -> bool:
    """Tell whether what a module defines may hold layers of the user's."""
    top = (module or "").partition(".")[0]
    return top not in ("builtins", "functools", "keras", "tensorflow", "numpy", "tf_keras")


def _add_variable(variable: Any, path: str, owner: Any, found: Walk) -> None:
    unique, count = path, 2
    while unique in found.variables and found.variables[unique].variable is not variable:
        unique, count = f"{path}#{count}", count + 1
    if not _seen(variable, unique, "variable", found):
        found.variables[unique] = FoundVariable(unique, variable, owner)


def _variable_path(variable: Any, path: str) -> str:
    """Prefer the name that a variable was given to a private attribute: ``kernel`` to ``_kernel``."""
    head, _, last = path.rpartition(".")
    name = _bare_name(variable)
    if not last.startswith("_") or "[" in last or _AUTOMATIC.fullmatch(name):
        return path
    return _join(head, name)


def _bare_name(variable: Any) -> str:
    """Return the name that a variable was given, without the scopes and numbers that TensorFlow adds."""
    return str(variable.name).partition(":")[0].rpartition("/")[2]


def _seen(value: Any, path: str, kind: str, found: Walk) -> bool:
    paths = found.aliases.setdefault(id(value), [])
    if path not in paths:
        paths.append(path)
    if id(value) in found.names:
        return True
    found.names[id(value)] = (kind, path)
    found.keep.append(value)
    return False


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
