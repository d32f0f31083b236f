"""The worker process: does one task after another, and restores the process after each."""

from __future__ import annotations

import errno
import faulthandler
import importlib
import os
import socket
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from maskcheck import progress
from maskcheck.engine.processes import task
from maskcheck.engine.processes.capture import captured
from maskcheck.engine.processes.helper import Partners
from maskcheck.engine.processes.process_state import ProcessState
from maskcheck.errors import MaskcheckError, UsageError
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.target import Confirmation, Proposal
from maskcheck.settings import Settings

# In seconds; what faulthandler takes.
_SHORTEST, _LONGEST = 0.001, 1e6
_FULL = (errno.ENOSPC, errno.EDQUOT)


def serve(channel: socket.socket, setup_path: str, partners: Sequence[socket.socket]) -> None:
    """Do the tasks whose directories come through ``channel`` until it closes.

    After each task it answers ``DONE``, or ``LAST`` where the process could not be restored.
    """
    setup: task.Setup = task.load(setup_path)
    _enter(setup)
    worker = _Worker(setup, Partners(partners, Path(setup_path).parent))
    with channel.makefile("r", encoding="utf-8") as orders:
        for line in orders:
            channel.sendall(task.BEGIN)
            clean = worker.run(Path(line.rstrip("\n")))
            channel.sendall(task.DONE if clean else task.LAST)


def _enter(setup: task.Setup) -> None:
    directory = setup.settings.directory
    os.chdir(directory)
    sys.argv[:] = ["maskcheck"]
    own = [directory] if setup.world.root in ("", directory) else [setup.world.root, directory]
    sys.path[:] = own + [entry for entry in sys.path if entry not in own]


class _Worker:
    """One process of one world; ``state`` is what it returns to after each task."""

    def __init__(self, setup: task.Setup, partners: Partners) -> None:
        self.setup = setup
        self.partners = partners
        self.state = ProcessState.take()

    def run(self, directory: Path) -> bool:
        """Do the task in ``directory``; return whether the process can take another."""
        job: task.Job = task.load(directory / task.JOB)
        settings = self.setup.settings.of(job.subject)
        self.partners.begin(settings.timeout)
        with captured(str(directory / task.OUTPUT)), _faults(directory / task.FAULTS, settings.timeout):
            result = self._guarded(job, settings, directory)
        clean = self._put_back() and not _leftovers() and _is_orderly(result) and not self.partners.spent
        _answer(directory / task.RESULT, result)
        return clean

    def _guarded(self, job: task.Job, settings: Settings, directory: Path) -> object:
        progress.begin(str(directory / task.STAGE), self._settle)
        try:
            return self._call(job, settings, directory)
        except BaseException as error:
            return _translated(error)
        finally:
            progress.end()

    def _call(self, job: task.Job, settings: Settings, directory: Path) -> object:
        lab: Any = importlib.import_module(self.setup.lab)
        world = self.setup.world
        if job.request is not None:
            return task.Answer(lab.answer_request(world, settings, job.request))
        if job.subject is None:
            return lab.confirm(world, settings)
        scratch = directory / task.SCRATCH
        scratch.mkdir()
        work = lab.propose if job.propose else lab.examine
        ask = self.partners.ask
        known = job.expectations
        return work(
            lab.Task(world, job.subject, job.spec, settings, str(scratch), ask, job.keras_settings, known)
        )

    def _settle(self) -> None:
        self.state = ProcessState.take()

    def _put_back(self) -> bool:
        try:
            self.state.restore()
        except Exception:
            return False
        return True


@contextmanager
def _faults(path: Path, timeout: float) -> Iterator[None]:
    """Dump the stacks to ``path`` on a fatal signal and at the time limit."""
    limit = min(max(timeout, _SHORTEST), _LONGEST)
    with path.open("w", encoding="utf-8") as file:
        faulthandler.enable(file)
        faulthandler.dump_traceback_later(limit, repeat=True, file=file)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            faulthandler.disable()


def _translated(error: BaseException) -> MaskcheckError | task.Failure:
    if isinstance(error, MaskcheckError):
        return error
    if isinstance(error, OSError) and error.errno in _FULL:
        place = f" for {error.filename}" if error.filename else ""
        return UsageError(f"no space left{place}", hint="TMPDIR names another place for temporary files")
    return _failure(error)


def _failure(error: BaseException) -> task.Failure:
    kind: Literal["exit", "memory", "internal"] = "internal"
    if isinstance(error, SystemExit | KeyboardInterrupt | GeneratorExit):
        kind = "exit"
    elif isinstance(error, MemoryError):
        kind = "memory"
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return task.Failure(kind, text, traceback.format_exc())


def _answer(path: Path, result: object) -> None:
    try:
        task.store(path, result)
    except Exception as error:
        # Where even this cannot be written, the parent finds no result and says so.
        with suppress(OSError):
            task.store(path, _failure(error))


def _is_orderly(result: object) -> bool:
    """Return whether the task ended so that Keras' global state can be trusted.

    A layer without a case was not constructed, so nothing can be left behind.
    """
    if isinstance(result, LayerReport):
        return result.verdict is not Verdict.UNCHECKED or not result.cases
    if isinstance(result, Proposal):
        return result.inference.case is not None
    return isinstance(result, Confirmation | task.Answer)


def _leftovers() -> bool:
    """Return whether the task left threads or child processes behind."""
    return threading.active_count() > 1 or _children()


def _children() -> bool:
    try:
        while True:
            process, _ = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return True
    except ChildProcessError:
        return False
