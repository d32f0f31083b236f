"""Runs ``maskcheck fix``: finds edits that work, then shows them, writes them, or makes a patch of them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace

from rich.text import Text

from maskcheck.cli.options.callbacks import find_write_problem
from maskcheck.cli.run.errors import describe_os_error
from maskcheck.cli.run.fix_lines import ask_for_edits, list_fix_lines, list_summary_lines
from maskcheck.cli.run.output import get_stdout
from maskcheck.cli.run.scan_to_report import scan_to_report
from maskcheck.errors import UsageError
from maskcheck.exits import Exit
from maskcheck.fixes.fix import Fixes, find_fixes
from maskcheck.fixes.replacements import add_edits
from maskcheck.fixes.write import check_files, write_files
from maskcheck.model.report import Report
from maskcheck.report.base import Look, replay_events
from maskcheck.report.file import FileReport, replace_file
from maskcheck.report.terminal.escape import shorten_path
from maskcheck.report.terminal.lines import Line
from maskcheck.report.terminal.screen import Screen
from maskcheck.settings import Settings


@dataclass(frozen=True)
class Wish:
    """What to mend, and what to do with the edits.

    ``findings`` are ids, none for all. ``output`` is the file of a patch, None where none is wanted.
    """

    findings: tuple[str, ...] = ()
    write: bool = False
    interactive: bool = False
    unsafe: bool = False
    force: bool = False
    output: str | None = None


class _Interrupted(Exception):
    """A scan was interrupted."""


def fix_targets(settings: Settings, wish: Wish) -> int:
    """Find edits, do with them what is wanted, and return the exit code.

    Raises:
        MaskcheckError: something prevents the scan, or a file cannot be written.
    """
    if wish.output and (fault := find_write_problem(wish.output)):
        raise UsageError(f"cannot write the patch to {wish.output!r}: {fault}")
    screen = Screen(get_stdout(), color=settings.color, verbosity=settings.verbosity)
    choose = (lambda fixes: ask_for_edits(fixes, screen)) if wish.interactive else None
    try:
        fixes = find_fixes(settings, _scan, findings=wish.findings, unsafe=wish.unsafe, choose=choose)
    except _Interrupted:
        return Exit.INTERRUPTED
    if not wish.interactive:
        screen.write(list_fix_lines(fixes, screen.page))
    written = [*_deliver(fixes, wish, settings), *_write_reports(fixes, settings)]
    screen.write([*list_summary_lines(fixes, screen.page), *(Line(Text(line)) for line in written)])
    is_written = wish.write or wish.interactive
    return Exit.FINDINGS if fixes.list_remaining(written=is_written) else Exit.CONFORM


def _scan(settings: Settings, trial: str) -> Report:
    if trial and settings.verbosity >= 0 and sys.stderr is not None:
        print(trial, file=sys.stderr, flush=True)
    report = scan_to_report(replace(settings, verbosity=-1 if trial else min(settings.verbosity, 0)))
    if report.finish.interrupted:
        raise _Interrupted
    return report


def _write_reports(fixes: Fixes, settings: Settings) -> list[str]:
    """Write the reports of the scan, with the edits, and return what to say of it."""
    report = add_edits(fixes)
    for name, path in settings.reports:
        file = FileReport(name, path, Look(settings.color, settings.verbosity))
        try:
            for event in replay_events(report):
                file.handle(event)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {describe_os_error(error)}") from None
        finally:
            file.close()
    return [f"{shorten_path(path)} is written" for _, path in settings.reports]


def _deliver(fixes: Fixes, wish: Wish, settings: Settings) -> list[str]:
    """Write files or a patch, and return what to say of it."""
    if wish.output:
        try:
            replace_file(wish.output, fixes.to_patch(settings.directory))
        except OSError as error:
            raise UsageError(f"cannot write the patch: {describe_os_error(error)}") from None
        return [f"{shorten_path(wish.output)} is written"]
    if wish.write or wish.interactive:
        check_files(fixes.contents, fixes.edited, force=wish.force)
        return [f"{shorten_path(file)} is written" for file in write_files(fixes.contents, fixes.edited)]
    return ["--write writes these edits"] if fixes.edits else []
