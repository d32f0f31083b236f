"""Further containers in which users put layers, such as Sequential, TimeDistributed and RNN."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, takes
from maskcheck.lab.keras_api import keras, refuse_eager
from maskcheck.lab.layer.variables import copy_weights
from maskcheck.lab.routes.support.containers import Holder

_STEPS = 3


@dataclass(frozen=True)
class Contained:
    """A model with a layer in it; ``unload`` takes the layer out of a model like it.

    The layer is the traveller's own, or one that the container made of it.
    """

    model: keras.Model
    unload: Callable[[keras.Model], keras.Layer]

    @property
    def layer(self) -> keras.Layer:
        """Return the layer that is in there now."""
        return self.unload(self.model)


Maker = Callable[[], Contained]


@keras.saving.register_keras_serializable(package="maskcheck")
class Wrapped(keras.layers.Wrapper):  # type: ignore[misc]
    """Calls the layer in it: the least that a wrapper of one's own does."""

    def call(self, *args: Any, **kwargs: Any) -> Any:
        """Call the layer."""
        return self.layer(*args, **kwargs)


def list_wrappers(layer: keras.Layer, inputs: CallInputs) -> Iterator[tuple[str, Maker]]:
    """Yield each container that the layer fits into by the form of its inputs, and how to make it.

    Making one raises whatever the layer or the container raises.
    """
    first = inputs.args[0] if inputs.args else None
    if is_cell(layer):
        yield "rnn", lambda: _wrap(keras.layers.RNN(layer), _repeat(first), "cell")
        return
    yield "wrapper", lambda: _call_wrapper(Wrapped(layer), inputs)
    if len(inputs.args) > 1 or not isinstance(first, tf.Tensor) or inputs.kwargs.keys() - {"training"}:
        return
    if not first.shape.rank:
        return
    yield "sequential", lambda: _make_sequential(layer, first)
    if first.shape.rank == 2:
        yield "time-distributed", lambda: _wrap(keras.layers.TimeDistributed(layer), _repeat(first))
    if isinstance(layer, keras.layers.RNN):
        yield "bidirectional", lambda: _make_bidirectional(layer, first)


def is_cell(layer: keras.Layer) -> bool:
    """Tell whether the layer is one step of a recurrent layer."""
    sized = "state_size" in vars(layer) or hasattr(type(layer), "state_size")
    return sized and takes(layer, "states") and not isinstance(layer, keras.layers.RNN)


def _repeat(tensor: Any) -> Any:
    """Return the tensor at every one of a few steps, which are the second axis."""
    return tf.stack([tensor] * _STEPS, axis=1)


def _wrap(wrapper: keras.Layer, tensor: Any, name: str = "layer") -> Contained:
    wrapper(tensor)
    return Contained(Holder(wrapper), lambda model: getattr(model.held, name))


def _call_wrapper(wrapper: keras.Layer, inputs: CallInputs) -> Contained:
    args, kwargs = inputs.fresh()
    wrapper(*args, **kwargs)
    return Contained(Holder(wrapper), lambda model: model.held.layer)


def _make_sequential(layer: keras.Layer, tensor: Any) -> Contained:
    model = keras.Sequential([layer])
    model(tensor)
    refuse_eager(model)
    return Contained(model, lambda model: model.layers[-1])


def _make_bidirectional(layer: keras.Layer, tensor: Any) -> Contained:
    """Return the layer in both directions; Keras makes a new one of its config for each."""
    wrapper = keras.layers.Bidirectional(layer)
    wrapper(tensor)
    copy_weights(layer, wrapper.forward_layer)
    return Contained(Holder(wrapper), lambda model: model.held.forward_layer)
