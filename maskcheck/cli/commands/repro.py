"""``maskcheck repro``: a finding as a script for a bug report."""

from __future__ import annotations

from typing import Any

import click

from maskcheck.cli.commands.scan import build_settings
from maskcheck.cli.commands.scan import command as scan
from maskcheck.cli.options import callbacks
from maskcheck.cli.options.layered import make_configurable

EPILOG = """\b
Examples:
  maskcheck repro mymodule:Scale                     the first error of the class
  maskcheck repro mymodule:Scale MC101               a finding of this rule
  maskcheck repro mymodule:Scale 1a2b3c4d            the finding with this id, which scan -v shows
  maskcheck repro mymodule:Scale --inline --output repro.py

\b
Exit codes:
  0    the script is printed; it was run and fails by its assertion
  2    wrong usage, settings or spec, or no script can show the finding: the message says why
  3    a fault of maskcheck itself
  5    there is nothing to reproduce: no error, or no finding of the rule
  130  interrupted; nothing is written
"""
# They mean here what they mean for a scan, and decide what it finds.
_SHARED = ("spec", "case", "routes", "timeout", "probe", "rtol", "atol", "seed", "device", "dtypes")


@make_configurable(scan)
@click.command(short_help="Print a script in plain Keras that shows a finding.", epilog=EPILOG)
@click.argument(
    "target",
    metavar="TARGET:CLASS",
    callback=callbacks.check_not_empty,
    shell_complete=callbacks.complete_files,
)
@click.argument("code", metavar="[CODE]", required=False, callback=callbacks.check_not_empty)
@click.option("--inline", is_flag=True, help="Hold the source of the class rather than import its module.")
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(),
    callback=callbacks.check_not_empty,
    show_default="standard output",
    help="The file to write.",
)
@click.pass_context
def command(
    ctx: click.Context, /, target: str, code: str | None, inline: bool, output: str | None, **values: Any
) -> int:
    """Print a script in plain Keras that shows a finding.

    Scans one class, and writes for its first error, or the finding that CODE names, what a bug report needs:
    the class, how it is built and called, the way out and back, and an assertion that fails. The script is
    run before it is printed. CODE is that of a rule, such as MC101, or the id of a finding.
    """
    settings = build_settings(ctx, verbose=False, quiet=True, targets=(target,), **values)
    from maskcheck.cli.run.repro import print_script

    return print_script(settings, code, output, inline=inline)


command.params[2:2] = [param for param in scan.params if param.name in _SHARED]
