"""The table of settings that ``maskcheck config`` prints, as text or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click
from click.core import ParameterSource
from rich.text import Text

from maskcheck.cli.options.layered import get_project
from maskcheck.cli.options.origin import describe_origin, key_name
from maskcheck.cli.options.overrides import read_overrides
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.lines import Line
from maskcheck.report.terminal.tables import align_columns


@dataclass(frozen=True)
class Setting:
    """One setting; ``usual`` says what an empty value means, "" if the value says it itself."""

    name: str
    value: Any
    origin: str
    usual: str = ""


@dataclass(frozen=True)
class OverrideGroup:
    """The settings of layers that match a pattern."""

    layers: tuple[str, ...]
    settings: Mapping[str, Any]
    origin: str


@dataclass(frozen=True)
class EffectiveSettings:
    """All settings, in the order of the help, and the file of the project if there is one."""

    file: str | None
    settings: tuple[Setting, ...]
    groups: tuple[OverrideGroup, ...]


def collect_settings(
    ctx: click.Context, params: Sequence[click.Parameter], values: Mapping[str, Any]
) -> EffectiveSettings:
    """Find the settings of a scan.

    Args:
        ctx: of a command that takes them.
        params: the options of a scan.
        values: what this command was given for them; those that it lacks are taken from elsewhere.
    """
    known = [param for param in params if param.expose_value and param.name]
    project = get_project(ctx)
    names = {param.name: key_name(param) for param in known}
    groups = [
        OverrideGroup(
            override.layers,
            {names[name]: _to_toml(value) for name, value in override.values.items()},
            f"{override.mark.file}:{override.mark.line}",
        )
        for override in read_overrides(ctx, params)
    ]
    settings = tuple(_resolve_setting(ctx, param, values) for param in known)
    return EffectiveSettings(project.path if project else None, settings, tuple(groups))


def settings_lines(found: EffectiveSettings) -> Iterator[Line]:
    """Yield the settings for people, as the file would have them."""
    rows = [
        (each.name, each.usual or _to_text(each.value), escape_text(each.origin)) for each in found.settings
    ]
    yield from (Line(Text(row), hang=4) for row in align_columns(rows))
    for group in found.groups:
        yield Line(Text())
        yield Line(
            Text(f"for layers {escape_text(', '.join(group.layers))}  {escape_text(group.origin)}"), hang=4
        )
        if group.settings:
            rows = [(name, _to_text(value), "") for name, value in group.settings.items()]
            yield from (Line(Text(row), 2, hang=4) for row in align_columns(rows))
        else:
            yield Line(Text("nothing that is not given otherwise"), 2)


def to_document(found: EffectiveSettings) -> dict[str, Any]:
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


def _resolve_setting(ctx: click.Context, param: click.Parameter, values: Mapping[str, Any]) -> Setting:
    assert param.name is not None, "an option without a name is no setting"
    if param.name in values:
        value, source = values[param.name], ctx.get_parameter_source(param.name)
    else:
        given, source = param.consume_value(ctx, {})
        value = param.process_value(ctx, given)
    usual = getattr(param, "show_default", None)
    told = usual if source is ParameterSource.DEFAULT and isinstance(usual, str) else ""
    return Setting(key_name(param), _to_toml(value), describe_origin(ctx, param, source), told)


def _to_toml(value: Any) -> Any:
    """Return a value as the file would have it."""
    if isinstance(value, tuple):
        return ["=".join(item) if isinstance(item, tuple) else item for item in value]
    return value


def _to_text(value: Any) -> str:
    return escape_text(json.dumps(value, ensure_ascii=False))
