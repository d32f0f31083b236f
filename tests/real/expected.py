"""The errors that scans of real libraries report, each confirmed by a snippet that needs only Keras."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pytest

from tests.real.libraries import DEEL_LIP, KERAS, Library


@dataclass(frozen=True)
class Loss:
    """One true error. ``confirm`` shows it without maskcheck, and fails where it is not there."""

    library: Library
    layer: str
    code: str
    subject: str
    reason: str
    confirm: Callable[[], None]


def restored(layer: Any) -> Any:
    """Return what comes back of ``layer`` from the JSON text of its config."""
    from keras.saving import deserialize_keras_object, serialize_keras_object

    return deserialize_keras_object(json.loads(json.dumps(serialize_keras_object(layer))))


def gru_cudnn() -> None:
    from keras import layers

    layer = layers.GRU(3, use_cudnn=False)
    assert (layer.use_cudnn, restored(layer).use_cudnn) == (False, "auto")


def lstm_cudnn() -> None:
    from keras import layers

    layer = layers.LSTM(3, use_cudnn=False)
    assert (layer.use_cudnn, restored(layer).use_cudnn) == (False, "auto")


def simple_rnn_seed() -> None:
    from keras import layers

    layer = layers.SimpleRNN(3, dropout=0.4, seed=7)
    assert (layer.cell.seed, restored(layer).cell.seed) == (7, None)


def simple_rnn_regularizer() -> None:
    from keras import layers

    assert layers.GRU(3, activity_regularizer="l2").activity_regularizer is not None
    assert layers.SimpleRNN(3, activity_regularizer="l2").activity_regularizer is None


def category_encoding_sparse() -> None:
    import tensorflow as tf
    from keras import layers

    layer = layers.CategoryEncoding(num_tokens=4, sparse=True)
    tokens = tf.constant([[1, 2]])
    assert isinstance(layer(tokens), tf.SparseTensor)
    assert not isinstance(restored(layer)(tokens), tf.SparseTensor)


def bounding_boxes_fill() -> None:
    from keras import layers

    layer = layers.MaxNumBoundingBoxes(max_number=3, fill_value=-2, bounding_box_format="xyxy")
    assert (layer.fill_value, restored(layer).fill_value) == (-2, -1)


def grayscale_seed() -> None:
    from keras import layers

    layer = layers.RandomGrayscale(factor=0.6, seed=7)
    assert (layer.seed, restored(layer).seed) == (7, None)


def shear_range(name: str) -> Callable[[], None]:
    """Return the snippet for one of the two directions."""

    def confirm() -> None:
        from keras import layers

        layer = layers.RandomShear(**{name: 0.3})
        assert layer.get_config()[name] == (-0.3, 0.3)
        with pytest.raises((TypeError, ValueError), match=r"in the range \[0, 1"):
            restored(layer)

    return confirm


def l2_pooling_epsilon() -> None:
    layer = import_module("deel.lip.layers").ScaledL2NormPooling2D(eps_grad_sqrt=0.01)
    assert (layer.eps_grad_sqrt, restored(layer).eps_grad_sqrt) == (0.01, 1e-6)


def global_l2_pooling_epsilon() -> None:
    layer = import_module("deel.lip.layers").ScaledGlobalL2NormPooling2D(eps_grad_sqrt=0.01)
    assert (layer.eps_grad_sqrt, restored(layer).eps_grad_sqrt) == (0.01, 1e-6)


def lora_alpha(name: str, **arguments: Any) -> Callable[[], None]:
    """Return the snippet for one layer: without lora_rank, lora_alpha is left out of the config."""

    def confirm() -> None:
        from keras import layers

        layer = getattr(layers, name)(lora_alpha=2, **arguments)
        assert (layer.lora_alpha, restored(layer).lora_alpha) == (2, None)

    return confirm


LORA: dict[str, dict[str, Any]] = {
    "Dense": {"units": 3},
    "EinsumDense": {"equation": "ab,bc->ac", "output_shape": 4},
    "Embedding": {"input_dim": 5, "output_dim": 3},
}
LOSSES = (
    *(
        Loss(KERAS, name, "MC101", "lora_alpha", "written only with lora_rank", lora_alpha(name, **arguments))
        for name, arguments in LORA.items()
    ),
    Loss(KERAS, "GRU", "MC101", "use_cudnn", "not in the config; cuDNN comes back on", gru_cudnn),
    Loss(KERAS, "LSTM", "MC101", "use_cudnn", "not in the config; cuDNN comes back on", lstm_cudnn),
    Loss(KERAS, "SimpleRNN", "MC101", "seed", "not in the config; dropout repeats no more", simple_rnn_seed),
    Loss(
        KERAS,
        "SimpleRNN",
        "MC105",
        "activity_regularizer",
        "taken by __init__, not given on to the base class",
        simple_rnn_regularizer,
    ),
    Loss(
        KERAS,
        "CategoryEncoding",
        "MC101",
        "sparse",
        "not in the config; the outputs come back dense",
        category_encoding_sparse,
    ),
    Loss(
        KERAS,
        "MaxNumBoundingBoxes",
        "MC101",
        "fill_value",
        "not in the config; missing boxes are filled with the default",
        bounding_boxes_fill,
    ),
    Loss(KERAS, "RandomGrayscale", "MC101", "seed", "not in the config", grayscale_seed),
    *(
        Loss(
            KERAS,
            "RandomShear",
            "MC103",
            name,
            "a number becomes the range (-x, x), which __init__ refuses",
            shear_range(name),
        )
        for name in ("x_factor", "y_factor")
    ),
    Loss(
        DEEL_LIP,
        "ScaledL2NormPooling2D",
        "MC101",
        "eps_grad_sqrt",
        "not in the config; the gradient changes",
        l2_pooling_epsilon,
    ),
    Loss(
        DEEL_LIP,
        "ScaledGlobalL2NormPooling2D",
        "MC101",
        "eps_grad_sqrt",
        "not in the config; the gradient changes",
        global_l2_pooling_epsilon,
    ),
)
