from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from maskcheck.model.case import ArrayTag, ImportTag, Leaf, Mark, ObjectTag
from maskcheck.reproduction.script.expressions import NotWritable, is_path, write_array, write_value

HERE = Mark("maskcheck.yaml", 1)


@pytest.mark.parametrize(
    "value", [None, True, 1, -0.5, "a'\"\n", [1, (2,), ()], {"a": [1], 2: "b"}, (1, 2), float("inf")]
)
def test_plain_value_is_read_back(value: Any) -> None:
    assert eval(write_value(value).text) == value


def test_number_that_is_none_is_read_back() -> None:
    assert math.isnan(eval(write_value(float("nan")).text))


def test_object_is_constructed() -> None:
    written = write_value(ObjectTag("keras.layers.Dense", {"units": 3}, HERE))
    assert (written.text, written.imports) == ("keras.layers.Dense(units=3)", frozenset())


def test_name_of_a_module_is_imported() -> None:
    written = write_value([ImportTag("pkg.functions.gelu", HERE)])
    assert (written.text, written.imports) == ("[gelu]", {"from pkg.functions import gelu"})


def test_array_is_one_of_numpy() -> None:
    assert write_value(ArrayTag(Leaf(values=[1, 2]), False, HERE)).text == 'np.array([1, 2], dtype="int32")'


@pytest.mark.parametrize(
    ("leaf", "low", "high"),
    [
        (Leaf((50,), dtype="int32"), 1, 5),
        (Leaf((50,), dtype="int64", low=7, high=9), 7, 9),
        (Leaf((50,), dtype="uint8", high=1), 0, 1),
    ],
)
def test_integers_have_the_range_of_a_scan(leaf: Leaf, low: int, high: int) -> None:
    values = eval(write_array(leaf), {"rng": np.random.default_rng(0)})
    assert values.dtype.name == leaf.dtype
    assert set(values.tolist()) == set(range(low, high))


@pytest.mark.parametrize("dtype", ["bool", "string", "float16", None])
def test_data_have_their_shape(dtype: str | None) -> None:
    assert eval(write_array(Leaf((2, 3), dtype=dtype)), {"rng": np.random.default_rng(0)}).shape == (2, 3)


def test_what_is_no_value_of_a_spec_is_refused() -> None:
    with pytest.raises(NotWritable):
        write_value(object())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mean", True),
        ("blocks[0].dense.kernel", True),
        ("heads['a'].units", True),
        ("call(steps)", False),
        ("a b", False),
        ("x\nimport os", False),
        ("x[f()]", False),
    ],
)
def test_path_is_names_and_indices(text: str, expected: bool) -> None:
    assert is_path(text) == expected
