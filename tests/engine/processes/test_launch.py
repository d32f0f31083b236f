"""The server when something is wrong with it."""

import subprocess
import sys
from pathlib import Path

import pytest

from maskcheck.engine.processes.launch import ServerLost
from maskcheck.engine.run import Lab, scan
from maskcheck.errors import UsageError
from maskcheck.settings import Settings
from tests.engine.scans import layer, reports, wait_for, write


def run(directory: Path, lab: Lab) -> None:
    list(scan(Settings(("mod",), directory=str(directory)), lab=lab))


def test_a_library_that_is_not_there_is_the_users_to_mend(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Good"))
    with pytest.raises(UsageError, match="nowhere cannot be imported here: ModuleNotFoundError"):
        run(tmp_path, Lab("tests.engine.fakelab", ("os", "nowhere")))


def test_a_library_that_crashes_at_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crashing.py").write_text("import os\nprint('no AVX', flush=True)\nos.abort()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    write(tmp_path, mod=layer("Good"))
    with pytest.raises(
        ServerLost, match=r"died while it imported TensorFlow \(status -6\), last said: no AVX"
    ):
        run(tmp_path, Lab("tests.engine.fakelab", ("crashing",)))


def test_what_ran_when_the_server_was_killed_is_gone(tmp_path: Path) -> None:
    write(
        tmp_path,
        mod=layer("Kills", "print(os.getpid()); os.kill(os.getppid(), signal.SIGKILL); time.sleep(1000)"),
    )
    (report,) = reports(tmp_path, "mod").values()
    wait_for(lambda: not Path(f"/proc/{int(report.output)}").exists())


def test_a_lab_that_cannot_be_imported_is_a_fault_of_the_lab(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Good"))
    with pytest.raises(
        RuntimeError, match="importing the targets: ModuleNotFoundError: No module named 'nolab'"
    ):
        run(tmp_path, Lab("nolab", ()))


def test_the_parent_stays_free_of_tensorflow() -> None:
    code = (
        "import sys, maskcheck.engine.run; sys.exit(any(n in sys.modules for n in ('tensorflow', 'keras')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
