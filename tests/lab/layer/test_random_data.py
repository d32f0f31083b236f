"""Random data: the same everywhere, and never such that a loss could hide in it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from maskcheck.lab.layer.random_data import numpy_dtype, rng, sample
from maskcheck.specfile.read.dtypes import DTYPES, INTEGERS, integer_bounds
from tests.paths import ROOT

SHAPES = [(), (1,), (1, 1), (4, 1), (1, 4), (3, 5), (2, 1, 3), (0,), (2, 0)]
PRINT = (
    "from maskcheck.lab.layer.random_data import rng, sample;"
    "print([sample((3, 4), d, rng(5, 'args[0]')).tolist()"
    " for d in ('float32', 'int32', 'bool', 'string', 'complex64')])"
)


def data(shape: tuple[int, ...], dtype: str, path: str = "args[0]", seed: int = 0, **given: int) -> Any:
    return sample(shape, dtype, rng(seed, path), **given)


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", SHAPES)
def test_data_have_the_shape_and_dtype_asked_for(shape: tuple[int, ...], dtype: str) -> None:
    found = data(shape, dtype)
    assert (found.shape, found.dtype) == (shape, np.dtype(numpy_dtype(dtype)))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("shape", [(2,), (4, 1), (1, 4), (3, 5)])
def test_data_are_never_all_the_same(shape: tuple[int, ...], dtype: str, seed: int) -> None:
    assert len({str(item) for item in data(shape, dtype, seed=seed).flat}) > 1


@pytest.mark.parametrize("seed", range(5))
def test_every_row_of_booleans_holds_both_values(seed: int) -> None:
    found = data((4, 2, 3), "bool", seed=seed)
    assert found.any(axis=-1).all()
    assert not found.all(axis=-1).any()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("shape", [(), (1,), (1, 1)])
def test_one_boolean_alone_is_true(shape: tuple[int, ...], seed: int) -> None:
    """A mask that hides everything would hide every loss with it."""
    assert data(shape, "bool", seed=seed).all()


@pytest.mark.parametrize("dtype", ["complex64", "complex128"])
def test_complex_numbers_have_two_parts(dtype: str) -> None:
    found = data((3, 4), dtype)
    assert len(np.unique(found.real)) == len(np.unique(found.imag)) == 12


@pytest.mark.parametrize(
    ("dtype", "given", "low", "high"),
    [
        ("int32", {}, 1, 5),
        ("int32", {"low": 0, "high": 10}, 0, 10),
        ("int32", {"low": 7}, 7, 11),
        ("int32", {"low": 0}, 0, 4),
        ("int32", {"low": -3}, -3, 1),
        ("int32", {"high": 3}, 1, 3),
        ("int32", {"high": 2}, 0, 2),
        ("int32", {"high": 1}, 0, 1),
        ("int32", {"high": 0}, -4, 0),
        ("int32", {"high": -5}, -9, -5),
        ("int8", {"low": 126}, 126, 128),
        ("int8", {"low": 127}, 127, 128),
        ("int8", {"high": -126}, -128, -126),
        ("uint8", {"high": 1}, 0, 1),
        ("uint64", {"high": 2**64}, 1, 2**64),
        ("uint64", {"low": 2**64 - 2}, 2**64 - 2, 2**64),
        ("int64", {"low": -(2**63), "high": 2**63}, -(2**63), 2**63),
    ],
)
def test_integers_spread_from_low_to_high(dtype: str, given: dict[str, int], low: int, high: int) -> None:
    found = [int(number) for number in sample((5, 6), dtype, rng(0, "args[0]"), **given).flat]
    assert (min(found), max(found) + 1) == (low, high)


@pytest.mark.parametrize("dtype", INTEGERS)
def test_any_bound_that_the_spec_allows_works(dtype: str) -> None:
    least, greatest = integer_bounds(dtype)
    for low in (least, -1, 0, 1, greatest):
        for high in (least + 1, 0, 1, greatest + 1):
            if least <= low < high <= greatest + 1:
                found = data((2, 3), dtype, low=low, high=high)
                assert (int(found.min()), int(found.max())) == (low, high - 1)


def test_paths_and_seeds_give_other_data() -> None:
    reference = data((3, 4), "float32")
    assert not np.array_equal(reference, data((3, 4), "float32", path="args[1]"))
    assert not np.array_equal(reference, data((3, 4), "float32", seed=1))
    assert np.array_equal(reference, data((3, 4), "float32"))


def test_another_process_gets_the_same_data() -> None:
    first, second = (
        subprocess.run(
            [sys.executable, "-c", PRINT],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
        ).stdout
        for hash_seed in ("1", "2")
    )
    dtypes = ("float32", "int32", "bool", "string", "complex64")
    assert first.strip() == second.strip() == str([data((3, 4), d, seed=5).tolist() for d in dtypes])
