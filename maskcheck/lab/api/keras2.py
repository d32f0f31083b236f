"""What is special to Keras 2: tf_keras under the names of Keras 3, as far as maskcheck uses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any

import tensorflow as tf
import tf_keras
from tf_keras import mixed_precision
from tf_keras.src import backend
from tf_keras.src.engine.base_layer import Layer
from tf_keras.src.engine.functional import Functional
from tf_keras.src.engine.keras_tensor import KerasTensor
from tf_keras.src.saving import serialization_lib
from tf_keras.src.utils import generic_utils


class _Never:
    """Stands for a class of Keras 3 that Keras 2 does not have: nothing is one."""


class _Keras:
    """tf_keras, with what Keras 3 calls otherwise."""

    Layer = Layer
    KerasTensor = KerasTensor
    InputSpec = tf_keras.layers.InputSpec
    Variable = _Never
    DTypePolicy = mixed_precision.Policy
    random = SimpleNamespace(SeedGenerator=_Never)
    dtype_policies = SimpleNamespace(DTypePolicyMap=_Never)
    config = SimpleNamespace(
        dtype_policy=mixed_precision.global_policy,
        set_dtype_policy=mixed_precision.set_global_policy,
        floatx=backend.floatx,
        set_floatx=backend.set_floatx,
        epsilon=backend.epsilon,
        set_epsilon=backend.set_epsilon,
        image_data_format=backend.image_data_format,
        set_image_data_format=backend.set_image_data_format,
        is_traceback_filtering_enabled=tf.debugging.is_traceback_filtering_enabled,
        enable_traceback_filtering=tf.debugging.enable_traceback_filtering,
        disable_traceback_filtering=tf.debugging.disable_traceback_filtering,
    )

    def __getattr__(self, name: str) -> Any:
        return getattr(tf_keras, name)


keras: Any = _Keras()
safe_mode = serialization_lib.SafeModeScope


def forget_random_state() -> None:
    """Do nothing: what has no seed draws from TensorFlow's stream, which is seeded where it matters."""


def reset_names() -> None:
    """Count automatic names from one again."""
    backend.reset_uids()


def process_state() -> list[Any]:
    """Return the objects in which Keras keeps counters of the process."""
    return [vars(backend.PER_GRAPH_OBJECT_NAME_UIDS), backend.OBSERVED_NAMES]


def constructor_arguments(layer: Any) -> Mapping[str, Any] | None:
    """Return what ``__init__`` was given, as far as Keras noted it, else None."""
    noted = getattr(layer, "_auto_config", None)
    return None if noted is None else noted.config


def is_default(method: Callable[..., Any]) -> bool:
    """Tell whether a method is the one that Keras' Layer brings."""
    return bool(generic_utils.is_default(method))


def own_variables(layer: Any) -> list[Any]:
    """Return the variables that a layer tracks itself, its sub-layers' left out."""
    return [*layer._trainable_weights, *layer._non_trainable_weights]


def is_compiled(model: Any) -> bool:
    """Tell whether a model has been compiled."""
    return bool(model._is_compiled)


def flag(layer: Any, name: str) -> Any:
    """Return what Keras' Layer made of its argument ``name``."""
    return getattr(layer, "_autocast" if name == "autocast" else name)


def all_weights(layer: Any) -> list[Any]:
    """Return the variables that a layer and its sub-layers track."""
    try:
        return list(layer.weights)
    except ValueError:  # a model that is not built
        return [variable for part in layer._flatten_layers() for variable in own_variables(part)]


def unwritten(cls: type[Any]) -> tuple[str, ...]:
    """Return the arguments of Keras' Layer that the get_config which the class inherits does not write.

    It writes them all for a class that has none itself.
    """
    if issubclass(cls, Functional):
        return "autocast", "activity_regularizer", "dtype"
    if issubclass(cls, tf_keras.Model):
        return "autocast", "activity_regularizer", "dtype", "name", "trainable"
    return "autocast", "activity_regularizer"
