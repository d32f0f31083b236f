"""Random data that is the same in every process and never degenerate."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LOW, _SPAN = 1, 4
_WORDS = 9


def rng(seed: int, path: str) -> np.random.Generator:
    """Return a generator that depends only on the seed and on ``path``."""
    return np.random.default_rng([seed, zlib.crc32(path.encode())])


def sample(
    shape: tuple[int, ...],
    dtype: str,
    generator: np.random.Generator,
    low: int | None = None,
    high: int | None = None,
) -> NDArray[Any]:
    """Return data of ``shape`` (batch dimension included).

    Floats are standard normal, as are both parts of complex numbers. Integers cover
    ``low`` to ``high`` (exclusive; 1 to 5 where neither is given), both ends included as
    far as there is room. Booleans hold both values, in every row where a row has room
    for two. Strings are short words.
    """
    if dtype == "bool":
        return _mixed_booleans(shape, generator)
    if dtype == "string":
        numbers = _spread_integers(shape, "int64", generator, 0, _WORDS)
        return np.array([f"word{i}" for i in numbers.flat], object).reshape(shape)
    if "int" in dtype:
        return _spread_integers(shape, dtype, generator, *_range(dtype, low, high))
    numbers = generator.standard_normal(shape)
    if "complex" in dtype:
        numbers = numbers + 1j * generator.standard_normal(shape)
    return np.asarray(numbers).astype(numpy_dtype(dtype))


def numpy_dtype(dtype: str | None) -> Any:
    """Return what NumPy calls a TensorFlow dtype; None stays None."""
    if dtype == "bfloat16":
        import ml_dtypes

        return ml_dtypes.bfloat16
    return object if dtype == "string" else dtype


def _mixed_booleans(shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[Any]:
    flags = np.asarray(generator.random(shape) < 0.6)
    if flags.size:
        flags.flat[-1], flags.flat[0] = False, True
    if flags.ndim and flags.shape[-1] > 1:
        flags[..., 0], flags[..., -1] = True, False
    return flags


def _range(dtype: str, low: int | None, high: int | None) -> tuple[int, int]:
    """Return both bounds: what is not given lies near what is, within the dtype."""
    limits = np.iinfo(dtype)
    if low is None:
        low = _LOW if high is None or high > _LOW + 1 else 0 if high > 0 else max(high - _SPAN, limits.min)
    return low, min(low + _SPAN, limits.max + 1) if high is None else high


def _spread_integers(
    shape: tuple[int, ...], dtype: str, generator: np.random.Generator, low: int, high: int
) -> NDArray[Any]:
    values = np.asarray(generator.integers(low, high, shape, dtype=dtype))
    if values.size > 1:
        values.flat[0], values.flat[-1] = low, high - 1
    return values
