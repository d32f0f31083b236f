"""How far values are apart, measured in what rounding can do to their type."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maskcheck.compare.snapshots import AttributeChange, CallChange, Contrast
from maskcheck.compare.values import Difference
from maskcheck.model.value import ArrayValue

# What sums in another order, of more than a few numbers, may be apart, in units of the last place.
ROUNDING = 64.0
# The last place of the types that NumPy does not know.
_OTHER_TYPES = {"bfloat16": 2.0**-7, "float8_e4m3fn": 2.0**-3, "float8_e5m2": 2.0**-2}
_SINGLE = float(np.finfo(np.float32).eps)


def measure_call(change: CallChange) -> float:
    """Return by how many units of the last place a call differs at most, inf where that is no measure.

    Gradients and weights of a training step are sums of numbers that are about 1, however small they are.
    """
    if change.error or change.masks:
        return math.inf
    outputs = measure_distance((*change.outputs, *change.losses), least=_SINGLE)
    return max(outputs, measure_distance(change.step, least=_SINGLE, scale=1.0))


def measure_attribute(change: AttributeChange) -> float:
    """Return the same of an attribute."""
    return measure_distance(change.differences)


def drop_rounding(found: Contrast) -> Contrast:
    """Leave out the calls that differ by rounding alone."""
    return replace(found, calls=tuple(call for call in found.calls if measure_call(call) > ROUNDING))


def measure_distance(differences: Iterable[Difference], *, least: float = 0.0, scale: float = 0.0) -> float:
    """Return the largest distance among differences, in units of the last place of the largest number.

    Args:
        least: what the last place of a Python float is at least: it may be a narrower number, widened.
        scale: what the largest number is at least.
    """
    return max((_measure(difference, least, scale) for difference in differences), default=0.0)


def _measure(difference: Difference, least: float, scale: float) -> float:
    before, after = difference.before, difference.after
    unit: float | None
    if isinstance(before, float) and isinstance(after, float):
        unit, numbers, others = max(math.ulp(1.0), least), np.float64(before), np.float64(after)
    elif isinstance(before, ArrayValue) and isinstance(after, ArrayValue):
        unit, numbers, others = _find_unit(before, after), before.array, after.array
    else:
        return math.inf
    if unit is None:
        return math.inf
    with np.errstate(all="ignore"):
        wide, other = (_widen(value) for value in (numbers, others))
        same = (wide == other) | (np.isnan(wide) & np.isnan(other))
        gap = float(np.max(np.where(same, 0.0, np.abs(other - wide)), initial=0.0))
        finite = np.abs(np.where(np.isfinite(wide), wide, 0.0))
        largest = max(float(np.max(finite, initial=0.0)), scale)
    return gap / (unit * largest) if largest and math.isfinite(gap) else math.inf


def _find_unit(before: ArrayValue, after: ArrayValue) -> float | None:
    """Return the last place of 1 in the type of two arrays, None where they are no floats of one form."""
    if before.dtype != after.dtype or before.array.shape != after.array.shape:
        return None
    if before.dtype in _OTHER_TYPES:
        return _OTHER_TYPES[before.dtype]
    return float(np.finfo(before.array.dtype).eps) if before.array.dtype.kind in "fc" else None


def _widen(value: object) -> NDArray[Any]:
    array = np.asarray(value)
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
