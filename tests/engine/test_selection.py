"""Which layers of a plan are this scan's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from maskcheck.engine.plan import PlannedStep, plan_layers
from maskcheck.engine.processes.task import Job
from maskcheck.engine.selection import narrow_plan, select_layers, shard_of
from maskcheck.errors import UsageError
from maskcheck.model.baseline import Baseline
from maskcheck.model.case import Case, LayerSpec, Mark, Spec
from maskcheck.model.report import Shard
from maskcheck.model.target import Confirmation
from maskcheck.settings import Settings
from tests.engine.worlds import world

SETTINGS = Settings(("pkg",))
NAMES = tuple(f"L{number}" for number in range(60))


def steps(*names: str) -> list[PlannedStep]:
    return plan_layers([world(*names)], Spec(), SETTINGS)


def named(planned: tuple[PlannedStep, ...]) -> list[str]:
    return [step.subject.name for step in planned if isinstance(step, Job) and step.subject]


def test_without_options_all_is_done() -> None:
    choice = narrow_plan(steps("A", "B"), SETTINGS)
    assert named(choice.planned) == ["A", "B"]
    assert (choice.positions, choice.shard, choice.remarks) == ((), None, ())


def test_shards_part_the_whole() -> None:
    parts = [narrow_plan(steps(*NAMES), replace(SETTINGS, shard=(number, 3))) for number in (1, 2, 3)]
    assert sorted(place for part in parts for place in part.positions) == list(range(60))
    assert all(10 < len(part.planned) < 30 for part in parts)
    for part in parts:
        assert named(part.planned) == [NAMES[place] for place in part.positions]
    assert parts[1].shard == Shard(2, 3, 60)


def test_a_new_class_moves_no_other() -> None:
    mine = named(narrow_plan(steps(*NAMES), replace(SETTINGS, shard=(1, 3))).planned)
    without = [name for name in NAMES if name != "L7"]
    assert named(narrow_plan(steps(*without), replace(SETTINGS, shard=(1, 3))).planned) == [
        name for name in mine if name != "L7"
    ]


def test_a_class_has_the_same_shard_everywhere() -> None:
    assert [shard_of(name, 7) for name in ("pkg.mod.A", "pkg.mod.B", "\ud800")] == [5, 5, 2]


def test_what_failed_last_time() -> None:
    again = replace(SETTINGS, last_failed=("pkg.mod.B", "pkg.mod.Gone"))
    choice = narrow_plan(steps("A", "B", "C"), again)
    assert (named(choice.planned), choice.remarks) == (["B"], ())


def test_where_nothing_failed_all_is_done() -> None:
    choice = narrow_plan(steps("A", "B"), replace(SETTINGS, last_failed=()))
    assert named(choice.planned) == ["A", "B"]
    assert choice.remarks == ("none of these layers failed last time: all are checked",)


def test_what_a_comment_expects_of_a_class_that_is_not_checked(tmp_path: Path) -> None:
    source = tmp_path / "mod.py"
    source.write_text("class A:  # maskcheck: expect MC401 - why\n    pass\n", "utf-8")
    found = world("A", file=str(source))
    abstract = tuple(replace(subject, skip="abstract: call") for subject in found.subjects)
    found = replace(found, confirmation=Confirmation(abstract))
    with pytest.raises(UsageError, match=r"mod.py:1:11: A is not checked \(abstract: call\)"):
        select_layers([found], Spec(), Baseline(), SETTINGS)
    given = Spec("s.yaml", (LayerSpec("A", Mark("s.yaml", 3), (Case("one"),)),))
    assert named(select_layers([found], given, Baseline(), SETTINGS).planned) == ["A"]
    later = Spec("s.yaml", (LayerSpec("A", Mark("s.yaml", 3), skip="later"),))
    assert len(select_layers([found], later, Baseline(), SETTINGS).planned) == 1
