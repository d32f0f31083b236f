"""Everything that a layer may hold becomes plain data, equal for equal things and for no others."""

from __future__ import annotations

import collections
import enum
import logging
import types
from dataclasses import dataclass
from typing import Any, NamedTuple

import keras
import ml_dtypes
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.compare.values import compare
from maskcheck.lab.layer.plain import freeze
from maskcheck.model.value import (
    ArrayValue,
    ClassValue,
    DictValue,
    ListValue,
    ObjectValue,
    ReferenceValue,
    Value,
)

HERE = __name__


class Point(NamedTuple):
    x: int
    y: int


class Mode(str, enum.Enum):
    SUM = "sum"


class Holder:
    def __init__(self, **state: Any) -> None:
        vars(self).update(state)


@dataclass(frozen=True)
class Slotted:
    __slots__ = ("rate",)
    rate: float


def lists(*items: Value, kind: str = "list") -> ListValue:
    return ListValue(kind, items)


def dicts(**items: Value) -> DictValue:
    return DictValue("dict", tuple(items.items()))


@pytest.mark.parametrize("value", [None, True, 3, 2.5, 1 + 2j, "text", b"\xff"])
def test_scalars_stand_for_themselves(value: Any) -> None:
    assert freeze(value) is value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([1, [2.0]], lists(1, lists(2.0))),
        ((1,), lists(1, kind="tuple")),
        ({3, 1, 2}, lists(1, 2, 3, kind="set")),
        (frozenset("a"), lists("a", kind="frozenset")),
        (collections.deque([1]), lists(1, kind="deque")),
        (Point(1, 2), lists(1, 2, kind="Point")),
        (range(10**12), lists(0, 10**12, 1, kind="range")),
        (tf.TensorShape([None, 3]), lists(None, 3, kind="TensorShape")),
        (tf.TensorShape(None), lists(kind="TensorShape")),
        ({1: "a", None: [2]}, DictValue("dict", ((1, "a"), (None, lists(2))))),
        (collections.OrderedDict(b=1, a=2), DictValue("OrderedDict", (("b", 1), ("a", 2)))),
        (types.MappingProxyType({"a": 1}), DictValue("mappingproxy", (("a", 1),))),
        (int, ClassValue("builtins.int")),
        (Holder, ClassValue(f"{HERE}.Holder")),
        (Mode.SUM, ObjectValue(f"{HERE}.Mode", "sum")),
        (tf.int32, ObjectValue("tensorflow.DType", "int32")),
        (Holder(a=1, b=[2]), ObjectValue(f"{HERE}.Holder", dicts(a=1, b=lists(2)))),
        (Holder(), ObjectValue(f"{HERE}.Holder")),
        (Slotted(0.5), ObjectValue(f"{HERE}.Slotted", "Slotted(rate=0.5)")),
        (object(), ObjectValue("builtins.object")),
        (types, ObjectValue("builtins.module", "types")),
        (np, ObjectValue("builtins.module", "numpy")),
        (logging.getLogger("a.b"), ObjectValue("logging.Logger", "a.b")),
        (np.array([["a", None]], object), lists(lists("a", None, kind="ndarray"), kind="ndarray")),
        (np.array({"a": 1}, object), lists(dicts(a=1), kind="ndarray")),
    ],
)
def test_containers_and_objects(value: Any, expected: Value) -> None:
    assert freeze(value) == expected


@pytest.mark.parametrize(
    ("value", "kind", "dtype", "content"),
    [
        (np.array([1, 2], "int8"), "array", "int8", [1, 2]),
        (np.float32(0.5), "scalar", "float32", 0.5),
        (np.bool_(True), "scalar", "bool", True),
        (np.array(["a", "b"], object), "array", "object", ["a", "b"]),
        (np.array([1, 2], ml_dtypes.bfloat16), "array", "bfloat16", [1, 2]),
        (tf.constant([1, 2], tf.bfloat16), "tensor", "bfloat16", [1, 2]),
        (tf.constant([0.5], ml_dtypes.float8_e4m3fn), "tensor", "float8_e4m3fn", [0.5]),
        (tf.constant(True), "tensor", "bool", True),
        (tf.constant([b"a"]), "tensor", "string", [b"a"]),
        (tf.Variable([1.5]), "variable", "float32", [1.5]),
        (keras.Variable([2.5], dtype="bfloat16"), "variable", "bfloat16", [2.5]),
    ],
)
def test_arrays(value: Any, kind: str, dtype: str, content: Any) -> None:
    frozen = freeze(value)
    assert isinstance(frozen, ArrayValue)
    assert (frozen.kind, frozen.dtype, frozen.array.tolist()) == (kind, dtype, content)


def test_an_array_is_a_copy() -> None:
    array = np.array([1.0])
    frozen = freeze(array)
    array[0] = 2.0
    assert compare(frozen, freeze(np.array([1.0]))) == ()


def test_what_numpy_cannot_widen_is_kept_as_it_is() -> None:
    records = np.array([(1, 2.0)], "i4,f4")
    assert compare(freeze(records), freeze(records.copy())) == ()
    assert compare(freeze(np.zeros(2, "V3")), freeze(np.zeros(2, "V3"))) == ()


