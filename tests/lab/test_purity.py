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

from .journey import evidence
from .layers import Scale

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
