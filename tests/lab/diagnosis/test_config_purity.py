"""What get_config and from_config do besides their work."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from maskcheck.model.evidence import ConfigEvidence
from maskcheck.model.value import DictValue
from tests.lab.gathered import evidence
from tests.lab.layers import Scale

COUNTER = itertools.count()


class Listed(keras.layers.Layer):
    """Holds a list and a table; ``written`` says what get_config makes of them."""

    written: Any = staticmethod(lambda layer: {"sizes": list(layer.sizes), "table": dict(layer.table)})

    def __init__(self, sizes: Any = (1, 2), table: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sizes, self.table = list(sizes), dict(table or {"a": 1})

    def call(self, inputs: Any) -> Any:
        return inputs

    def get_config(self) -> Any:
        written = self.written(self)
        return {**super().get_config(), **written} if isinstance(written, dict) else written


def found(tmp_path: Path, written: Any = None, **methods: Any) -> ConfigEvidence:
    if written is not None:
        methods["written"] = staticmethod(written)
    return evidence(type("Listed", (Listed,), methods), tmp_path, routes=()).config


def test_a_pure_config(tmp_path: Path) -> None:
    config = found(tmp_path)
    assert (config.failure, config.varies, config.mutates, config.aliased, config.consumed) == (
        None,
        (),
        (),
        (),
        (),
    )
    assert isinstance(config.value, DictValue)
    assert config.written["sizes"] == [1, 2]
    assert dict(config.value.items)["name"] == "listed_checked"


def test_the_written_form_is_what_json_holds(tmp_path: Path) -> None:
    config = evidence(Scale, tmp_path, routes=(), dtype="mixed_float16").config
    assert config.written["dtype"]["config"] == {"name": "mixed_float16"}


@pytest.mark.parametrize(
    ("written", "aliased"),
    [
        (lambda layer: {"sizes": layer.sizes}, ("sizes",)),
        (lambda layer: {"sizes": (0, [layer.sizes])}, ("sizes",)),
        (lambda layer: {"sizes": [0], "table": {"inside": layer.table}}, ("table",)),
        (lambda layer: {"sizes": tuple(layer.sizes)}, ()),
    ],
)
def test_live_parts_of_the_layer_in_the_config(
    written: Any, aliased: tuple[str, ...], tmp_path: Path
) -> None:
    assert found(tmp_path, written).aliased == aliased


class Shaped(keras.layers.LayerNormalization):
    """Keras' own get_config hands out the list of axes."""

    own: Any = staticmethod(lambda layer: {})

    def __init__(self, axis: Any = (1,), sizes: Any = (1, 2), **kwargs: Any) -> None:
        super().__init__(axis=axis, **kwargs)
        self.sizes = list(sizes)

    def get_config(self) -> Any:
        return {**super().get_config(), "sizes": list(self.sizes), **self.own(self)}


def test_what_keras_itself_hands_out_is_not_the_users_doing(tmp_path: Path) -> None:
    assert evidence(Shaped, tmp_path, routes=(), axis=[1]).config.aliased == ()


def test_what_the_user_hands_out_beside_keras_is_told(tmp_path: Path) -> None:
    cls = type("Shaped", (Shaped,), {"own": staticmethod(lambda layer: {"sizes": layer.sizes})})
    assert evidence(cls, tmp_path, routes=(), axis=[1]).config.aliased == ("sizes",)


def test_the_config_itself_as_an_attribute(tmp_path: Path) -> None:
    def get_config(self: Any) -> Any:
        if not hasattr(self, "kept"):
            self.__dict__["kept"] = {"name": self.name}
        return self.kept

    assert found(tmp_path, get_config=get_config).aliased == ("kept",)


def test_a_config_that_varies(tmp_path: Path) -> None:
    config = found(tmp_path, lambda layer: {"sizes": [next(COUNTER)], "table": {"a": [1]}})
    assert config.varies == ("sizes",)


def test_nan_in_a_config_does_not_vary(tmp_path: Path) -> None:
    config = found(tmp_path, lambda layer: {"sizes": [float("nan")], "table": np.array([np.nan])})
    assert config.varies == ()


def test_a_config_that_changes_the_layer(tmp_path: Path) -> None:
    def written(layer: Any) -> Any:
        layer.sizes.append(0)
        layer.new = 1
        return {"sizes": list(layer.sizes)}

    assert found(tmp_path, written).mutates == ("sizes", "new")


@pytest.mark.parametrize(
    ("take", "consumed"),
    [
        (lambda config: config.pop("sizes"), ("sizes",)),
        (lambda config: config["sizes"].append(9), ("sizes",)),
        (lambda config: config.update(sizes=[3], name="x"), ("name", "sizes")),
        (lambda config: None, ()),
    ],
)
def test_keys_that_from_config_takes(take: Any, consumed: tuple[str, ...], tmp_path: Path) -> None:
    def from_config(cls: Any, config: Any) -> Any:
        take(config)
        return cls(**config)

    assert sorted(found(tmp_path, from_config=classmethod(from_config)).consumed) == sorted(consumed)


class Holding(keras.layers.Layer):
    """Holds a wrapper, whose own from_config takes the wrapped layer out of what it is given."""

    def __init__(self, inner: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.inner = inner or keras.layers.TimeDistributed(keras.layers.Dense(2))

    def call(self, inputs: Any) -> Any:
        return inputs

    def get_config(self) -> Any:
        return {**super().get_config(), "inner": [keras.layers.serialize(self.inner)]}

    @classmethod
    def from_config(cls, config: Any) -> Any:
        (inner,) = config["inner"]
        return cls(**{**config, "inner": keras.layers.deserialize(inner)})


def test_what_a_class_of_keras_takes_out_of_its_own_part_is_not_consumed(tmp_path: Path) -> None:
    assert evidence(Holding, tmp_path, routes=()).config.consumed == ()


def test_what_from_config_takes_out_of_a_part_is_consumed(tmp_path: Path) -> None:
    def from_config(cls: Any, config: Any) -> Any:
        config["inner"][0]["config"].pop("trainable")
        return super(taking, cls).from_config(config)

    taking = type("Taking", (Holding,), {"from_config": classmethod(from_config)})
    assert evidence(taking, tmp_path, routes=()).config.consumed == ("inner",)


def test_a_from_config_that_leaves_consumes_nothing(tmp_path: Path) -> None:
    def from_config(cls: Any, config: Any) -> Any:
        raise SystemExit(3)

    assert found(tmp_path, from_config=classmethod(from_config)).consumed == ()


@pytest.mark.parametrize(
    ("written", "step", "kind"),
    [
        (lambda layer: 1 / 0, "get_config", "ZeroDivisionError"),
        (lambda layer: [1], "get_config", "TypeError"),
        (lambda layer: {"sizes": {1, 2}}, "serialize", "TypeError"),
        (lambda layer: {"sizes": object()}, "serialize", "TypeError"),
    ],
)
def test_a_config_that_cannot_be_had_or_written(written: Any, step: str, kind: str, tmp_path: Path) -> None:
    failure = found(tmp_path, written).failure
    assert failure is not None
    assert (failure.step, failure.error.type) == (step, kind)


def test_the_keys_that_cannot_be_written(tmp_path: Path) -> None:
    config = found(tmp_path, lambda layer: {"sizes": {1, 2}, "table": {"a": 1}, "kind": object()})
    assert config.unwritable == ("sizes", "kind")
