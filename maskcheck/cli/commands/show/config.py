"""``maskcheck config``: the settings, and where each comes from."""

from __future__ import annotations

import copy
import json
from typing import Any

import click

from maskcheck.cli.commands.scan import command as scan
from maskcheck.cli.options.layered import OVERRIDABLE, make_configurable

EPILOG = f"""\b
Example of pyproject.toml, whose keys are the options of a scan:
  [tool.maskcheck]
  targets = ["mypkg"]
  min-proven = 80
  report = ["junit=maskcheck.xml"]
  [[tool.maskcheck.overrides]]
  layers = ["mypkg.attention.*", "*Mask*"]
  timeout = 120

\b
The environment prevails over it, as MASKCHECK_MIN_PROVEN=90 (several values separated by spaces), and the
command line over both. Paths in the file are relative to it. An override may set, for single layers:
  {", ".join(OVERRIDABLE)}
and for one that matches several the last holds. A pattern that no layer matches is an error.
"""


def _make_optional(param: click.Parameter) -> click.Parameter:
    param = copy.copy(param)
    param.required = False
    return param


@make_configurable(scan)
@click.command(short_help="Print the settings, and where each comes from.", epilog=EPILOG)
@click.option("--format", "name", type=click.Choice(["text", "json"]), default="text", help="What to print.")
@click.pass_context
def command(ctx: click.Context, /, name: str, **values: Any) -> None:
    """Print the settings, and where each comes from.

    They are those of 'maskcheck scan' here, with the options that are given.
    """
    from maskcheck.cli.options import settings_table
    from maskcheck.cli.run.output import get_stdout, open_screen

    found = settings_table.collect_settings(ctx, scan.params, values)
    if name == "json":
        print(json.dumps(settings_table.to_document(found), indent=2), file=get_stdout(), flush=True)
    else:
        open_screen().write(settings_table.settings_lines(found))


# This command has a format of its own.
command.params[:0] = [
    _make_optional(param) for param in scan.params if param.expose_value and param.name != "format"
]
