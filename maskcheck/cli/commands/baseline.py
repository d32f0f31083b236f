"""``maskcheck baseline``: what is wrong today may stay, what is new may not."""

from __future__ import annotations

from typing import Any

import click

from maskcheck.cli.commands.scan import build_settings
from maskcheck.cli.commands.scan import command as scan
from maskcheck.cli.options import callbacks
from maskcheck.cli.options.layered import make_configurable

EXAMPLES = """\b
Examples:
  maskcheck baseline write mypkg     today's findings no longer fail a scan
  maskcheck scan mypkg               fails on new ones, and on entries that no longer fail
  maskcheck baseline prune mypkg     removes these entries
  maskcheck baseline show
"""
# Options of scan that have no say in what it finds: reports, and what of the findings fails a run.
_NO_EFFECT_ON_FINDINGS = frozenset(
    {"format", "reports", "durations", "exit_zero", "fail_on", "maxfail", "fail_fast"}
)
_NO_WHOLE_SCAN = frozenset({"baseline", "no_baseline", "last_failed", "shard"})
_OWN = [param for param in scan.params if param.expose_value]
_SHARED = [param for param in _OWN if param.name not in _NO_EFFECT_ON_FINDINGS | _NO_WHOLE_SCAN]
_BASELINE = [param for param in _OWN if param.name == "baseline"]


@click.group(
    short_help="Write down today's findings, so that a scan fails on new ones only.",
    epilog=EXAMPLES,
    no_args_is_help=False,
)
def command() -> None:
    """Write down today's findings, so that a scan fails on new ones only.

    The file, maskcheck-baseline.yaml, holds the class, rule, subject and routes of each finding, but no
    lines: code may move. Every scan below its directory heeds it. Scan with the same options.
    """


@make_configurable(scan)
@command.command(params=[*_SHARED], short_help="Scan, and write all errors and warnings to the baseline.")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(),
    callback=callbacks.check_not_empty,
    show_default="maskcheck-baseline.yaml here or in a parent directory",
    help="The file to write.",
)
@click.option(
    "--force", is_flag=True, help="Renew it where there is one: add what is new, remove what no longer fails."
)
@click.pass_context
def write(ctx: click.Context, /, output: str | None, force: bool, **values: Any) -> int:
    """Scan, and write all errors and warnings to the baseline; what is expected already is left out."""
    from maskcheck.cli.run.baseline import write_baseline as conduct

    return conduct(build_settings(ctx, **values), output, force=force)


@make_configurable(scan)
@command.command(params=[*_SHARED, *_BASELINE], short_help="Scan, and remove entries that no longer fail.")
@click.pass_context
def prune(ctx: click.Context, /, baseline: str | None, **values: Any) -> int:
    """Scan, and remove entries that no longer fail; those of what is not checked stay."""
    from maskcheck.cli.run.baseline import prune_baseline as conduct

    return conduct(build_settings(ctx, baseline=baseline, **values))


@make_configurable(scan)
@command.command(params=[*_BASELINE], short_help="Print the baseline, class by class.")
def show(baseline: str | None) -> int:
    """Print the baseline, class by class."""
    from maskcheck.cli.run.baseline import show_baseline as conduct

    return conduct(baseline)
