"""The pool of workers as the parent sees it: gives out jobs, keeps time limits, collects outcomes.

One thread, one loop, no lock: a worker that dies at the worst moment can block
nobody. (A pool that shares pipes among its workers was tried: it took
``os._exit(0)`` for a task still running and kept its other workers waiting.)
"""

from __future__ import annotations

import selectors
import shutil
import signal
import socket
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from maskcheck.engine.processes import task
from maskcheck.engine.processes.launch import Exited, Server, ServerLost, ServerNotStarted
from maskcheck.engine.processes.outcome import Outcome, read_lines, read_outcome
from maskcheck.engine.processes.worker_group import WorkerGroup
from maskcheck.engine.time_limit import Clock, read_seconds
from maskcheck.model.target import World
from maskcheck.settings import Settings

# In seconds; select() takes no unlimited timeout.
_LONGEST = 3600.0
# A job that begins has no outcome yet.
_Step = tuple[int, Outcome | None]
# How often a server may die while nothing runs.
_MOST_UNEXPLAINED = 2


@dataclass
class _Running:
    index: int
    job: task.Job
    directory: Path
    started: float = 0.0
    deadline: float = float("inf")
    stages: int = 0
    late: bool = False
    suspected: bool = False
    clock: Clock | None = None


@dataclass
class _Worker:
    number: int
    setup: str
    channel: socket.socket
    helpers: tuple[int, ...]
    running: _Running | None = None
    proven: bool = False
    text: bytes = b""


