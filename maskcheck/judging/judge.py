"""All rules on the evidence of one case: findings, and a status for every single check."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.rules.base.keras_losses import is_lost_by_keras
from maskcheck.rules.base.rule import BUILD, Inconclusive, Look, NotApplicable, Rule
from maskcheck.rules.base.text import join_names
from maskcheck.rules.causes import BEHAVIOUR, IMPLIED
from maskcheck.source.edits.keras_names import write_keras_names


@dataclass(frozen=True)
class Judgement:
    """What the rules say of one case."""

    findings: tuple[Finding, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class _Outcome:
    """What one rule says of one route."""

    rule: Rule
    route: str
    findings: tuple[Finding, ...] = ()
    status: Status = Status.PASSED
    reason: str = ""
    cause_unseen: bool = False
    by_keras: bool = False
    # What makes the copies behave as before, where it is put back.
    causes: frozenset[str] = frozenset()


def judge(evidence: Evidence, rules: Sequence[Rule], routes: Sequence[str]) -> Judgement:
    """Return the findings of one case and the status of every rule on every route.

    ``rules`` come in the order of the table of causes: a rule after those that explain it.
    """
    looks = _make_looks(evidence)
    outcomes: list[_Outcome] = []
    roots: list[Finding] = []
    makers = {rule.code: rule for rule in rules}
    for rule in rules:
        for route in (r for r in rule.routes if r == BUILD or r in routes):
            outcome = _apply_rule(rule, route, [look for look in looks if look.route == route], evidence)
            alone = tuple(finding for finding in outcome.findings if rule.is_shown_alone(evidence, finding))
            others = replace(
                outcome, findings=tuple(finding for finding in outcome.findings if finding not in alone)
            )
            explained = _explain_outcome(others, roots, makers, evidence)
            roots = _merge_findings(explained or roots, alone if explained else outcome.findings)
            if explained and not alone:
                outcome = replace(
                    outcome, findings=(), status=Status.BLOCKED, reason="explained by another finding"
                )
            outcomes.append(outcome)
    names = evidence.facts.keras_names
    own = tuple(
        replace(root, hint=write_keras_names(root.hint, names))
        for root in roots
        if not is_lost_by_keras(evidence, root.subjects)
    )
    settled = [_excuse_keras(outcome, evidence) for outcome in outcomes]
    checks = tuple(Check(o.rule.code, o.route, evidence.case, o.status, o.reason) for o in settled)
    return Judgement(own, checks)


def _excuse_keras(outcome: _Outcome, evidence: Evidence) -> _Outcome:
    """Return the outcome as an inconclusive one if Keras itself loses all that it is about."""
    lost = [name for f in outcome.findings for name in f.subjects]
    if not lost or not is_lost_by_keras(evidence, lost):
        return outcome
    names = join_names(evidence.lost_by_keras[name] for name in lost)
    return replace(outcome, findings=(), status=Status.INCONCLUSIVE, reason=f"Keras itself loses {names}")


def _make_looks(evidence: Evidence) -> list[Look]:
    filed = [Look(evidence, trip) for trip in evidence.trips if trip.route == "keras" and trip.after]
    files = tuple(look for look in filed if look.trip and look.trip.before is None)
    known = {id(look.trip) for look in filed}
    others = [Look(evidence, trip, files) for trip in evidence.trips if id(trip) not in known]
    return [Look(evidence), *others, *filed]


def _apply_rule(rule: Rule, route: str, looks: list[Look], evidence: Evidence) -> _Outcome:
    if evidence.unsupported:
        return _Outcome(rule, route, status=Status.SKIPPED, reason=evidence.unsupported)
    if evidence.failure and rule.needs_arrival:
        return _Outcome(rule, route, status=Status.BLOCKED, reason="the layer could not be built and called")
    if not looks:
        reason = (
            "the layer could not be built and called"
            if evidence.failure
            else _find_skip_reason(evidence, route)
        )
        return _Outcome(
            rule, route, status=Status.BLOCKED if evidence.failure else Status.SKIPPED, reason=reason
        )
    usable = [look for look in looks if look.arrived or not rule.needs_arrival]
    if not usable:
        return _Outcome(rule, route, status=Status.BLOCKED, reason="no layer came back to compare")
    results = [result for look in usable for result in rule.check(look)]
    findings = tuple(result for result in results if isinstance(result, Finding))
    doubts = [result.reason for result in results if isinstance(result, Inconclusive)]
    beside = [result.reason for result in results if isinstance(result, NotApplicable)]
    if findings:
        cause_unseen, by_keras = _is_cause_unseen(rule, usable), _is_caused_by_keras(rule, usable)
        causes = frozenset(path for look in usable if look.trip for path in look.trip.cause)
        return _Outcome(
            rule,
            route,
            findings,
            Status.FAILED,
            cause_unseen=cause_unseen,
            by_keras=by_keras,
            causes=causes,
        )
    if doubts:
        return _Outcome(rule, route, status=Status.INCONCLUSIVE, reason=doubts[0])
    if beside:
        return _Outcome(rule, route, status=Status.SKIPPED, reason=beside[0])
    return _Outcome(rule, route, reason=_list_left_out_forms(evidence, route))


def _list_left_out_forms(evidence: Evidence, route: str) -> str:
    """Return which form of a route that was taken is not behind its checks, and why."""
    left_out = [(key, text) for key, text in evidence.skipped.items() if key.startswith(f"{route}/")]
    return "; ".join(f"not {key.partition('/')[2]}: {text}" for key, text in left_out)


def _is_cause_unseen(rule: Rule, looks: Sequence[Look]) -> bool:
    """Tell whether behaviour differs for a reason that nothing seen on the layer gives."""
    return rule.group == BEHAVIOUR and any(look.trip and look.trip.cause_unseen for look in looks)


def _is_caused_by_keras(rule: Rule, looks: Sequence[Look]) -> bool:
    """Tell whether behaviour differs, and only for what classes of Keras lose by themselves."""
    trips = [look.trip for look in looks if look.trip and look.contrast.behaviour]
    causes = [trip.cause for trip in trips]
    evidence = looks[0].evidence
    return rule.group == BEHAVIOUR and all(cause and is_lost_by_keras(evidence, cause) for cause in causes)


def _find_skip_reason(evidence: Evidence, route: str) -> str:
    reasons = [text for key, text in evidence.skipped.items() if key.partition("/")[0] == route]
    return reasons[0] if reasons else "the route was not taken"


def _explain_outcome(
    outcome: _Outcome, roots: list[Finding], makers: Mapping[str, Rule], evidence: Evidence
) -> list[Finding]:
    """Return the roots with this outcome noted as a consequence of one; empty if none explains it.

    Notes need no reason: what Keras never keeps is not the consequence of a fault. But what a
    class of Keras loses by itself may be the reason of more.
    """
    if all(finding.severity is Severity.NOTE for finding in outcome.findings):
        return []
    by_reach = sorted(
        enumerate(roots),
        key=lambda entry: (
            not makers[entry[1].rule].local,
            not any(makers[entry[1].rule].is_about(evidence, entry[1], path) for path in outcome.causes),
        ),
    )
    known = {(root.rule, root.subjects) for root in roots}
    is_known = all((finding.rule, finding.subjects) in known for finding in outcome.findings)
    for position, root in by_reach:
        maker = makers[root.rule]
        if maker.local and outcome.route not in root.routes:
            continue
        if outcome.cause_unseen and maker.put_back:
            continue
        if maker.shows_in_calls_only(root) and outcome.rule.group != BEHAVIOUR:
            continue
        explains = (
            outcome.by_keras
            if is_lost_by_keras(evidence, root.subjects)
            else maker.explains(root) or _has_same_subjects(root, outcome.findings)
        )
        required = root.rule in outcome.rule.requires
        all_here = maker.explains_all_on == outcome.route and not is_known
        if (required or all_here) and explains:
            noted = _add_consequences(root, outcome)
            return [*roots[:position], noted, *roots[position + 1 :]]
    return []


def _has_same_subjects(root: Finding, findings: Iterable[Finding]) -> bool:
    return all(finding.subjects == root.subjects for finding in findings)


def _add_consequences(root: Finding, outcome: _Outcome) -> Finding:
    others = [finding for finding in outcome.findings if finding.subjects != root.subjects]
    said = {sentence.partition(":")[0] for sentence in root.consequences}
    if outcome.rule.code in IMPLIED.get(root.rule, ()):
        others = []
    elif outcome.rule.group == BEHAVIOUR:
        # How far outputs differ on each further trip is no news.
        others = [finding for finding in others if finding.name not in said][:1]
    sentences = tuple(f"{finding.name}: {finding.message}" for finding in others)
    return replace(
        root,
        routes=tuple(dict.fromkeys((*root.routes, outcome.route))),
        consequences=tuple(dict.fromkeys((*root.consequences, *sentences))),
    )


def _merge_findings(roots: list[Finding], found: tuple[Finding, ...]) -> list[Finding]:
    """Add findings; the same rule on the same subject is one finding with all its routes."""
    merged = list(roots)
    for finding in found:
        same = [i for i, r in enumerate(merged) if (r.rule, r.subjects) == (finding.rule, finding.subjects)]
        if same:
            merged[same[0]] = join_findings(merged[same[0]], finding)
        else:
            merged.append(finding)
    return merged


def join_findings(first: Finding, second: Finding) -> Finding:
    """Return one finding for two that say the same, with the routes of both and the worse severity."""
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    worse = min((first, second), key=lambda finding: order.index(finding.severity))
    return replace(
        worse,
        case=first.case,
        routes=tuple(dict.fromkeys((*first.routes, *second.routes))),
        consequences=tuple(dict.fromkeys((*first.consequences, *second.consequences))),
    )
