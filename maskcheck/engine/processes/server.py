"""The server process: imports TensorFlow once, then forks a worker for each request.

It speaks with the parent in lines over one socket. In: ``fork NUMBER COUNT SETUP``
(COUNT sockets for the worker come along), ``kill NUMBER`` and ``leave``. Out: ``ready``,
``broken TEXT`` and ``exited NUMBER STATUS REASON``. When the socket closes, because the
scan is over or the parent was killed, it ends all workers and what they
started, removes the run's directory and leaves.
"""

from __future__ import annotations

import gc
import importlib
import os
import resource
import selectors
import shutil
import signal
import socket
import sys
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from maskcheck.engine.isolation import orphans
from maskcheck.engine.isolation.descriptors import move_up
from maskcheck.engine.processes.worker import serve

MAX_SOCKETS = 16
# What a layer may send to the process that started its own: it ends that layer, not the scan.
_SIGNALS = frozenset(
    {
        signal.SIGTERM,
        signal.SIGINT,
        signal.SIGHUP,
        signal.SIGQUIT,
        signal.SIGALRM,
        signal.SIGUSR1,
        signal.SIGUSR2,
    }
)
# Seconds between two looks for such signals.
_PERIOD = 0.2


def main(control: int, home: str, preload: list[str]) -> None:
    """Serve the parent at the file descriptor ``control`` until it closes; never returns."""
    # A crash is reported; it need not leave a core file in the user's directory.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Before there are threads, so that none of them takes one.
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    server = _Server(socket.socket(fileno=control))
    try:
        if server.import_all(preload):
            server.run()
    finally:
        server.end_all()
        if not server.keeps_files:
            shutil.rmtree(home, ignore_errors=True)
        # A normal exit of the interpreter takes long once TensorFlow is imported.
        os._exit(0)


class _Server:
    def __init__(self, control: socket.socket) -> None:
        self.control = control
        self.numbers: dict[int, int] = {}
        self.reasons: dict[int, str] = {}
        self.keeps_files = False
        self.sockets: deque[int] = deque()
        self.text = b""
        orphans.adopt()

    def import_all(self, names: list[str]) -> bool:
        """Import the modules ``names``; tell the parent how that went and return it."""
        try:
            for name in names:
                importlib.import_module(name)
        except BaseException as error:
            traceback.print_exc()
            self._say(f"broken {name}: {type(error).__name__}: {' '.join(str(error).split())}")
            return False
        # What is there now lives as long as the process: no collection in a worker need look at it.
        gc.collect()
        gc.freeze()
        self._say("ready")
        return True

    def run(self) -> None:
        """Serve requests until the parent closes the socket."""
        self.wake = wake_in, wake_out = os.pipe()
        for end in self.wake:
            os.set_blocking(end, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake_out, warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            self.selector = selector
            selector.register(self.control, selectors.EVENT_READ)
            selector.register(wake_in, selectors.EVENT_READ)
            while True:
                ready = [key.fileobj for key, _ in selector.select(_PERIOD)]
                self._hear_signals()
                if wake_in in ready:
                    os.read(wake_in, 4096)
                    self._bury()
                if self.control in ready and not self._listen():
                    return

    def end_all(self) -> None:
        """Kill every worker with its process group, and whoever left that group, until nobody is left."""
        for number in self.numbers.values():
            self._kill(number)
        with suppress(ChildProcessError):
            while True:
                orphans.kill(spare=())
                os.waitpid(-1, 0)

    def _listen(self) -> bool:
        data, descriptors, _, _ = socket.recv_fds(self.control, 65536, MAX_SOCKETS)
        if not data:
            return False
        self.sockets.extend(descriptors)
        *lines, self.text = (self.text + data).split(b"\n")
        for line in lines:
            verb, *rest = line.decode().split(" ", 2)
            if verb == "leave":
                self.keeps_files = True
                return False
            number, *rest = rest
            if verb == "fork":
                count, setup = rest[0].split(" ", 1)
                self._fork(int(number), setup, [self.sockets.popleft() for _ in range(int(count))])
            else:
                self._kill(int(number))
        return True

    def _fork(self, number: int, setup: str, descriptors: Sequence[int]) -> None:
        process = os.fork()
        if process == 0:
            self.selector.close()
            for end in self.wake:
                os.close(end)
            _run_worker(self.control, descriptors, setup)
        for descriptor in descriptors:
            os.close(descriptor)
        # Done here and in the worker, so that it holds whoever comes first.
        with suppress(OSError):
            os.setpgid(process, process)
        self.numbers[process] = number

    def _kill(self, number: int) -> None:
        for process, other in self.numbers.items():
            if other == number:
                _send_kill(os.killpg, process)
                _send_kill(os.kill, process)

    def _bury(self) -> None:
        with suppress(ChildProcessError):
            while True:
                process, status = os.waitpid(-1, os.WNOHANG)
                if process == 0:
                    return
                number = self.numbers.pop(process, None)
                if number is not None:
                    _send_kill(os.killpg, process)
                    reason = self.reasons.pop(number, "")
                    self._say(f"exited {number} {os.waitstatus_to_exitcode(status)} {reason}")
                orphans.kill(spare=self.numbers)

    def _hear_signals(self) -> None:
        """Kill the workers that sent a signal to this process, and note it as the reason of their end."""
        while sent := _pending_signal():
            number = self._worker_of(sent.si_pid)
            if number is not None:
                name = signal.Signals(sent.si_signo).name
                self.reasons[number] = f"it sent {name} to the process that had started its own"
                self._kill(number)

    def _worker_of(self, process: int) -> int | None:
        """Return the number of the worker that a process is, or that it is in the group of."""
        with suppress(OSError):
            return self.numbers.get(process) or self.numbers.get(os.getpgid(process))
        return self.numbers.get(process)

    def _say(self, line: str) -> None:
        with suppress(OSError):
            self.control.sendall(line.encode() + b"\n")


def _run_worker(control: socket.socket, descriptors: Sequence[int], setup: str) -> None:
    """Reset what the server set up for itself, and serve tasks; never returns."""
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setpgid(0, 0)
        orphans.die_with_parent()
        control.close()
        channel, *helpers = [socket.socket(fileno=move_up(descriptor)) for descriptor in descriptors]
        with channel:
            serve(channel, setup, helpers)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _send_kill(kill: Callable[[int, int], None], process: int) -> None:
    with suppress(OSError):
        kill(process, signal.SIGKILL)


def _pending_signal() -> signal.struct_siginfo | None:
    """Return a signal that was sent to this process and who sent it; None where there is none."""
    if sys.platform == "linux":
        return signal.sigtimedwait(_SIGNALS, 0)
    return None
