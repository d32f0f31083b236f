"""What callers of `check` ask for, made into the settings that the lab knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.model.route import DEFAULT_ROUTES, ROUTE_TABLE, ROUTES
from maskcheck.settings import Settings

Names = str | Iterable[str]

# The others end in another process.
_IN_PROCESS = tuple(route.name for route in ROUTE_TABLE if not route.elsewhere)


def make_settings(
    routes: Names | None, select: Names, ignore: Names, *, probe: bool, seed: int, device: str
) -> Settings:
    """Return the settings of a check in the caller's own process; no file and no variable adds to them.

    Raises:
        UsageError: there is no such route or rule, or a route ends in another process.
    """
    if not isinstance(seed, int) or not 0 <= seed < 2**32:
        raise UsageError(f"seed must be a whole number from 0 to {2**32 - 1}, not {seed!r}")
    settings = Settings(
        targets=(),
        routes=_select_routes(split_names("routes", routes)) if routes is not None else _default_routes(),
        select=split_names("select", select),
        ignore=split_names("ignore", ignore),
        probe=probe,
        seed=seed,
        device=device,
    )
    from maskcheck.rules.registry import check_selection

    check_selection(settings.select, settings.ignore)
    return settings


def split_names(what: str, value: Any) -> tuple[str, ...]:
    """Return several names, which a text may give with commas between.

    Raises:
        UsageError: it is something else, or one is empty.
    """
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, Iterable):
        raise UsageError(f"{what} must be names, not {value!r}")
    found = tuple(parts)
    if not all(isinstance(part, str) and part.strip() for part in found):
        raise UsageError(f"{what} must be names, not {value!r}")
    return tuple(part.strip() for part in found)


def _default_routes() -> tuple[str, ...]:
    return tuple(route for route in DEFAULT_ROUTES if route in _IN_PROCESS)


def _select_routes(wanted: tuple[str, ...]) -> tuple[str, ...]:
    for name in wanted:
        if name in ROUTES and name not in _IN_PROCESS:
            raise UsageError(f"the route {name!r} ends in another process", hint="maskcheck.scan takes it")
        if name not in (*_IN_PROCESS, "all"):
            hint = did_you_mean(name, list(_IN_PROCESS)) or f"there are {', '.join(_IN_PROCESS)}"
            raise UsageError(f"there is no route {name!r}", hint=hint)
    return tuple(route for route in _IN_PROCESS if route in wanted or "all" in wanted)
