"""What a layer gives when it is called, in every mode that the case allows."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import tensorflow as tf

from maskcheck import task_stage
from maskcheck.lab.calls.downstream import Consumer, call_between
from maskcheck.lab.calls.inputs import CallInputs, carried_mask, map_tree
from maskcheck.lab.calls.training_step import training_step
from maskcheck.lab.keras_api import is_default, keras, read_losses
from maskcheck.lab.layer.error_info import error_info, is_of_layer
from maskcheck.lab.layer.object_graph import Walk, walk
from maskcheck.lab.layer.plain import freeze
from maskcheck.lab.layer.plain_state import put_back_plain_state, read_plain_state
from maskcheck.lab.layer.random_data import rng
from maskcheck.lab.layer.seeds import seed_all
from maskcheck.lab.layer.variables import assign, finalize, read_all
from maskcheck.lab.process.eager import EagerRequired
from maskcheck.model.error import ErrorInfo
from maskcheck.model.snapshot import DOWNSTREAM, TRAINING_STEP, CallResult
from maskcheck.model.value import DictValue, Value

Modes = Mapping[str, CallInputs]
# Calls a layer in one mode, with a seed for what is drawn; raises whatever the layer raises.
Call = Callable[[keras.Layer, CallInputs, int], CallResult]


def call_all(
    layer: keras.Layer, walked: Walk, wanted: Modes, seed: int, *, thorough: bool = False
) -> dict[str, CallResult]:
    """Call the layer once in each mode, every time from the same state and random position.

    Variables are put back afterwards, so that observing a layer does not train it. So are flags
    and counters between two modes; after the last the layer is as that call left it.
    Positions of seed generators depend only on their paths: two copies draw alike
    whatever their seeds, and a lost seed shows as the attribute that it is. The first mode
    is the last to be called: what a layer remembers of a call is the same however many modes there are.

    Args:
        thorough: seeds TensorFlow's own random stream before each call, too.
    """
    held, plain = read_all(walked.variables), read_plain_state(layer)
    results = {}
    for mode in reversed(list(wanted)):
        restore_variables(walked, held)
        plain = put_back_plain_state(layer, plain)
        align_seeds(walked, seed)
        call = _CALLS.get(mode, _call)
        results[mode] = _perform(call, layer, wanted[mode], seed, thorough=thorough)
    restore_variables(walked, held)
    finalize(layer)
    return {mode: results[mode] for mode in wanted}


def align_seeds(walked: Walk, seed: int) -> None:
    """Put every seed generator where its path says, whatever seed it was made with."""
    for path, generator in walked.seeds.items():
        size = generator.state.shape[0]
        generator.state.assign([int(rng(seed, path).integers(1, 2**31)), *[0] * (size - 1)])


def restore_variables(walked: Walk, held: Mapping[str, Any]) -> None:
    """Set the variables to the values that are held of them, by path."""
    for path, now in read_all(walked.variables).items():
        if not np.array_equal(now, held[path]):
            assign(walked.variables[path].variable, held[path])


def find_training_error(layer: keras.Layer, ways: Sequence[CallInputs], seed: int) -> ErrorInfo | None:
    """Return what the first of these calls raises, None where one of them works or there is none."""
    first: ErrorInfo | None = None
    for way in ways:
        error = call_all(layer, walk(layer), {"training": way}, seed)["training"].error
        if error is None:
            return None
        first = first or error
    return first


def call_once(layer: keras.Layer, inputs: CallInputs, seed: int, *, thorough: bool = False) -> CallResult:
    """Call the layer under a fixed seed; an exception is a result like any other.

    Args:
        thorough: seeds TensorFlow's own random stream, too.
    """
    return _perform(_call, layer, inputs, seed, thorough=thorough)


def wake(layer: keras.Layer, inputs: CallInputs, seed: int, *, thorough: bool = False) -> tuple[str, ...]:
    """Call a layer with its seed generators where they are, so that it draws what its first call draws.

    What the call does to variables and plain attributes is put back; an exception shows later.

    Returns:
        The paths of the variables that it changed, other than positions of seed generators.
    """
    walked, plain = walk(layer), read_plain_state(layer)
    held = read_all(walked.variables)
    _perform(_call, layer, inputs, seed, thorough=thorough)
    seeds = {id(generator.state) for generator in walked.seeds.values()}
    changed = tuple(
        path
        for path, now in read_all(walked.variables).items()
        if id(walked.variables[path].variable) not in seeds and not np.array_equal(now, held[path])
    )
    restore_variables(walked, held)
    put_back_plain_state(layer, plain)
    return changed


def _perform(call: Call, layer: keras.Layer, inputs: CallInputs, seed: int, *, thorough: bool) -> CallResult:
    seed_all(seed, thorough=thorough)
    try:
        with warnings.catch_warnings(), EagerRequired():
            warnings.simplefilter("ignore")
            return call(layer, inputs, seed)
    except BaseException as error:
        if not is_of_layer(error):
            raise
        return CallResult(error=error_info(error))
    finally:
        task_stage.exit_if_forked()


def _call(layer: keras.Layer, inputs: CallInputs, seed: int) -> CallResult:
    args, kwargs = inputs.fresh()
    outputs = layer(*args, **kwargs)
    losses = tuple(float(tf.reduce_sum(tf.cast(loss, tf.float64))) for loss in read_losses(layer))
    return CallResult(freeze(outputs), _masks(layer, args, outputs), losses)


def _call_downstream(layer: keras.Layer, inputs: CallInputs, seed: int) -> CallResult:
    """Call the layer between one that makes masks and one that heeds them."""
    args, kwargs = inputs.fresh()
    producer, consumer = _neighbours()
    return CallResult(freeze(call_between(producer, layer, consumer, args, kwargs)))


@cache
def _neighbours() -> tuple[keras.Layer, keras.Layer]:
    return keras.layers.Masking(), Consumer()


def _train(layer: keras.Layer, inputs: CallInputs, seed: int) -> CallResult:
    return CallResult(step=training_step(layer, inputs, seed))


# What is done in the modes that take more than a plain call.
_CALLS: Mapping[str, Call] = {DOWNSTREAM: _call_downstream, TRAINING_STEP: _train}


def _masks(layer: keras.Layer, args: tuple[Any, ...], outputs: Any) -> Value:
    """Return the masks that the outputs carry and what ``compute_mask`` says by itself."""
    carried = freeze(map_tree(carried_mask, outputs))
    if is_default(layer.compute_mask) or not args:
        return DictValue("masks", (("carried", carried),))
    incoming = map_tree(carried_mask, args[0])
    try:
        computed = freeze(layer.compute_mask(args[0], incoming))
    except Exception as error:
        computed = f"raises {type(error).__name__}"
    return DictValue("masks", (("carried", carried), ("computed", computed)))


def finite(result: CallResult) -> bool:
    """Tell whether a call succeeded with finite float outputs."""
    return result.error is None and not _has_nan(result.outputs)


def _has_nan(value: Any) -> bool:
    items = getattr(value, "items", None)
    if items is not None:
        return any(_has_nan(item[1] if isinstance(value, DictValue) else item) for item in items)
    array = getattr(value, "array", None)
    return array is not None and array.dtype.kind == "f" and not np.isfinite(array).all()
