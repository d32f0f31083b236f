"""Every weight gets distinct random values, so that one that is not restored shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.constants import find_constants
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.random_data import rng
from maskcheck.lab.layer.variables import assign, finalize, read

_SPREAD = 0.4
_POSITIVE = ("var", "std", "scale", "gamma", "norm", "count", "sigma")


def randomize_weights(layer: keras.Layer, seed: int) -> dict[str, Any]:
    """Give every variable of the layer new values; return the old ones by path.

    Floats move by up to 0.4 from where they are and stay positive where their name
    or their values say so; constraints are applied. Integers are shuffled, booleans
    redrawn; none is left as it was but the positions of seed generators and constants.
    Values that a layer derives from its weights are brought up to date by ``finalize_state``, where it
    has one.
    """
    found = walk(layer)
    seeds = {id(generator.state) for generator in found.seeds.values()}
    constants = find_constants(found)
    old: dict[str, Any] = {}
    for path, entry in found.variables.items():
        if id(entry.variable) in seeds or path in constants:
            continue
        value = read(entry.variable)
        new = _moved(value, path, rng(seed, f"weight {path}"))
        if new is not None:
            old[path] = value
            assign(entry.variable, _constrained(entry.variable, new))
    finalize(layer)
    return old


def restore_weights(layer: keras.Layer, values: dict[str, Any], *, integers_only: bool) -> None:
    """Undo ``randomize_weights`` for all variables or for those that are not floats."""
    variables = walk(layer).variables
    for path, value in values.items():
        if not integers_only or value.dtype.kind not in "fVc":
            assign(variables[path].variable, value)
    finalize(layer)


def _moved(value: NDArray[Any], path: str, generator: np.random.Generator) -> NDArray[Any] | None:
    kind = value.dtype.kind
    if value.size == 0 or kind not in "fVcbiu":
        return None
    if kind == "b":
        return _redrawn(value, generator)
    if kind in "iu":
        return _shuffled(value, generator)
    wide = value.astype(np.float32) if kind == "V" else value
    step = generator.uniform(-_SPREAD, _SPREAD, wide.shape)
    if kind == "c":
        turn = 1j * generator.uniform(-_SPREAD, _SPREAD, wide.shape)
        return np.asarray(wide + step + turn, dtype=value.dtype)
    name = path.rpartition(".")[2].lower()
    positive = any(part in name for part in _POSITIVE) or bool((wide > 0).all())
    moved = np.abs(wide + step) + 0.05 if positive else wide + step
    return np.asarray(moved, dtype=np.float32 if kind == "V" else value.dtype)


def _redrawn(value: NDArray[Any], generator: np.random.Generator) -> NDArray[Any]:
    moved = np.asarray(generator.random(value.shape) < 0.5)
    return moved if (moved != value).any() else ~moved


def _shuffled(value: NDArray[Any], generator: np.random.Generator) -> NDArray[Any]:
    """Reorder integers, which keeps indices in range; a constant one moves a little."""
    first = value.flat[0]
    if (value == first).all():
        step = int(generator.integers(1, 4))
        room = int(np.iinfo(value.dtype).max) - int(first)
        return np.full_like(value, int(first) + (step if step <= room else -step))
    moved = generator.permutation(value.ravel())
    return (moved if (moved != value.ravel()).any() else np.roll(moved, 1)).reshape(value.shape)


def _constrained(variable: Any, value: NDArray[Any]) -> NDArray[Any]:
    constraint = getattr(variable, "constraint", None)
    if not callable(constraint):
        return value
    try:
        return np.asarray(constraint(tf.constant(value)))
    except Exception:  # it is the optimizer's business to find out
        return value
