"""Runs ``maskcheck baseline``: scans, then adds findings to the baseline or removes entries from it."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.text import Text

from maskcheck.cli.options.callbacks import unwritable
from maskcheck.cli.run.errors import complain, reason
from maskcheck.cli.run.follow import follow
from maskcheck.cli.run.output import screen
from maskcheck.errors import UsageError
from maskcheck.exits import Exit
from maskcheck.known_failures.baseline_file import BASELINE_NAME, dump_baseline, load_baseline, merge_entries
from maskcheck.known_failures.from_report import list_known, list_stale_entries, remove_entries
from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.report import Event, Report
from maskcheck.report.base import Gatherer, Look
from maskcheck.report.counts import counted
from maskcheck.report.file import replace
from maskcheck.report.reporters import progress
from maskcheck.report.terminal.escape import shown_path, visible
from maskcheck.report.terminal.lines import Line
from maskcheck.rules.registry import RULES
from maskcheck.settings import Settings
from maskcheck.specfile.read.find import find_up

_DONE = (Exit.CONFORM, Exit.FINDINGS)


def write(settings: Settings, output: str | None, *, force: bool) -> int:
    """Scan, write what is wrong to ``output``, or the file that a scan reads, and return the exit code.

    Where there is one it keeps its entries, but for those that no longer fail.

    Raises:
        MaskcheckError: there is a baseline already and no ``force``, or something prevents the scan.
    """
    path = output or find_up(settings.directory, BASELINE_NAME)
    path = path or os.path.join("" if settings.directory == "." else settings.directory, BASELINE_NAME)
    _check(path)
    if os.path.exists(path) and not force:
        hint = "maskcheck baseline prune removes what is mended; --force also adds what is new"
        raise UsageError(f"there is a baseline already, {path}", hint=hint)
    before = load_baseline(_seen(path, settings)) if os.path.exists(path) else Baseline()
    report = _scanned(dataclasses.replace(settings, baseline=before.path, no_baseline=before.path is None))
    if report.finish.exit_code not in _DONE:
        return _unwritten(report, path)
    entries = merge_entries(
        [*remove_entries(before, list_stale_entries(before, report)), *list_known(report)]
    )
    _replace(path, entries)
    _say([f"{shown_path(path)}: {_counted(entries)} written"])
    return Exit.CONFORM


def prune(settings: Settings) -> int:
    """Scan, take out of the baseline what no longer fails, and return the exit code.

    Raises:
        MaskcheckError: there is no baseline, or something prevents the scan.
    """
    path = _found(settings.baseline, settings.directory)
    _check(path)
    baseline = load_baseline(_seen(path, settings))
    report = _scanned(dataclasses.replace(settings, baseline=baseline.path))
    if report.finish.exit_code not in _DONE:
        return _unwritten(report, path)
    gone = list(list_stale_entries(baseline, report))
    left = list(remove_entries(baseline, gone))
    if gone:
        _replace(path, left)
    told = [f"removed   {_named(entry)}" for entry in gone]
    entries = counted(len(gone), "entry", "entries")
    _say([*told, f"{shown_path(path)}: {entries} removed, {len(left):,} kept"])
    return Exit.CONFORM


def show(given: str | None) -> int:
    """Print what the baseline holds, class by class, and return the exit code.

    Raises:
        MaskcheckError: there is none, or it is faulty.
    """
    path = _found(given, ".")
    baseline = load_baseline(path)
    _say([f"{shown_path(path)}: {_counted(baseline.entries)}"])
    for name, entries in groupby(baseline.entries, key=lambda entry: entry.id):
        _say([name], style="bold")
        _say((_line(entry) for entry in entries), indent=2)
    return Exit.CONFORM


class _Kept(Gatherer):
    """Keeps the report, and shows the progress of the scan."""

    report: Report | None = None

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        quiet = settings.verbosity < 0 or sys.stderr is None
        self._shown = None if quiet else progress(sys.stderr, Look(settings.color, settings.verbosity))

    def handle(self, event: Event) -> None:
        self.report = self.add(event)
        if self._shown:
            self._shown.handle(event)

    def close(self) -> None:
        if self._shown:
            self._shown.close()


def _scanned(settings: Settings) -> Report:
    from maskcheck.engine.run import scan

    kept = _Kept(settings)
    try:
        follow(scan(settings), kept)
    finally:
        kept.close()
    assert kept.report is not None, "follow sees the scan to its end"
    return kept.report


def _unwritten(report: Report, path: str) -> int:
    complain(f"the scan did not reach its end, so {path} is left as it is")
    return report.finish.exit_code


def _found(given: str | None, directory: str) -> str:
    path = given or find_up(directory, BASELINE_NAME)
    if path is None:
        hint = "write one with: maskcheck baseline write TARGET"
        raise UsageError(f"there is no {BASELINE_NAME} here or in a parent directory", hint=hint)
    return path


def _seen(path: str, settings: Settings) -> str:
    """Return the path, absolute if the scan has another working directory."""
    return path if settings.directory == "." else os.path.abspath(path)


def _check(path: str) -> None:
    if fault := unwritable(path):
        raise UsageError(f"cannot write the baseline to {path!r}: {fault}")


def _replace(path: str, entries: Iterable[Known]) -> None:
    try:
        replace(path, dump_baseline(entries))
    except OSError as error:
        raise UsageError(f"cannot write the baseline: {reason(error)}") from None


def _named(entry: Known) -> str:
    return f"{entry.id}   {_line(entry)}"


def _line(entry: Known) -> str:
    names: Iterator[str] = (rule.name for rule in RULES if rule.code == entry.rule)
    on = f"on {', '.join(entry.routes)}" if entry.routes else ""
    head = " ".join([entry.rule, *names])
    return "   ".join(filter(None, [head, entry.subject, on]))


def _counted(entries: Sequence[Known]) -> str:
    classes = len({entry.id for entry in entries})
    return f"{counted(len(entries), 'finding')} of {counted(classes, 'class', 'classes')}"


def _say(texts: Iterable[str], *, indent: int = 0, style: str = "") -> None:
    screen().write([Line(Text(visible(text), style), indent) for text in texts])
