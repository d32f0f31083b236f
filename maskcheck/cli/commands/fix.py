"""``maskcheck fix``: the edits that mend what a scan finds."""

from __future__ import annotations

from typing import Any

import click

from maskcheck.cli.commands.scan import build_settings
from maskcheck.cli.commands.scan import command as scan
from maskcheck.cli.options import callbacks
from maskcheck.cli.options.layered import make_configurable

EPILOG = """\b
Examples:
  maskcheck fix mymodule                       show the edits, change nothing
  maskcheck fix mymodule --write               write them
  maskcheck fix mymodule --select MC101 --write
  maskcheck fix mymodule --finding 1a2b3c4d    mend one finding, by the id that scan -v shows
  maskcheck fix mymodule --interactive         ask for each
  maskcheck fix mymodule --output patch.diff   then: git apply patch.diff

\b
Exit codes:
  0    nothing is left to fix
  1    findings remain: those that no edit mends, or whose edits are not written
  2    wrong usage, settings or spec, or a file cannot be written: the message says why
  3    a fault of maskcheck itself
  5    nothing to check was found
  130  interrupted; nothing is written
"""
# What of a scan says which layers are checked how; the rest is about its report.
_SHARED = (
    "targets",
    "spec",
    "only",
    "case",
    "routes",
    "select",
    "ignore",
    "reports",
    "jobs",
    "timeout",
    "probe",
    "rtol",
    "atol",
    "seed",
    "device",
    "dtypes",
    "imported",
    "verbose",
    "quiet",
    "color",
)


@make_configurable(scan)
@click.command(
    params=[param for param in scan.params if param.name in _SHARED],
    short_help="Show the edits that mend what a scan finds, or write them.",
    epilog=EPILOG,
)
@click.option(
    "--finding",
    "findings",
    metavar="ID",
    multiple=True,
    callback=callbacks.check_not_empty,
    show_default="all",
    help="Mend only the finding with this id, or that begins so; scan -v shows it; repeatable.",
)
@click.option("--write", is_flag=True, help="Write the edits to the files.")
@click.option("--interactive", is_flag=True, help="Ask for each edit, then write those that are wanted.")
@click.option(
    "--unsafe", is_flag=True, help="Also try edits that change what an unsaved layer does, or how it is made."
)
@click.option("--force", is_flag=True, help="Write files with changes that git does not have, too.")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(),
    callback=callbacks.check_not_empty,
    show_default="standard output",
    help="The file to write the edits to, as a patch for git apply.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    findings: tuple[str, ...],
    write: bool,
    interactive: bool,
    unsafe: bool,
    force: bool,
    output: str | None,
    **values: Any,
) -> int:
    """Show the edits that mend what a scan finds, or write them.

    Each edit is made in a copy of the source, which is scanned again: only what mends its finding, brings
    nothing new and leaves the outputs of a layer that was never saved as they are is shown. --select and
    --ignore say which findings are to be mended.
    """
    if output and (write or interactive):
        raise click.UsageError("--output writes a patch: leave out --write and --interactive", ctx)
    settings = build_settings(ctx, **values)
    from maskcheck.cli.run.fix import Wish, fix_targets

    return fix_targets(settings, Wish(findings, write, interactive, unsafe, force, output))
