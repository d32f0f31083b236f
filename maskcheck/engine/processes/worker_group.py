"""The servers of a run, and the workers and helpers that they fork."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from maskcheck.engine.processes.launch import Exited, Server

# One helper that imports the user's modules, one that never does; see `helper.Helpers`.
_HELPERS = 2


@dataclass(frozen=True)
class Member:
    """A worker by its number, the socket to it, and the numbers of its helpers."""

    number: int
    channel: socket.socket
    helpers: tuple[int, ...]


class WorkerGroup:
    """One server for workers and, if they need helpers, a second one for these.

    The second has another hash seed, and nothing that a worker does reaches its processes.
    """

    def __init__(
        self, home: Path, preload: tuple[str, ...], seed: int, *, helpers: bool, legacy: bool = False
    ) -> None:
        self._seeds = (seed, seed + 1) if helpers else (seed,)
        self._start = partial(Server, home, preload, legacy=legacy)
        self.servers = tuple(map(self._start, self._seeds))

    def restart(self) -> None:
        """Start other servers in the place of these, which ends all workers."""
        for server in self.servers:
            server.leave()
        self.servers = tuple(map(self._start, self._seeds))

    def fork(self, setup: str) -> Member:
        """Fork a worker of ``setup`` and its helpers."""
        first, *others = self.servers
        pairs = [socket.socketpair() for _ in range(_HELPERS if others else 0)]
        ours, theirs = socket.socketpair()
        with ExitStack() as stack:
            for end in (theirs, *(end for pair in pairs for end in pair)):
                stack.enter_context(end)
            number = first.fork(setup, [theirs, *(near for near, _ in pairs)])
            helpers = tuple(others[0].fork(setup, [far]) for _, far in pairs)
        return Member(number, ours, helpers)

    def kill(self, number: int) -> None:
        """Have a worker killed with all that it started."""
        self.servers[0].kill(number)

    def dismiss(self, helpers: Sequence[int]) -> None:
        """Kill the helpers of a worker that has ended."""
        for number in helpers:
            self.servers[1].kill(number)

    def exits(self, server: Server) -> list[Exited]:
        """Return the workers that ended; blocks for the news of ``server``.

        Raises what `Server.exits` does.
        """
        ended = server.exits()
        return ended if server is self.servers[0] else []

    def stop(self) -> None:
        """End all processes; returns when they have ended."""
        for server in self.servers:
            server.stop()
