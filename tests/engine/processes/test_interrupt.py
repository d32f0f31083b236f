"""However a scan is ended, what was done is told and nothing is left: no process, no file."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from maskcheck.model.report import ScanFinished, ScanStarted
from tests.engine.scans import events, layer, next_report, wait_for, write
from tests.paths import ROOT

MARKER = "TEST_RUN_OF_MASKCHECK"
HANG = """
open('hanging', 'w').close()
subprocess.Popen(['sleep', '1000'], start_new_session=True)
time.sleep(1000)
"""
SCRIPT = """
import sys
from pathlib import Path
from maskcheck.model.report import ScanProgress
from tests.engine.scans import events
open("executed", "a").write("once ")
for event in events(Path("."), "mod", timeout=1000.0):
    if isinstance(event, ScanProgress):
        continue
    name = event.report.name if hasattr(event, "report") else type(event).__name__
    print(name, getattr(event, "exit_code", ""), getattr(event, "interrupted", ""), flush=True)
sys.exit(event.exit_code)
"""


def processes(marker: str) -> list[str]:
    """Return the processes whose environment has the marker."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARKER}={marker}".encode() in entry.read_bytes().split(b"\0"):
                found.append(entry.parent.name)
        except OSError:
            continue
    return found


class Run:
    """A scan in a process of its own, which hangs at its last layer."""

    def __init__(self, directory: Path, hang: str = HANG) -> None:
        self.marker = str(directory)
        self.temporary = directory / "tmp"
        self.temporary.mkdir()
        self.directory = directory
        write(directory, mod=layer("Hangs", hang) + layer("Done") + layer("Done2"))
        (directory / "script.py").write_text(SCRIPT)
        environment = {
            **os.environ,
            MARKER: self.marker,
            "TMPDIR": str(self.temporary),
            "PYTHONPATH": str(ROOT),
        }
        self.process = subprocess.Popen(
            [sys.executable, "script.py"], cwd=directory, env=environment, stdout=subprocess.PIPE, text=True
        )
        wait_for((directory / "hanging").exists)

    def end(self, number: int) -> str:
        time.sleep(0.3)
        assert len(processes(self.marker)) >= 4
        self.process.send_signal(number)
        told, _ = self.process.communicate(timeout=120)
        return told


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return Run(tmp_path)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interruption_tells_what_is_done_and_leaves_nothing(run: Run, number: int) -> None:
    told = run.end(number)
    assert run.process.returncode == 130
    assert told.split("\n")[0].startswith("ScanStarted")
    assert told.split()[1:] == ["Done", "Done2", "ScanFinished", "130", "True"]
    assert processes(run.marker) == []
    assert list(run.temporary.iterdir()) == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
@pytest.mark.parametrize("who", ["importing", "bare"])
def test_nothing_is_left_of_a_partner_that_hangs(tmp_path: Path, who: str, number: int) -> None:
    run = Run(tmp_path, f"task.ask({who!r}, {'import subprocess' + HANG!r})")
    run.end(number)
    wait_for(lambda: processes(run.marker) == [])
    wait_for(lambda: list(run.temporary.iterdir()) == [])


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
def test_a_killed_parent_takes_all_with_it(run: Run) -> None:
    run.end(signal.SIGKILL)
    wait_for(lambda: processes(run.marker) == [])
    wait_for(lambda: list(run.temporary.iterdir()) == [])


def test_the_program_that_scans_is_not_run_again_by_the_workers(run: Run) -> None:
    run.end(signal.SIGINT)
    assert (run.directory / "executed").read_text() == "once "


def test_an_interruption_at_import_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARENT", str(os.getpid()))
    kill = "os.kill(int(os.environ['PARENT']), signal.SIGINT)\ntime.sleep(1000)\n"
    write(tmp_path, mod=kill + layer("Never"))
    started, finished = events(tmp_path, "mod")
    assert isinstance(started, ScanStarted)
    assert isinstance(finished, ScanFinished)
    assert (started.layers, finished.exit_code, finished.interrupted) == (1, 130, True)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_interruption_that_the_consumer_hands_in_is_one_too(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Done") + layer("Hangs", "time.sleep(1000)"))
    stream = events(tmp_path, "mod")
    assert isinstance(next(stream), ScanStarted)
    assert next_report(stream).name == "Done"
    finished = stream.throw(KeyboardInterrupt())
    assert isinstance(finished, ScanFinished)
    assert finished.interrupted
    assert list(stream) == []


def test_a_closed_generator_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    write(tmp_path, mod=layer("Done", "open(os.environ['TMPDIR'] + '/left', 'w')") + layer("Hangs", HANG))
    stream = events(tmp_path, "mod")
    assert isinstance(next(stream), ScanStarted)
    assert list((tmp_path / "tmp").iterdir()) != []
    stream.close()
    assert list((tmp_path / "tmp").iterdir()) == []
