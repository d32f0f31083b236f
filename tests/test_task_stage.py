import os
from pathlib import Path

import pytest

from maskcheck import task_stage


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "stage"


def test_outside_a_task_nothing_happens(path: Path) -> None:
    task_stage.enter("calling the layer")
    task_stage.finish_imports()
    assert not path.exists()


def test_stages_are_lines(path: Path) -> None:
    task_stage.begin_task(str(path), lambda: None)
    task_stage.enter_import("pkg.mod")
    task_stage.enter("calling\nthe layer")
    task_stage.end_task()
    task_stage.enter("too late")
    assert [stage.text for stage in task_stage.read_stages(path.read_text().splitlines())] == [
        "importing pkg.mod",
        "calling the layer",
    ]


def test_stages_tell_how_much_was_printed_before() -> None:
    lines = ["0 importing pkg.mod", "12 ", "damaged", "", "x y", "40 calling the layer"]
    assert task_stage.read_stages(lines) == [
        task_stage.Stage(0, "importing pkg.mod"),
        task_stage.Stage(12, ""),
        task_stage.Stage(40, "calling the layer"),
    ]


def test_the_module_of_a_stage() -> None:
    assert task_stage.imported_module("importing pkg.mod") == "pkg.mod"
    assert task_stage.imported_module("calling the layer") is None


def test_imported_settles(path: Path) -> None:
    calls: list[str] = []
    task_stage.begin_task(str(path), lambda: calls.append("settled"))
    task_stage.finish_imports()
    task_stage.end_task()
    task_stage.finish_imports()
    assert calls == ["settled"]


def test_a_file_that_cannot_be_written_is_no_fault_of_the_layer(tmp_path: Path) -> None:
    task_stage.begin_task(str(tmp_path / "missing" / "stage"), lambda: None)
    task_stage.enter("calling")
    task_stage.end_task()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "step", [lambda: task_stage.enter("x"), task_stage.finish_imports, task_stage.end_task]
)
def test_a_fork_ends_at_its_next_step(path: Path, step: object) -> None:
    task_stage.begin_task(str(path), lambda: None)
    child = os.fork()
    if child == 0:
        try:
            step()  # type: ignore[operator]
        finally:
            os._exit(9)
    _, status = os.waitpid(child, 0)
    task_stage.end_task()
    assert os.waitstatus_to_exitcode(status) == 0
    assert not path.exists()
