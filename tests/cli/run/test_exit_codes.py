from __future__ import annotations

import errno

import pytest

from maskcheck.errors import NothingToCheck, SpecError, UsageError
from maskcheck.exits import Exit
from maskcheck.model.case import Mark
from maskcheck.model.report import LayerFinished, ScanFinished
from tests.cli.conftest import Run
from tests.cli.fakes import GOOD, STARTED, STORY, Engine


def test_all_conform(run: Run) -> None:
    engine = Engine([STARTED, LayerFinished(GOOD, 1, 2), ScanFinished(1.0, 0)])
    assert run("scan", "m", engine=engine).code == Exit.CONFORM


def test_findings(run: Run) -> None:
    result = run("scan", "m")
    assert result.code == Exit.FINDINGS
    assert result.err == ""


def test_wrong_spec(run: Run) -> None:
    error = SpecError("'init' must be a mapping", mark=Mark("maskcheck.yaml", 3, 5), hint="write init: {}")
    result = run("scan", "m", engine=Engine([error]))
    assert result.code == Exit.USAGE
    message = "maskcheck: error: maskcheck.yaml:3:5: 'init' must be a mapping (write init: {})\n"
    assert (result.out, result.err) == ("", message)


def test_nothing_to_check(run: Run) -> None:
    result = run("scan", "m", engine=Engine([NothingToCheck("no Keras layer is defined in m")]))
    assert result.code == Exit.NOTHING
    assert (result.out, result.err) == ("", "maskcheck: error: no Keras layer is defined in m\n")


def test_fault_of_maskcheck(run: Run) -> None:
    result = run("scan", "m", engine=Engine([ZeroDivisionError("oh")]))
    assert result.code == Exit.INTERNAL
    first, second = result.err.splitlines()
    assert first.startswith("maskcheck: error: this is a fault of maskcheck, not of your layers: ")
    assert "ZeroDivisionError: oh at " in first
    assert "fakes.py:" in first
    assert second == "Please report it with the traceback that -v shows."


def test_fault_of_maskcheck_with_its_traceback(run: Run) -> None:
    result = run("scan", "m", "-v", engine=Engine([ZeroDivisionError("oh")]))
    assert result.code == Exit.INTERNAL
    assert "Traceback (most recent call last)" in result.err
    assert "Please report it" not in result.err


def test_interrupted(run: Run) -> None:
    engine = Engine([*STORY[:2], KeyboardInterrupt()])
    result = run("scan", "m", engine=engine)
    assert result.code == Exit.INTERRUPTED
    assert engine.closed
    assert result.out.rpartition("\n\n")[2].startswith("interrupted after 1 of 2 layers · 1 conforms · ")


def test_interrupted_before_the_first_event(run: Run) -> None:
    class Early(Engine):
        def scan(self, settings):  # type: ignore[no-untyped-def]
            raise KeyboardInterrupt
            yield

    result = run("scan", "m", engine=Early())
    assert (result.code, result.out, result.err) == (Exit.INTERRUPTED, "", "maskcheck: interrupted\n")


@pytest.mark.parametrize(
    ("error", "code"), [(UsageError("no such device"), Exit.USAGE), (RuntimeError("oh"), Exit.INTERNAL)]
)
def test_what_was_done_is_reported_when_the_engine_breaks(run: Run, error: Exception, code: int) -> None:
    result = run("scan", "m", engine=Engine([*STORY[:3], error]))
    assert result.code == code
    assert "MC101 argument-missing" in result.out
    assert str(error) in result.err


def test_error_after_the_last_event(run: Run) -> None:
    result = run("scan", "m", engine=Engine([*STORY, UsageError("a case cannot be made")]))
    assert result.code == Exit.USAGE
    assert result.out == run("scan", "m").out


def test_full_disk_in_the_engine(run: Run) -> None:
    result = run("scan", "m", engine=Engine([OSError(errno.ENOSPC, "No space left on device", "/scratch")]))
    assert result.code == Exit.USAGE
    assert result.err == "maskcheck: error: No space left on device: /scratch\n"


def test_broken_pipe_of_the_engine_is_no_success(run: Run) -> None:
    result = run("scan", "m", engine=Engine([STORY[0], BrokenPipeError()]))
    assert result.code == Exit.INTERNAL
    assert "the connection to a worker broke" in result.err


def test_engine_that_stops_without_a_word(run: Run) -> None:
    result = run("scan", "m", engine=Engine(STORY[:2]))
    assert result.code == Exit.INTERNAL
    assert "the scan ended without saying so" in result.err