RAGGED = [[1, 2], [3], []]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (tf.ragged.constant(RAGGED), tf.ragged.constant([[1], [2, 3], []])),
        (tf.ragged.constant(RAGGED), tf.ragged.constant([[1, 2], [4], []])),
        (tf.sparse.from_dense([[0, 1], [2, 0]]), tf.sparse.from_dense([[0, 1], [3, 0]])),
        (tf.sparse.from_dense([[0, 1], [2, 0]]), tf.sparse.from_dense([[0, 1, 0], [2, 0, 0]])),
        (keras.initializers.Constant(1.0), keras.initializers.Constant(2.0)),
        (keras.initializers.RandomNormal(seed=1), keras.initializers.RandomNormal(seed=2)),
        (keras.regularizers.L2(0.1), keras.regularizers.L2(0.2)),
        (keras.regularizers.L2(0.1), keras.regularizers.L1(0.1)),
        (keras.constraints.MaxNorm(1), keras.constraints.MaxNorm(2)),
        (keras.losses.MeanSquaredError(), keras.losses.MeanSquaredError(reduction="sum")),
        (keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.2)),
        (keras.DTypePolicy("float32"), keras.DTypePolicy("mixed_float16")),
        (keras.layers.InputSpec(ndim=2), keras.layers.InputSpec(ndim=3)),
        (keras.layers.InputSpec(axes={-1: 2}), keras.layers.InputSpec(axes={-1: 3})),
        (keras.random.SeedGenerator(1), keras.random.SeedGenerator(2)),
        (keras.layers.Dense(1), keras.layers.Dropout(0.5)),
        (keras.metrics.Mean(), keras.metrics.Sum()),
        (np.array([1, None, 2.0], object), np.array([1, None, 3.0], object)),
        (Holder(inner=Holder(rate=1)), Holder(inner=Holder(rate=2))),
        (np.tanh, np.sin),
        (len, max),
    ],
)
def test_other_things_are_told_apart(one: Any, other: Any) -> None:
    assert compare(freeze(one), freeze(one)) == ()
    assert compare(freeze(one), freeze(other)) != ()


@pytest.mark.parametrize(
    "make",
    [
        keras.initializers.HeNormal,
        lambda: keras.initializers.GlorotUniform(seed=5),
        lambda: keras.regularizers.OrthogonalRegularizer(0.1),
        lambda: keras.dtype_policies.QuantizedDTypePolicy("int8", "float32"),
        lambda: keras.layers.InputSpec(shape=(None, 3), dtype="float32"),
        lambda: keras.random.SeedGenerator(5),
        keras.losses.MeanSquaredError,
        lambda: np.array([np.nan, "a", None, (1, 2)], object),
        lambda: Holder(array=np.zeros(3), mode=Mode.SUM),
        lambda: logging.getLogger("any"),
        object,
        lambda: tf.lookup.experimental.MutableHashTable(tf.string, tf.int64, -1),
    ],
)
def test_things_made_alike_are_equal(make: Any) -> None:
    assert compare(freeze(make()), freeze(make())) == ()


def test_layers_and_variables_are_referred_to_by_path() -> None:
    dense, variable = keras.layers.Dense(1), tf.Variable(1.0)
    names = {id(dense): ("layer", "blocks[0]"), id(variable): ("variable", "scale")}
    assert freeze([dense, {"v": variable}], names) == lists(
        ReferenceValue("layer", "blocks[0]"), dicts(v=ReferenceValue("variable", "scale"))
    )


def test_a_layer_without_a_path_is_known_by_its_class() -> None:
    assert freeze(keras.layers.Dense(1)) == ReferenceValue("layer", "keras.src.layers.core.dense.Dense")


def test_a_seed_generator_is_known_by_its_seed_even_with_a_path() -> None:
    generator = keras.random.SeedGenerator(7)
    frozen = freeze(generator, {id(generator): ("seed", "generator")})
    assert frozen == ObjectValue("keras.random.SeedGenerator", 7)


def test_symbolic_tensors_have_no_content() -> None:
    seen: list[Value] = []

    @tf.function
    def traced(tensor: Any) -> Any:
        seen.append(freeze(tensor))
        return tensor

    traced(tf.ones(2))
    assert [freeze(keras.Input((2,))), *seen] == [ObjectValue("symbolic tensor")] * 2


def test_what_keras_tracks_counts_as_what_was_assigned() -> None:
    layer = keras.layers.Layer()
    given = {"l": [1, [2]], "d": {"a": [1]}, "s": {1, 2}, "t": (1, [2]), "p": Point(1, 2)}
    for name, value in given.items():
        setattr(layer, name, value)
    assert {name: freeze(getattr(layer, name)) for name in given} == {n: freeze(v) for n, v in given.items()}


def test_what_tensorflow_tracks_in_proxies_is_told_as_what_it_is() -> None:
    holder = tf.Module()
    holder.values = {"list": [1], "tuple": (1, 2), "named": Point(1, 2), "dict": {"a": 1}}
    assert type(holder.values).__name__ == "_DictWrapper"
    frozen = freeze(holder.values)
    assert isinstance(frozen, DictValue)
    found = {key: value.kind for key, value in frozen.items if isinstance(value, (ListValue, DictValue))}
    assert (frozen.kind, found) == (
        "dict",
        {"list": "list", "tuple": "tuple", "named": "Point", "dict": "dict"},
    )
