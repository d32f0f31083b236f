"""Which findings of several classes are one fault: an inherited method, a module nobody registered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport
from maskcheck.rules.registry import rule_of


@dataclass(frozen=True)
class SharedCause:
    """One fault of several classes: each with the finding that tells it, in the order of the report."""

    cases: tuple[tuple[LayerReport, Finding], ...]

    @property
    def finding(self) -> Finding:
        """Return the finding of the first class."""
        return self.cases[0][1]

    @property
    def layers(self) -> tuple[LayerReport, ...]:
        """Return the classes, each once."""
        return tuple({layer.id: layer for layer, _ in self.cases}.values())


def find_shared_causes(layers: Iterable[LayerReport]) -> tuple[SharedCause, ...]:
    """Return the faults that more than one class has, those that cost the most classes first."""
    groups: dict[tuple[object, ...], list[tuple[LayerReport, Finding]]] = {}
    for layer in layers:
        for finding in layer.findings:
            if finding.status is Status.FAILED and (key := _identify(finding, layer)):
                groups.setdefault(key, []).append((layer, finding))
    causes = [SharedCause(tuple(cases)) for cases in groups.values()]
    return tuple(sorted((c for c in causes if len(c.layers) > 1), key=lambda cause: -len(cause.layers)))


def _identify(finding: Finding, layer: LayerReport) -> tuple[object, ...]:
    """Return what findings of one fault have in common; () for what is the class's own in any case."""
    rule = rule_of(finding.rule)
    if rule and rule.warned_by == "module" and finding.severity is Severity.WARNING:
        return finding.rule, finding.severity, layer.id.rpartition(".")[0]
    if finding.file is None or not finding.line:
        return ()
    return finding.rule, finding.severity, finding.file, finding.line
