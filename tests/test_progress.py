import os
from pathlib import Path

import pytest

from maskcheck import progress


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "stage"


def test_outside_a_task_nothing_happens(path: Path) -> None:
    progress.stage("calling the layer")
    progress.imported()
    assert not path.exists()


def test_stages_are_lines(path: Path) -> None:
    progress.begin(str(path), lambda: None)
    progress.importing("pkg.mod")
    progress.stage("calling\nthe layer")
    progress.end()
    progress.stage("too late")
    assert path.read_text() == "importing pkg.mod\ncalling the layer\n"


def test_the_module_of_a_stage() -> None:
    assert progress.module_of("importing pkg.mod") == "pkg.mod"
    assert progress.module_of("calling the layer") is None


def test_imported_settles(path: Path) -> None:
    calls: list[str] = []
    progress.begin(str(path), lambda: calls.append("settled"))
    progress.imported()
    progress.end()
    progress.imported()
    assert calls == ["settled"]


def test_a_file_that_cannot_be_written_is_no_fault_of_the_layer(tmp_path: Path) -> None:
    progress.begin(str(tmp_path / "missing" / "stage"), lambda: None)
    progress.stage("calling")
    progress.end()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", [lambda: progress.stage("x"), progress.imported, progress.end])
def test_a_fork_ends_at_its_next_step(path: Path, step: object) -> None:
    progress.begin(str(path), lambda: None)
    child = os.fork()
    if child == 0:
        try:
            step()  # type: ignore[operator]
        finally:
            os._exit(9)
    _, status = os.waitpid(child, 0)
    progress.end()
    assert os.waitstatus_to_exitcode(status) == 0
    assert not path.exists()