class Pool:
    """Up to ``settings.workers`` processes, each bound to one world.

    ``stop`` is a descriptor that becomes readable when the user wants the scan to end.
    """

    def __init__(self, team: WorkerGroup, home: Path, settings: Settings, lab: str, stop: int) -> None:
        self._team = team
        self._home = home
        self._settings = settings
        self._lab = lab
        self._stop = stop
        self._workers: dict[int, _Worker] = {}
        self._waiting: deque[tuple[int, task.Job]] = deque()
        self._suspects: deque[tuple[int, task.Job]] = deque()
        self._unexplained = 0
        self._made = 0
        self._selector = selectors.DefaultSelector()
        self._watch_servers()
        self._selector.register(stop, selectors.EVENT_READ)

    def close(self) -> None:
        """Let go of the workers; stopping the team ends them and their helpers."""
        for worker in self._workers.values():
            worker.channel.close()
        self._selector.close()

    def prepare(self, world: World) -> str:
        """Return the setup for jobs in ``world``."""
        path = self._new_path()
        task.store(path, task.Setup(world, self._settings, self._lab))
        return str(path)

    def run(self, jobs: Sequence[task.Job]) -> Iterator[tuple[int, Outcome]]:
        """Do ``jobs`` and yield the index and outcome of each as it ends; raises what `follow` raises."""
        return ((index, outcome) for index, outcome in self.follow(jobs) if outcome is not None)

    def follow(self, jobs: Sequence[task.Job]) -> Iterator[_Step]:
        """Do ``jobs`` and yield the index of each with None as it begins, and with its outcome as it ends.

        A server that dies is started again, and what was running is done once more, one job at a time:
        the one during which it dies again is the one that ends it.

        Raises KeyboardInterrupt when ``stop`` becomes readable, UsageError and ServerLost where a server
        cannot be started.
        """
        self._waiting.extend(enumerate(jobs))
        while self._waiting or self._suspects or self._running():
            try:
                self._give_all()
                yield from self._wait()
            except ServerLost as lost:
                yield from self._recover(lost)

    def _running(self) -> list[_Running]:
        return [worker.running for worker in self._workers.values() if worker.running]

    def _give_all(self) -> None:
        """Give jobs to the workers that are free; a suspect alone."""
        if self._suspects:
            if not self._running() and (worker := self._free_worker(self._suspects[0][1].setup)):
                self._give(worker, *self._suspects.popleft(), suspected=True)
            return
        while self._waiting and (worker := self._free_worker(self._waiting[0][1].setup)):
            self._give(worker, *self._waiting.popleft())

    def _recover(self, lost: ServerLost) -> Iterator[_Step]:
        """Start the servers again; what was running is suspected of having ended one of them."""
        running = self._running()
        self._unexplained += not running
        if isinstance(lost, ServerNotStarted) or self._unexplained > _MOST_UNEXPLAINED:
            raise lost
        for worker in list(self._workers.values()):
            self._unwatch(worker)
            worker.channel.close()
        self._workers.clear()
        for server in self._team.servers:
            self._selector.unregister(server)
        self._team.restart()
        self._watch_servers()
        for one in running:
            if one.suspected:
                yield self._outcome(one, 1, "the process that had started its own was killed")
            else:
                self._suspects.append((one.index, one.job))

    def _watch_servers(self) -> None:
        for server in self._team.servers:
            self._selector.register(server, selectors.EVENT_READ)

    def _free_worker(self, setup: str) -> _Worker | None:
        idle = [worker for worker in self._workers.values() if worker.running is None]
        for worker in idle:
            if worker.setup == setup:
                return worker
        if len(self._workers) >= self._settings.workers:
            if not idle:
                return None
            self._team.kill(idle[0].number)
            self._forget(idle[0])
        member = self._team.fork(setup)
        worker = _Worker(member.number, setup, member.channel, member.helpers)
        self._workers[worker.number] = worker
        self._selector.register(worker.channel, selectors.EVENT_READ, worker)
        return worker

    def _give(self, worker: _Worker, index: int, job: task.Job, *, suspected: bool = False) -> None:
        directory = self._new_path()
        directory.mkdir()
        task.store(directory / task.JOB, job)
        worker.running = _Running(index, job, directory, suspected=suspected)
        # A worker that died while idle does not receive it; the server will report its end.
        with suppress(ConnectionError):
            worker.channel.sendall(f"{directory}\n".encode())

    def _wait(self) -> Iterator[_Step]:
        deadlines = [worker.running.deadline for worker in self._workers.values() if worker.running]
        limit = min(deadlines, default=float("inf")) - time.monotonic()
        for key, _ in self._selector.select(min(max(limit, 0.0), _LONGEST)):
            if key.fileobj == self._stop:
                raise KeyboardInterrupt
            if isinstance(key.fileobj, Server):
                for exited in self._team.exits(key.fileobj):
                    yield from self._bury(exited)
            elif key.data.number in self._workers:
                yield from self._listen(key.data)
        for worker in self._workers.values():
            self._check_limit(worker)

    def _listen(self, worker: _Worker) -> Iterator[_Step]:
        data = b""
        try:
            data = worker.channel.recv(4096, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except ConnectionError:
            pass
        if not data:
            # The server reports the end of the process.
            self._unwatch(worker)
            return
        *lines, worker.text = (worker.text + data).split(b"\n")
        for line in lines:
            yield from self._hear(worker, line + b"\n")

    def _hear(self, worker: _Worker, word: bytes) -> Iterator[_Step]:
        running = worker.running
        if running is None or running.late:
            return
        if word == task.BEGIN:
            worker.proven = True
            running.started = time.monotonic()
            self._start_clock(running)
            yield running.index, None
            return
        worker.running = None
        if word == task.LAST:
            self._forget(worker)
        yield self._outcome(running)

    def _bury(self, exited: Exited) -> Iterator[_Step]:
        worker = self._workers.get(exited.number)
        if worker is None:
            return
        yield from self._listen(worker)
        if worker.number in self._workers:
            self._forget(worker)
        running = worker.running
        if running and worker.proven and not running.started:
            # An earlier task killed the worker; this one was not begun.
            self._waiting.appendleft((running.index, running.job))
        elif running and exited.status >= 0 and (running.directory / task.RESULT).exists():
            # It was done, but user code had closed the socket through which it would have said so.
            yield self._outcome(running)
        elif running:
            yield self._outcome(running, exited.status, exited.reason)

    def _check_limit(self, worker: _Worker) -> None:
        running = worker.running
        if running is None or running.clock is None or time.monotonic() < running.deadline:
            return
        if running.clock.extend():
            running.deadline = running.clock.deadline
            return
        if running.job.subject is None:
            # The limit is for each module of the world: extend it while modules are being imported.
            stages = len(read_lines(running.directory / task.STAGE))
            if stages > running.stages:
                running.stages = stages
                self._start_clock(running)
                return
        running.late = True
        running.deadline = float("inf")
        self._team.kill(worker.number)

    def _start_clock(self, running: _Running) -> None:
        limit = self._settings.of(running.job.subject).timeout
        running.clock = Clock(limit, lambda: read_seconds(running.directory, self._home))
        running.deadline = running.clock.deadline

    def _outcome(self, running: _Running, status: int | None = None, reason: str = "") -> tuple[int, Outcome]:
        seconds = time.monotonic() - running.started if running.started else 0.0
        # At the limit the stacks are dumped, and reading those of running code may itself end the process.
        late = running.late or (
            status == -signal.SIGSEGV and seconds >= self._settings.of(running.job.subject).timeout
        )
        outcome = read_outcome(running.job, running.directory, seconds, status, timed_out=late)
        outcome = replace(outcome, reason=reason)
        if late and running.clock:
            outcome = replace(outcome, busy=running.clock.describe())
        shutil.rmtree(running.directory, ignore_errors=True)
        return running.index, outcome

    def _forget(self, worker: _Worker) -> None:
        del self._workers[worker.number]
        self._unwatch(worker)
        worker.channel.close()
        self._team.dismiss(worker.helpers)

    def _unwatch(self, worker: _Worker) -> None:
        with suppress(KeyError):
            self._selector.unregister(worker.channel)

    def _new_path(self) -> Path:
        self._made += 1
        return self._home / str(self._made)
