"""Each rule on the least evidence of its fault, and on evidence that comes close to it."""

from __future__ import annotations

import pytest

from maskcheck.judging.judge import judge
from maskcheck.model.finding import Severity, Status
from maskcheck.rules.base.rule import BUILD
from maskcheck.rules.registry import RULES
from tests.judging.judging import ROUTES, found, one, statuses, told
from tests.rules.evidence import FILE, evidence
from tests.rules.faults import FAULTS
from tests.rules.twins import TWINS

ALL, PLAIN, FILES = ("config", "keras", "weights"), ("config", "keras"), ("keras", "weights")
# Subject, routes and line of what each fault shows; the lines are those of evidence.OWN.
EXPECTED = {
    "MC003": ("__init__", (), 12),
    "MC004": ("call", (), 18),
    "MC007": ("outputs", ALL, 18),
    "MC101": ("factor", ALL, 22),
    "MC102": ("factor", ALL, 22),
    "MC103": ("trainable", ("config",), 22),
    "MC104": ("factor", ALL, 12),
    "MC105": ("trainable", PLAIN, 22),
    "MC106": ("config", ("config",), 22),
    "MC107": ("size", PLAIN, 12),
    "MC108": ("factor", ("config",), 22),
    "MC109": ("Scale", ALL, 10),
    "MC201": ("state", ("keras",), 22),
    "MC202": ("state", ALL, 15),
    "MC203": ("inner", ("config",), 22),
    "MC204": ("dense.units", PLAIN, 22),
    "MC301": ("scale", FILES, 15),
    "MC302": ("shift", ALL, 15),
    "MC303": ("scale, shift", FILES, 15),
    "MC304": ("scale", FILES, 15),
    "MC305": ("dense", PLAIN, 22),
    "MC306": ("scale", ALL, 15),
    "MC307": ("scale", FILES, 33),
    "MC308": ("seed.state", FILES, 18),
    "MC309": ("compile", ("keras",), 10),
    "MC310": ("trainable_weights", (), 12),
    "MC401": ("outputs", ALL, 18),
    "MC402": ("outputs", ALL, 18),
    "MC403": ("losses", ALL, 18),
    "MC404": ("training", ("keras",), 18),
    "MC405": ("compute_output_shape", (), 18),
    "MC406": ("outputs", (), 18),
    "MC407": ("training", (), 18),
    "MC408": ("__call__", (), 16),
    "MC409": ("call", (), 18),
    "MC501": ("supports_masking", PLAIN, 12),
    "MC502": ("mask", ALL, 12),
    "MC503": ("mask", ALL, 18),
    "MC601": ("save", ("weights",), 22),
    "MC602": ("load", ("keras",), 22),
    "MC603": ("Scale", PLAIN, 10),
    "MC604": ("pkg>Scale", PLAIN, 10),
    "MC605": ("order", ("fresh",), 15),
    "MC606": ("safe_mode", PLAIN, 22),
    "MC607": ("bfloat16", ("h5",), 22),
    "MC608": ("words.txt", ("fresh", "keras"), 14),
    "MC702": ("outputs", ALL, 18),
    "MC701": ("autocast", PLAIN, 22),
}
WARNINGS = {
    "MC007",
    "MC310",
    "MC405",
    "MC406",
    "MC407",
    "MC408",
    "MC409",
    "MC603",
    "MC606",
    "MC608",
    "MC701",
}
NOTES = {"MC107", "MC108", "MC308", "MC607"}


def test_every_rule_that_reads_evidence_has_a_fault_and_a_twin() -> None:
    reading = {rule.code for rule in RULES if rule.routes}
    assert set(FAULTS) == set(TWINS) == set(EXPECTED) == reading


@pytest.mark.parametrize("code", FAULTS)
def test_fault_is_found_where_it_is(code: str) -> None:
    finding = one(code, FAULTS[code])
    assert (finding.subject, finding.routes, finding.line) == EXPECTED[code]
    assert (finding.file, finding.case, finding.status) == (FILE, "default", Status.FAILED)
    severity = Severity.WARNING if code in WARNINGS else Severity.NOTE if code in NOTES else Severity.ERROR
    assert finding.severity is severity


@pytest.mark.parametrize("code", FAULTS)
def test_fault_is_the_only_finding_of_all_rules(code: str) -> None:
    assert told(FAULTS[code]) == [(code, EXPECTED[code][0])]


@pytest.mark.parametrize("code", TWINS)
def test_twin_is_passed_over(code: str) -> None:
    assert found(code, TWINS[code]) == ()
    assert Status.FAILED not in statuses(code, TWINS[code]).values()


def test_healthy_layer_passes_every_check() -> None:
    judgement = judge(evidence(crossed="CPU:0 to GPU:0"), RULES, ROUTES)
    assert judgement.findings == ()
    assert {check.status for check in judgement.checks} == {Status.PASSED}
    assert len(judgement.checks) == sum(len({BUILD, *ROUTES} & set(rule.routes)) for rule in RULES)


@pytest.mark.parametrize("code", [*FAULTS, *(f"{code} twin" for code in TWINS)])
def test_rules_leave_their_evidence_alone(code: str) -> None:
    given = TWINS[code.removesuffix(" twin")] if code.endswith("twin") else FAULTS[code]
    before = repr(given)
    judge(given, RULES, ROUTES)
    assert repr(given) == before


@pytest.mark.parametrize("code", FAULTS)
def test_judging_twice_gives_the_same(code: str) -> None:
    first, second = (judge(FAULTS[code], RULES, ROUTES) for _ in range(2))
    assert repr(first) == repr(second)
