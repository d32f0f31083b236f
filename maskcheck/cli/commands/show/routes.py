"""``maskcheck routes``: the ways out and back that a scan can send a layer on."""

from __future__ import annotations

import click


@click.command(short_help="Print the routes: what each does and what it cannot carry.")
def command() -> None:
    """Print the routes: what each does and what it cannot carry.

    Those marked with * are taken unless --route names others; --route all takes all of them.
    """
    from rich.text import Text

    from maskcheck.cli.run.output import open_screen
    from maskcheck.model.route import ROUTE_TABLE
    from maskcheck.report.terminal.lines import Line

    width = max(len(route.name) for route in ROUTE_TABLE) + 4
    lines = []
    for route in ROUTE_TABLE:
        mark = "* " if route.default else "  "
        head = (mark + route.name).ljust(width)
        lines.append(Line(Text.assemble((head, "bold"), route.does), hang=width))
        lines.append(Line(Text(f"cannot carry {route.cannot}", "dim"), width))
    open_screen().write(lines)
