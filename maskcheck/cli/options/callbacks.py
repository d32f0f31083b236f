"""Checking what options hold, before anything is run; most functions here are callbacks of click."""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, Any

import click

from maskcheck.cli.options.origin import source_strength
from maskcheck.errors import UsageError
from maskcheck.model.route import DEFAULT_ROUTES, ROUTES
from maskcheck.settings import Settings

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

REPORT = "FORMAT=PATH"


def check_not_empty(ctx: click.Context, param: click.Parameter, value: Any) -> Any:
    """Return the value, or values, none of which may be empty.

    Raises:
        click.BadParameter: one is.
    """
    values = value if isinstance(value, tuple) else (value,)
    if any(each is not None and not each.strip() for each in values):
        raise click.BadParameter("it is empty")
    return value


def default_format() -> str:
    """Return the format for standard output where none is asked for: GitHub says that it reads along."""
    return "github" if os.environ.get("GITHUB_ACTIONS") else Settings.format


def check_finite(ctx: click.Context, param: click.Parameter, value: float | None) -> float | None:
    """Return a number that is neither NaN nor infinite.

    Raises:
        click.BadParameter: it is.
    """
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(f"{value} is not finite")
    return value


def resolve_workers(ctx: click.Context, param: click.Parameter, value: int | None) -> int:
    """Return the number of workers as the settings have it, where none is given."""
    return value or Settings.jobs


def resolve_routes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the routes in their order, each once; the usual ones where none is given."""
    chosen = value or DEFAULT_ROUTES
    return tuple(route for route in ROUTES if route in chosen or "all" in chosen)


def resolve_verbosity(ctx: click.Context, verbose: bool, quiet: bool) -> int:
    """Return what ``-v`` and ``-q`` come to: if both are set, the one from the stronger source.

    Raises:
        click.UsageError: both come from the same source.
    """
    if verbose and quiet:
        first, second = (source_strength(ctx.get_parameter_source(name)) for name in ("verbose", "quiet"))
        if first == second:
            raise click.UsageError("-v and -q exclude each other", ctx)
        verbose, quiet = first > second, second > first
    ctx.obj["verbose"] = verbose
    return int(verbose) - int(quiet)


def complete_files(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell to complete what may be a file."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


def split_codes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Split at commas.

    Raises:
        click.BadParameter: a part is empty, or means no rule.
    """
    parts = tuple(part.strip() for each in value for part in each.split(","))
    if not all(parts):
        raise click.BadParameter("a code is empty; separate codes by single commas, for example MC1,MC401")
    if parts:
        from maskcheck.rules.registry import select_rules

        try:
            select_rules(parts, ())
        except UsageError as error:
            raise click.BadParameter(str(error)) from None
    return parts


def split_dtypes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Split at commas; return all variants for ``all``, else those named, each once.

    Raises:
        click.BadParameter: there is no such variant.
    """
    from maskcheck.errors import did_you_mean
    from maskcheck.model.variant import VARIANTS

    names = dict.fromkeys(part.strip() for each in value for part in each.split(","))
    for name in names:
        if name not in (*VARIANTS, "all"):
            advice = did_you_mean(name, [*VARIANTS, "all"]) or f"there are {', '.join(VARIANTS)}, and all"
            raise click.BadParameter(f"there is no {name!r} ({advice})")
    return VARIANTS if "all" in names else tuple(names)


def parse_reports(
    ctx: click.Context, param: click.Parameter, value: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Return pairs of a report format and the path to write, each path once.

    Raises:
        click.BadParameter: the format does not exist or the path cannot be written.
    """
    pairs = tuple(map(_parse_report, value))
    paths = [os.path.realpath(path) for _, path in pairs]
    for (_, path), real in zip(pairs, paths, strict=True):
        if paths.count(real) > 1:
            raise click.BadParameter(f"two reports would be written to {path!r}")
    return pairs


def _parse_report(text: str) -> tuple[str, str]:
    from maskcheck.errors import did_you_mean
    from maskcheck.report.reporters import FORMATS

    name, equals, path = text.partition("=")
    if not equals or not path or not name:
        raise click.BadParameter(f"{text!r} is not of the form {REPORT}, for example json=report.json")
    if name not in FORMATS:
        advice = did_you_mean(name, list(FORMATS)) or "there are " + ", ".join(FORMATS)
        raise click.BadParameter(f"there is no report format {name!r} ({advice})")
    if path == "-":
        raise click.BadParameter(f"this writes files; for standard output use --format {name}")
    if fault := find_write_problem(path):
        raise click.BadParameter(f"cannot write {path!r}: {fault}")
    return name, path


def find_write_problem(path: str) -> str:
    """Return why the file at ``path`` cannot be written, "" where it can."""
    if "\0" in path:
        return "it holds a NUL character"
    real = os.path.realpath(path)
    parent = os.path.dirname(real)
    if os.path.isdir(real) or path.endswith("/"):
        return "it is a directory"
    if not os.path.exists(parent):
        return f"there is no directory {parent!r}"
    if not os.path.isdir(parent):
        return f"{parent!r} is not a directory"
    if not os.access(parent, os.W_OK | os.X_OK) and not os.path.exists(real):
        return f"the directory {parent!r} is not writable"
    if os.path.exists(real) and not os.access(real, os.W_OK):
        return "permission denied"
    return ""
