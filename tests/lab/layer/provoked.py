"""Errors that Python, Keras and what is below it really raise, by what they mean: the smallest of each."""

from __future__ import annotations

import copy
import os
import tempfile
from collections.abc import Callable
from typing import Any

import h5py
import keras
import numpy as np
import tensorflow as tf
from keras.src.legacy.saving import serialization

from maskcheck.error_texts.row import H5PY, KERAS_3, NUMPY, PYTHON, TENSORFLOW
from maskcheck.model.error import ErrorKind
from tests.lab.routes.limited import ObjectInConfig

Provocation = tuple[ErrorKind, str, Callable[[], Any]]
PROVOCATIONS: list[Provocation] = []


def provokes(kind: ErrorKind, said_by: str = KERAS_3) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Note a function that raises an error of this kind, in these words."""

    def note(function: Callable[[], Any]) -> Callable[[], Any]:
        PROVOCATIONS.append((kind, said_by, function))
        return function

    return note


class Needs(keras.layers.Layer):
    """Takes one argument and no others."""

    def __init__(self, factor: float) -> None:
        super().__init__()
        self.factor = factor

    def call(self, inputs: Any) -> Any:
        return inputs * unknown_factor  # type: ignore[name-defined]  # noqa: F821


class Bare(keras.layers.Layer):
    """Leaves the constructor of its base class out."""

    def __init__(self) -> None:
        self.factor = 2.0


class Fixed(keras.layers.Dense):
    """Fixes an argument of its parent."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(units=2, **kwargs)


class Holds(keras.layers.Layer):
    """Calls what it was given."""

    def __init__(self, inner: Any) -> None:
        super().__init__()
        self.inner = inner

    def call(self, inputs: Any) -> Any:
        return self.inner(inputs)


class Grows(keras.layers.Dense):
    """Adds a weight after its parent is built."""

    def build(self, input_shape: Any) -> None:
        super().build(input_shape)
        self.scale = self.add_weight(shape=(2,))


class Whole(keras.Model):
    """A functional model whose constructor draws the graph."""

    def __init__(self, units: int) -> None:
        inputs = keras.Input((3,))
        super().__init__(inputs, keras.layers.Dense(units)(inputs))


def by_file(layer: Any) -> None:
    """Save a layer in an .h5 file and load it."""
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "model.h5")
        inputs = keras.Input((3,))
        keras.Model(inputs, layer(inputs)).save(file)
        keras.models.load_model(file)


@provokes(ErrorKind.MISSING_ARGUMENT, PYTHON)
def _() -> None:
    Needs()  # type: ignore[call-arg]


@provokes(ErrorKind.UNEXPECTED_ARGUMENT, PYTHON)
def _() -> None:
    Needs.from_config({"factor": 2.0, "name": "needs"})


@provokes(ErrorKind.REPEATED_ARGUMENT, PYTHON)
def _() -> None:
    Fixed.from_config({"units": 3})


@provokes(ErrorKind.UNRECOGNIZED_ARGUMENTS)
def _() -> None:
    keras.layers.Dense(2, n_units=3)


@provokes(ErrorKind.MODULE_MISSING)
def _() -> None:
    keras.layers.deserialize({"class_name": "Dense", "config": {"units": 2}})


@provokes(ErrorKind.UNKNOWN_OBJECT)
def _() -> None:
    keras.saving.deserialize_keras_object(
        {"module": None, "class_name": "Mine", "config": {}, "registered_name": "pkg>Mine"}
    )


@provokes(ErrorKind.UNKNOWN_OBJECT)
def _() -> None:
    serialization.deserialize_keras_object(
        {"class_name": "Mine", "config": {}}, printable_module_name="layer"
    )


@provokes(ErrorKind.STATE_AFTER_BUILD)
def _() -> None:
    layer = keras.layers.Dense(2)
    layer.build((None, 3))
    layer.add_weight(shape=(2,))


@provokes(ErrorKind.LAYER_LOCKED)
def _() -> None:
    Grows(2, lora_rank=1).build((None, 3))


@provokes(ErrorKind.LAYERS_ADDED_TWICE)
def _() -> None:
    keras.Sequential([keras.layers.Dense(2, name="inner"), keras.layers.Dense(2, name="inner")])


@provokes(ErrorKind.NEVER_BUILT)
def _() -> None:
    keras.layers.Dense(2).load_own_variables({"0": np.ones((3, 2)), "1": np.ones(2)})


@provokes(ErrorKind.NEVER_BUILT)
def _() -> None:
    built = keras.layers.Dense(2)
    built.build((None, 3))
    built.load_own_variables({})


@provokes(ErrorKind.FEWER_VARIABLES)
def _() -> None:
    scaled = keras.layers.Layer()
    for name in ("kernel", "bias", "scale"):
        scaled.add_weight(name=name, shape=(2,))
    scaled.load_own_variables({"0": np.ones(2), "1": np.ones(2)})


@provokes(ErrorKind.VALUE_NEEDED, TENSORFLOW)
def _() -> None:
    @tf.function(autograph=False)
    def branch(x: Any) -> Any:
        return x if x > 0 else -x

    branch(tf.constant(1.0))


@provokes(ErrorKind.GRAPH_LOST)
def _() -> None:
    Whole.from_config({"name": "whole"})


@provokes(ErrorKind.DICT_AS_OBJECT, PYTHON)
def _() -> None:
    Holds({"class_name": "Dense", "config": {"units": 2}})(np.ones((2, 3)))


@provokes(ErrorKind.LAMBDA_REFUSED)
def _() -> None:
    keras.layers.deserialize(keras.layers.serialize(keras.layers.Lambda(lambda x: x)))


@provokes(ErrorKind.UNKNOWN_NAME, PYTHON)
def _() -> None:
    Needs(2.0).call(1.0)


@provokes(ErrorKind.TENSOR_OUT_OF_SCOPE, TENSORFLOW)
def _() -> None:
    kept: list[Any] = []

    @tf.function
    def trace(inputs: Any) -> Any:
        kept.append(inputs + 1.0)
        return inputs

    trace(tf.ones(2))
    tf.function(lambda: kept[0] + 1.0)()


@provokes(ErrorKind.NO_CAST, NUMPY)
def _() -> None:
    by_file(keras.layers.Dense(2, dtype="bfloat16"))


@provokes(ErrorKind.NAME_TAKEN, H5PY)
def _() -> None:
    with h5py.File("none", "w", driver="core", backing_store=False) as file:
        file["scale"] = 1.0
        file["scale"] = 2.0


@provokes(ErrorKind.CONFIG_ITEM_UNKNOWN)
def _() -> None:
    by_file(ObjectInConfig("ones"))


@provokes(ErrorKind.MODULE_UNCOPIED, PYTHON)
def _() -> None:
    copy.deepcopy({"backend": np})


@provokes(ErrorKind.LAMBDA_BY_NAME)
def _() -> None:
    keras.activations.get("<lambda>")


@provokes(ErrorKind.NUMBER_AMONG_INPUTS)
def _() -> None:
    keras.layers.Dense(2)(np.ones((2, 3)), 3)


@provokes(ErrorKind.NESTED_OUTPUTS, TENSORFLOW)
def _() -> None:
    module = tf.Module()
    module.call = tf.function(lambda x: {"all": [x, [x]]}, input_signature=[tf.TensorSpec((2,))])
    with tempfile.TemporaryDirectory() as folder:
        tf.saved_model.save(module, folder, signatures=module.call)


@provokes(ErrorKind.SUPER_NOT_CALLED)
def _() -> None:
    Bare()(np.ones((2, 3)))
