"""The models that hold one layer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import keras
import pytest
import tensorflow as tf

from maskcheck.lab.calls.inputs import CallInputs, call_inputs
from maskcheck.lab.routes.support.containers import Holder, NotTraceable, make_functional, make_holder
from maskcheck.model.case import Case, Leaf
from tests.lab.layers import NumpyOnly, Scale, Small

INPUT = Leaf(shape=(2, 3))


def inputs(*args: Any, **call: Any) -> CallInputs:
    return call_inputs(Case("plain", args=args or (INPUT,), call=call), 0)


class Adds(keras.layers.Layer):
    def call(
        self, pair: Any, more: Any = None, extra: Any = None, factor: float = 1.0, mask: Any = None
    ) -> Any:
        total = pair["a"] + pair["b"][0]
        return total * factor if extra is None else total * factor + extra


class Fixed(keras.layers.Layer):
    """Wants a batch size that is known."""

    def call(self, inputs: Any) -> Any:
        return tf.reshape(inputs, (int(inputs.shape[0]), -1))


def test_the_batch_size_is_open_where_the_layer_allows_it() -> None:
    layer = Scale()
    model = make_functional(layer, inputs())
    assert model.input_shape == (None, 3)
    assert model.layers[-1] is layer
    assert model(tf.ones((7, 3))).shape == (7, 3)


def test_the_batch_size_is_that_of_the_case_where_it_must_be_known() -> None:
    assert make_functional(Fixed(), inputs()).input_shape == (2, 3)


def test_trees_and_keyword_tensors_become_inputs() -> None:
    tree = {"a": INPUT, "b": [INPUT]}
    given = inputs(tree, extra=INPUT, factor=2.0, mask=Leaf(shape=(2,), dtype="bool"))
    model = make_functional(Adds(), given)
    assert len(model.inputs) == 3
    assert {tensor.shape for tensor in model.inputs} == {(None, 3)}


def test_dtypes_are_those_of_the_case() -> None:
    model = make_functional(keras.layers.Embedding(9, 2), inputs(Leaf(shape=(2, 4), dtype="int32")))
    assert model.inputs[0].dtype == "int32"


@pytest.mark.parametrize("layer", [NumpyOnly(), keras.layers.Lambda(lambda x: 3), keras.layers.Layer()])
def test_what_takes_no_symbolic_tensors(layer: Any) -> None:
    with pytest.raises(NotTraceable) as caught:
        make_functional(layer, inputs())
    assert str(caught.value)


def test_without_tensors_there_is_no_model() -> None:
    with pytest.raises(NotTraceable):
        make_functional(Scale(), CallInputs((), {}))


def test_a_holder_saves_what_it_holds() -> None:
    layer = Scale()
    layer(tf.ones((2, 3)))
    held = make_holder(layer)
    assert [id(v) for v in held.weights] == [id(v) for v in layer.weights]
    assert tf.reduce_all(held(tf.ones((2, 3))) == layer(tf.ones((2, 3))))


class Passes(keras.layers.Layer):
    """Hands inputs and mask on."""

    def __init__(self) -> None:
        super().__init__()
        self.supports_masking = True

    def call(self, inputs: Any) -> Any:
        return inputs + 1


def test_between_its_neighbours_a_layer_hands_masks_on() -> None:
    padded = tf.constant([[[1.0, 2.0], [0.0, 0.0], [3.0, 0.0]]])
    passes, loses = Passes(), Scale()
    for layer in (passes, loses):
        layer(padded)
    assert Holder(passes)(padded).numpy().tolist() == [[[2.0, 3.0], [1.0, 1.0], [4.0, 1.0]]]
    assert Holder(passes, masks=True)(padded).numpy().tolist() == [[[2.0, 3.0], [0.0, 0.0], [4.0, 1.0]]]
    assert Holder(loses, masks=True)(padded).numpy().tolist() == padded.numpy().tolist()


def test_tokens_are_left_to_the_layer_to_mask() -> None:
    tokens = tf.constant([[1, 0, 2]])
    embedding = keras.layers.Embedding(3, 2, mask_zero=True)
    embedding(tokens)
    shown = Holder(embedding, masks=True)(tokens).numpy().any(axis=-1)
    assert shown.tolist() == [[True, False, True]]


def test_neighbours_come_back_with_what_they_stand_around(tmp_path: Path) -> None:
    layer = Scale()
    layer(tf.ones((1, 3, 2)))
    Holder(layer, masks=True).save(tmp_path / "model.keras")
    restored = keras.saving.load_model(tmp_path / "model.keras")
    assert restored.masks
    assert [type(part).__name__ for part in restored.layers] == ["Scale", "Masking", "Consumer"]


def test_a_model_needs_no_holder() -> None:
    model = Small()
    assert make_holder(model) is model
