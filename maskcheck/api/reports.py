"""Reports that show themselves in a terminal and in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from maskcheck.model import report as model
from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import Verdict


@dataclass(frozen=True, repr=False)
class LayerReport(model.LayerReport):
    """What was learnt about one layer; as text it is what ``maskcheck scan`` says of it."""

    @property
    def conforms(self) -> bool:
        """Tell whether the layer was checked and nothing fails; there may be warnings."""
        return self.verdict in (Verdict.CONFORM, Verdict.WARN)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that make the layer fail."""
        live = (finding for finding in self.findings if finding.status is Status.FAILED)
        return tuple(finding for finding in live if finding.severity is Severity.ERROR)

    def __repr__(self) -> str:
        from maskcheck.report.formats.to_string import layer_text

        return layer_text(self)

    def _repr_html_(self) -> str:
        from maskcheck.report.formats.to_string import layer_html

        return layer_html(self)


@dataclass(frozen=True, repr=False)
class Report(model.Report):
    """A whole scan; as text it is what ``maskcheck scan`` prints."""

    layers: tuple[LayerReport, ...]

    @property
    def conforms(self) -> bool:
        """Tell whether the command would end with the exit code 0."""
        return self.finish.exit_code == 0

    def __repr__(self) -> str:
        from maskcheck.report.formats.to_string import report_text

        return report_text(self)

    def _repr_html_(self) -> str:
        from maskcheck.report.formats.to_string import report_html

        return report_html(self)


def wrap_layer_report(report: model.LayerReport) -> LayerReport:
    """Return the report as one that shows itself."""
    return LayerReport(**_fields(report))


def wrap_report(report: model.Report) -> Report:
    """Return the report, and those of its layers, as ones that show themselves."""
    return Report(**{**_fields(report), "layers": tuple(map(wrap_layer_report, report.layers))})


def _fields(report: object) -> dict[str, Any]:
    return {field.name: getattr(report, field.name) for field in fields(report)}  # type: ignore[arg-type]
