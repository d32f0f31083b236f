"""The worker process: does one task after another, and restores the process after each."""

from __future__ import annotations

import errno
import faulthandler
import importlib
import os
import socket
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

from maskcheck import task_stage
from maskcheck.engine.isolation.capture import capture_output
from maskcheck.engine.isolation.descriptors import count_open, move_up
from maskcheck.engine.isolation.last_stack import install_last_stack, note_last_stack
from maskcheck.engine.isolation.process_state import ProcessState
from maskcheck.engine.processes import task
from maskcheck.engine.processes.helper import Helpers
from maskcheck.engine.time_limit import write_process
from maskcheck.errors import MaskcheckError, UsageError
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.target import Confirmation, Proposal
from maskcheck.settings import Settings

# In seconds; what faulthandler takes.
_SHORTEST, _LONGEST = 0.001, 1e6
# Descriptors that may stay open after a task: TensorFlow and Keras open some once.
_MOST_LEFT = 30
# Names of what a layer replaced, in a message.
_SHOWN = 5
_FULL = (errno.ENOSPC, errno.EDQUOT)


def serve(channel: socket.socket, setup_path: str, helpers: Sequence[socket.socket]) -> None:
    """Do the tasks whose directories come through ``channel`` until it closes.

    After each task it answers ``DONE``, or ``LAST`` where the process could not be restored.
    """
    setup: task.Setup = task.load(setup_path)
    _set_up_process(setup)
    worker = _Worker(setup, Helpers(helpers, Path(setup_path).parent))
    with channel.makefile("r", encoding="utf-8") as orders:
        for line in orders:
            directory = Path(line.rstrip("\n"))
            write_process(directory)
            channel.sendall(task.BEGIN)
            clean = worker.run(directory)
            channel.sendall(task.DONE if clean else task.LAST)


def _set_up_process(setup: task.Setup) -> None:
    install_last_stack()
    directory = setup.settings.directory
    os.chdir(directory)
    sys.argv[:] = ["maskcheck"]
    own = [directory] if setup.world.root in ("", directory) else [setup.world.root, directory]
    sys.path[:] = own + [entry for entry in sys.path if entry not in own]
    # What user code does to its temporary folder must not reach another worker.
    tempfile.tempdir = os.environ["TMPDIR"] = tempfile.mkdtemp()


class _Worker:
    """One process of one world; ``state`` is what it returns to after each task."""

    def __init__(self, setup: task.Setup, helpers: Helpers) -> None:
        self.setup = setup
        self.helpers = helpers
        self.state = ProcessState.take()
        self.patched: tuple[str, ...] = ()
        self.descriptors = count_open()

    def run(self, directory: Path) -> bool:
        """Do the task in ``directory``; return whether the process can take another."""
        job: task.Job = task.load(directory / task.JOB)
        settings = self.setup.settings.of(job.subject)
        self.helpers.begin(settings.timeout)
        with (
            capture_output(str(directory / task.OUTPUT)),
            _dump_stacks(directory / task.FAULTS, settings.timeout),
        ):
            result = self._guarded(job, settings, directory)
        if self.patched and isinstance(result, task.Failure):
            result = task.Failure("patch", f"{result.text}, after it replaced {_listed(self.patched)}")
        clean = self._put_back() and not self.patched and not _has_leftovers(self.descriptors)
        _store_result(directory / task.RESULT, result)
        return clean and _left_keras_intact(result) and not self.helpers.spent

    def _guarded(self, job: task.Job, settings: Settings, directory: Path) -> object:
        self.patched = ()
        task_stage.begin_task(str(directory / task.STAGE), self._settle)
        try:
            return self._call(job, settings, directory)
        except BaseException as error:
            # What follows must not stumble over what user code replaced.
            self.patched = self.state.restore_patches()
            return _to_result(error)
        finally:
            self.patched += self.state.restore_patches()
            task_stage.end_task()

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
        ask = self.helpers.ask
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
def _dump_stacks(path: Path, timeout: float) -> Iterator[None]:
    """Dump the stacks to ``path`` on a fatal signal, at the time limit, and where the process ends itself."""
    limit = min(max(timeout, _SHORTEST), _LONGEST)
    file = move_up(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    faulthandler.enable(file)
    faulthandler.dump_traceback_later(limit, repeat=True, file=file)
    try:
        with note_last_stack(file):
            yield
    finally:
        faulthandler.cancel_dump_traceback_later()
        faulthandler.disable()
        with suppress(OSError):
            os.close(file)


def _to_result(error: BaseException) -> MaskcheckError | task.Failure:
    if isinstance(error, MaskcheckError):
        return error
    if isinstance(error, OSError) and error.errno in _FULL:
        place = f" for {error.filename}" if error.filename else ""
        return UsageError(f"no space left{place}", hint="TMPDIR names another place for temporary files")
    return _failure(error)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def _failure(error: BaseException) -> task.Failure:
    kind: Literal["exit", "memory", "internal"] = "internal"
    if isinstance(error, SystemExit | KeyboardInterrupt | GeneratorExit):
        kind = "exit"
    elif isinstance(error, MemoryError):
        kind = "memory"
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    return task.Failure(kind, text, traceback.format_exc())


def _store_result(path: Path, result: object) -> None:
    try:
        task.store(path, result)
    except Exception as error:
        # Where even this cannot be written, the parent finds no result and says so.
        with suppress(OSError):
            task.store(path, _failure(error))


def _left_keras_intact(result: object) -> bool:
    """Return whether the task ended so that Keras' global state can be trusted.

    A layer without a case was not constructed, so nothing can be left behind.
    """
    if isinstance(result, LayerReport):
        return result.verdict is not Verdict.UNCHECKED or not result.cases
    if isinstance(result, Proposal):
        return result.inference.case is not None
    return isinstance(result, Confirmation | task.Answer)


def _has_leftovers(descriptors: int) -> bool:
    """Return whether the task left threads, child processes or many open files behind.

    Args:
        descriptors: how many were open when the process began.
    """
    return threading.active_count() > 1 or _has_children() or count_open() > descriptors + _MOST_LEFT


def _has_children() -> bool:
    try:
        while True:
            process, _ = os.waitpid(-1, os.WNOHANG)
            if process == 0:
                return True
    except ChildProcessError:
        return False
