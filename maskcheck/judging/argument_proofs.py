"""What probes add to the judgement of a layer: arguments proven, and arguments lost."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from maskcheck.judging.conclude import NOT_AS_GIVEN, find_doubt
from maskcheck.judging.judge import Judgement, judge
from maskcheck.model.evidence import Evidence, Probe
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import Unproven
from maskcheck.model.value import Value
from maskcheck.rules.attributes.attribute_lost import AttributeLost
from maskcheck.rules.base.keras_losses import is_lost_by_keras
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.base.text import join_names
from maskcheck.rules.causes import CONFIG, GROUPS, causes_of
from maskcheck.rules.config.argument_missing import ArgumentMissing

# What explains that an argument is missing, and is about the config itself.
_BROKEN = causes_of(ArgumentMissing.code) & frozenset(GROUPS[CONFIG])


@dataclass(frozen=True)
class Proofs:
    """Which arguments were shown to survive, which were not and why, and what was found lost.

    ``lost_by_keras`` are arguments of Keras' own classes, as "Dense.lora_alpha": no subclass
    can keep them, so they count for nothing.
    """

    proven: tuple[str, ...]
    unproven: tuple[Unproven, ...]
    findings: tuple[Finding, ...] = ()
    lost_by_keras: tuple[str, ...] = ()


def prove_by_cases(evidences: Sequence[Evidence]) -> Proofs:
    """Return what the cases alone prove: an argument given another value than its default came back."""
    proven: dict[str, None] = {}
    reasons: dict[str, str] = {}
    for evidence in evidences:
        for argument in evidence.facts.arguments:
            if (argument.base and not argument.explicit) or is_lost_by_keras(evidence, [argument.name]):
                continue
            reason = find_doubt(argument, evidence.rebuilt)
            if reason:
                reasons.setdefault(argument.name, reason)
            else:
                proven[argument.name] = None
    unproven = tuple(Unproven(name, reason) for name, reason in reasons.items() if name not in proven)
    return Proofs(tuple(proven), unproven)


def find_round_numbers(evidences: Sequence[Evidence]) -> frozenset[str]:
    """Return the arguments given short decimals only: rounding them, or 1 - x of 0.5, does not show."""
    given: dict[str, list[Value]] = {}
    for evidence in evidences:
        for argument in evidence.facts.arguments:
            given.setdefault(argument.name, []).append(argument.given)
    return frozenset(name for name, values in given.items() if all(_is_round(value) for value in values))


def _is_round(value: Value) -> bool:
    return isinstance(value, float) and round(value, 2) == value


def can_be_probed(evidence: Evidence, judgement: Judgement) -> bool:
    """Tell whether the config of a case works, so that what a probe loses is the argument's own loss."""
    broken = [f for f in judgement.findings if f.rule in _BROKEN and f.severity is Severity.ERROR]
    return evidence.rebuilt is not None and not broken


def add_probes(proofs: Proofs, probes: Sequence[Probe], rules: Sequence[Rule]) -> Proofs:
    """Return the proofs with what the probes add: each probe ends proven, lost or impossible."""
    chosen = [rule for rule in rules if rule.judges_probes]
    proven = dict.fromkeys(proofs.proven)
    unproven = {entry.name: entry.reason for entry in proofs.unproven}
    findings: list[Finding] = []
    by_keras = {
        name: probe.reason for probe in probes if probe.outcome == "keras" for name in probe.arguments
    }
    lost = {name for probe in probes if probe.outcome == "lost" for name in probe.arguments}
    lost |= {name for name, reason in unproven.items() if reason == NOT_AS_GIVEN}
    for each in (probe for probe in probes if probe.outcome != "keras"):
        probe = _blame_partner(each, lost)
        found = _judge_probe(probe, chosen)
        findings += found
        for name in probe.arguments:
            unproven.pop(name, None)
            if probe.outcome == "proven":
                proven[name] = None
            elif probe.outcome == "lost" or name not in proven:
                proven.pop(name, None)
                unproven[name] = _explain_unproven(probe)
    return Proofs(
        tuple(proven),
        tuple(Unproven(name, reason) for name, reason in unproven.items() if name not in by_keras),
        tuple(findings),
        tuple(f"{owner}.{name}" for name, owner in by_keras.items()),
    )


def _blame_partner(probe: Probe, lost: Set[str]) -> Probe:
    """Return a probe that came to nothing only since the argument that it needs does not come back."""
    written = probe.evidence.config.written if probe.evidence else None
    kept = isinstance(written, dict) and all(name in written for name in probe.arguments)
    if probe.outcome != "lost" or probe.partner not in lost or not kept:
        return probe
    reason = f"it has an effect only with {probe.partner}, which does not come back"
    return Probe(probe.arguments, "unproven", reason)


def mark_lost_checks(checks: Sequence[Check], findings: Sequence[Finding]) -> tuple[Check, ...]:
    """Return the ledger in which what the probes found has failed too."""
    places = {(f.rule, f.case, route) for f in findings for route in f.routes}
    return tuple(
        replace(check, status=Status.FAILED, reason="")
        if (check.rule, check.case, check.route) in places
        else check
        for check in checks
    )


def _judge_probe(probe: Probe, rules: Sequence[Rule]) -> list[Finding]:
    """Return what the rules say of a loss. They name each: else it is told as that of an attribute."""
    if probe.evidence is None:
        return []
    found = judge(probe.evidence, rules, ("config",)).findings
    if not found and probe.evidence.lost_traces:
        found = (AttributeLost().missing_though_given(probe.evidence, probe.arguments),)
    names = join_names(probe.arguments)
    note = f"shown by a second value: {names}={probe.value}"
    if not probe.value:
        note = f"shown by second values of {names}"
    notes = (note, *([probe.reason] if probe.reason else []))
    return [_weaken(replace(f, consequences=(*f.consequences, *notes)), probe) for f in found]


def _weaken(finding: Finding, probe: Probe) -> Finding:
    """Return a loss that nothing shows but the layer's attributes as a warning."""
    if probe.felt:
        return finding
    message = f"{finding.message}; it has no effect on what the layer does"
    return replace(finding, severity=Severity.WARNING, message=message)


def _explain_unproven(probe: Probe) -> str:
    return probe.reason if probe.outcome == "unproven" else "it did not come back"
