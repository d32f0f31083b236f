"""``maskcheck list``: what a scan would check."""

from __future__ import annotations

import json

import click

from maskcheck.cli.commands.scan import command as scan
from maskcheck.cli.options.layered import make_configurable, resolve_paths


@make_configurable(scan)
@click.command(short_help="List what a scan would check, without importing TensorFlow.")
@click.option("--imported", is_flag=True, help="Also list the classes that a target imports from elsewhere.")
@click.option("--format", "name", type=click.Choice(["text", "json"]), default="text", help="What to print.")
@click.pass_context
def command(
    ctx: click.Context, /, targets: tuple[str, ...], spec: str | None, imported: bool, name: str
) -> None:
    """List what a scan would check, without importing TensorFlow.

    Shows each class, where it is defined, and its cases in the spec. The classes are read from the source
    text; a scan also finds those that exist only once a module is imported.
    """
    from maskcheck.cli.run.list import list_layers, listing_lines, to_document
    from maskcheck.cli.run.output import get_stdout, open_screen

    found = list_layers(targets, imported=imported, **resolve_paths(ctx, spec))
    if name == "json":
        print(json.dumps(to_document(found), indent=2), file=get_stdout(), flush=True)
    else:
        open_screen().write(listing_lines(found))


command.params[:0] = [param for param in scan.params if param.name in ("targets", "spec")]
