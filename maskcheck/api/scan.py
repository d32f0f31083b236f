"""A scan as the command does it, for programs."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from maskcheck.api.options import Names, settings_for
from maskcheck.api.reports import Report, shown_report


def scan(targets: Names, **settings: Any) -> Report:
    """Check every layer of the targets, in processes of their own, and return the whole report.

    Nothing is printed, and nothing of the targets is imported here.

    Args:
        targets: modules, files, folders of packages, classes (``module:Class``): several
            names, or a text with commas between.
        settings: as the options of ``maskcheck scan``: spec, only, case, routes, select,
            ignore, jobs, timeout, seed and so on; ``directory`` is where targets and the
            spec are looked for, else the working directory.

    Returns:
        The report, which prints as the command would print it.

    Raises:
        MaskcheckError: targets, settings or the spec are wrong, or there is no layer.
        KeyboardInterrupt: Ctrl-C came.
    """
    wanted = settings_for(targets, settings)
    from maskcheck.engine.run import scan as events_of
    from maskcheck.report.base import Gatherer

    gatherer = Gatherer()
    report = None
    with closing(events_of(wanted)) as events:
        for event in events:
            report = gatherer.add(event)
    if report is None:
        raise RuntimeError("the scan ended without saying so")
    if report.finish.interrupted:
        raise KeyboardInterrupt
    return shown_report(report)
