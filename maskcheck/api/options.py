"""What callers of the API ask for, made into the settings that the engine and the lab know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.model.route import DEFAULT_ROUTES, ROUTE_TABLE, ROUTES
from maskcheck.settings import Settings

# How a report looks is its reader's business here.
_OF_THE_COMMAND = frozenset({"targets", "format", "reports", "verbosity", "color"})
_LISTS = frozenset({"only", "routes", "select", "ignore"})
_ELSEWHERE = frozenset(route.name for route in ROUTE_TABLE if route.elsewhere)


def settings_for(targets: str | Iterable[str], options: dict[str, Any]) -> Settings:
    """Return the settings of a scan of ``targets``.

    Args:
        options: fields of `Settings` by name; texts for lists may name several things, with commas.

    Raises:
        UsageError: there is no such option, route or rule.
    """
    known = [field.name for field in fields(Settings) if field.name not in _OF_THE_COMMAND]
    for name in options:
        if name not in known:
            advice = did_you_mean(name, known) or f"there are {', '.join(known)}"
            raise UsageError(f"there is no setting {name!r}", hint=advice)
    named = {name: names(value) if name in _LISTS else value for name, value in options.items()}
    if "routes" in named:
        named["routes"] = _routes(named["routes"], ROUTES)
    settings = Settings(targets=names(targets), **named)
    _check_rules(settings)
    return settings


def settings_here(options: dict[str, Any]) -> Settings:
    """Return the settings of a check in the caller's own process.

    Raises:
        UsageError: there is no such option, route or rule, or a route ends in another process.
    """
    wanted = names(options.pop("routes", None) or DEFAULT_ROUTES)
    for name in _ELSEWHERE.intersection(wanted) if options.get("routes") else ():
        raise UsageError(f"the route {name} ends in another process", hint="maskcheck.scan takes it")
    return settings_for((), {**options, "routes": [name for name in _routes(wanted, ROUTES)]})


def names(value: str | Iterable[str]) -> tuple[str, ...]:
    """Return names as they are, or those of a text that separates them by commas."""
    parts = value.split(",") if isinstance(value, str) else value
    return tuple(part.strip() for part in parts)


def _routes(wanted: Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    for name in wanted:
        if name not in (*known, "all"):
            advice = did_you_mean(name, list(known)) or f"there are {', '.join(known)}"
            raise UsageError(f"there is no route {name!r}", hint=advice)
    return tuple(route for route in known if route in wanted or "all" in wanted)


def _check_rules(settings: Settings) -> None:
    from maskcheck.rules.registry import select_rules

    if not select_rules(settings.select, settings.ignore):
        raise UsageError("no rule is left: ignore takes away all that select names")
