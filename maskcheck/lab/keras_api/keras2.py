"""What is special to Keras 2: tf_keras under the names of Keras 3, as far as maskcheck uses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
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
    random = SimpleNamespace(SeedGenerator=tf.random.Generator)
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


class Keeper(tf_keras.Model):  # type: ignore[misc]
    """A model with a layer in ``held``, which it calls once more before its weights are loaded.

    So does any model of a user's that was called before it was saved; by itself Keras 2 does so
    with floats, whatever the layer takes. A layer whose ``build`` does not say that it is built,
    as few do, is built again by its first call, and would forget what was loaded.
    """

    def get_build_config(self) -> Any:
        """Return what the layer was called on, None if it never was."""
        given = self.held._get_save_spec(dynamic_batch=False, inputs_only=False)
        return given and {"given": tf_keras.saving.serialize_keras_object(given)}

    def build_from_config(self, config: Any) -> None:
        """Call the layer on zeros; one that takes other things as well is left as it is."""
        args, kwargs = tf_keras.saving.deserialize_keras_object(config["given"])
        with suppress(Exception):
            args, kwargs = tf.nest.map_structure(_zeros, (args, kwargs))
            self.held(*args, **kwargs)


def _zeros(spec: Any) -> Any:
    return tf.zeros(spec.shape, spec.dtype)


keras: Any = _Keras()
safe_mode = serialization_lib.SafeModeScope
SERVER = "saved-model"
# It fails at lookup tables, graphs and their losses, and weights under a mixed dtype policy.
BY_PYTHON = "Keras 2 leaves it to Python to copy or pickle a layer by itself"
TECHNICAL = ("dynamic",)


def forget_random_state() -> None:
    """Do nothing: what has no seed draws from TensorFlow's stream, which is seeded where it matters."""


def forget_open_call() -> None:
    """Do nothing: Keras 2 ends every call."""


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
    tracked = (*layer._trainable_weights, *layer._non_trainable_weights)
    return [each for each in tracked if isinstance(each, tf.Variable)]  # and no lookup tables


def is_compiled(model: Any) -> bool:
    """Tell whether a model has been compiled."""
    return bool(model._is_compiled)


def attribute_of(flag: str) -> str:
    """Return the attribute in which Keras' Layer keeps one of its flags."""
    return f"_{flag}" if flag in ("autocast", "dtype_policy") else flag


def all_weights(layer: Any) -> list[Any]:
    """Return the variables that a layer and its sub-layers track."""
    try:
        return list(layer.weights)
    except (Exception, SystemExit):  # a model that is not built, or a property of the layer's own
        return [variable for part in layer._flatten_layers() for variable in own_variables(part)]


def trainable_weights(layer: Any) -> list[Any]:
    """Return those of them that an optimizer would get."""
    try:
        return list(layer.trainable_weights)
    except (Exception, SystemExit):
        parts = [part for part in layer._flatten_layers() if layer.trainable and part.trainable]
        return [variable for part in parts for variable in part._trainable_weights]


def read_losses(layer: Any) -> list[Any]:
    """Return the losses that a layer adds to its model's, none where its list raises."""
    try:
        return list(layer.losses)
    except (Exception, SystemExit):
        return []


def set_trainable(variable: Any, value: bool) -> None:
    """Have TensorFlow watch a variable, or not."""
    getattr(variable, "_variable", variable)._trainable = value


def unwritten(cls: type[Any]) -> tuple[str, ...]:
    """Return the arguments of Keras' Layer that the get_config which the class inherits does not write.

    It writes them all for a class that has none itself.
    """
    if issubclass(cls, Functional):
        return "autocast", "activity_regularizer", "dtype"
    if issubclass(cls, tf_keras.Model):
        return "autocast", "activity_regularizer", "dtype", "name", "trainable"
    return "autocast", "activity_regularizer"


def bare_names(layer: Any) -> dict[str, type]:
    """Return the classes that a model around the layer is not loaded without, registered though they are.

    Keras' wrappers and ``model_from_json`` look for the name without the package.
    """
    parts = {type(part) for part in layer._flatten_layers()}
    return {cls.__name__: cls for cls in parts if not cls.__module__.startswith("tf_keras.")}


def home(path: str) -> str:
    """Return where a dotted path of Keras' public names leads."""
    return f"tf_{path}" if path.partition(".")[0] == "keras" else path


def save_served(model: Any, path: str) -> None:
    """Save the model as Keras 2 does by default: a SavedModel that Keras can load again."""
    model.save(_whole(path), save_format="tf")


def served_by_keras(path: str) -> Callable[..., Any]:
    """Return the model from the SavedModel that `save_served` wrote for ``path``."""
    return tf_keras.models.load_model(_whole(path))  # type: ignore[no-any-return]


def _whole(path: str) -> str:
    return f"{path}-whole"


def refuse_eager(model: Any) -> None:
    """Raise ValueError for a Sequential model that is no graph: Keras 2 would fail to load it."""
    if not model._graph_initialized:
        raise ValueError("Keras cannot make a graph of it")


def is_trained(variable: Any, owner: Any) -> bool:
    """Tell whether a variable of a layer is one to train; freezing the layer leaves it as it is."""
    return bool(getattr(variable, "trainable", False) and getattr(owner, "trainable", True))


def seed_generators(layer: Any) -> list[Any]:
    """Return the generators of random numbers that Keras gave to a layer."""
    generator = getattr(getattr(layer, "_random_generator", None), "_generator", None)
    return [] if generator is None else [generator]
