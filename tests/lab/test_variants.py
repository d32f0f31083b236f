"""Cases repeated in variants: the process is as asked for, and what cannot be repeated says why."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import keras
import pytest
import tensorflow as tf

from maskcheck.judging.judge import judge
from maskcheck.lab.task import Task
from maskcheck.lab.variants import add_variants, gather_cases
from maskcheck.model.case import Case, LayerSpec, Leaf, Mark, Subject
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Severity
from maskcheck.model.target import World
from maskcheck.rules.registry import RULES
from maskcheck.settings import Settings
from tests.lab.layers import Scale

_ROUTES = ("config", "keras")
SUBJECT = Subject("lab", "Any", "lab.py", 1)


@keras.saving.register_keras_serializable(package="lab")
class Constant(keras.layers.Layer):
    """Adds a float32 constant, which half precision refuses."""

    def call(self, inputs: Any) -> Any:
        return tf.add(inputs, tf.constant(1.0))


@keras.saving.register_keras_serializable(package="lab")
class Idle(Scale):
    """Can be quantized, and does not mind."""

    def quantize(self, mode: str, **options: Any) -> None:
        """Do nothing."""


@keras.saving.register_keras_serializable(package="lab")
class NoRank(keras.layers.Dense):
    """Says nothing of LoRA in its config."""

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        return {key: value for key, value in config.items() if key not in ("lora_rank", "lora_alpha")}


@keras.saving.register_keras_serializable(package="lab")
class NoLora(keras.layers.Dense):
    """Saves the kernel without what LoRA adds to it."""

    def save_own_variables(self, store: Any) -> None:
        store["0"], store["1"] = self._kernel, self.bias


@keras.saving.register_keras_serializable(package="lab")
class NoScale(keras.layers.Dense):
    """May be quantized, and says that it is not."""

    def quantize(self, mode: str, **options: Any) -> None:
        super().quantize(mode, type_check=False)

    def get_config(self) -> dict[str, Any]:
        config = super().get_config()
        del config["quantization_config"]
        return {**config, "dtype": "float32"}


@keras.saving.register_keras_serializable(package="lab")
class Doubles(keras.layers.Dense):
    """Calls the dense layer as it is."""

    def call(self, inputs: Any, training: Any = None) -> Any:
        return super().call(inputs, training=training) * 2


@keras.saving.register_keras_serializable(package="lab")
class Plain(keras.layers.Layer):
    """Takes nothing of what Keras' Layer takes."""

    def __init__(self, factor: float = 1.0) -> None:
        super().__init__()
        self.factor = factor

    def call(self, inputs: Any) -> Any:
        return inputs * self.factor


def gathered(
    cls: type,
    scratch: Path,
    *names: str,
    wanted: str | None = None,
    routes: tuple[str, ...] = ("config",),
    **init: Any,
) -> list[Evidence]:
    case = Case("plain", init=init, args=(Leaf(shape=(2, 3)),))
    spec = LayerSpec(cls.__name__, Mark("s.yaml", 1), (case,), dtypes=names)
    settings = Settings(("lab",), routes=routes, case=wanted)
    task = Task(World("", (), ()), SUBJECT, spec, settings, str(scratch))
    return list(gather_cases(task, cls, add_variants(task, spec.cases)))


def dtypes(evidence: Evidence) -> Sequence[str]:
    assert evidence.before is not None
    outputs: Any = evidence.before.calls["inference"].outputs
    return evidence.before.weights["kernel"].dtype, outputs.dtype


def test_a_case_is_repeated_under_a_policy_which_is_put_back(tmp_path: Path) -> None:
    before = keras.config.dtype_policy()
    plain, mixed, double = gathered(Scale, tmp_path, "mixed_float16", "float64")
    assert [e.case for e in (plain, mixed, double)] == ["plain", "plain@mixed_float16", "plain@float64"]
    assert [*map(dtypes, (plain, mixed, double))] == [
        ("float32", "float32"),
        ("float32", "float16"),
        ("float64", "float64"),
    ]
    assert keras.config.dtype_policy() is before


@pytest.mark.parametrize(("wanted", "cases"), [("plain", 3), ("plain@float64", 1)])
def test_the_plain_case_means_its_repeats_too(tmp_path: Path, wanted: str, cases: int) -> None:
    assert len(gathered(Scale, tmp_path, "bfloat16", "float64", wanted=wanted)) == cases


@pytest.mark.parametrize(
    ("cls", "name", "reason"),
    [
        (
            Constant,
            "mixed_float16",
            "it does not work with mixed_float16: call raises InvalidArgumentError: ",
        ),
        (Scale, "int8", "the layer has no quantize() of its own"),
        (Scale, "lora", "the layer has no enable_lora() of its own"),
        (Idle, "int8", "quantize() changes nothing in the layer"),
    ],
)
def test_what_a_layer_does_not_support_is_no_failure(
    tmp_path: Path, cls: type, name: str, reason: str
) -> None:
    plain, repeated = gathered(cls, tmp_path, name)
    assert plain.failure is None
    assert repeated.unsupported.startswith(reason)
    assert (repeated.failure, repeated.before) == (None, None)


def test_a_case_that_fails_anyway_is_not_repeated(tmp_path: Path) -> None:
    plain, repeated = gathered(Scale, tmp_path, "float64", nosuch=1)
    assert plain.failure is not None
    assert repeated.unsupported == "the case itself could not be built and called"


def test_a_layer_of_keras_is_quantized_and_given_lora_weights(tmp_path: Path) -> None:
    _, int8, lora = gathered(keras.layers.Dense, tmp_path, "int8", "lora", units=4)
    assert int8.before is not None
    assert lora.before is not None
    assert "int8" in {weight.dtype for weight in int8.before.weights.values()}
    assert any("lora_kernel_a" in path for path in lora.before.weights)


@pytest.mark.parametrize(
    ("cls", "name", "faults"),
    [
        (NoRank, "lora", {("MC101", "lora_rank"), ("MC101", "lora_alpha")}),
        (NoLora, "lora", {("MC307", "lora_kernel_a, lora_kernel_b")}),
        (NoScale, "int8", {("MC701", "dtype")}),
        (Doubles, "lora", set()),
    ],
)
def test_subclasses_of_dense(cls: type, name: str, faults: set[tuple[str, str]], tmp_path: Path) -> None:
    plain, repeated = gathered(cls, tmp_path, name, routes=_ROUTES, units=4)
    told, shown = (judge(each, RULES, _ROUTES).findings for each in (plain, repeated))
    assert told == ()
    assert {(each.rule, each.subject) for each in shown if each.severity is Severity.ERROR} == faults


@pytest.mark.parametrize(("cls", "takes"), [(Scale, True), (Plain, False)])
def test_whether_a_layer_can_be_given_a_dtype(cls: type, takes: bool, tmp_path: Path) -> None:
    (found,) = gathered(cls, tmp_path)
    assert found.facts.takes_dtype is takes
