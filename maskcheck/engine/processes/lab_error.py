"""The lab's own failures, carried from a worker to the parent as text."""

from __future__ import annotations

from maskcheck.engine.processes.task import Failure


class LabFault(RuntimeError):
    """The lab failed unexpectedly; what it raised is the cause, with its traceback."""


class _InWorker(Exception):
    """Prints as the traceback in the worker."""


def make_lab_fault(doing: str, failure: Failure) -> LabFault:
    """Return the exception for ``failure``, which came while ``doing`` something."""
    fault = LabFault(f"{doing}: {failure.text}")
    fault.__cause__ = _InWorker(f"\n{failure.traceback}") if failure.traceback else None
    return fault
