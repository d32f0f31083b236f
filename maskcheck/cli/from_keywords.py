"""Makes the settings of a scan from keyword arguments, as the command would from the same options."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from maskcheck.cli.commands.scan import build_settings, command
from maskcheck.errors import UsageError, did_you_mean
from maskcheck.settings import Settings

# Options of the command only: the caller formats the report.
_OF_THE_COMMAND = frozenset({"format", "reports", "verbose", "quiet", "color"})


def settings_by_keywords(targets: Sequence[str], options: Mapping[str, Any]) -> Settings:
    """Return the settings of a scan from here, those of the project and the environment included.

    Args:
        options: by the names of their fields in `Settings`. Of an option that can be repeated,
            a text may give several with commas between.

    Raises:
        UsageError: there is no such option, or it does not take the value.
    """
    known = {
        param.name: param
        for param in command.params
        if isinstance(param, click.Option) and param.expose_value and param.name not in _OF_THE_COMMAND
    }
    arguments = [word for name, value in options.items() for word in _words(name, value, known)]
    try:
        with command.make_context("scan", [*arguments, "--", *targets], obj={}) as context:
            return build_settings(context, **context.params)
    except click.ClickException as error:
        raise UsageError(error.format_message()) from None


def _words(name: str, value: Any, known: Mapping[str, click.Option]) -> Iterator[str]:
    """Yield what the command line has for one option."""
    if name not in known:
        hint = did_you_mean(name, list(known)) or f"there are {', '.join(known)}"
        raise UsageError(f"there is no option {name!r}", hint=hint)
    option = known[name]
    if option.is_flag and isinstance(value, bool):
        yield from option.opts[-1:] if value else option.secondary_opts[-1:]
    elif option.is_flag:
        raise UsageError(f"{name} must be True or False, not {value!r}")
    elif value is not None:
        yield from (f"{max(option.opts, key=len)}={each}" for each in _parts(value, option))


def _parts(value: Any, option: click.Option) -> Iterable[Any]:
    if not option.multiple:
        return (value,)
    if isinstance(value, str):
        return (part.strip() for part in value.split(","))
    return value if isinstance(value, Iterable) else (value,)
