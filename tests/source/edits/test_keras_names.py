"""Keras in lines to write, as the module names it that they are written in."""

from __future__ import annotations

import pytest

from maskcheck.model.layer_facts import KerasNames
from maskcheck.source.edits.keras_names import write_keras_names

TENSORFLOW = KerasNames("tf.keras", "tf.keras.utils")
REGISTER = "@keras.saving.register_keras_serializable()"


@pytest.mark.parametrize(
    ("text", "names", "written"),
    [
        (REGISTER, KerasNames(), REGISTER),
        (REGISTER, TENSORFLOW, "@tf.keras.utils.register_keras_serializable()"),
        (REGISTER, KerasNames("K", "K.utils"), "@K.utils.register_keras_serializable()"),
        (REGISTER, KerasNames("", ""), f"import keras\n{REGISTER}"),
        ("self.input_spec = keras.InputSpec()", TENSORFLOW, "self.input_spec = tf.keras.InputSpec()"),
        ("def f(x: tf.keras.layers.Layer): ...", TENSORFLOW, "def f(x: tf.keras.layers.Layer): ..."),
        ("def f(x: tf.keras.layers.Layer): ...", KerasNames("", ""), "def f(x: tf.keras.layers.Layer): ..."),
        ("my_keras.saving.x, keras", KerasNames("", ""), "my_keras.saving.x, keras"),
    ],
)
def test_keras_has_the_name_that_the_module_gives_it(text: str, names: KerasNames, written: str) -> None:
    assert write_keras_names(text, names) == written
