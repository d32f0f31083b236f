"""The table of settings that ``maskcheck config`` prints, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
from click.core import ParameterSource
from rich.text import Text

from maskcheck.cli.options.layered import project_of
from maskcheck.cli.options.origin import key_name, origin
from maskcheck.cli.options.overrides import overrides_of
from maskcheck.report.terminal.escape import visible
from maskcheck.report.terminal.lines import Line
from maskcheck.report.terminal.tables import aligned


@dataclass(frozen=True)
class Setting:
    """One setting; ``usual`` says what an empty value means, "" if the value says it itself."""

    name: str
    value: Any
    origin: str
    usual: str = ""


@dataclass(frozen=True)
class Group:
    """The settings of layers that match a pattern."""

    layers: tuple[str, ...]
    settings: Mapping[str, Any]
    origin: str


@dataclass(frozen=True)
class Effective:
    """All settings, in the order of the help, and the file of the project if there is one."""

    file: str | None
    settings: tuple[Setting, ...]
    groups: tuple[Group, ...]


def take(ctx: click.Context, params: Sequence[click.Parameter], values: Mapping[str, Any]) -> Effective:
    """Find the settings of a scan.

    Args:
        ctx: of a command that takes them.
        params: the options of a scan.
        values: what this command was given for them; those that it lacks are taken from elsewhere.
    """
    known = [param for param in params if param.expose_value and param.name]
    project = project_of(ctx)
    names = {param.name: key_name(param) for param in known}
    groups = [
        Group(
            override.layers,
            {names[name]: _plain(value) for name, value in override.values.items()},
            f"{override.mark.file}:{override.mark.line}",
        )
        for override in overrides_of(ctx, params)
    ]
    settings = tuple(_setting(ctx, param, values) for param in known)
    return Effective(project.path if project else None, settings, tuple(groups))


def text(found: Effective) -> Iterator[Line]:
    """Yield the settings for people, as the file would have them."""
    rows = [(each.name, each.usual or _shown(each.value), visible(each.origin)) for each in found.settings]
    yield from (Line(Text(row), hang=4) for row in aligned(rows))
    for group in found.groups:
        yield Line(Text())
        yield Line(Text(f"for layers {visible(', '.join(group.layers))}  {visible(group.origin)}"), hang=4)
        if group.settings:
            rows = [(name, _shown(value), "") for name, value in group.settings.items()]
            yield from (Line(Text(row), 2, hang=4) for row in aligned(rows))
        else:
            yield Line(Text("nothing that is not given otherwise"), 2)


def document(found: Effective) -> dict[str, Any]:
    """Return the settings as plain data for JSON."""
    return {
        "schema": "maskcheck-config/1",
        "file": found.file,
        "settings": {each.name: {"value": each.value, "from": each.origin} for each in found.settings},
        "overrides": [
            {"layers": list(group.layers), "settings": group.settings, "from": group.origin}
            for group in found.groups
        ],
    }


def _setting(ctx: click.Context, param: click.Parameter, values: Mapping[str, Any]) -> Setting:
    assert param.name is not None, "an option without a name is no setting"
    if param.name in values:
        value, source = values[param.name], ctx.get_parameter_source(param.name)
    else:
        given, source = param.consume_value(ctx, {})
        value = param.process_value(ctx, given)
    usual = getattr(param, "show_default", None)
    told = usual if source is ParameterSource.DEFAULT and isinstance(usual, str) else ""
    return Setting(key_name(param), _plain(value), origin(ctx, param, source), told)


def _plain(value: Any) -> Any:
    """Return a value as the file would have it."""
    if isinstance(value, tuple):
        return ["=".join(item) if isinstance(item, tuple) else item for item in value]
    return value


def _shown(value: Any) -> str:
    return visible(json.dumps(value, ensure_ascii=False))
