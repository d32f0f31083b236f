"""The helper processes of a worker, as the worker sees them; they share none of its state."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from maskcheck import task_stage
from maskcheck.engine.processes import task
from maskcheck.engine.processes.exit_texts import describe_exception, describe_helper_death
from maskcheck.engine.processes.outcome import Outcome, read_outcome
from maskcheck.engine.time_limit import Clock, read_seconds
from maskcheck.errors import MaskcheckError
from maskcheck.model.helper_request import Ask, Lost, Who, alone

_NAMES: tuple[Who, ...] = ("importing", "bare")
# The share of the remaining time that an answer may take; the layer has to be finished, too.
_SHARE = 0.5
# The share of the whole time that is so little that a busy machine may be the reason.
_LITTLE = 0.25


class HelperFault(RuntimeError):
    """The lab failed in a helper process."""


class Helpers:
    """The helpers of one worker by name; none where no route needs them.

    The "importing" one imports the user's modules at its start, the "bare" one never does.
    """

    def __init__(self, channels: Sequence[socket.socket], home: Path) -> None:
        self._deadline = self._limit = self._earlier = 0.0
        self._helpers = {
            name: _Helper(channel, home / f"{name}-of-{os.getpid()}")
            for name, channel in zip(_NAMES, channels, strict=bool(channels))
        }
        if self._helpers:
            self._helpers["importing"].send(task.Job(""))

    @property
    def spent(self) -> bool:
        """Tell whether one of them died, gave no answer or cannot be used again."""
        return any(helper.spent for helper in self._helpers.values())

    def begin(self, timeout: float) -> None:
        """Start the clock of a task, which may take ``timeout`` seconds."""
        self._deadline = time.monotonic() + timeout
        self._limit, self._earlier = timeout, time.process_time()

    @property
    def ask(self) -> Ask:
        """Return how to have ``lab.answer_request`` done in another process.

        It raises MaskcheckError where the lab does so there, HelperFault for what else it raises.
        """
        return self._ask if self._helpers else alone

    def _ask(self, who: Who, request: object) -> Any:
        left = self._deadline - time.monotonic()
        if left < _LITTLE * self._limit:
            # On a busy machine the task may go on after its limit, until it has computed for as long.
            left = max(left, self._limit - (time.process_time() - self._earlier))
        until = max(time.monotonic() + left * _SHARE, self._deadline - _LITTLE * self._limit)
        return self._helpers[who].ask(request, left * _SHARE, until)


class _Helper:
    def __init__(self, channel: socket.socket, home: Path) -> None:
        home.mkdir()
        self.spent = False
        self._channel = channel
        self._home = home
        self._open: deque[tuple[task.Job, Path]] = deque()
        self._lost: Lost | None = None
        self._text = b""
        self._sent = 0

    def send(self, job: task.Job) -> Path:
        """Send a job without waiting for its end; return its directory."""
        self._sent += 1
        directory = self._home / str(self._sent)
        directory.mkdir()
        task.store(directory / task.JOB, job)
        self._open.append((job, directory))
        # A helper that died does not receive it; waiting for the answer will show that.
        with suppress(OSError):
            self._channel.sendall(f"{directory}\n".encode())
        return directory

    def ask(self, request: object, limit: float, until: float) -> Any:
        """Return the answer to a request, or why there is none.

        Args:
            limit: in seconds, of the time that it may take.
            until: on a busy machine, by the clock, so that the worker has time left to go on without it.
        """
        task_stage.exit_if_forked()
        if self._lost is None:
            job = task.Job("", request=request)
            directory = self.send(job)
            self._lost = self._wait(limit, until)
        if self._lost is not None:
            self.spent = True
            return self._lost
        outcome = read_outcome(job, directory, 0.0, None, timed_out=False)
        shutil.rmtree(directory, ignore_errors=True)
        return _read_answer(outcome)

    def _wait(self, limit: float, until: float) -> Lost | None:
        """Wait until all is done; return why it will not be."""
        clock = Clock(limit, lambda: read_seconds(self._open[0][1]))
        while self._open:
            try:
                self._channel.settimeout(max(min(clock.deadline, until) - time.monotonic(), 0.001))
                data = self._channel.recv(4096)
            except TimeoutError:
                if time.monotonic() < until and clock.extend():
                    continue
                return self._end(timed_out=True)
            except OSError as error:
                if error.errno == errno.EBADF:
                    return Lost("the layer closed the socket to the other process")
                data = b""
            if not data:
                return self._end(timed_out=False)
            *words, self._text = (self._text + data).split(b"\n")
            for word in words:
                self._hear(word + b"\n")
        return None

    def _hear(self, word: bytes) -> None:
        if word in (task.DONE, task.LAST):
            self._open.popleft()
            self.spent |= word == task.LAST

    def _end(self, *, timed_out: bool) -> Lost:
        return Lost(describe_helper_death(read_outcome(*self._open[0], 0.0, 1, timed_out=timed_out)))


def _read_answer(outcome: Outcome) -> Any:
    match outcome.result:
        case task.Answer() as answer:
            return answer.content
        case MaskcheckError() as error:
            raise error
        case task.Failure(kind="internal") as failure:
            raise HelperFault(f"{failure.text}\n{failure.traceback}")
        case task.Failure() as failure:
            return Lost(describe_exception(outcome, failure.text))
        case _:
            raise HelperFault(f"{outcome.result} for an answer")
