"""One case of one layer as a test."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from maskcheck.judging.exit_code import is_failing
from maskcheck.model.case import Subject
from maskcheck.model.report import LayerReport
from maskcheck.plugin.case_report import expected_reasons, is_failed, list_warnings, select_case, skip_reason
from maskcheck.plugin.proved_edits import describe_edits
from maskcheck.plugin.schedule import Schedule
from maskcheck.report.formats.to_string import headline, layer_text
from maskcheck.report.terminal.findings import finding_sentence
from maskcheck.settings import Settings


class LayerFails(Exception):
    """The layer does not come back as it was; the message is the report."""


class LayerWarning(UserWarning):
    """What the command tells as a warning."""


@dataclass(frozen=True)
class ScheduledLayer:
    """The index of a layer in the plan, the schedule that gives its report, and the settings of the scan."""

    number: int
    schedule: Schedule
    settings: Settings


class CaseTest(pytest.Item):
    """Passes, fails, is skipped or expected to fail as the report of the layer says of the case.

    Its name is the id of the case; ``first`` if it is the first of the layer.
    """

    def __init__(
        self, *, first: bool, place: ScheduledLayer, where: Subject | LayerReport, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.place = place
        self._first = first
        self._where = where

    def runtest(self) -> None:
        """Have the layer examined, unless another case was here before, and say how this one ended.

        Raises:
            LayerFails: it does not come back.
        """
        whole = self.place.schedule.report(self.place.number)
        report = select_case(whole, self.name, first=self._first)
        for finding in list_warnings(report):
            text = f"{report.id}: {finding.rule} {finding.name}: {finding_sentence(finding)}"
            self.warn(LayerWarning(text))
        if is_failed(report) and is_failing(whole):
            raise LayerFails(_failure_text(report) + self._describe_edits())
        if known := expected_reasons(report):
            if self.config.getoption("runxfail"):
                raise LayerFails(_failure_text(report))
            pytest.xfail("; ".join(known))
        if reason := skip_reason(report):
            pytest.skip(reason)

    def _describe_edits(self) -> str:
        """Return the edits that mend the layer, once for all its cases, if they are asked for."""
        if not (self.config.getoption("maskcheck_fix") and self._first and isinstance(self._where, Subject)):
            return ""
        return "\n" + describe_edits(self._where, self.place.settings)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the report alone for a layer that fails: a traceback into maskcheck does not help."""
        if isinstance(excinfo.value, LayerFails):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        """Return the file of the class, its line counted from 0, and the names of layer and case."""
        title = f"{self.parent.name if self.parent else ''}::{self.name}"
        return Path(self._where.file), max(self._where.line - 1, 0), title


def _failure_text(report: LayerReport) -> str:
    """Return the report below a line of what is lost, which is all that pytest's summary shows."""
    return f"{headline(report)}\n{layer_text(report)}"
