"""Random data that is the same in every process and never degenerate."""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_LOW, _HIGH = 1, 5


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

    Floats are standard normal. Integers cover ``low`` to ``high`` (exclusive; 1 to 5
    where not given), both ends included as far as there is room. Booleans hold
    both values, in every row where a row has room for two. Strings are short words.
    """
    if dtype == "bool":
        return _mixed_booleans(shape, generator)
    if dtype == "string":
        return np.array([f"word{i}" for i in generator.integers(0, 9, int(np.prod(shape)))], object).reshape(
            shape
        )
    if "int" in dtype:
        bottom = low if low is not None else min(_LOW, (high or _HIGH) - 1)
        return _spread_integers(
            shape, dtype, generator, bottom, high if high is not None else bottom + _HIGH - _LOW
        )
    return generator.standard_normal(shape).astype(numpy_dtype(dtype))


def numpy_dtype(dtype: str | None) -> Any:
    """Return what NumPy calls a TensorFlow dtype; None stays None."""
    if dtype == "bfloat16":
        import ml_dtypes

        return ml_dtypes.bfloat16
    return object if dtype == "string" else dtype


def _mixed_booleans(shape: tuple[int, ...], generator: np.random.Generator) -> NDArray[Any]:
    flags = generator.random(shape) < 0.6
    if flags.ndim and flags.shape[-1] > 1:
        flags[..., 0], flags[..., -1] = True, False
    return flags


def _spread_integers(
    shape: tuple[int, ...], dtype: str, generator: np.random.Generator, low: int, high: int
) -> NDArray[Any]:
    values = generator.integers(low, high, shape).astype(dtype)
    if values.size > 1:
        values.flat[0], values.flat[-1] = low, high - 1
    return values
