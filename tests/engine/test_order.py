"""Events: which, in which order, and how a scan ends."""

from pathlib import Path

import pytest

from maskcheck.model.report import LayerFinished, ScanFinished, ScanProgress, ScanStarted
from tests.engine.scans import events, layer, next_report, reports, write

FAILS = "return fakelab.failing(task.subject)"


def slow(name: str, seconds: float) -> str:
    return layer(name, f"time.sleep({seconds})")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    write(
        tmp_path,
        later=layer("Z") + slow("Y", 0.2) + layer("X"),
        pkg__IN____init__=layer("Root"),
        pkg__IN__b=slow("B", 0.1) + layer("B2", "os._exit(1)"),
        pkg__IN__a=layer("A") + slow("A2", 0.1),
    )
    return tmp_path


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_the_order_is_that_of_targets_files_and_lines(directory: Path, jobs: int) -> None:
    told = reports(directory, "later", "pkg", jobs=jobs)
    assert list(told) == ["Z", "Y", "X", "Root", "A", "A2", "B", "B2"]


def test_the_header_counts_and_names(directory: Path) -> None:
    started, *layers, finished = events(directory, "later", "pkg", seed=3)
    assert isinstance(started, ScanStarted)
    assert (started.layers, started.seed, started.device) == (8, 3, "FAKE:0")
    assert (started.targets, started.spec, started.versions["tensorflow"]) == (("later", "pkg"), None, "2.0")
    assert [(e.done, e.total) for e in layers if isinstance(e, LayerFinished)] == [
        (n, 8) for n in range(1, 9)
    ]
    assert isinstance(finished, ScanFinished)
    assert (finished.exit_code, finished.interrupted) == (1, False)
    assert finished.seconds > 0


def test_a_layer_is_told_before_the_next_is_done(tmp_path: Path) -> None:
    wait = f"while not os.path.exists({str(tmp_path / 'go')!r}):\n    time.sleep(0.01)"
    write(tmp_path, mod=layer("First") + layer("Second", wait))
    stream = events(tmp_path, "mod", jobs=1)
    assert isinstance(next(stream), ScanStarted)
    first = next_report(stream)
    (tmp_path / "go").touch()
    assert first.name == "First"
    assert isinstance(list(stream)[-1], ScanFinished)


def test_all_conform_is_0(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Good"))
    *_, finished = events(tmp_path, "mod")
    assert isinstance(finished, ScanFinished)
    assert finished.exit_code == 0


@pytest.mark.parametrize("failure", [FAILS, "os._exit(0)"])
@pytest.mark.parametrize("jobs", [1, 3])
def test_fail_fast_tells_up_to_the_first_failure(tmp_path: Path, jobs: int, failure: str) -> None:
    source = slow("Good", 0.1) + layer("Bad", failure) + layer("Bad2", failure) + slow("Never", 100)
    write(tmp_path, mod=source)
    _, *layers, finished = events(tmp_path, "mod", jobs=jobs, maxfail=1)
    assert [e.report.name for e in layers if isinstance(e, LayerFinished)] == ["Good", "Bad"]
    assert isinstance(finished, ScanFinished)
    assert (finished.exit_code, finished.interrupted) == (1, False)


@pytest.mark.parametrize("timeout", [1e-9, 1e12])
def test_no_limit_is_too_short_or_too_long(tmp_path: Path, timeout: float) -> None:
    write(tmp_path, mod=layer("Good"))
    *_, finished = events(tmp_path, "mod", timeout=timeout)
    assert isinstance(finished, ScanFinished)


def test_three_hundred_layers(tmp_path: Path) -> None:
    write(tmp_path, many="".join(layer(f"L{n:03}") for n in range(300)))
    assert list(reports(tmp_path, "many")) == [f"L{n:03}" for n in range(300)]


def test_options_narrow_what_is_examined(directory: Path) -> None:
    assert list(reports(directory, "later", "pkg", only=("A*", "later.[XZ]"))) == ["Z", "X", "A", "A2"]


def test_progress_names_what_runs_and_counts_what_waits_for_its_turn(tmp_path: Path) -> None:
    wait = f"while not os.path.exists({str(tmp_path / 'go')!r}):\n    time.sleep(0.01)"
    write(tmp_path, mod=layer("Slow", wait) + layer("Quick"))
    told = []
    for event in events(tmp_path, "mod", jobs=2):
        if isinstance(event, ScanProgress):
            told.append(event)
            if event.done == 1:
                (tmp_path / "go").touch()
    assert {name for event in told for name in event.running} == {"Slow", "Quick"}
    assert ScanProgress(("Slow",), 1, 2) in told
    assert told[-1] == ScanProgress((), 2, 2)
