"""A scan as the command does it, for programs."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from maskcheck.api.options import Names, split_names
from maskcheck.api.reports import Report, wrap_report
from maskcheck.model.report import Report as PlainReport
from maskcheck.settings import Settings


def scan(targets: Names, **options: Any) -> Report:
    """Check every layer of the targets, in processes of their own, and return the whole report.

    Nothing is printed, and nothing of the targets is imported here.

    Args:
        targets: modules, files, folders of packages, classes (``module:Class``): several
            names, or a text with commas between.
        options: those of ``maskcheck scan``: spec, only, case, routes, select, ignore, jobs,
            timeout, seed and so on. What is not given comes from where the command takes it:
            the environment, ``pyproject.toml``, defaults.

    Returns:
        The report, which prints as the command would print it.

    Raises:
        MaskcheckError: targets, options or the spec are wrong, or there is no layer.
        KeyboardInterrupt: Ctrl-C came.
    """
    from maskcheck.cli.from_keywords import settings_by_keywords

    return wrap_report(run_scan(settings_by_keywords(split_names("targets", targets), options)))


def run_scan(settings: Settings) -> PlainReport:
    """Scan with these settings, and return the whole report.

    Raises:
        MaskcheckError: something that the user can fix prevents the scan.
        KeyboardInterrupt: Ctrl-C came.
    """
    from maskcheck.engine.run import scan as events_of
    from maskcheck.report.base import ReportBuilder

    gatherer = ReportBuilder()
    report = None
    with closing(events_of(settings)) as events:
        for event in events:
            report = gatherer.add(event)
    if report is None:
        raise RuntimeError("the scan ended without saying so")
    if report.finish.interrupted:
        raise KeyboardInterrupt
    return report
