"""Runs ``maskcheck baseline``: scans, then adds findings to the baseline or removes entries from it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.text import Text

from maskcheck.cli.options.callbacks import find_write_problem
from maskcheck.cli.run.errors import describe_os_error, print_error
from maskcheck.cli.run.output import open_screen
from maskcheck.cli.run.scan_to_report import scan_to_report
from maskcheck.errors import UsageError
from maskcheck.exits import Exit
from maskcheck.known_failures.baseline_file import BASELINE_NAME, dump_baseline, load_baseline, merge_entries
from maskcheck.known_failures.from_report import list_known, list_stale_entries, remove_entries
from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.report import Report
from maskcheck.report.counts import count_noun
from maskcheck.report.file import write_atomically
from maskcheck.report.terminal.escape import escape_text, shorten_path
from maskcheck.report.terminal.lines import Line
from maskcheck.rules.registry import RULES
from maskcheck.settings import Settings
from maskcheck.specfile.read.find import find_up

_DONE = (Exit.CONFORM, Exit.FINDINGS)


def write_baseline(settings: Settings, output: str | None, *, force: bool) -> int:
    """Scan, write what is wrong to ``output``, or the file that a scan reads, and return the exit code.

    Where there is one it keeps its entries, but for those that no longer fail.

    Raises:
        MaskcheckError: there is a baseline already and no ``force``, or something prevents the scan.
    """
    path = output or find_up(settings.directory, BASELINE_NAME)
    path = path or os.path.join("" if settings.directory == "." else settings.directory, BASELINE_NAME)
    _check_writable(path)
    if os.path.exists(path) and not force:
        hint = "maskcheck baseline prune removes what is mended; --force also adds what is new"
        raise UsageError(f"there is a baseline already, {path}", hint=hint)
    before = load_baseline(_path_for_scan(path, settings)) if os.path.exists(path) else Baseline()
    report = scan_to_report(
        dataclasses.replace(settings, baseline=before.path, no_baseline=before.path is None)
    )
    if report.finish.exit_code not in _DONE:
        return _leave_unwritten(report, path)
    entries = merge_entries(
        [*remove_entries(before, list_stale_entries(before, report)), *list_known(report)]
    )
    _write_entries(path, entries)
    _print_lines([f"{shorten_path(path)}: {_count_entries(entries)} written"])
    return Exit.CONFORM


def prune_baseline(settings: Settings) -> int:
    """Scan, take out of the baseline what no longer fails, and return the exit code.

    Raises:
        MaskcheckError: there is no baseline, or something prevents the scan.
    """
    path = _find_baseline(settings.baseline, settings.directory)
    _check_writable(path)
    baseline = load_baseline(_path_for_scan(path, settings))
    report = scan_to_report(dataclasses.replace(settings, baseline=baseline.path))
    if report.finish.exit_code not in _DONE:
        return _leave_unwritten(report, path)
    gone = list(list_stale_entries(baseline, report))
    left = list(remove_entries(baseline, gone))
    if gone:
        _write_entries(path, left)
    told = [f"removed   {_entry_with_class(entry)}" for entry in gone]
    entries = count_noun(len(gone), "entry", "entries")
    _print_lines([*told, f"{shorten_path(path)}: {entries} removed, {len(left):,} kept"])
    return Exit.CONFORM


def show_baseline(given: str | None) -> int:
    """Print what the baseline holds, class by class, and return the exit code.

    Raises:
        MaskcheckError: there is none, or it is faulty.
    """
    path = _find_baseline(given, ".")
    baseline = load_baseline(path)
    _print_lines([f"{shorten_path(path)}: {_count_entries(baseline.entries)}"])
    for name, entries in groupby(baseline.entries, key=lambda entry: entry.id):
        _print_lines([name], style="bold")
        _print_lines((_entry_text(entry) for entry in entries), indent=2)
    return Exit.CONFORM


def _leave_unwritten(report: Report, path: str) -> int:
    print_error(f"the scan did not reach its end, so {path} is left as it is")
    return report.finish.exit_code


def _find_baseline(given: str | None, directory: str) -> str:
    path = given or find_up(directory, BASELINE_NAME)
    if path is None:
        hint = "write one with: maskcheck baseline write TARGET"
        raise UsageError(f"there is no {BASELINE_NAME} here or in a parent directory", hint=hint)
    return path


def _path_for_scan(path: str, settings: Settings) -> str:
    """Return the path, absolute if the scan has another working directory."""
    return path if settings.directory == "." else os.path.abspath(path)


def _check_writable(path: str) -> None:
    if fault := find_write_problem(path):
        raise UsageError(f"cannot write the baseline to {path!r}: {fault}")


def _write_entries(path: str, entries: Iterable[Known]) -> None:
    try:
        write_atomically(path, dump_baseline(entries))
    except OSError as error:
        raise UsageError(f"cannot write the baseline: {describe_os_error(error)}") from None


def _entry_with_class(entry: Known) -> str:
    return f"{entry.id}   {_entry_text(entry)}"


def _entry_text(entry: Known) -> str:
    names: Iterator[str] = (rule.name for rule in RULES if rule.code == entry.rule)
    on = f"on {', '.join(entry.routes)}" if entry.routes else ""
    head = " ".join([entry.rule, *names])
    return "   ".join(filter(None, [head, entry.subject, on]))


def _count_entries(entries: Sequence[Known]) -> str:
    classes = len({entry.id for entry in entries})
    return f"{count_noun(len(entries), 'finding')} of {count_noun(classes, 'class', 'classes')}"


def _print_lines(texts: Iterable[str], *, indent: int = 0, style: str = "") -> None:
    open_screen().write([Line(Text(escape_text(text), style), indent) for text in texts])
