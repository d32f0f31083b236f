"""How Keras names what is saved, and what those names lead back to."""

from __future__ import annotations

from typing import Any

import keras
import pytest

from maskcheck.lab.layer.registration import describe_functions, describe_registration, find_custom_objects
from maskcheck.model.layer_facts import Registration
from tests.lab import layers
from tests.lab.layers import Scale, Unregistered

PREFIX = "keras.src.activations.activations"


@keras.saving.register_keras_serializable(package="lab")
def registered(x: Any) -> Any:
    return x


def plain(x: Any) -> Any:
    return x


def gelu(x: Any) -> Any:
    return -x


class Holds(keras.layers.Layer):
    def __init__(self, *held: Any) -> None:
        super().__init__()
        for index, each in enumerate(held):
            setattr(self, f"held{index}", each)

    def call(self, inputs: Any) -> Any:
        return inputs


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (Scale, Registration("lab>Scale", True, "tests.lab.layers.Scale", False)),
        (Unregistered, Registration("Unregistered", False)),
        (keras.layers.Dense, Registration("Dense", False)),
        (registered, Registration("lab>registered", True, f"{__name__}.registered", False)),
        (plain, Registration("plain", False)),
    ],
)
def test_registration(thing: Any, expected: Registration) -> None:
    assert describe_registration(thing) == expected


def test_class_with_the_name_of_a_layer_of_keras() -> None:
    class Dense(Scale):
        pass

    namesake = "keras.src.layers.core.dense.Dense"
    assert describe_registration(Dense) == Registration("Dense", False, namesake)
    assert (
        describe_registration(keras.saving.register_keras_serializable("lab")(Dense)).resolves_to != namesake
    )


def test_two_classes_of_one_name() -> None:
    def made(factor: float) -> type:
        @keras.saving.register_keras_serializable(package="lab_twice")
        class Made(Scale):
            strength = factor

        return Made

    first, second = made(1), made(2)
    assert describe_registration(first).collides
    assert describe_registration(first).registered_name == "lab_twice>Made"
    assert not describe_registration(second).collides


def test_custom_objects_are_the_unregistered_layers_of_the_module_and_of_the_layer() -> None:
    assert find_custom_objects(Scale()) == {"Unregistered": layers.Unregistered}
    found = find_custom_objects(Holds(Unregistered(), keras.layers.Dense(1), Scale()))
    assert found == {"Holds": Holds, "Unregistered": Unregistered}


def test_functions_that_attributes_hold() -> None:
    layer = Holds(plain, registered, gelu, lambda x: x, keras.activations.relu, len, 3)
    layer.inner = Holds(gelu)
    found = describe_functions(layer)
    assert list(found) == ["held0", "held1", "held2", "held3", "inner.held0"]
    assert found["held0"] == Registration("plain", False)
    assert found["held1"].registered
    assert found["held2"] == Registration("gelu", False, f"{PREFIX}.gelu", True)
    assert (found["held3"].registered_name, found["held3"].collides) == ("<lambda>", False)
