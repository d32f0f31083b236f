"""How long a task may take on a busy machine: without a clock, by figures."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from maskcheck.engine import time_limit
from maskcheck.engine.time_limit import Clock, Usage, choose_more, read_seconds, write_process

LIMIT = 100.0


@pytest.mark.parametrize(
    ("before", "now", "more"),
    [
        (Usage(), Usage(75, 0), 25.2),
        (Usage(75, 70), Usage(100.2, 95), 0),
        (Usage(75, 20), Usage(100.2, 20), 0),
        (Usage(75, 20), Usage(100.2, 20.5), 0),
        (Usage(75, 20), Usage(100.2, 25), 25),
        (Usage(75, 0), Usage(100.2, 3), 25),
        (Usage(100.2, 30), Usage(125.2, 55), 25),
        (Usage(125.2, 90), Usage(150.2, 105), 0),
        (Usage(125.2, 40), Usage(150.2, 40), 0),
        (Usage(360, 60), Usage(385, 65), 15),
        (Usage(385, 65), Usage(400, 70), 0),
    ],
    ids=[
        "a first look at what it uses",
        "slow",
        "waits",
        "polls",
        "starved",
        "hardly got anything",
        "gets more now",
        "computed for the limit",
        "waits after all",
        "nearly four times the limit",
        "four times the limit",
    ],
)
def test_only_what_a_busy_machine_keeps_from_computing_goes_on(
    before: Usage, now: Usage, more: float
) -> None:
    extended = before.wall > LIMIT
    assert choose_more(LIMIT, before, now, extended=extended) == pytest.approx(more)


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return a list of which the first number is the time."""
    now = [0.0]
    monkeypatch.setattr("maskcheck.engine.time_limit.time.monotonic", lambda: now[0])
    return now


def run(clock: Clock, passing: list[float]) -> list[float]:
    """Return the times at which the clock was asked, until it says no."""
    asked = []
    going_on = True
    while going_on:
        passing[0] = clock.deadline
        asked.append(passing[0])
        going_on = clock.extend()
    return asked


def test_a_task_that_waits_ends_at_its_limit(passing: list[float]) -> None:
    clock = Clock(LIMIT, lambda: 7.0)
    assert run(clock, passing) == pytest.approx([75.0, 100.2])
    assert clock.describe() == ""


def test_a_task_that_computes_ends_at_its_limit(passing: list[float]) -> None:
    clock = Clock(LIMIT, lambda: passing[0])
    assert run(clock, passing) == pytest.approx([75.0, 100.2])
    assert clock.describe() == ""


def test_a_task_that_is_starved_ends_when_it_has_computed_for_its_limit(passing: list[float]) -> None:
    clock = Clock(LIMIT, lambda: 50 + 0.4 * passing[0])
    assert run(clock, passing)[-1] == pytest.approx(250.2)
    assert clock.describe() == "; the machine was busy: in 250 s it computed for 100 s"


def test_a_task_that_hardly_gets_anything_ends_in_the_end(passing: list[float]) -> None:
    clock = Clock(LIMIT, lambda: 0.1 * passing[0])
    assert run(clock, passing)[-1] == pytest.approx(4 * LIMIT)


def test_where_nothing_is_known_the_limit_stands(passing: list[float]) -> None:
    assert run(Clock(LIMIT, lambda: None), passing) == pytest.approx([75.0, 100.2])


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="there is no /proc")
def test_a_process_computes_and_so_do_its_helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getpid", os.getpgrp)
    task, helper = tmp_path / "1", tmp_path / f"bare-of-{os.getpgrp()}" / "1"
    for directory in (task, helper):
        directory.mkdir(parents=True)
        write_process(directory)
    alone, both = read_seconds(task), read_seconds(task, tmp_path)
    assert alone is not None
    assert both is not None
    assert both >= 2 * alone > 0.0


@pytest.mark.parametrize("text", ["", "-5", "no number"])
def test_of_a_process_that_is_not_there_nothing_is_known(tmp_path: Path, text: str) -> None:
    (tmp_path / time_limit.PROCESS).write_text(text)
    assert read_seconds(tmp_path) is None


def test_of_a_task_that_was_not_begun_nothing_is_known(tmp_path: Path) -> None:
    assert read_seconds(tmp_path) is None
