"""The server as the parent sees it: starts it, asks it for workers, reads which of them ended."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from maskcheck.errors import MaskcheckError, UsageError
from maskcheck.exits import Exit
from maskcheck.source.modules.keras_imports import VARIABLE

# Gets the parent's search path first, so that it finds what the parent would.
_BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[3]); "
    "from maskcheck.engine.processes.server import main; main(int(sys.argv[1]), sys.argv[2], sys.argv[4:])"
)
# Quiet, on Keras' TensorFlow side whatever the user's settings say.
_ENVIRONMENT = {"TF_CPP_MIN_LOG_LEVEL": "3", "GRPC_VERBOSITY": "NONE", "KERAS_BACKEND": "tensorflow"}
_STOP_TIMEOUT = 5.0


@dataclass(frozen=True)
class Exited:
    """A worker that ended: its exit status (negative: the signal), and why, where the server knows."""

    number: int
    status: int
    reason: str = ""


class ServerLost(MaskcheckError):
    """The process that starts the workers died."""

    exit_code = Exit.INTERNAL


class ServerNotStarted(ServerLost):
    """It died before it could start any."""


class Server:
    """A running server process; ``home`` is the run's directory, which it removes at its end.

    ``seed`` decides in which order its processes iterate over sets of text, ``legacy`` whether Keras
    is tf_keras to them.
    """

    def __init__(self, home: Path, preload: tuple[str, ...], seed: int, *, legacy: bool = False) -> None:
        self._log = home / f"server-{seed}.log"
        self._socket, theirs = socket.socketpair()
        self._ready = False
        self._text = b""
        self._count = 0
        temporary = home / "tmp"
        temporary.mkdir(exist_ok=True)
        environment = {
            "TMPDIR": str(temporary),
            "PYTHONHASHSEED": str(seed % 2**32),
            VARIABLE: str(int(legacy)),
        }
        path = json.dumps([os.path.abspath(entry) for entry in sys.path])
        arguments = [str(theirs.fileno()), str(home), path, *preload]
        with theirs, self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=home,
                env={**os.environ, **_ENVIRONMENT, **environment},
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when `exits` has news."""
        return self._socket.fileno()

    def fork(self, setup: str, sockets: Sequence[socket.socket]) -> int:
        """Ask for a worker of ``setup``; return its number.

        Args:
            sockets: its ends of those to the pool and to its helpers; copies go there.
        """
        self._count += 1
        self._send(f"fork {self._count} {len(sockets)} {setup}", [end.fileno() for end in sockets])
        return self._count

    def kill(self, number: int) -> None:
        """Have the worker ``number`` killed with all that it started."""
        self._send(f"kill {number}")

    def exits(self) -> list[Exited]:
        """Return the workers that ended; blocks for news.

        Raises UsageError where TensorFlow cannot be imported, ServerLost where the server died.
        """
        data = b""
        with suppress(ConnectionError):
            data = self._socket.recv(65536)
        if not data:
            raise self._lost()
        *lines, self._text = (self._text + data).split(b"\n")
        ended = []
        for line in lines:
            verb, _, rest = line.decode().partition(" ")
            if verb == "broken":
                module, _, reason = rest.partition(": ")
                raise UsageError(f"{module} cannot be imported here: {reason}", hint="is it installed?")
            if verb == "ready":
                self._ready = True
            else:
                number, status, reason = rest.split(" ", 2)
                ended.append(Exited(int(number), int(status), reason))
        return ended

    def stop(self) -> None:
        """End the server and, through it, every worker; returns when they have ended."""
        if not self._is_ready():
            # While it imports it reads no requests, and it has no workers yet.
            self._process.kill()
        self._socket.close()
        try:
            self._process.wait(_STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def leave(self) -> None:
        """End the server and its workers, but leave the files of the run."""
        with suppress(OSError):
            self._socket.sendall(b"leave\n")
        self.stop()

    def _is_ready(self) -> bool:
        with suppress(OSError):
            self._text += self._socket.recv(65536, socket.MSG_DONTWAIT)
        return self._ready or self._text.startswith(b"ready\n")

    def _send(self, line: str, descriptors: list[int] | None = None) -> None:
        try:
            socket.send_fds(self._socket, [line.encode() + b"\n"], descriptors or [])
        except ConnectionError:
            raise self._lost() from None

    def _lost(self) -> ServerLost:
        self._process.wait()
        last = self._log.read_text("utf-8", "replace").strip().splitlines()[-1:]
        said = f", last said: {last[0]}" if last else ""
        when = "while it ran" if self._ready else "while it imported TensorFlow"
        kind = ServerLost if self._ready else ServerNotStarted
        return kind(f"the server of the workers died {when} (status {self._process.returncode}){said}")
