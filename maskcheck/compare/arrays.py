"""How two arrays differ, in figures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from maskcheck.model.finding import ArrayDelta
from maskcheck.model.value import ArrayValue

# Relative and absolute tolerance, used as numpy.isclose uses them.
Tolerance = tuple[float, float]
EXACT: Tolerance = (0.0, 0.0)


def array_delta(
    path: str, before: ArrayValue, after: ArrayValue, tolerance: Tolerance = EXACT
) -> ArrayDelta | None:
    """Return how ``after`` differs from ``before``, or None where they agree.

    NaN agrees with NaN at the same place. Shapes and dtypes must be the same.
    """
    same_form = before.array.shape == after.array.shape
    delta = ArrayDelta(path, before.array.shape, after.array.shape, before.dtype, after.dtype)
    if not same_form:
        return delta
    unequal = _unequal(before.array, after.array, tolerance)
    differing = int(np.count_nonzero(unequal))
    if not differing and before.dtype == after.dtype:
        return None
    absolute, relative, where = _largest(before.array, after.array, unequal)
    return ArrayDelta(
        path,
        before.array.shape,
        after.array.shape,
        before.dtype,
        after.dtype,
        differing,
        before.array.size,
        absolute,
        relative,
        where,
    )


def _is_numeric(array: NDArray[Any]) -> bool:
    return bool(array.dtype.kind in "biufc")


def _unequal(before: NDArray[Any], after: NDArray[Any], tolerance: Tolerance) -> NDArray[np.bool_]:
    if not (_is_numeric(before) and _is_numeric(after)):
        return np.asarray(before != after, dtype=bool).reshape(before.shape)
    if tolerance == EXACT or before.dtype.kind in "biu":
        unequal = before != after
    else:
        unequal = ~np.isclose(after, before, rtol=tolerance[0], atol=tolerance[1])
    if before.dtype.kind in "fc" and after.dtype.kind in "fc":
        unequal &= ~(np.isnan(before) & np.isnan(after))
    return np.asarray(unequal, dtype=bool)


def _largest(
    before: NDArray[Any], after: NDArray[Any], unequal: NDArray[np.bool_]
) -> tuple[float | None, float | None, tuple[int, ...] | None]:
    """Return the largest absolute and relative difference and the index of the first."""
    if not unequal.any():
        return None, None, None
    if not (_is_numeric(before) and _is_numeric(after)):
        return None, None, tuple(int(i) for i in np.argwhere(unequal)[0])
    wide = np.complex128 if "c" in (before.dtype.kind, after.dtype.kind) else np.float64
    with np.errstate(all="ignore"):
        gap = np.abs(after.astype(wide) - before.astype(wide))
        gap = np.where(unequal, np.where(np.isnan(gap), np.inf, gap), 0.0)
        relative = np.where(unequal, gap / np.abs(before.astype(wide)), 0.0)
    flat = int(np.argmax(gap))
    where = tuple(int(i) for i in np.unravel_index(flat, gap.shape))
    return float(gap.flat[flat]), float(np.nanmax(relative)), where
