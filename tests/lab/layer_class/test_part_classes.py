"""Classes of the user's own that a layer holds objects of."""

from __future__ import annotations

from typing import Any

import keras

from maskcheck.lab.layer_class.part_classes import find_part_classes


class Within(keras.constraints.Constraint):
    def __init__(self, most: float) -> None:
        self.most = most

    def get_config(self) -> dict[str, Any]:
        return {"most": self.most}


class Ramp(keras.initializers.Initializer):
    def __call__(self, shape: Any, dtype: Any = None) -> Any:
        return keras.ops.ones(shape)


class Odd:
    """Says nothing of a config."""


class Holds(keras.layers.Layer):
    def __init__(self) -> None:
        super().__init__()
        self.dense = keras.layers.Dense(2, kernel_initializer=Ramp())
        self.rules = {"first": [Within(2.0)]}
        self.odd = Odd()


def test_what_a_config_may_describe_is_found_wherever_it_is_held() -> None:
    found = find_part_classes(Holds())
    assert {name: part.kind for name, part in found.items()} == {
        "Ramp": "an initializer",
        "Within": "a constraint",
    }
    within = found["Within"]
    assert (within.attributes, within.file) == (frozenset({"most"}), __file__)
    assert (within.has_config, within.line) == (True, Within.get_config.__code__.co_firstlineno)
    assert not found["Ramp"].has_config
