"""Reads the overrides of ``pyproject.toml`` for single layers, and checks them as options are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click
from click.core import ParameterSource

from maskcheck.cli.options.layered import get_project
from maskcheck.cli.options.origin import key_name, source_strength
from maskcheck.project.check import LAYERS, OVERRIDES
from maskcheck.project.read import Project
from maskcheck.settings import Override

# The command line and the environment have the last word on what they name.
_PROJECT = source_strength(ParameterSource.DEFAULT_MAP)


def read_overrides(ctx: click.Context, settings: Sequence[click.Parameter]) -> tuple[Override, ...]:
    """Return the overrides that apply to a command.

    Args:
        settings: the options of a scan.

    Raises:
        UsageError: an option does not accept a value.
    """
    project = get_project(ctx)
    return tuple(_read_tables(ctx, project, settings)) if project else ()


def _read_tables(
    ctx: click.Context, project: Project, settings: Sequence[click.Parameter]
) -> Iterator[Override]:
    params = {
        key_name(param): param
        for param in settings
        if param.name and source_strength(ctx.get_parameter_source(param.name)) <= _PROJECT
    }
    for index, table in enumerate(project.table.get(OVERRIDES, ())):
        mark = project.mark(OVERRIDES, index)
        assert mark is not None, "a table of an array is written somewhere"
        values = dict(_read_values(ctx, project, index, table, params))
        yield Override(tuple(table[LAYERS]), values, mark)


def _read_values(
    ctx: click.Context,
    project: Project,
    index: int,
    table: Mapping[str, Any],
    params: Mapping[str, click.Parameter],
) -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if name not in params:
            continue
        param = params[name]
        assert param.name is not None, "a setting has a name"
        try:
            yield param.name, param.process_value(ctx, value)
        except click.BadParameter as error:
            raise project.fault(f"{name!r}: {error.message}", OVERRIDES, index, name) from None
