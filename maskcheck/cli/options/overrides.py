"""Reads the overrides of ``pyproject.toml`` for single layers, and checks them as options are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click
from click.core import ParameterSource

from maskcheck.cli.options.layered import project_of
from maskcheck.cli.options.origin import key_name, strength
from maskcheck.project.check import LAYERS, OVERRIDES
from maskcheck.project.read import Project
from maskcheck.settings import Override

# The command line and the environment have the last word on what they name.
_PROJECT = strength(ParameterSource.DEFAULT_MAP)


def overrides_of(ctx: click.Context, settings: Sequence[click.Parameter]) -> tuple[Override, ...]:
    """Return the overrides that apply to a command.

    Args:
        settings: the options of a scan.

    Raises:
        UsageError: an option does not accept a value.
    """
    project = project_of(ctx)
    return tuple(_overrides(ctx, project, settings)) if project else ()


def _overrides(
    ctx: click.Context, project: Project, settings: Sequence[click.Parameter]
) -> Iterator[Override]:
    params = {
        key_name(param): param
        for param in settings
        if param.name and strength(ctx.get_parameter_source(param.name)) <= _PROJECT
    }
    for index, table in enumerate(project.table.get(OVERRIDES, ())):
        mark = project.mark(OVERRIDES, index)
        assert mark is not None, "a table of an array is written somewhere"
        values = dict(_values(ctx, project, index, table, params))
        yield Override(tuple(table[LAYERS]), values, mark)


def _values(
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
