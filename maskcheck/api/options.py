"""What callers of the API ask for, made into the settings that the engine and the lab know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.model.route import DEFAULT_ROUTES, ROUTE_TABLE, ROUTES
from maskcheck.settings import Settings

# Targets stand by themselves, and how a report looks is its reader's business.
_NOT_OPTIONS = frozenset({"targets", "format", "reports", "verbosity", "color"})
_HERE = tuple(route.name for route in ROUTE_TABLE if not route.elsewhere)

Names = str | Iterable[str]


def settings_for(
    targets: Names, options: Mapping[str, Any], known_routes: Iterable[str] = ROUTES
) -> Settings:
    """Return the settings of a scan of ``targets``.

    Args:
        options: fields of `Settings` by name. Where several names are wanted, a text may give
            them with commas between.
        known_routes: those that can be taken, which "all" stands for.

    Raises:
        UsageError: there is no such option, route or rule, or a value has the wrong type.
    """
    known = {field.name: field.default for field in fields(Settings) if field.name not in _NOT_OPTIONS}
    given: dict[str, Any] = {}
    for name, value in options.items():
        if name not in known:
            raise UsageError(f"there is no setting {name!r}", hint=_advice(name, known))
        given[name] = _checked(name, value, known[name])
    if "routes" in given:
        given["routes"] = _routes(given["routes"], tuple(known_routes))
    settings = Settings(targets=_names("targets", targets), **given)
    _check_rules(settings)
    return settings


def settings_here(routes: Names | None, options: Mapping[str, Any]) -> Settings:
    """Return the settings of a check in the caller's own process.

    Raises:
        UsageError: there is no such option, route or rule, a value has the wrong type, or a
            route ends in another process.
    """
    wanted = [name for name in DEFAULT_ROUTES if name in _HERE] if routes is None else routes
    return settings_for((), {**options, "routes": wanted}, _HERE)


def _checked(name: str, value: Any, default: Any) -> Any:
    """Return the value of an option, whose type is that of its default; None stands for a text."""
    if isinstance(default, tuple):
        return _names(name, value)
    kind = str if default is None else type(default)
    if default is None and value is None:
        return None
    fits = isinstance(value, (int, float) if kind is float else kind) and isinstance(value, bool) == (
        kind is bool
    )
    if not fits:
        raise UsageError(f"{name} must be of type {kind.__name__}, not {value!r}")
    return value


def _names(name: str, value: Any) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, Iterable) or not all(
        isinstance(part, str) and part.strip() for part in (*parts,)
    ):
        raise UsageError(f"{name} must be names, not {value!r}")
    return tuple(part.strip() for part in parts)


def _routes(wanted: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    for name in wanted:
        if name in ROUTES and name not in known:
            raise UsageError(f"the route {name!r} ends in another process", hint="maskcheck.scan takes it")
        if name not in (*known, "all"):
            raise UsageError(f"there is no route {name!r}", hint=_advice(name, known))
    return tuple(route for route in known if route in wanted or "all" in wanted)


def _advice(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, list(known)) or f"there are {', '.join(known)}"


def _check_rules(settings: Settings) -> None:
    from maskcheck.rules.registry import select_rules

    if not select_rules(settings.select, settings.ignore):
        raise UsageError("no rule is left: ignore takes away all that select names")
