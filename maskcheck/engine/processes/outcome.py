"""How one task ended, read from its directory and the exit of its worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from maskcheck import task_stage
from maskcheck.engine.isolation.capture import read_output
from maskcheck.engine.processes import task
from maskcheck.errors import MaskcheckError
from maskcheck.model.report import LayerReport
from maskcheck.model.target import Confirmation, Proposal

Result = LayerReport | Proposal | Confirmation | MaskcheckError | task.Answer | task.Failure


@dataclass(frozen=True)
class Outcome:
    """``result`` is None where the worker died; ``status`` is then its exit code, or minus the signal.

    ``stage`` is what it was doing, ``output`` what user code printed: that of the layer, where one was in
    hand; ``imports`` is what each module printed while the world was imported. ``faults`` are the stacks
    that a fatal signal or the time limit left, ``reason`` is why it was ended, where that is known,
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
    imports: Mapping[str, str] = field(default_factory=dict)


def read_outcome(
    job: task.Job, directory: Path, seconds: float, status: int | None, *, timed_out: bool
) -> Outcome:
    """Return the outcome of ``job``; ``status`` is None for a worker that lived to answer."""
    stages = task_stage.read_stages(read_lines(directory / task.STAGE))
    output = directory / task.OUTPUT
    # The module of a layer is imported again in each worker; what it prints then is not the layer's.
    imported = [stage.printed for stage in stages if not stage.text] if job.subject else []
    return Outcome(
        job=job,
        result=_load_result(directory / task.RESULT) if status is None else None,
        seconds=seconds,
        status=status,
        timed_out=timed_out,
        stage=next((stage.text for stage in reversed(stages) if stage.text), ""),
        output=read_output(output, max(imported, default=0)),
        imports={} if job.subject else _read_imports(output, stages),
        faults="\n".join(read_lines(directory / task.FAULTS)),
    )


def _read_imports(output: Path, stages: Sequence[task_stage.Stage]) -> Mapping[str, str]:
    """Return what each module printed while it was imported, without those that printed nothing."""
    ends = [stage.printed for stage in stages[1:]]
    told = {
        task_stage.imported_module(stage.text): read_output(output, stage.printed, end)
        for stage, end in zip_longest(stages, ends)
    }
    return {module: text for module, text in told.items() if module and text.strip()}


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
