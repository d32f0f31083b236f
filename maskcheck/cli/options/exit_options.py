"""The options of scan that decide what fails a run, and how much of it is done here."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from maskcheck.cli.options import callbacks
from maskcheck.cli.options.origin import source_strength
from maskcheck.settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])
_SHARD = re.compile(r"([1-9]\d*)/([1-9]\d*)", re.ASCII)


def _check_shard(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return a part of a scan as it is written.

    Raises:
        click.BadParameter: it is not written as 1/3.
    """
    if value is not None and not _parse_shard(value):
        raise click.BadParameter(f"{value!r} is no part of a scan; write 1/3, 2/3 or 3/3 for a third of it")
    return value


def _parse_shard(text: str) -> tuple[int, int] | None:
    """Return the number of a part and that of all parts."""
    found = _SHARD.fullmatch(text)
    numbers = (int(found[1]), int(found[2])) if found else (1, 0)
    return numbers if numbers[0] <= numbers[1] else None


_OPTIONS = (
    click.option(
        "--baseline",
        metavar="FILE",
        type=click.Path(),
        callback=callbacks.check_not_empty,
        show_default="maskcheck-baseline.yaml here or in a parent directory",
        help="Fail on what this file does not hold, and on what only it still holds.",
    ),
    click.option("--no-baseline", is_flag=True, help="Fail on all findings, whatever a baseline holds."),
    click.option(
        "--fail-on",
        type=click.Choice(["error", "warning"]),
        default=Settings.fail_on,
        help="The least severity that fails the run.",
    ),
    click.option("--exit-zero", is_flag=True, help="Exit with 0 in spite of findings."),
    click.option(
        "--maxfail",
        metavar="N",
        type=click.IntRange(min=1),
        show_default="no limit",
        help="Stop once so many layers have failed.",
    ),
    click.option("-x", "--fail-fast", is_flag=True, help="Stop at the first layer that fails: --maxfail 1."),
    click.option(
        "--last-failed",
        is_flag=True,
        help="Check only the layers that failed when they were last checked here.",
    ),
    click.option(
        "--shard",
        metavar="M/N",
        callback=_check_shard,
        show_default="all",
        help="Check one of N parts of the layers; 'maskcheck merge' joins their JSON reports.",
    ),
    click.option(
        "--durations",
        metavar="N",
        type=click.IntRange(min=0),
        default=Settings.durations,
        help="Name the N slowest layers in the text report.",
    ),
)


def add_exit_options(command: _Command) -> _Command:
    """Add the options to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def resolve_exit_options(ctx: click.Context, values: Mapping[str, Any], directory: str) -> dict[str, Any]:
    """Return the values of the options as fields of the settings, for a scan in ``directory``.

    Raises:
        click.UsageError: two options exclude each other.
    """
    from maskcheck.cli.options.last_failed import load_last_failed

    fields = {name: value for name, value in values.items() if name != "fail_fast"}
    baseline, shard = fields.get("baseline"), fields.get("shard")
    if baseline and fields.get("no_baseline") and _is_stronger(ctx, "baseline", "no_baseline"):
        fields["no_baseline"] = False
    if values.get("fail_fast") and not (fields.get("maxfail") and _is_stronger(ctx, "maxfail", "fail_fast")):
        fields["maxfail"] = 1
    fields["baseline"] = os.path.abspath(baseline) if baseline and directory != "." else baseline
    fields["maxfail"] = fields.get("maxfail") or Settings.maxfail
    fields["last_failed"] = load_last_failed(directory) if fields.get("last_failed") else None
    fields["shard"] = _parse_shard(shard) if shard else None
    return fields


def _is_stronger(ctx: click.Context, name: str, other: str) -> bool:
    """Tell whether the first of two options comes from the stronger source.

    Raises:
        click.UsageError: both come from the same source.
    """
    mine, theirs = (source_strength(ctx.get_parameter_source(each)) for each in (name, other))
    if mine == theirs:
        first, second = (f"--{each.replace('_', '-')}" for each in (name, other))
        raise click.UsageError(f"{first} and {second} exclude each other", ctx)
    return mine > theirs
