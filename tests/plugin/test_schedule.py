"""Each layer is examined once, with its first test or before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from maskcheck.model.report import LayerReport
from maskcheck.plugin.schedule import Schedule
from tests.cli.fakes import GOOD


@dataclass
class Scan:
    """What is planned are names; ``begun`` are those asked for together, ``done`` those reported."""

    planned: Sequence[str] = ("a", "b", "c")
    begun: list[list[str]] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    def reports(self, wanted: Sequence[str]) -> Iterator[LayerReport]:
        self.begun.append(list(wanted))
        for name in wanted:
            self.done.append(name)
            yield replace(GOOD, name=name)


def turns(scan: Any, coming: Sequence[int]) -> Schedule:
    return Schedule(scan, lambda: coming)


def test_all_that_come_are_begun_together() -> None:
    scan = Scan()
    given = turns(scan, [0, 0, 2])
    assert [given.report(place).name for place in (0, 2, 0)] == ["a", "c", "a"]
    assert scan.begun == [["a", "c"]]


def test_reports_are_awaited_only_as_far_as_needed() -> None:
    scan = Scan()
    turns(scan, [0, 1, 2]).report(0)
    assert scan.done == ["a"]


def test_any_order_will_do() -> None:
    scan = Scan()
    given = turns(scan, [0, 1, 2])
    assert [given.report(place).name for place in (2, 1, 0)] == ["c", "b", "a"]
    assert scan.begun == [["c", "a", "b"]]


def test_one_by_one_where_nothing_is_known_to_come() -> None:
    scan = Scan()
    given = turns(scan, [])
    assert [given.report(place).name for place in (1, 0, 1)] == ["b", "a", "b"]
    assert scan.begun == [["b"], ["a"]]


def test_one_that_was_not_to_come_waits_for_the_others() -> None:
    scan = Scan()
    given = turns(scan, [0, 1])
    given.report(0)
    assert given.report(2).name == "c"
    assert (scan.begun, scan.done) == ([["a", "b"], ["c"]], ["a", "b", "c"])
