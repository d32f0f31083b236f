"""The settings of one scan, as one frozen object that travels from the command line to the workers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from maskcheck.model.case import Mark, Subject
from maskcheck.model.route import DEFAULT_ROUTES


@dataclass(frozen=True)
class Override:
    """Settings of the layers that match a pattern of ``layers``: ``values`` are fields of `Settings`."""

    layers: tuple[str, ...]
    values: Mapping[str, Any]
    mark: Mark


@dataclass(frozen=True)
class Settings:
    """What the user asked for; every field has the default that the command states.

    ``only`` are globs on class names. ``select`` and ``ignore`` are prefixes of rule
    codes, or rule names. ``reports`` are pairs of format and path. ``timeout`` is in
    seconds for each layer. ``probe`` tries second values for its arguments, ``min_proven``
    is a percentage of them. ``dtypes`` are the variants in which every case is repeated.
    ``rtol`` and ``atol`` say how far outputs may differ; None is what the device needs.
    ``directory`` is where targets and the spec are looked for. ``maxfail`` is how many layers
    may fail before the scan stops, 0 for all. ``last_failed`` are the ids to check again, None
    where that is not asked for. ``shard`` is the number, from 1, of the part to check and that
    of all parts. ``durations`` is how many of the slowest layers to name. ``left_out`` are the
    routes that an override takes from a layer, with the reason. ``keep_outputs`` hands out what a
    layer gives that was never saved. ``inferred`` are the entries of a spec, by the ids of classes, that an
    earlier scan inferred.
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
    rtol: float | None = None
    atol: float | None = None
    seed: int = 0
    device: str = "auto"
    cross_device: bool = False
    baseline: str | None = None
    no_baseline: bool = False
    maxfail: int = 0
    last_failed: tuple[str, ...] | None = None
    shard: tuple[int, int] | None = None
    fail_on: str = "error"
    exit_zero: bool = False
    durations: int = 0
    verbosity: int = 0
    color: str = "auto"
    overrides: tuple[Override, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    keep_outputs: bool = False
    inferred: Mapping[str, str] = field(default_factory=dict)

    @property
    def workers(self) -> int:
        """Return the number of worker processes: ``jobs``, or one for each core."""
        return self.jobs or os.cpu_count() or 1

    def of(self, subject: Subject | None) -> Settings:
        """Return what holds for one layer: of two overrides that match it, the later wins.

        What is done for no single layer (``subject`` None) has the settings as they are.
        """
        own = self
        for override in self.overrides if subject else ():
            if subject and subject.matches(override.layers):
                own = replace(own, **override.values)
                if "routes" in override.values:
                    own = replace(own, left_out=self._left_out(own.routes, override.mark))
        return own

    @property
    def all_routes(self) -> frozenset[str]:
        """Return the routes that any layer may take."""
        own = (override.values.get("routes", ()) for override in self.overrides)
        return frozenset(self.routes).union(*own)

    def _left_out(self, routes: tuple[str, ...], mark: Mark) -> Mapping[str, str]:
        reason = f"left out by the override in {mark.file}, line {mark.line}"
        return {route: reason for route in self.routes if route not in routes}
