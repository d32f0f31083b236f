"""A model compiled and trained for one batch, and what of that a file keeps."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, flatten, map_tree
from maskcheck.lab.keras_api import is_compiled, keras
from maskcheck.lab.layer.error_info import first_line
from maskcheck.lab.layer.plain import array_of, freeze
from maskcheck.lab.layer.random_data import rng
from maskcheck.lab.routes.support.frozen_form import read_trainability
from maskcheck.model.snapshot import Snapshot
from maskcheck.model.value import ABSENT, DictValue, ListValue, Value

STATE = "optimizer_state"


class CannotTrain(Exception):
    """The model cannot be compiled and trained with what the case gives."""


def train_on_batch(model: keras.Model, inputs: CallInputs, seed: int) -> None:
    """Compile the model, unless it is compiled, and train it on one seeded batch.

    Raises:
        CannotTrain: says why not.
    """
    args, kwargs = inputs.fresh()
    if len(args) != 1 or kwargs.keys() - {"training"}:
        raise CannotTrain("train_on_batch hands one argument to call()")
    outputs = model(args[0])
    if not all(isinstance(leaf, tf.Tensor) and leaf.dtype.is_floating for leaf in flatten(outputs)):
        raise CannotTrain("the outputs are no floats")
    targets = map_tree(lambda leaf: tf.constant(_draw_targets(leaf, seed), leaf.dtype), outputs)
    try:
        if not is_compiled(model):
            model.compile("adam", "mse", run_eagerly=True)
        model.train_on_batch(args[0], targets)
    except Exception as error:
        what = f"{type(error).__name__}: {first_line(error)}"
        raise CannotTrain(f"training on one batch raises {what}") from error


def _draw_targets(leaf: Any, seed: int) -> Any:
    return rng(seed, "targets").standard_normal(tuple(leaf.shape))


def read_compiled_state(model: keras.Model) -> Snapshot:
    """Return the weights, what the model was compiled with, and the variables of its optimizer."""
    return replace(read_trainability(model), compiled=_read_compiled(model))


def _read_compiled(model: keras.Model) -> Value:
    config = _read_compile_config(model)
    optimizer = getattr(model, "optimizer", None)
    state = _read_optimizer_state(optimizer) if optimizer is not None else ABSENT
    return DictValue("compiled", (*((key, freeze(item)) for key, item in config.items()), (STATE, state)))


def _read_compile_config(model: keras.Model) -> dict[str, Any]:
    try:
        config = keras.saving.serialize_keras_object(model.get_compile_config() or {})
        return dict(json.loads(json.dumps(config)))
    except Exception as error:
        return {"get_compile_config": f"raises {type(error).__name__}"}


def _read_optimizer_state(optimizer: Any) -> Value:
    variables = optimizer.variables
    found = variables() if callable(variables) else variables
    return ListValue("list", tuple(array_of(variable, "variable") for variable in found))
