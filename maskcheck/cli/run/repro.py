"""Runs ``maskcheck repro``: scans one class, and prints the script that shows a finding."""

from __future__ import annotations

from maskcheck.cli.options.callbacks import find_write_problem
from maskcheck.cli.run.errors import describe_os_error
from maskcheck.cli.run.output import get_stdout
from maskcheck.cli.run.scan_to_report import scan_to_report
from maskcheck.errors import UsageError
from maskcheck.exits import Exit
from maskcheck.report.file import write_atomically
from maskcheck.reproduction.reproduce import reproduce
from maskcheck.settings import Settings


def print_script(settings: Settings, code: str | None, output: str | None, *, inline: bool) -> int:
    """Scan, write the script to standard output or to the file ``output``, and return the exit code.

    Raises:
        MaskcheckError: no script can be written; says why.
    """
    if output and (fault := find_write_problem(output)):
        raise UsageError(f"cannot write the script to {output!r}: {fault}")
    stdout = get_stdout()
    report = scan_to_report(settings)
    if report.finish.interrupted:
        return report.finish.exit_code
    script = reproduce(report, code, settings, inline=inline)
    if output is None:
        print(script, end="", file=stdout, flush=True)
        return Exit.CONFORM
    try:
        write_atomically(output, script)
    except OSError as error:
        raise UsageError(f"cannot write the script: {describe_os_error(error)}") from None
    return Exit.CONFORM
