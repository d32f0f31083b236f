"""``maskcheck completion``: the script that lets a shell complete commands, options and their values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from maskcheck.exits import Exit

EPILOG = """\b
To install it, write into ~/.bashrc, ~/.zshrc (below compinit) or ~/.config/fish/config.fish:
  source <(maskcheck completion bash)
  source <(maskcheck completion zsh)
  maskcheck completion fish | source
"""
NAME = "maskcheck"


@click.command(short_help="Print the script that completes commands in a shell.", epilog=EPILOG)
@click.argument("shell", metavar="bash|zsh|fish", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that completes commands in a shell."""
    from maskcheck.cli.app import COMPLETE, commands
    from maskcheck.cli.run.output import get_stdout

    kind = get_completion_class(shell)
    assert kind is not None, "click knows all shells that the argument takes"
    print(kind(commands, {}, NAME, COMPLETE).source(), end="", file=get_stdout(), flush=True)


def complete(instruction: str) -> int:
    """Answer the script, which says in ``instruction`` which shell asks."""
    from click.shell_completion import shell_complete

    from maskcheck.cli.app import COMPLETE, commands

    return Exit.USAGE if shell_complete(commands, {}, NAME, COMPLETE, instruction) else Exit.CONFORM
