"""Reads options from layers: command line, then environment, then ``pyproject.toml``, then defaults."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import click
from click.core import ParameterSource

from maskcheck.cli.options import callbacks
from maskcheck.cli.options.origin import PREFIX, PROJECT_KEY, find_origin, key_name, variable_name
from maskcheck.errors import UsageError, did_you_mean
from maskcheck.project.check import Key, check_table
from maskcheck.project.read import Project, find_project, read_project

# What may be set for single layers, too; whatever a worker reads in its settings can be.
OVERRIDABLE = ("route", "timeout", "rtol", "atol", "probe", "min-proven", "select", "ignore")


def make_configurable(scan: click.Command | None = None) -> Callable[[click.Command], click.Command]:
    """Make the options of a command settings, and add `--config`.

    Args:
        scan: the command whose options are all settings; another one shares those with the
            same name for their value. By default the decorated command is the one.
    """

    def decorate(command: click.Command) -> click.Command:
        settings = [param for param in (scan or command).params if param.expose_value]
        names = {param.name for param in settings}
        for param in command.params:
            if param.name in names:
                param.envvar = variable_name(param)
        return click.option(
            "--config",
            metavar="FILE",
            type=click.Path(),
            is_eager=True,
            expose_value=False,
            envvar=f"{PREFIX}CONFIG",
            callback=partial(_load_project, settings=settings),
            show_default="pyproject.toml here or in a parent directory",
            help="Where [tool.maskcheck] holds settings.",
        )(command)

    return decorate


def get_project(ctx: click.Context) -> Project | None:
    """Return the project file that a command reads settings from, None if there is none."""
    project: Project | None = ctx.meta[PROJECT_KEY]
    return project


def resolve_paths(ctx: click.Context, spec: str | None = None) -> dict[str, Any]:
    """Return the fields ``directory`` and ``spec`` of the settings.

    Targets that a project names are looked for where it lies, others in the working directory.
    """
    project = get_project(ctx)
    named_there = ctx.get_parameter_source("targets") is ParameterSource.DEFAULT_MAP
    directory = (project.directory if project and named_there else "") or "."
    return {"directory": directory, "spec": os.path.abspath(spec) if spec and directory != "." else spec}


def _load_project(
    ctx: click.Context, param: click.Parameter, value: str | None, *, settings: Sequence[click.Parameter]
) -> None:
    """Find the project and use its values as click's defaults.

    Raises:
        UsageError: the file or a variable names no setting, or a value has the wrong type.
    """
    if ctx.resilient_parsing:
        return
    if callbacks.check_not_empty(ctx, param, value) is None:
        project = find_project(".")
    else:
        project = read_project(os.path.relpath(str(value)))
    _check_variables(os.environ, [*map(variable_name, settings), f"{PREFIX}CONFIG"])
    ctx.meta[PROJECT_KEY] = project
    ctx.ensure_object(dict)["origin"] = partial(find_origin, ctx)
    if project:
        check_table(project, list(map(_make_key, settings)), OVERRIDABLE)
        named = {param.name: param for param in settings if key_name(param) in project.table}
        ctx.default_map = {
            name: _resolve_path(project.table[key_name(param)], param, project.directory)
            for name, param in named.items()
            if name
        }


def _check_variables(environment: Mapping[str, str], known: list[str]) -> None:
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            hint = did_you_mean(name, known) or f"there are {', '.join(sorted(known))}"
            raise UsageError(f"the environment variable {name} is no setting", hint=hint)


def _make_key(param: click.Parameter) -> Key:
    kind: type[bool | int | float | str] = str
    if getattr(param, "is_flag", False):
        kind = bool
    elif isinstance(param.type, click.types.IntParamType):
        kind = int
    elif isinstance(param.type, click.types.FloatParamType):
        kind = float
    return Key(key_name(param), kind, many=param.multiple or param.nargs == -1)


def _resolve_path(value: Any, param: click.Parameter, directory: str) -> Any:
    """Return ``value`` with its paths, which are relative to the project, relative to here."""
    if isinstance(value, list):
        return [_resolve_path(item, param, directory) for item in value]
    if param.metavar == callbacks.REPORT:
        name, equals, path = value.partition("=")
        return f"{name}{equals}{path and os.path.join(directory, path)}"
    is_path = isinstance(param.type, click.Path) and value.strip()
    return os.path.join(directory, value) if is_path else value
