"""Whether an accepted input shows anything: finite outputs that depend on it."""

from __future__ import annotations

from dataclasses import dataclass

from maskcheck.compare.output_shapes import are_fitting, list_real_shapes, list_stated_shapes
from maskcheck.compare.values import compare
from maskcheck.lab.calls.build import Built
from maskcheck.lab.calls.call import call_once, find_training_error, finite
from maskcheck.lab.calls.inputs import CallInputs, call_inputs
from maskcheck.lab.calls.modes import choose_modes, choose_training_calls
from maskcheck.lab.calls.stated_shapes import read_stated_shapes
from maskcheck.lab.keras_api import keras
from maskcheck.model.case import Case
from maskcheck.model.error import ErrorInfo
from maskcheck.model.value import ABSENT, ArrayValue, Value, list_leaves

BEST, MISSTATED, UNTRAINED, WEAK, EMPTY, POOR, ONCE = range(7)


@dataclass(frozen=True)
class Rating:
    """How much a call shows; ``error`` is what it raises in training, where it shows all but that."""

    level: int
    error: ErrorInfo | None = None


def rate_call(built: Built, case: Case, seed: int) -> Rating:
    """Return how much the call of a case shows, and what it raises in training."""
    level = _rate_inference(built, case, seed)
    if level not in (BEST, MISSTATED):
        return Rating(level)
    inference = choose_modes(built.layer, built.inputs, seed)["inference"]
    error = find_training_error(built.layer, choose_training_calls(built.layer, inference, seed), seed)
    return Rating(UNTRAINED, error) if error else Rating(level)


def _rate_inference(built: Built, case: Case, seed: int) -> int:
    """Return BEST for a call that shows something.

    MISSTATED if the layer itself states other shapes for the outputs: its author may have meant other inputs;
    WEAK if the outputs do not depend on the data, EMPTY if there is nothing in them, POOR if
    they are not finite or not the same again, ONCE if the layer cannot be called a second time.
    """
    inference = choose_modes(built.layer, built.inputs, seed)["inference"]
    result = call_once(built.layer, inference, seed)
    if result.error is not None:
        return ONCE
    if not finite(result):
        return POOR
    if _is_empty(result.outputs):
        return EMPTY
    other = choose_modes(built.layer, call_inputs(case, seed + 1), seed)["inference"]
    changed = call_once(built.layer, other, seed)
    if changed.error is None and not compare(result.outputs, changed.outputs):
        return WEAK
    again = call_once(built.layer, inference, seed)
    if compare(result.outputs, again.outputs):
        return POOR
    return MISSTATED if _is_misstated(built.layer, inference, result.outputs) else BEST


def _is_misstated(layer: keras.Layer, inputs: CallInputs, outputs: Value) -> bool:
    """Tell whether ``compute_output_shape`` raises for the inputs, or says something else of the outputs."""
    stated, real = read_stated_shapes(layer, inputs), list_real_shapes(outputs)
    if stated is ABSENT or real is None:
        return False
    return isinstance(stated, str) or not are_fitting(list_stated_shapes(stated), real)


def _is_empty(outputs: Value) -> bool:
    """Tell whether there are arrays in the outputs, all of them without elements."""
    sizes = [value.array.size for _, value in list_leaves(outputs) if isinstance(value, ArrayValue)]
    return bool(sizes) and not any(sizes)
