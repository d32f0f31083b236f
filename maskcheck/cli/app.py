"""The command group: names its commands, and loads the module of one only when it is asked for."""

from __future__ import annotations

from importlib import import_module

import click

from maskcheck.exits import Exit
from maskcheck.version import VERSION

# The order of the help; each command lives in the module of its name, those that check nothing in show/, and
# its help starts with these words.
COMMANDS = {
    "scan": "Send layers on round trips and report what does not come back.",
    "list": "List what a scan would check, without importing TensorFlow.",
    "merge": "Join the JSON reports of several scans into one report and exit code.",
    "baseline": "Write down today's findings, so that a scan fails on new ones only.",
    "init": "Write maskcheck.yaml, with the cases that can be inferred.",
    "fix": "Show the edits that mend what a scan finds, or write them.",
    "repro": "Print a script in plain Keras that shows a finding.",
    "schema": "Print the JSON Schema of maskcheck.yaml, for editors.",
    "config": "Print the settings, and where each comes from.",
    "completion": "Print the script that completes commands in a shell.",
    "doctor": "Check the set-up: versions, devices and routes.",
    "routes": "Print the routes: what each does and what it cannot carry.",
    "rules": "Print the table of rules.",
    "explain": "Explain one rule: what it finds, why it matters, how to mend it.",
    "help": "Show a page of the documentation, or list the pages.",
}
_SHOWING = frozenset({"schema", "config", "completion", "doctor", "routes", "rules", "explain", "help"})
# With this variable set, the script of a shell asks for what may come next.
COMPLETE = "_MASKCHECK_COMPLETE"
EPILOG = """\b
Examples:
  maskcheck scan mymodule
  maskcheck scan path/to/layers.py --format json > report.json
  maskcheck explain MC101
  maskcheck help first-scan

\b
Exit codes:
  0    every checked layer conforms
  1    a layer loses something, or could not be checked
  2    wrong usage, settings or spec
  3    a fault of maskcheck itself
  5    nothing to check was found
  130  interrupted; what was done is still reported
"""


class Commands(click.Group):
    """A group whose commands are modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return the command, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        folder = "commands.show" if cmd_name in _SHOWING else "commands"
        command: click.Command = import_module(f"maskcheck.cli.{folder}.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that ``args`` name.

        Raises:
            click.UsageError: there is none; says which was meant.
        """
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from maskcheck.errors import did_you_mean

            guess = did_you_mean(name, list(COMMANDS)) or f"to check a target, write: maskcheck scan {name}"
            raise click.UsageError(f"there is no command {name!r} ({guess})", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands without loading any of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
)
@click.version_option(VERSION, prog_name="maskcheck", message="%(prog)s %(version)s")
@click.pass_context
def commands(ctx: click.Context) -> None:
    """Prove that Keras layers survive being saved and loaded, or say what is lost."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(Exit.USAGE)
