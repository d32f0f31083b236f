"""What a module calls Keras."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from maskcheck.lab.layer_class.keras_names import find_keras_names
from maskcheck.model.layer_facts import KerasNames


@pytest.mark.parametrize(
    ("imports", "names"),
    [
        ("import keras", KerasNames()),
        ("import keras as K", KerasNames("K", "K.saving")),
        ("import tensorflow as tf\nimport keras", KerasNames()),
        ("import tensorflow as tf", KerasNames("tf.keras", "tf.keras.utils")),
        ("from tensorflow import keras", KerasNames("keras", "keras.utils")),
        ("import tensorflow.keras.layers\nfrom tensorflow import keras", KerasNames("keras", "keras.utils")),
        ("from keras import layers, ops", KerasNames("", "")),
        ("import numpy as np", KerasNames("", "")),
    ],
)
def test_the_names_of_a_module_reach_what_registers(
    imports: str, names: KerasNames, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = ModuleType("named")
    exec(f"{imports}\nclass Plain: pass", vars(module))
    monkeypatch.setitem(sys.modules, "named", module)
    assert find_keras_names(module.Plain) == names
    if names.saving:
        assert callable(eval(f"{names.saving}.register_keras_serializable", vars(module)))
