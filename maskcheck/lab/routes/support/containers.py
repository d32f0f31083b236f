"""Models around a layer, for routes that save models: a functional one, or one that merely holds it."""

from __future__ import annotations

from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.downstream import Consumer, call_between
from maskcheck.lab.calls.inputs import CallInputs, flatten, map_tree
from maskcheck.lab.keras_api import Keeper, keras
from maskcheck.lab.layer.error_info import error_info, text_of
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.plain_state import keep_plain_state
from maskcheck.lab.layer_class.entry import bypasses_call
from maskcheck.model.error import ErrorInfo


class NotTraceable(Exception):
    """The layer cannot be called on symbolic tensors, so no functional model can hold it.

    ``of_layer`` is what its own code raised then, None where that was not the reason.
    """

    of_layer: ErrorInfo | None = None


class Bypassed(NotTraceable):
    """Keras never sees the layer being called: its own ``__call__`` runs the operations by themselves."""


@keras.saving.register_keras_serializable(package="maskcheck")
class Holder(Keeper):  # type: ignore[misc]
    """A subclassed model with nothing but a built layer, saved and loaded with it.

    With ``masks`` the layer stands between one that makes masks, where its first argument
    holds sequences of vectors, and one that heeds them. Both are called each time: a
    functional model would keep the mask as it was when the model was made.
    """

    def __init__(self, layer: keras.Layer, masks: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.held = layer
        self.masks = masks
        if masks:
            self.producer, self.consumer = keras.layers.Masking(), Consumer()
        self.built = True

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Call the layer, between its neighbours where it has them."""
        if not (self.masks and args):
            return self.held(*args, **kwargs)
        return call_between(self.producer, self.held, self.consumer, args, kwargs)

    def get_config(self) -> dict[str, Any]:
        """Return the config with the layer in it."""
        held = keras.saving.serialize_keras_object(self.held)
        return {**super().get_config(), "layer": held, "masks": self.masks}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Holder:
        """Return the model with the layer that its config describes."""
        return cls(**{**config, "layer": keras.saving.deserialize_keras_object(config["layer"])})


def make_functional(layer: keras.Layer, inputs: CallInputs) -> keras.Model:
    """Return a functional model of this layer alone, with an open batch size where it allows one.

    Calling it for that moves none of its flags and counters.

    Raises:
        NotTraceable: the layer raised on symbolic inputs, or gave no tensor.
        Bypassed: the model holds the layer's operations only.
    """
    with keep_plain_state(layer):
        try:
            model = _make_functional(layer, inputs, open_batch=not _counts_sequences(layer))
        except Exception:
            try:
                model = _make_functional(layer, inputs, open_batch=False)
            except Exception as error:
                refusal = NotTraceable(text_of(error))
                info = error_info(error)
                refusal.of_layer = info if info.file else None
                raise refusal from error
    if not any(part is layer for part in model.layers):
        raise Bypassed("a functional model holds its operations only, and not the layer")
    return model


def is_bypassed(layer: keras.Layer, inputs: CallInputs) -> bool:
    """Tell whether its own ``__call__`` keeps Keras from seeing the layer in a functional model."""
    if not bypasses_call(type(layer)):
        return False
    try:
        make_functional(layer, inputs)
    except Bypassed:
        return True
    except NotTraceable:
        return False
    return False


def _counts_sequences(layer: keras.Layer) -> bool:
    """Tell whether a recurrent layer keeps a state for each sequence, so that a batch has a size."""
    parts = walk(layer).layers.values()
    return any(isinstance(part, keras.layers.RNN) and part.stateful for part in parts)


def _make_functional(layer: keras.Layer, inputs: CallInputs, *, open_batch: bool) -> keras.Model:
    def placeholder(leaf: Any) -> Any:
        if not isinstance(leaf, tf.Tensor) or not leaf.shape.rank:
            return leaf
        size = None if open_batch else leaf.shape[0]
        return keras.Input(batch_shape=(size, *leaf.shape[1:]), dtype=leaf.dtype.name)

    args = [map_tree(placeholder, tree) for tree in inputs.args]
    kwargs = {name: map_tree(placeholder, value) for name, value in inputs.kwargs.items() if name != "mask"}
    symbols = [leaf for leaf in flatten([args, kwargs]) if isinstance(leaf, keras.KerasTensor)]
    return keras.Model(symbols, layer(*args, **kwargs))


def find_place(model: keras.Model, layer: keras.Layer) -> int:
    """Return the index of a layer among those of a model.

    Raises:
        LookupError: the model holds only what the layer calls, if anything.
    """
    for index, other in enumerate(model.layers):
        if other is layer:
            return index
    raise LookupError("a functional model holds only what it calls, and not the layer itself")


def make_holder(layer: keras.Layer) -> keras.Model:
    """Return a model that holds the built layer, or the layer if it is a model itself."""
    return layer if isinstance(layer, keras.Model) else Holder(layer)
