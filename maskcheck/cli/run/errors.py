"""Turns the exception that ends a command into a message and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

import click

from maskcheck.exits import Exit

_FULL = (errno.ENOSPC, errno.EDQUOT)


def report_error(
    error: BaseException, verbose: bool | None = None, origin: Callable[[str], str] | None = None
) -> int:
    """Print the message for ``error`` on stderr and return the exit code.

    Args:
        verbose: True with ``-v``, None where the command has no such option.
        origin: says of an option where its value was set, "" if on the command line.
    """
    # --help ends here: nothing is imported before that it does not need.
    if isinstance(error, click.exceptions.Exit):
        return error.exit_code
    if isinstance(error, KeyboardInterrupt | click.Abort):
        with suppress(OSError):
            click.echo("maskcheck: interrupted", err=True)
        return Exit.INTERRUPTED
    if isinstance(error, BrokenPipeError):
        # The reader of stdout has seen enough.
        discard_output(sys.stdout)
        return Exit.CONFORM
    if isinstance(error, click.ClickException):
        print_error(_click_message(error), *_help_advice(error))
        return Exit.USAGE
    from maskcheck.errors import MaskcheckError

    if isinstance(error, MaskcheckError):
        where = origin(error.option) if origin and error.option else ""
        print_error(f"{where}: {error}" if where else str(error))
        return error.exit_code
    if isinstance(error, OSError) and error.errno in _FULL:
        discard_output(sys.stdout)
        print_error(describe_os_error(error))
        return Exit.USAGE
    return _report_bug(error, verbose)


def print_error(message: str, *more: str) -> None:
    """Print an error message on stderr, if that can be written at all."""
    with suppress(OSError):
        click.echo("\n".join([f"maskcheck: error: {message}", *more]), err=True)


def describe_os_error(error: OSError) -> str:
    """Return what the system says, with the path that it says it of."""
    said = error.strerror or str(error) or type(error).__name__
    return f"{said}: {error.filename}" if error.filename else said


def discard_output(stream: TextIO) -> None:
    """Discard what is still in the stream's buffer, so that the interpreter's last flush cannot fail."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _click_message(error: click.ClickException) -> str:
    """Return click's message; its own guess at a misspelt option changes from version to version."""
    if isinstance(error, click.BadParameter):
        return _value_message(error)
    if not isinstance(error, click.NoSuchOption) or error.ctx is None:
        return error.format_message()
    from maskcheck.errors import did_you_mean

    options = [name for param in error.ctx.command.get_params(error.ctx) for name in param.opts]
    guess = did_you_mean(error.option_name, options) if error.option_name.startswith("--") else ""
    return f"there is no option {error.option_name!r}" + (f" ({guess})" if guess else "")


def _value_message(error: click.BadParameter) -> str:
    """Return click's message on a value, by the name and the place where it was given."""
    from maskcheck.cli.options.origin import find_origin, key_name, variable_name

    context, param = error.ctx, error.param
    where = find_origin(context, param.name or "") if context and param else ""
    if param and where == variable_name(param):
        error.param_hint, where = where, ""
    elif param and where:
        error.param_hint = repr(key_name(param))
    return f"{where}: {error.format_message()}" if where else error.format_message()


def _help_advice(error: click.ClickException) -> list[str]:
    context = error.ctx if isinstance(error, click.UsageError) else None
    return [f"Try '{context.command_path} --help' for help."] if context else []


def _report_bug(error: BaseException, verbose: bool | None) -> int:
    import traceback

    where = traceback.extract_tb(error.__traceback__)
    place = f" at {where[-1].filename}:{where[-1].lineno}" if where else ""
    print_error(f"this is a fault of maskcheck, not of your layers: {type(error).__name__}: {error}{place}")
    if verbose:
        with suppress(OSError):
            traceback.print_exception(error)
    elif verbose is False:
        with suppress(OSError):
            click.echo("Please report it with the traceback that -v shows.", err=True)
    return Exit.INTERNAL
