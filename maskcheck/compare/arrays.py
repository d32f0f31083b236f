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


def widen_tolerance(tolerance: Tolerance, least: Tolerance) -> Tolerance:
    """Return the larger of two tolerances, relative and absolute each."""
    return max(tolerance[0], least[0]), max(tolerance[1], least[1])


def compare_arrays(
    path: str, before: ArrayValue, after: ArrayValue, tolerance: Tolerance = EXACT
) -> ArrayDelta | None:
    """Return how ``after`` differs from ``before``, or None where they agree.

    NaN agrees with NaN at the same place. Shapes and dtypes must be the same.
    """
    same_form = before.array.shape == after.array.shape
    delta = ArrayDelta(path, before.array.shape, after.array.shape, before.dtype, after.dtype)
    if not same_form:
        return delta
    unequal = _find_unequal(before.array, after.array, tolerance)
    differing = int(np.count_nonzero(unequal))
    if not differing and before.dtype == after.dtype:
        return None
    absolute, relative, where = _find_largest(before.array, after.array, unequal)
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


def _find_unequal(before: NDArray[Any], after: NDArray[Any], tolerance: Tolerance) -> NDArray[np.bool_]:
    if (before.dtype.kind == "V") != (after.dtype.kind == "V"):
        return np.ones(before.shape, dtype=bool)  # NumPy compares records with records only
    numeric = _is_numeric(before) and _is_numeric(after)
    if numeric and tolerance != EXACT and before.dtype.kind not in "biu":
        with np.errstate(all="ignore"):
            unequal = ~np.isclose(after, before, rtol=tolerance[0], atol=tolerance[1])
    else:
        unequal = np.asarray(before != after, dtype=bool)
    return np.asarray(unequal & ~(_is_nan(before) & _is_nan(after)), dtype=bool)


def _is_nan(array: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where NaN is, or NaT among dates: what is not equal to itself."""
    return np.asarray(array != array, dtype=bool)  # noqa: PLR0124


def _find_largest(
    before: NDArray[Any], after: NDArray[Any], unequal: NDArray[np.bool_]
) -> tuple[float | None, float | None, tuple[int, ...] | None]:
    """Return the largest absolute and relative difference and the index of the first."""
    if not unequal.any():
        return None, None, None
    places = np.argwhere(unequal)
    if not (_is_numeric(before) and _is_numeric(after)):
        return None, None, _to_index(places[0])
    wide = _widen(before, after)
    with np.errstate(all="ignore"):
        old: NDArray[Any] = before[unequal].astype(wide)
        new: NDArray[Any] = after[unequal].astype(wide)
        gap = np.abs(new - old).astype(np.float64)
        relative = gap / np.abs(old).astype(np.float64)
    first = int(np.argmax(_replace_nan(gap)))
    return float(_replace_nan(gap)[first]), float(_replace_nan(relative).max()), _to_index(places[first])


def _widen(before: NDArray[Any], after: NDArray[Any]) -> type:
    """Return the type to subtract in: Python's integers, which are exact, or the widest float."""
    kinds = before.dtype.kind + after.dtype.kind
    if "c" in kinds:
        return np.complex128
    return np.float64 if "f" in kinds else object


def _replace_nan(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(np.isnan(figures), np.inf, figures)


def _to_index(place: NDArray[np.intp]) -> tuple[int, ...]:
    return tuple(int(i) for i in place)
