"""``maskcheck init``: a spec to start from."""

from __future__ import annotations

from typing import Any

import click

from maskcheck.cli.commands.scan import command as scan
from maskcheck.cli.options import callbacks
from maskcheck.cli.options.layered import make_configurable, resolve_paths
from maskcheck.cli.options.overrides import read_overrides
from maskcheck.settings import Settings

EPILOG = """\b
Examples:
  maskcheck init mymodule                    write maskcheck.yaml, or add to it what is new
  maskcheck init mypkg --only '*Mask*'       for the classes whose name matches
  maskcheck init mypkg --output specs/mypkg.yaml

\b
Exit codes:
  0    the spec is written, or has all classes already; some may be left for you to complete
  1    a module cannot be imported, or nothing could be inferred, so that there is nothing to write
  2    wrong usage, or a spec that cannot be read: it stays as it is
  3    a fault of maskcheck itself; what could be inferred is written
  5    the targets hold no layer
  130  interrupted; nothing is written
"""
# They mean here what they mean for a scan.
_SHARED = ("targets", "jobs", "timeout", "seed", "device")


@make_configurable(scan)
@click.command(short_help="Write maskcheck.yaml, with the cases that can be inferred.", epilog=EPILOG)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(),
    callback=callbacks.check_not_empty,
    show_default="maskcheck.yaml here or in a parent directory, else a new one here",
    help="The spec to write. If it exists, it keeps its entries and comments, and new classes are added.",
)
@click.option("--force", is_flag=True, help="Write the whole file anew: what it holds is lost.")
@click.option(
    "--only",
    metavar="GLOB",
    multiple=True,
    callback=callbacks.check_not_empty,
    show_default="all",
    help="Take the classes whose name matches; repeatable.",
)
@click.option("--imported", is_flag=True, help="Also take the classes that a target imports from elsewhere.")
@click.option("-v", "--verbose", is_flag=True, help="Also tell what is written, and what is skipped and why.")
@click.option("-q", "--quiet", is_flag=True, help="Tell only the last line.")
@click.pass_context
def command(
    ctx: click.Context, /, output: str | None, force: bool, verbose: bool, quiet: bool, **values: Any
) -> int:
    """Write maskcheck.yaml, with the cases that can be inferred.

    Each TARGET is a module (pkg.module), a file, a package's directory, or one class (pkg.module:Class). For
    a class of which no case can be inferred the file has a comment with the entry to complete.
    """
    verbosity = callbacks.resolve_verbosity(ctx, verbose, quiet)
    overrides = read_overrides(ctx, scan.params)
    settings = Settings(verbosity=verbosity, overrides=overrides, **values, **resolve_paths(ctx))
    from maskcheck.cli.run.init import run_init

    return run_init(settings, output, force)


command.params[-3:-3] = [param for param in scan.params if param.name in _SHARED]
