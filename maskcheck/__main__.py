"""The entry point of ``maskcheck`` and ``python -m maskcheck``."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Any

from maskcheck.cli.app import COMPLETE, commands
from maskcheck.cli.run.errors import report_error
from maskcheck.exits import Exit


def main(args: Sequence[str] | None = None) -> int:
    """Run ``maskcheck`` with ``args`` (the process's own by default) and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    notes: dict[str, Any] = {}
    try:
        arguments = list(sys.argv[1:] if args is None else args)
        if instruction := os.environ.get(COMPLETE):
            from maskcheck.cli.commands.show.completion import complete

            return complete(instruction)
        # click's own main would turn broken pipes and interruptions into exit code 1.
        with commands.make_context("maskcheck", arguments, obj=notes) as context:
            code = commands.invoke(context)
    except (Exception, KeyboardInterrupt) as error:
        return report_error(error, verbose=notes.get("verbose"), origin=notes.get("origin"))
    return int(code or Exit.CONFORM)


if __name__ == "__main__":
    sys.exit(main())
