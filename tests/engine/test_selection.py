"""Which layers of a plan are this scan's."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.engine.plan import PlannedStep, plan_layers
from maskcheck.engine.processes.task import Job
from maskcheck.engine.selection import narrow_plan, shard_of
from maskcheck.model.case import Spec
from maskcheck.model.report import Shard
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
