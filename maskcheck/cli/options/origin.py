"""Where the value of an option comes from: its source, and a text that names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from maskcheck.project.read import Project

PREFIX = "MASKCHECK_"
# Under this name the context of a command knows its project.
PROJECT_KEY = "maskcheck.project"

# In rising order.
_SOURCES = (
    ParameterSource.DEFAULT,
    ParameterSource.DEFAULT_MAP,
    ParameterSource.ENVIRONMENT,
    ParameterSource.COMMANDLINE,
)


def source_strength(source: ParameterSource | None) -> int:
    """Return the strength of a source: of two, the one with the larger number prevails."""
    return _SOURCES.index(source) if source is not None else -1


def key_name(param: click.Parameter) -> str:
    """Return the name of a setting: that of its option, or of the argument."""
    return max(param.opts, key=len).lstrip("-")


def variable_name(param: click.Parameter) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + key_name(param).replace("-", "_").upper()


def describe_origin(ctx: click.Context, param: click.Parameter, source: ParameterSource | None) -> str:
    """Return where a value comes from: "default", "pyproject.toml:7", "MASKCHECK_JOBS", "command line"."""
    if source is ParameterSource.COMMANDLINE:
        return "command line"
    if source is ParameterSource.ENVIRONMENT:
        return variable_name(param)
    project: Project | None = ctx.meta.get(PROJECT_KEY)
    if source is ParameterSource.DEFAULT_MAP and project:
        mark = project.mark(key_name(param))
        return f"{project.path}:{mark.line}" if mark else project.path
    return "default"


def find_origin(ctx: click.Context, name: str) -> str:
    """Return where an option was set by its name for its value, "" if on the command line or not at all."""
    source = ctx.get_parameter_source(name)
    param = next((param for param in ctx.command.params if param.name == name), None)
    if param is None or source in (ParameterSource.COMMANDLINE, ParameterSource.DEFAULT):
        return ""
    return describe_origin(ctx, param, source)
