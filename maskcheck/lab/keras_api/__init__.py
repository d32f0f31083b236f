"""The Keras whose layers are checked: Keras 3, or Keras 2 as tf_keras. All that differs is in here.

``keras`` is the one or the other under the names of Keras 3; the functions do what
each needs its own way. TF_USE_LEGACY_KERAS chooses, as it does for TensorFlow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from maskcheck.lab.keras_api.which import LEGACY

if not TYPE_CHECKING and LEGACY:
    from maskcheck.lab.keras_api.keras2 import (
        BY_PYTHON,
        SERVER,
        TECHNICAL,
        Keeper,
        all_weights,
        attribute_of,
        bare_names,
        constructor_arguments,
        forget_open_call,
        forget_random_state,
        home,
        is_compiled,
        is_default,
        is_trained,
        keras,
        own_variables,
        process_state,
        read_losses,
        refuse_eager,
        reset_names,
        safe_mode,
        save_served,
        seed_generators,
        served_by_keras,
        set_trainable,
        trainable_weights,
        unwritten,
    )
else:
    import keras as keras

    from maskcheck.lab.keras_api.keras3 import (
        BY_PYTHON,
        SERVER,
        TECHNICAL,
        Keeper,
        all_weights,
        attribute_of,
        bare_names,
        constructor_arguments,
        forget_open_call,
        forget_random_state,
        home,
        is_compiled,
        is_default,
        is_trained,
        own_variables,
        process_state,
        read_losses,
        refuse_eager,
        reset_names,
        safe_mode,
        save_served,
        seed_generators,
        served_by_keras,
        set_trainable,
        trainable_weights,
        unwritten,
    )

__all__ = [
    "BY_PYTHON",
    "LEGACY",
    "SERVER",
    "TECHNICAL",
    "Keeper",
    "all_weights",
    "attribute_of",
    "bare_names",
    "constructor_arguments",
    "forget_open_call",
    "forget_random_state",
    "home",
    "is_compiled",
    "is_default",
    "is_keras",
    "is_trained",
    "keras",
    "own_variables",
    "process_state",
    "read_losses",
    "refuse_eager",
    "reset_names",
    "safe_mode",
    "save_served",
    "seed_generators",
    "served_by_keras",
    "set_trainable",
    "trainable_weights",
    "unwritten",
]


def is_keras(thing: object) -> bool:
    """Tell whether a class or function is Keras' own, of either Keras."""
    return str(getattr(thing, "__module__", "")).partition(".")[0] in ("keras", "tf_keras")
