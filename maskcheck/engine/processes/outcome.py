"""How one task ended, read from its directory and the exit of its worker."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from maskcheck.engine.isolation.capture import read_output
from maskcheck.engine.processes import task
from maskcheck.errors import MaskcheckError
from maskcheck.model.report import LayerReport
from maskcheck.model.target import Confirmation, Proposal

Result = LayerReport | Proposal | Confirmation | MaskcheckError | task.Answer | task.Failure


@dataclass(frozen=True)
class Outcome:
    """``result`` is None where the worker died; ``status`` is then its exit code, or minus the signal.

    ``stage`` is what it was doing, ``output`` what user code printed, ``faults``
    the stacks that a fatal signal or the time limit left, ``reason`` why it was ended, where that is known,
    ``busy`` what a busy machine had to do with that limit.
    """

    job: task.Job
    result: Result | None
    seconds: float
    status: int | None = None
    timed_out: bool = False
    stage: str = ""
    output: str = ""
    faults: str = ""
    reason: str = ""
    busy: str = ""


def read_outcome(
    job: task.Job, directory: Path, seconds: float, status: int | None, *, timed_out: bool
) -> Outcome:
    """Return the outcome of ``job``; ``status`` is None for a worker that lived to answer."""
    stages = read_lines(directory / task.STAGE)
    return Outcome(
        job=job,
        result=_load_result(directory / task.RESULT) if status is None else None,
        seconds=seconds,
        status=status,
        timed_out=timed_out,
        stage=stages[-1] if stages else "",
        output=read_output(directory / task.OUTPUT),
        faults="\n".join(read_lines(directory / task.FAULTS)),
    )


def read_lines(path: Path) -> list[str]:
    """Return the lines of a text file that may be missing or damaged."""
    try:
        return path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []


def _load_result(path: Path) -> Result:
    try:
        result = task.load(path)
    except FileNotFoundError:
        return task.Failure("internal", "the result could not be written; is the disk full?")
    except Exception as error:
        return task.Failure("internal", f"the result cannot be read: {type(error).__name__}: {error}")
    if isinstance(result, Result):
        return result
    return task.Failure("internal", f"the result is a {type(result).__name__}")
