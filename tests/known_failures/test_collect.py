"""Known failures find their layers, and those that find none are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.engine.plan import PlannedStep, plan_layers
from maskcheck.engine.processes.task import Job
from maskcheck.engine.selection import attach_known_failures
from maskcheck.errors import UsageError
from maskcheck.known_failures.collect import collect_known_failures
from maskcheck.known_failures.match_findings import mark_expected
from maskcheck.known_failures.stale_baseline import report_stale_entries
from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.case import Expectation, LayerSpec, Mark, Spec
from maskcheck.model.finding import Status
from maskcheck.model.report import LayerReport
from maskcheck.model.target import ImportedWorld
from maskcheck.settings import Settings
from tests.engine.worlds import broken, world

SETTINGS = Settings(("pkg",))
NO_SPEC = Spec()
RATE = Known("pkg.mod.A", "MC101", "rate", ("config", "keras"), mark=Mark("b.yaml", 5))


def planned(
    source: Path, *names: str, entries: tuple[Known, ...] = (), spec: Spec = NO_SPEC
) -> list[PlannedStep]:
    worlds = [world(*names, file=str(source))]
    return with_expectations(worlds, Baseline("b.yaml", entries), spec)


def with_expectations(
    worlds: list[ImportedWorld], baseline: Baseline, spec: Spec = NO_SPEC
) -> list[PlannedStep]:
    known = collect_known_failures(worlds, baseline)
    return [attach_known_failures(step, known) for step in plan_layers(worlds, spec, SETTINGS)]


def told(step: PlannedStep) -> list[tuple[str, str | None, str | None, str]]:
    assert isinstance(step, Job)
    return [(e.rule, e.subject, e.route, e.origin) for e in step.expectations]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "mod.py"
    path.write_text("class A:  # maskcheck: expect MC401 - why\n    pass\n\nclass B:\n    pass\n", "utf-8")
    return path


def test_spec_comments_and_baseline_come_together(source: Path) -> None:
    expectation = Expectation("MC301", "why")
    spec = Spec("s.yaml", (LayerSpec("A", Mark("s.yaml", 3), expect=(expectation,)),))
    first, second = planned(source, "A", "B", entries=(RATE,), spec=spec)
    assert told(first) == [
        ("MC301", None, None, "spec"),
        ("MC401", None, None, "source"),
        ("MC101", "rate", "config", "baseline"),
        ("MC101", "rate", "keras", "baseline"),
    ]
    assert told(second) == []


def test_a_class_is_known_by_its_place_as_a_function_may_have_made_it(source: Path) -> None:
    (step,) = planned(source, "Made")
    assert told(step) == [("MC401", None, None, "source")]


def test_a_comment_about_a_class_that_is_no_layer(source: Path) -> None:
    worlds = [world("B", file=str(source), line=4)]
    with pytest.raises(UsageError, match=r":1:11: A is no layer that a scan finds"):
        with_expectations(worlds, Baseline())


def test_other_classes_of_a_module_of_which_one_is_asked_for(source: Path) -> None:
    worlds = [world("B", file=str(source), line=4, only=frozenset({"B"}))]
    (step,) = with_expectations(worlds, Baseline())
    assert told(step) == []


def test_a_module_that_cannot_be_imported_may_be_known() -> None:
    worlds = [broken(world("A"), "pkg.bad")]
    known = Known("pkg.bad", "MC001", "pkg.bad", mark=Mark("b.yaml", 5))
    steps = with_expectations(worlds, Baseline("b.yaml", (known,)))
    (report,) = [step for step in steps if isinstance(step, LayerReport)]
    assert [(f.status, f.origin) for f in report.findings] == [(Status.EXPECTED, "b.yaml:5")]
    assert [check.status for check in report.checks] == [Status.EXPECTED]


def test_of_what_could_not_be_checked_nothing_else_is_stale() -> None:
    (report,) = broken(world("A"), "pkg.bad").failures
    assert mark_expected(report, [Expectation("MC101", "why")]) == report


def names(*entries: Known, world_of: str = "pkg.bad", **settings: object) -> list[str]:
    worlds = [broken(world("A"), world_of)]
    found = report_stale_entries(worlds, Baseline("b.yaml", entries), Settings(("pkg",), **settings))  # type: ignore[arg-type]
    return [f"{layer.id}:{layer.line} {', '.join(f.rule for f in layer.findings)}" for layer in found]


def test_classes_that_are_no_longer_there() -> None:
    lost = Known("pkg.mod.Old", "MC101", "rate", ("config",), mark=Mark("b.yaml", 7))
    again = Known("pkg.mod.Old", "MC401", "outputs", ("keras",), mark=Mark("b.yaml", 8))
    whole = Known("pkg.old.B", "MC002", "B", mark=Mark("b.yaml", 9))
    mended = Known("pkg.mod", "MC001", "pkg.mod", mark=Mark("b.yaml", 10))
    assert names(RATE, lost, again, whole, mended) == [
        "pkg.mod:10 MC008",
        "pkg.mod.Old:7 MC008, MC008",
        "pkg.old.B:9 MC008",
    ]


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("other.mod.Old", {}),
        ("pkg.bad", {}),
        ("pkg.bad.Old", {}),
        ("pkgs.Old", {}),
        ("pkg.mod.Old", {"only": ("A",)}),
        ("pkg.mod.Old", {"select": ("MC4",)}),
        ("pkg.mod.Old", {"ignore": ("MC101",)}),
        ("pkg.mod.Old", {"ignore": ("MC008",)}),
    ],
)
def test_what_was_not_looked_for_is_not_gone(name: str, settings: dict[str, object]) -> None:
    assert names(Known(name, "MC101", "rate"), **settings) == []
