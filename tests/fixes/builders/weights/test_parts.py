from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.rules.attributes.identity_lost import IdentityLost
from maskcheck.rules.attributes.sublayer_changed import SublayerChanged
from tests.fixes.builders.proposing import make, propose

CLASS = """import keras


class A(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.dense = keras.layers.Dense(units)

    def get_config(self):
        return {**super().get_config(), 'units': self.dense.units}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "layers.py"


def test_part_is_written_and_put_back(file: Path) -> None:
    file.write_text(CLASS)
    (edit,) = propose(SublayerChanged, file, "A", "dense.activation", "dense.dtype_policy")
    made = make(edit, file)
    assert "'dense': keras.layers.serialize(self.dense)" in made
    assert made.endswith(
        "    @classmethod\n    def from_config(cls, config):\n        config = dict(config)\n"
        '        dense = keras.layers.deserialize(config.pop("dense"))\n        layer = cls(**config)\n'
        "        layer.dense = dense\n        return layer\n"
    )


def test_list_of_parts_is_written_as_one(file: Path) -> None:
    file.write_text(CLASS)
    (edit,) = propose(SublayerChanged, file, "A", "dense[2]")
    assert "keras.saving.serialize_keras_object(self.dense)" in make(edit, file)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("self, units,", "self, units, dense,"),
        ("self.dense = ", "self.other = "),
        ("    def get_config", "    def build(self, s):\n        self.dense = s\n\n    def get_config"),
        ("    def get_config", "    def from_config(cls, config): ...\n\n    def get_config"),
        ("def get_config", "def describe"),
    ],
    ids=["argument", "made elsewhere", "made in build", "own from_config", "no get_config"],
)
def test_part_that_is_not_only_made_in_init_is_not_put_back(file: Path, before: str, after: str) -> None:
    file.write_text(CLASS.replace(before, after))
    assert propose(SublayerChanged, file, "A", "dense.activation") == ()


def test_namesake_of_a_class_of_keras_is_no_base(file: Path) -> None:
    text = "class Layer:\n    def from_config(cls, config): ...\n\n\n"
    file.write_text(CLASS.replace("class A", f"{text}class A"))
    assert len(propose(SublayerChanged, file, "A", "dense.activation")) == 1


def test_several_parts_are_left_to_the_author(file: Path) -> None:
    file.write_text(CLASS)
    assert propose(SublayerChanged, file, "A", "dense.activation", "other.activation") == ()


def test_part_itself_in_the_config_is_serialized(file: Path) -> None:
    file.write_text(CLASS.replace("'units': self.dense.units", "'inner': self.dense"))
    (edit,) = propose(IdentityLost, file, "A", "dense", hint="config.update(...)")
    assert "'inner': keras.saving.serialize_keras_object(self.dense)" in make(edit, file)
