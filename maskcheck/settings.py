"""The settings of one scan, as one frozen object that travels from the command line to the workers."""

from __future__ import annotations

import os
from dataclasses import dataclass

from maskcheck.model.route import DEFAULT_ROUTES


@dataclass(frozen=True)
class Settings:
    """What the user asked for; every field has the default that the command states.

    ``only`` are globs on class names. ``select`` and ``ignore`` are prefixes of rule
    codes, or rule names. ``reports`` are pairs of format and path. ``timeout`` is in
    seconds for each layer. ``probe`` tries second values for its arguments, ``min_proven``
    is a percentage of them. ``dtypes`` are the situations in which every case is repeated.
    ``directory`` is where targets and the spec are looked for.
    """

    targets: tuple[str, ...]
    directory: str = "."
    spec: str | None = None
    imported: bool = False
    only: tuple[str, ...] = ()
    case: str | None = None
    dtypes: tuple[str, ...] = ()
    routes: tuple[str, ...] = DEFAULT_ROUTES
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    format: str = "text"
    reports: tuple[tuple[str, str], ...] = ()
    jobs: int = 0
    timeout: float = 60.0
    probe: bool = True
    min_proven: float = 0.0
    seed: int = 0
    device: str = "auto"
    cross_device: bool = False
    fail_fast: bool = False
    verbosity: int = 0
    color: str = "auto"

    @property
    def workers(self) -> int:
        """Return the number of worker processes: ``jobs``, or one for each core."""
        return self.jobs or os.cpu_count() or 1
