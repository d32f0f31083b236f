"""What is special to Keras 3."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import keras
from keras.src.backend.common import global_state
from keras.src.saving.serialization_lib import SafeModeScope
from keras.src.utils import naming, python_utils

_GENERATOR = "global_seed_generator"
safe_mode = SafeModeScope
SERVER = "tfsm"
# Why a layer by itself may not be copied or pickled; "" where Keras does it.
BY_PYTHON = ""
# Arguments of Keras' Layer that only say how it is run.
TECHNICAL: tuple[str, ...] = ()
Keeper = keras.Model


def forget_random_state() -> None:
    """Have functions without a seed begin anew."""
    global_state.set_global_attribute(_GENERATOR, None)


def forget_open_call() -> None:
    """Have the next call be no part of one that raised before Keras' Layer could end it."""
    global_state.set_global_attribute("current_call_ctx", None)


def reset_names() -> None:
    """Count automatic names from one again."""
    naming.reset_uids()


def process_state() -> list[Any]:
    """Return the objects in which Keras keeps counters, random state and settings of the process."""
    return [vars(global_state.GLOBAL_STATE_TRACKER)]


def constructor_arguments(layer: keras.Layer) -> Mapping[str, Any] | None:
    """Return what ``__init__`` was given, as far as Keras noted it: plain values only, else None."""
    noted = getattr(layer, "_auto_config", None)
    return None if noted is None else noted.config


def is_default(method: Callable[..., Any]) -> bool:
    """Tell whether a method is the one that Keras' Layer brings."""
    return bool(python_utils.is_default(method))


def own_variables(layer: keras.Layer) -> list[Any]:
    """Return the variables that a layer tracks itself, its sub-layers' left out."""
    return [*layer._trainable_variables, *layer._non_trainable_variables]


def is_compiled(model: keras.Model) -> bool:
    """Tell whether a model has been compiled."""
    return bool(model.compiled)


def attribute_of(flag: str) -> str:
    """Return the attribute in which Keras' Layer keeps one of its flags."""
    return flag


def all_weights(layer: keras.Layer) -> list[Any]:
    """Return the variables that a layer and its sub-layers track, those it tracks where its list raises."""
    try:
        return list(layer.weights)
    except (Exception, SystemExit):
        parts = [layer, *layer._flatten_layers(include_self=False)]
        return list({id(variable): variable for part in parts for variable in own_variables(part)}.values())


def trainable_weights(layer: keras.Layer) -> list[Any]:
    """Return those of them that an optimizer would get, by Keras' own rule where the layer's list raises."""
    try:
        return list(layer.trainable_weights)
    except (Exception, SystemExit):
        return [variable for variable in all_weights(layer) if variable.trainable] if layer.trainable else []


def read_losses(layer: keras.Layer) -> list[Any]:
    """Return the losses that a layer adds to its model's, by Keras' rule where its list raises."""
    try:
        return list(layer.losses)
    except (Exception, SystemExit):
        parts = [layer, *layer._flatten_layers(include_self=False)]
        regularized = [v for v in trainable_weights(layer) if v.regularizer is not None]
        added = [loss for part in parts for loss in part._get_own_losses()]
        return [*added, *(variable.regularizer(variable) for variable in regularized)]


def set_trainable(variable: Any, value: bool) -> None:
    """Have an optimizer get a variable, or not."""
    variable.trainable = value


def unwritten(cls: type[keras.Layer]) -> tuple[str, ...]:
    """Return the arguments of Keras' Layer that the get_config which the class inherits does not write."""
    return ("autocast",)


def bare_names(layer: keras.Layer) -> dict[str, type]:
    """Return the classes that a model around the layer is not loaded without, registered though they are."""
    return {}


def home(path: str) -> str:
    """Return where a dotted path of Keras' public names leads."""
    return path


def save_served(model: keras.Model, path: str) -> None:
    """Do nothing: a SavedModel that is exported serves Keras as well."""


def served_by_keras(path: str) -> Callable[..., Any]:
    """Return what serves the SavedModel that was exported to ``path``."""
    layer = keras.layers.TFSMLayer(path, call_endpoint="serve")
    layer.autocast = False
    return layer  # type: ignore[no-any-return]


def refuse_eager(model: keras.Model) -> None:
    """Do nothing: Keras 3 loads a Sequential model that is no graph as well."""


def is_trained(variable: Any, owner: Any) -> bool:
    """Tell whether a variable of a layer is one to train."""
    return bool(getattr(variable, "trainable", False))


def seed_generators(layer: keras.Layer) -> list[Any]:
    """Return the generators of random numbers that Keras knows of in a layer."""
    return list(getattr(layer, "_seed_generators", []))
