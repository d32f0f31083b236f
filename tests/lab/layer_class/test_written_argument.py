"""How an argument is written to the config, by where the layer keeps it."""

from __future__ import annotations

from typing import Any

import keras
import pytest

from maskcheck.lab.layer.plain import freeze
from maskcheck.lab.layer_class.written_argument import Written, write_argument


class Keeps(keras.layers.Layer):
    """Keeps what it is given in several ways."""

    def __init__(self) -> None:
        super().__init__()
        self._private = 3
        self.kept_as = 0.25
        self.rate = keras.layers.Dropout(0.3)
        self.noise = keras.layers.GaussianNoise(0.4)
        self.dense = keras.layers.Dense(2, activation="tanh")
        self.norms = [keras.layers.BatchNormalization(momentum=0.6)]
        self.share = 0.75


@pytest.mark.parametrize(
    ("name", "given", "attributes", "passed", "expression"),
    [
        ("private", 3, ("_private",), (), "self._private"),
        ("alias", 0.25, ("kept_as",), (), "self.kept_as"),
        ("rate", 0.3, ("rate",), ("Dropout.0",), "self.rate.rate"),
        ("noise", 0.4, ("noise",), ("GaussianNoise.0",), "self.noise.stddev"),
        ("act", "tanh", ("dense",), ("activation",), "serialize(self.dense.activation)"),
        ("momentum", 0.6, ("norms",), ("momentum",), "self.norms[0].momentum"),
    ],
)
def test_from_where_it_is_kept(
    name: str, given: Any, attributes: tuple[str, ...], passed: tuple[str, ...], expression: str
) -> None:
    text = expression.replace("serialize(", "keras.saving.serialize_keras_object(")
    assert write_argument(Keeps(), name, freeze(given), attributes, passed) == Written(text)


@pytest.mark.parametrize(
    ("name", "given", "attributes", "attribute"),
    [("drop", 0.25, ("share",), "drop"), ("dense", 7, ("dense",), "dense_given"), ("lost", 1, (), "lost")],
)
def test_what_nothing_keeps_is_to_be_kept_first(
    name: str, given: Any, attributes: tuple[str, ...], attribute: str
) -> None:
    found = write_argument(Keeps(), name, freeze(given), attributes, ())
    assert found == Written(f"self.{attribute}", f"self.{attribute} = {name}")
