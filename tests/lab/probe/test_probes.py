"""Second values: losses that no case shows, for every plain type of argument; and what is no loss."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Any, Literal

import keras
import pytest
from keras import activations, initializers, ops

from maskcheck.model.report import LayerReport, Verdict
from maskcheck.settings import Settings
from tests.lab.test_examine import SETTINGS, examined

register = keras.saving.register_keras_serializable(package="probes")


class Mode(enum.Enum):
    SUM = "sum"
    MEAN = "mean"


def effect(layer: Any, inputs: Any) -> Any:
    """Return the inputs, changed by whatever the argument is."""
    value = layer.argument
    if callable(value):
        return value(inputs)
    if isinstance(value, Mode) or value in ("sum", "mean"):
        return ops.sum(inputs, -1) if getattr(value, "value", value) == "sum" else ops.mean(inputs, -1)
    if isinstance(value, dict):
        value = list(value.values())
    numbers = value if isinstance(value, (list, tuple)) else [value]
    return inputs * sum(float(number) for number in numbers if isinstance(number, (int, float)))


def layer_class(default: Any, annotation: Any, *, written: bool) -> type[keras.Layer]:
    """Return a layer whose one argument has this default and is written to the config, or not."""

    @register
    class Holder(keras.layers.Layer):  # type: ignore[misc]
        def __init__(self, argument: Any = default, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.argument = argument

        def call(self, inputs: Any) -> Any:
            return effect(self, inputs)

        def get_config(self) -> dict[str, Any]:
            config: dict[str, Any] = super().get_config()
            if written:
                value = self.argument
                config["argument"] = value.value if isinstance(value, Mode) else value
            return config

        @classmethod
        def from_config(cls, config: dict[str, Any]) -> Any:
            value = config.get("argument")
            if isinstance(default, Mode) and value is not None:
                config = {**config, "argument": Mode(value)}
            return super().from_config(config)

    Holder.__init__.__annotations__["argument"] = annotation
    Holder.__qualname__ = f"Holder{len(globals())}"
    globals()[Holder.__qualname__] = Holder
    return Holder


PLAIN: dict[str, tuple[Any, Any]] = {
    "bool": (True, bool),
    "int": (3, int),
    "float": (0.5, float),
    "zero": (0.0, float),
    "text": ("sum", str),
    "literal": ("sum", Literal["sum", "mean"]),
    "enum": (Mode.SUM, Mode),
    "tuple": ((1, 2), tuple),
    "list": ([1.0, 2.0], list),
    "mapping": ({"low": 1.0, "high": 2.0}, dict),
    "none or int": (None, "int | None"),
    "bare": (2, Any),
}


@pytest.mark.parametrize("name", PLAIN)
def test_a_missing_key_is_found_while_the_case_leaves_the_default(name: str, tmp_path: Path) -> None:
    default, annotation = PLAIN[name]
    report = examined(layer_class(default, annotation, written=False), tmp_path)
    errors = [f for f in report.findings if f.severity.value == "error"]
    assert [(f.rule, f.subject) for f in errors] == [("MC101", "argument")]
    assert any("second value: argument=" in line for line in errors[0].consequences)
    assert {check.status.value for check in report.checks if check.rule == "MC101"} >= {"failed"}


@pytest.mark.parametrize("name", PLAIN)
def test_a_key_that_is_written_is_proven(name: str, tmp_path: Path) -> None:
    default, annotation = PLAIN[name]
    report = examined(layer_class(default, annotation, written=True), tmp_path)
    assert _errors(report) == []
    assert "argument" in report.proven


@register
class Activated(keras.layers.Layer):  # type: ignore[misc]
    """Loses two arguments that Keras serializes."""

    def __init__(self, activation: Any = "relu", initializer: Any = "zeros", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.activation = activations.get(activation)
        self.initializer = initializers.get(initializer)

    def build(self, input_shape: Any) -> None:
        self.shift = self.add_weight(shape=(input_shape[-1],), initializer=self.initializer)

    def call(self, inputs: Any) -> Any:
        return self.activation(inputs + self.shift)

    def get_config(self) -> dict[str, Any]:
        return dict(super().get_config())


def test_objects_of_keras_are_probed_by_their_role(tmp_path: Path) -> None:
    report = examined(Activated, tmp_path)
    assert _errors(report) == [("MC101", "activation"), ("MC101", "initializer")]


@register
class Resolved(keras.layers.Layer):  # type: ignore[misc]
    """Loses three arguments of which only the text tells what they are."""

    def __init__(
        self,
        finish: Any = "linear",
        table: Any = None,
        size: tuple[int, ...] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.finish, self.table = activations.get(finish), dict(table or {})
        self.low, self.high = size or (1, 1)

    def call(self, inputs: Any) -> Any:
        return self.finish(inputs) * self.table.get("low", 1.0) * self.low + self.high

    def get_config(self) -> dict[str, Any]:
        return dict(super().get_config())


def test_what_the_text_says_of_an_argument_gives_its_second_value(tmp_path: Path) -> None:
    report = examined(Resolved, tmp_path)
    assert _errors(report) == [("MC101", "finish"), ("MC101", "table"), ("MC101", "size")]
    values = [line for f in report.findings for line in f.consequences if "second value" in line]
    assert [value.partition("=")[2][:5] for value in values] == ["'tanh", "{'low", "(2, 3"]


@register
class Padded(keras.layers.Layer):  # type: ignore[misc]
    """``pad_value`` is valid only with ``pad``; it is kept, or it is lost."""

    kept = True

    def __init__(self, pad: bool = False, pad_value: float = 0.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if pad_value and not pad:
            raise ValueError("pad_value may only be set together with pad=True")
        self.pad, self.pad_value = pad, pad_value

    def call(self, inputs: Any) -> Any:
        return inputs + self.pad_value if self.pad else inputs

    def get_config(self) -> dict[str, Any]:
        config = {**super().get_config(), "pad": self.pad, "pad_value": self.pad_value}
        return config if self.kept else {k: v for k, v in config.items() if k != "pad_value"}


@register
class LosesPadding(Padded):
    kept = False


def test_an_argument_that_needs_another_is_probed_with_it(tmp_path: Path) -> None:
    assert {"pad", "pad_value"} <= set(examined(Padded, tmp_path).proven)
    assert _errors(examined(LosesPadding, tmp_path)) == [("MC101", "pad_value")]


@register
class Grouped(keras.layers.Layer):  # type: ignore[misc]
    """Needs the number of groups only where it groups at all, and keeps it only then."""

    def __init__(self, grouped: bool = False, groups: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if grouped and groups is None:
            raise ValueError("groups must be given where grouped is True")
        self.grouped = grouped
        self.groups = groups

    def call(self, inputs: Any) -> Any:
        return inputs * float(self.groups) if self.grouped else inputs + 1.0

    def get_config(self) -> dict[str, Any]:
        kept = {"grouped": self.grouped, "groups": self.groups if self.grouped else None}
        return {**super().get_config(), **kept}


@register
class LosesGroups(Grouped):
    """Does not keep it where it is of use either."""

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "groups": 7 if self.grouped else None}


def test_an_argument_that_is_not_in_use_need_not_be_kept(tmp_path: Path) -> None:
    healthy = examined(Grouped, tmp_path)
    assert {"grouped", "groups"} <= set(healthy.proven)
    assert healthy.findings == ()
    assert "groups" not in examined(LosesGroups, tmp_path).proven


@register
class OfDense(keras.layers.Dense):  # type: ignore[misc]
    """Passes everything on to a layer of Keras."""


def test_what_keras_loses_is_no_fault_of_the_layer(tmp_path: Path) -> None:
    report = examined(OfDense, tmp_path, units=4)
    assert report.verdict is Verdict.CONFORM
    assert set(report.lost_by_keras) == {"Dense.lora_alpha", "Layer.autocast"}
    assert not {"lora_alpha", "autocast"} & {entry.name for entry in report.unproven}


@register
class DeafToRegularizer(keras.layers.Layer):  # type: ignore[misc]
    """Declares an argument of the base class and forgets it."""

    def __init__(self, activity_regularizer: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)

    def call(self, inputs: Any) -> Any:
        return inputs + 1.0


def test_a_declared_argument_that_nothing_takes_on_is_lost(tmp_path: Path) -> None:
    assert _errors(examined(DeafToRegularizer, tmp_path)) == [("MC105", "activity_regularizer")]


@register
class Rounds(keras.layers.Layer):  # type: ignore[misc]
    """Asking for its config changes it."""

    def __init__(self, factor: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, inputs: Any) -> Any:
        return inputs * self.factor

    def get_config(self) -> dict[str, Any]:
        self.factor = float(round(self.factor))
        return {**super().get_config(), "factor": self.factor}


def test_a_probe_tells_a_changing_get_config_from_a_lost_argument(tmp_path: Path) -> None:
    assert _errors(examined(Rounds, tmp_path)) == [("MC108", "factor")]


def test_without_probes_nothing_is_found_at_the_default(tmp_path: Path) -> None:
    settings = Settings(SETTINGS.targets, probe=False)
    report = examined(layer_class(3, int, written=False), tmp_path, settings=settings)
    assert _errors(report) == []
    assert [entry.name for entry in report.unproven] == ["argument"]


def _errors(report: LayerReport) -> list[tuple[str, str]]:
    return [(f.rule, f.subject) for f in report.findings if f.severity.value == "error"]
