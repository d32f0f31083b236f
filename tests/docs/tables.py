"""The tables in the pages that are made of what the code has as data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

import click

from maskcheck.cli.app import COMMANDS, EPILOG, commands
from maskcheck.cli.options.layered import OVERRIDABLE
from maskcheck.model.route import ROUTE_TABLE

_REGION = re.compile(r"(<!-- begin: ([^>]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str) -> str:
    """Return the text of a page with what stands between its marks made anew."""
    return _REGION.sub(lambda found: f"{found[1]}\n{TABLES[found[2]]()}\n{found[3]}", text)


def scan_options() -> list[click.Parameter]:
    """Return the options of ``maskcheck scan``, in the order of its help."""
    command = commands.get_command(click.Context(commands), "scan")
    assert command is not None
    return [param for param in command.params if param.param_type_name == "option"]


def _options() -> str:
    context = click.Context(commands, show_default=True)
    rows = [option.get_help_record(context) for option in scan_options()]
    return _table(("option", "meaning"), (_option_row(*row) for row in rows if row))


def _option_row(names: str, meaning: str) -> tuple[str, str]:
    told = re.sub(r"\[default: \(?(.*?)\)?(?:; .*)?\]$", r"Default: \1.", " ".join(meaning.split()))
    return f"`{names}`", told.replace("*", r"\*")


def _exit_codes() -> str:
    rows = re.findall(r"^  (\d+) +(.*)$", EPILOG, re.MULTILINE)
    return _table(("code", "meaning"), rows)


def _routes() -> str:
    rows = [
        (f"`{route.name}`", "yes" if route.default else "", route.does, route.cannot) for route in ROUTE_TABLE
    ]
    return _table(("route", "usual", "way", "what it carries for no layer"), rows)


def _commands() -> str:
    return _table(
        ("command", "what it does"), ((f"`maskcheck {name}`", line) for name, line in COMMANDS.items())
    )


def _overridable() -> str:
    return ", ".join(f"`{name}`" for name in OVERRIDABLE) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *((cell.replace("|", r"\|") for cell in row) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


TABLES: Mapping[str, Callable[[], str]] = {
    "options of scan": _options,
    "exit codes": _exit_codes,
    "routes": _routes,
    "commands": _commands,
    "settings of an override": _overridable,
}
