"""Which findings of several classes are one fault: an inherited method, a module nobody registered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport
from maskcheck.report.counts import is_shown
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

    @property
    def in_one_place(self) -> bool:
        """Tell whether all findings are about the same line."""
        return len({(each.file, each.line) for _, each in self.cases}) == 1

    @property
    def hint(self) -> str | None:
        """Return what to write or look at in each class, None where that is not the same in all."""
        hints = {each.hint for _, each in self.cases}
        return hints.pop() if len(hints) == 1 else None


def list_shown_causes(layers: Iterable[LayerReport], verbosity: int) -> tuple[SharedCause, ...]:
    """Return the faults of several classes whose findings are shown at a verbosity."""
    return tuple(cause for cause in find_shared_causes(layers) if is_shown(cause.finding, verbosity))


def list_told(causes: Iterable[SharedCause], verbosity: int) -> frozenset[Finding]:
    """Return the findings that need not be told again of each class; none with ``-v``, which tells all."""
    return frozenset(finding for cause in causes for _, finding in cause.cases if verbosity <= 0)


def find_shared_causes(layers: Iterable[LayerReport]) -> tuple[SharedCause, ...]:
    """Return the faults that more than one class has, those that cost the most classes first.

    It is one fault in one place, in one module where the rule says so, else in the same words.
    """
    known = [(layer, finding) for layer in layers for finding in layer.findings]
    left = [(layer, finding) for layer, finding in known if finding.status is Status.FAILED]
    causes: list[SharedCause] = []
    for identify in (_place_of, _words_of):
        groups: dict[tuple[object, ...], list[tuple[LayerReport, Finding]]] = {}
        for layer, finding in left:
            groups.setdefault(identify(finding, layer), []).append((layer, finding))
        found = [SharedCause(tuple(cases)) for cases in groups.values()]
        causes += [cause for cause in found if len(cause.layers) > 1]
        left = [case for cause in found if len(cause.layers) == 1 for case in cause.cases]
    return tuple(sorted(causes, key=lambda cause: -len(cause.layers)))


def _place_of(finding: Finding, layer: LayerReport) -> tuple[object, ...]:
    """Return what findings have in common whose reason is in one place, or in one package."""
    rule = rule_of(finding.rule)
    if rule and rule.warned_by == "module" and finding.severity is Severity.WARNING:
        return finding.rule, finding.severity, layer.id.partition(".")[0]
    return finding.rule, finding.severity, finding.file or layer.id, finding.line or layer.id


def _words_of(finding: Finding, layer: LayerReport) -> tuple[object, ...]:
    """Return what findings have in common that say the same."""
    return finding.rule, finding.severity, finding.message
