"""The two tasks of a worker, from end to end on one layer."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import keras
import pytest

from maskcheck.errors import UsageError
from maskcheck.lab.entry import Task, confirm, examine
from maskcheck.lab.process.device import select_devices
from maskcheck.model.case import Case, Expectation, LayerSpec, Leaf, Mark, Subject
from maskcheck.model.finding import Status
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.route import DEFAULT_ROUTES
from maskcheck.model.target import ModuleFile, World
from maskcheck.settings import Settings
from tests.lab import layers
from tests.lab.layers import Forgets, Scale

MARK = Mark("maskcheck.yaml", 1)
SETTINGS = Settings(("lab",))


class Limits(NamedTuple):
    low: float
    high: float


class Node:
    def __init__(self, parent: Any = None) -> None:
        self.parent = parent
        self.children = [] if parent else [Node(self) for _ in range(50)]


@keras.saving.register_keras_serializable(package="lab")
class Crowded(Scale):
    """Holds what people put on layers: a logger, a module, a tree, a named tuple, a long range."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.logger = logging.getLogger("lab.crowded")
        self.library = keras
        self.tree = Node()
        self.limits = Limits(0.0, 1.0)
        self.steps = range(10**12)

    def call(self, inputs: Any, training: bool = False) -> Any:
        self.logger.debug("called")
        logging.getLogger(f"lab.{id(self)}").isEnabledFor(10)
        return Limits(super().call(inputs, training=training), inputs)


class HalfOnly(Scale):
    """Works under one global policy only."""

    def call(self, inputs: Any, training: bool = False) -> Any:
        assert keras.config.dtype_policy().name == "mixed_float16"
        return super().call(inputs, training=training)


def examined(
    cls: type,
    scratch: Path,
    *,
    settings: Settings = SETTINGS,
    keras_settings: Mapping[str, str] | None = None,
    expect: Sequence[Expectation] = (),
    **init: Any,
) -> LayerReport:
    file = str(layers.__file__)
    subject = Subject(cls.__module__, cls.__qualname__, file, 1)
    case = Case("plain", init=init, args=(Leaf(shape=(2, 3)),))
    spec = LayerSpec(cls.__name__, MARK, (case,))
    world = World("", (ModuleFile(cls.__module__, file),), (subject,))
    return examine(
        Task(
            world,
            subject,
            spec,
            settings,
            str(scratch),
            keras_settings=keras_settings or {},
            expect=tuple(expect),
        )
    )


def test_a_healthy_layer_conforms(tmp_path: Path) -> None:
    report = examined(Scale, tmp_path, factor=2.0, rate=0.5)
    assert (report.verdict, report.cases, report.routes) == (
        Verdict.CONFORM,
        (("plain", "spec"),),
        DEFAULT_ROUTES,
    )
    assert {"factor", "rate"} <= set(report.proven)
    assert report.checks


def test_a_faulty_layer_fails(tmp_path: Path) -> None:
    report = examined(Forgets, tmp_path, factor=2.0)
    assert report.verdict is Verdict.FAIL
    assert [finding.rule for finding in report.findings] == ["MC101"]


def test_a_loss_in_a_case_and_in_its_repeats_is_one_finding(tmp_path: Path) -> None:
    settings = replace(SETTINGS, routes=("config",), dtypes=("float64", "lora"))
    report = examined(Forgets, tmp_path, settings=settings, factor=2.0)
    assert [(finding.rule, finding.case) for finding in report.findings] == [("MC101", "plain")]
    assert [case for case, _ in report.cases] == ["plain", "plain@float64", "plain@lora"]
    failed = {check.case for check in report.checks if check.status is Status.FAILED}
    assert failed == {"plain", "plain@float64"}


def test_an_expectation_on_a_repeat_waits_for_the_scan_that_makes_it(tmp_path: Path) -> None:
    expected = [Expectation("MC101", "old", "factor", "plain@float64", "config")]
    report = examined(Scale, tmp_path, settings=replace(SETTINGS, routes=("config",)), expect=expected)
    assert report.findings == ()
    repeated = replace(SETTINGS, routes=("config",), dtypes=("float64",))
    stale = examined(Scale, tmp_path, settings=repeated, expect=expected).findings
    assert [finding.rule for finding in stale] == ["MC008"]


def test_a_layer_full_of_things_is_no_false_alarm(tmp_path: Path) -> None:
    report = examined(Crowded, tmp_path, factor=2.0)
    assert [finding.message for finding in report.findings] == []
    assert report.verdict is Verdict.CONFORM


def test_a_layer_that_cannot_be_constructed_is_unchecked(tmp_path: Path) -> None:
    report = examined(Scale, tmp_path, no_such_argument=1)
    assert report.verdict is Verdict.UNCHECKED
    assert [finding.rule for finding in report.findings] == ["MC003"]


def test_a_layer_is_examined_under_the_settings_that_its_world_leaves(tmp_path: Path) -> None:
    there = examined(HalfOnly, tmp_path, keras_settings={"global dtype policy": "mixed_float16"}, factor=2.0)
    assert there.verdict is not Verdict.UNCHECKED
    assert keras.config.dtype_policy().name == "float32"
    assert examined(HalfOnly, tmp_path, factor=2.0).verdict is Verdict.UNCHECKED


def test_confirming_tells_the_device_and_the_versions() -> None:
    world = World("", (ModuleFile(layers.__name__, str(layers.__file__)),), ())
    found = confirm(world, SETTINGS)
    assert found.device == select_devices("auto")[0]
    assert found.keras_settings["global dtype policy"] == "float32"
    assert found.versions["keras"] == keras.__version__
    assert {"Scale", "Small", "Unregistered"} <= {subject.name for subject in found.subjects}


def test_a_device_that_does_not_exist_is_the_users_to_mend() -> None:
    with pytest.raises(UsageError, match="no device 'abacus'"):
        confirm(World("", (), ()), Settings(("lab",), device="abacus"))
