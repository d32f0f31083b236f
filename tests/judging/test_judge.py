"""One fault is one finding, and every single check has a status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest

from maskcheck.judging.judge import Judgement, join_findings, judge
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.rules.base.rule import BUILD, Inconclusive, Look, Rule
from maskcheck.rules.causes import BEHAVIOUR
from maskcheck.rules.registry import RULES
from tests.judging.judging import ROUTES
from tests.rules.evidence import broken, call, changed, evidence, failure, snapshot, trip, trips
from tests.rules.faults import FAULTS, OTHER


class Says(Rule):
    """A rule that finds what it is told to, on the routes it is told."""

    severity: ClassVar[Severity] = Severity.ERROR
    requires: ClassVar[frozenset[str]] = frozenset()  # type: ignore[assignment]

    def __init__(self, code: str, subject: str = "x", *requires: str, on: tuple[str, ...] = ROUTES) -> None:
        self.code, self.name = code, f"says-{code.lower()}"  # type: ignore[misc]
        self.requires = frozenset(requires)  # type: ignore[misc]
        self.subject, self.on = subject, on

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        if look.route in self.on:
            yield self.finding(look, self.subject, f"{self.subject} is wrong")


class Warns(Says):
    severity = Severity.WARNING


class Doubts(Says):
    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        yield Inconclusive("cannot tell")


def judged(*rules: Rule, given: Evidence | None = None) -> Judgement:
    return judge(given or evidence(), rules, ROUTES)


def ended(judgement: Judgement, code: str) -> list[tuple[str, str, str]]:
    """Return route, status and reason of the checks of one rule."""
    return [(c.route, c.status.value, c.reason) for c in judgement.checks if c.rule == code]


def test_finding_on_several_routes_is_one() -> None:
    (finding,) = judged(Says("A", on=("config", "weights"))).findings
    assert (finding.subject, finding.routes) == ("x", ("config", "weights"))


def test_every_check_has_its_route_and_case() -> None:
    judgement = judged(Says("A", on=("keras",)))
    assert ended(judgement, "A") == [
        ("config", "passed", ""),
        ("keras", "failed", ""),
        ("weights", "passed", ""),
    ]
    assert {check.case for check in judgement.checks} == {"default"}


def test_rule_is_blocked_by_an_error_that_it_requires() -> None:
    judgement = judged(Says("A", "a", on=("config",)), Says("B", "b", "A", on=("keras",)))
    (finding,) = judgement.findings
    assert (finding.rule, finding.routes) == ("A", ("config", "keras"))
    assert finding.consequences == ("says-b: b is wrong",)
    assert ended(judgement, "B")[1] == ("keras", "blocked", "explained by another finding")
    assert ended(judgement, "B")[0] == ("config", "passed", "")


def test_consequence_on_the_same_subject_goes_without_saying() -> None:
    (finding,) = judged(Says("A", "x"), Says("B", "x", "A")).findings
    assert (finding.rule, finding.consequences) == ("A", ())


def test_rule_is_not_blocked_by_what_it_does_not_require() -> None:
    assert [finding.rule for finding in judged(Says("A"), Says("B")).findings] == ["A", "B"]


def test_rule_is_blocked_through_the_first_root_that_explains_it() -> None:
    first, second, third = Says("A", "a"), Says("B", "b"), Says("C", "c", "B", "A")
    found = judged(first, second, third).findings
    assert [(finding.rule, len(finding.consequences)) for finding in found] == [("A", 1), ("B", 0)]


def test_warning_explains_only_its_own_subject() -> None:
    apart = judged(Warns("A", "a"), Says("B", "b", "A")).findings
    assert [finding.rule for finding in apart] == ["A", "B"]
    same = judged(Warns("A", "x"), Says("B", "x", "A")).findings
    assert [finding.rule for finding in same] == ["A"]


def test_notes_need_no_reason() -> None:
    class Notes(Says):
        severity = Severity.NOTE

    assert [finding.rule for finding in judged(Says("A", "a"), Notes("B", "b", "A")).findings] == ["A", "B"]


def test_hidden_cause_is_not_laid_at_the_door_of_what_was_put_back() -> None:
    after = snapshot({"state": 2}, inference=OTHER)
    for hidden, told_of in ((False, ["MC201"]), (True, ["MC201", "MC401"])):
        given = evidence(before=snapshot({"state": 1}), trips=trips(after, cause_unseen=hidden))
        assert [finding.rule for finding in judge(given, RULES, ROUTES).findings] == told_of


def test_doubt_is_inconclusive_with_its_reason() -> None:
    assert ended(judged(Doubts("A")), "A") == [(route, "inconclusive", "cannot tell") for route in ROUTES]


def test_route_that_was_not_taken_is_skipped_with_the_reason() -> None:
    given = evidence(skipped={"weights": "the layer has no weights"})
    given = changed(given, trips=tuple(t for t in given.trips if t.route == "config"))
    reasons = {
        route: (status, reason) for route, status, reason in ended(judged(Says("A", on=()), given=given), "A")
    }
    assert reasons["config"] == ("passed", "")
    assert reasons["keras"] == ("skipped", "the route was not taken")
    assert reasons["weights"] == ("skipped", "the layer has no weights")


def test_what_a_layer_cannot_be_repeated_in_is_skipped_with_the_reason() -> None:
    judgement = judge(evidence(unsupported="no quantize()"), RULES, ("config",))
    assert judgement.findings == ()
    assert {(check.status, check.reason) for check in judgement.checks} == {(Status.SKIPPED, "no quantize()")}


def test_form_that_was_left_out_is_told_beside_the_status() -> None:
    given = evidence(skipped={"keras/functional": "no symbolic call"})
    judgement = judged(Says("A", on=()), given=given)
    assert ended(judgement, "A")[1] == ("keras", "passed", "not functional: no symbolic call")
    assert ended(judgement, "A")[0] == ("config", "passed", "")


def test_only_the_wanted_routes_are_judged() -> None:
    checks = judge(evidence(), [Says("A")], ["keras"]).checks
    assert [check.route for check in checks] == ["keras"]


def test_nothing_to_compare_where_nothing_came_back() -> None:
    failed = [trip("weights", "", failure=failure("load"))]
    given = evidence(trips=trips(snapshot(inference=OTHER), but=failed))
    assert ended(judged(Says("A"), given=given), "A")[2] == (
        "weights",
        "blocked",
        "no layer came back to compare",
    )


def test_rule_that_needs_no_arrival_is_asked_all_the_same() -> None:
    rule = Says("A")
    rule.needs_arrival = False  # type: ignore[misc]
    failed = [trip("weights", "", failure=failure("load"))]
    given = evidence(trips=trips(snapshot(), but=failed))
    assert ended(judged(rule, given=given), "A")[2] == ("weights", "failed", "")


@pytest.mark.parametrize(("step", "code"), [("construct", "MC003"), ("prepare", "MC004"), ("call", "MC004")])
def test_layer_that_could_not_be_built_blocks_everything_else(step: str, code: str) -> None:
    judgement = judge(broken(step), RULES, ROUTES)
    assert [finding.rule for finding in judgement.findings] == [code]
    others = {(c.status, c.reason) for c in judgement.checks if c.route != "build"}
    assert others == {(Status.BLOCKED, "the layer could not be built and called")}
    assert len(judgement.checks) == sum(len({BUILD, *ROUTES} & set(rule.routes)) for rule in RULES)


def test_lost_argument_takes_what_follows_from_it_with_it() -> None:
    judgement = judge(FAULTS["MC101"], RULES, ROUTES)
    (finding,) = judgement.findings
    assert finding.rule == "MC101"
    assert [text.partition(":")[0] for text in finding.consequences] == ["output-changed"]
    blocked = {check.rule for check in judgement.checks if check.status is Status.BLOCKED}
    assert blocked == {"MC201", "MC401"}


def test_two_faults_apart_are_two_findings() -> None:
    both = changed(
        FAULTS["MC108"], trips=FAULTS["MC603"].trips, registration=FAULTS["MC603"].facts.registration
    )
    found = judge(both, RULES, ROUTES).findings
    assert sorted(finding.rule for finding in found) == ["MC108", "MC603"]


def test_together_keeps_the_worse_severity_and_all_the_rest() -> None:
    warning = Finding(
        "A", "a", Severity.WARNING, ("x",), "mild", case="1", routes=("config",), consequences=("p",)
    )
    error = Finding(
        "A", "a", Severity.ERROR, ("x",), "grave", case="2", routes=("keras", "config"), consequences=("q",)
    )
    both = join_findings(warning, error)
    assert (both.severity, both.message, both.case) == (Severity.ERROR, "grave", "1")
    assert (both.routes, both.consequences) == (("config", "keras"), ("p", "q"))


@pytest.mark.parametrize(
    ("cause", "status"), [(("factor",), "blocked"), (("factor", "bias"), "failed"), ((), "failed")]
)
def test_what_keras_itself_loses_is_no_finding(cause: tuple[str, ...], status: str) -> None:
    back = trips(snapshot(inference=OTHER), cause=cause)
    given = evidence(lost_by_keras={"factor": "Base.factor"}, trips=back)
    judgement = judged(Says("A", "factor"), Says("MC401", "outputs", "A"), given=given)
    assert [finding.subject for finding in judgement.findings] == ["outputs"] * (status == "failed")
    assert ended(judgement, "A") == [
        (route, "inconclusive", "Keras itself loses Base.factor") for route in ROUTES
    ]
    assert {how for _, how, _ in ended(judgement, "MC401")} == {status}


def test_what_keras_loses_hides_nothing_else() -> None:
    given = evidence(lost_by_keras={"factor": "Base.factor"})
    judgement = judged(Says("A", "factor"), Says("B", "bias", "A"), Warns("C", "factor, bias"), given=given)
    told = [(finding.rule, finding.subject, finding.severity) for finding in judgement.findings]
    assert told == [("B", "bias", Severity.ERROR), ("C", "factor, bias", Severity.WARNING)]


def test_how_far_outputs_differ_is_said_once() -> None:
    lost = snapshot({"factor": 1.0}, inference=OTHER)
    further = snapshot({"factor": 1.0}, inference=call((7.0, 8.0)))
    way = [trip("config", "json", lost), trip("keras", "functional", further)]
    given = changed(FAULTS["MC101"], trips=trips(lost, but=way))
    (finding,) = judge(given, RULES, ROUTES).findings
    assert [text.partition(":")[0] for text in finding.consequences] == ["output-changed"]


def test_that_no_file_loads_need_not_be_said_of_a_refused_config() -> None:
    refused = trip("config", "json", failure=failure("from_config"))
    unloaded = [trip("keras", form, failure=failure("load")) for form in ("functional", "held")]
    (finding,) = judge(evidence(trips=trips(snapshot(), but=[refused, *unloaded])), RULES, ROUTES).findings
    assert (finding.rule, finding.consequences) == ("MC103", ())
    assert set(finding.routes) >= {"config", "keras"}


def test_a_fault_seen_without_the_way_back_is_explained_by_nothing() -> None:
    class SeenAlone(Says):
        def is_shown_alone(self, evidence: Evidence, finding: Finding) -> bool:
            return finding.subjects == ("y",)

    given = evidence(snapshot())
    found = judge(given, [Says("A"), SeenAlone("B", "y", "A")], ROUTES).findings
    assert [finding.rule for finding in found] == ["A", "B"]
    found = judge(given, [Says("A"), SeenAlone("B", "z", "A")], ROUTES).findings
    assert [finding.rule for finding in found] == ["A"]


def test_a_consequence_belongs_to_the_root_that_makes_it_go_away() -> None:
    class Behaves(Says):
        group = BEHAVIOUR

    given = evidence(trips=trips(snapshot(), cause=("y.kernel",)))
    first, second = judge(given, [Says("A"), Says("B", "y"), Behaves("C", "z", "A", "B")], ROUTES).findings
    assert (first.consequences, second.consequences) == ((), ("says-c: z is wrong",))
