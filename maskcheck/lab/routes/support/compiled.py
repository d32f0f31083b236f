"""A model compiled and trained for one batch, and what of that a file keeps."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, flatten, map_tree
from maskcheck.lab.keras_api import is_compiled, keras
from maskcheck.lab.layer.error_info import first_line
from maskcheck.lab.layer.plain import array_of, freeze
from maskcheck.lab.layer.random_data import rng
from maskcheck.lab.routes.support.compile_arguments import find_kept, list_ways
from maskcheck.lab.routes.support.frozen_form import read_trainability
from maskcheck.model.snapshot import ARGUMENTS, Snapshot
from maskcheck.model.value import ABSENT, DictValue, ListValue, Value

STATE = "optimizer_state"
# How a model computes, not what; it is compiled so here to be quick.
_RUN_EAGERLY = "run_eagerly"


class CannotTrain(Exception):
    """The model cannot be compiled and trained with what the case gives."""


def train_on_batch(model: keras.Model, inputs: CallInputs, seed: int) -> dict[str, str]:
    """Compile the model, unless it is compiled, and train it on one seeded batch.

    Returns:
        The attribute that keeps each argument of its own ``compile``, with a value other than its default.

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
    if is_compiled(model):
        _train(model, args[0], targets)
        return {}
    *others, last = list_ways(model)
    for way in others:
        with suppress(CannotTrain):
            return _compile_and_train(model, way, args[0], targets)
    return _compile_and_train(model, last, args[0], targets)


def _compile_and_train(
    model: keras.Model, way: Mapping[str, Any], inputs: Any, targets: Any
) -> dict[str, str]:
    try:
        model.compile(**way)
    except Exception as error:
        raise CannotTrain(f"compile raises {type(error).__name__}: {first_line(error)}") from error
    _train(model, inputs, targets)
    return find_kept(model, way)


def _train(model: keras.Model, inputs: Any, targets: Any) -> None:
    try:
        model.train_on_batch(inputs, targets)
    except Exception as error:
        what = f"{type(error).__name__}: {first_line(error)}"
        raise CannotTrain(f"training on one batch raises {what}") from error


def _draw_targets(leaf: Any, seed: int) -> Any:
    return rng(seed, "targets").standard_normal(tuple(leaf.shape))


def read_compiled_state(model: keras.Model, kept: Mapping[str, str]) -> Snapshot:
    """Return the weights, what the model was compiled with, and the variables of its optimizer.

    Args:
        kept: the attributes that keep the arguments of its own ``compile``.
    """
    return replace(read_trainability(model), compiled=_read_compiled(model, kept))


def _read_compiled(model: keras.Model, kept: Mapping[str, str]) -> Value:
    config = _read_compile_config(model)
    optimizer = getattr(model, "optimizer", None)
    state = _read_optimizer_state(optimizer) if optimizer is not None else ABSENT
    values = {name: freeze(getattr(model, attribute, ABSENT)) for name, attribute in kept.items()}
    own = ((ARGUMENTS, DictValue(ARGUMENTS, tuple(values.items()))),) if kept else ()
    return DictValue(
        "compiled", (*((key, freeze(item)) for key, item in config.items()), (STATE, state), *own)
    )


def _read_compile_config(model: keras.Model) -> dict[str, Any]:
    try:
        config = keras.saving.serialize_keras_object(model.get_compile_config() or {})
        written = dict(json.loads(json.dumps(config)))
    except Exception as error:
        return {"get_compile_config": f"raises {type(error).__name__}"}
    return {key: value for key, value in written.items() if key != _RUN_EAGERLY}


def _read_optimizer_state(optimizer: Any) -> Value:
    variables = optimizer.variables
    found = variables() if callable(variables) else variables
    return ListValue("list", tuple(array_of(variable, "variable") for variable in found))
