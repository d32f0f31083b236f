"""Which arguments the cases prove."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from maskcheck.judging.argument_proofs import Proofs, add_probes, prove_by_cases
from maskcheck.model.evidence import ConfigEvidence, Evidence, Probe
from maskcheck.model.report import Unproven
from maskcheck.rules.config.argument_missing import ArgumentMissing
from tests.rules.evidence import CONFIG, FACTOR, argument, evidence, snapshot, trips
from tests.rules.twins import NORMALISED


def proofs(given: Sequence[Evidence]) -> tuple[tuple[str, ...], tuple[Unproven, ...]]:
    """Return the arguments that are proven, and the others with the reason."""
    found = prove_by_cases(given)
    return found.proven, found.unproven


def test_argument_that_came_back_is_proven() -> None:
    assert proofs([evidence()]) == (("factor",), ())
    assert proofs([NORMALISED])[0] == ()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (evidence(arguments=(argument("factor", 2.0, 2.0),)), "every case leaves it at its default"),
        (evidence(rebuilt={**CONFIG, "factor": 1.0}), "it did not come back as it was given"),
        (evidence(rebuilt={"name": "scale"}), "it did not come back as it was given"),
        (evidence(trips=trips(snapshot())[2:]), "the route config brought nothing back"),
    ],
)
def test_argument_that_is_not_proven(given: Evidence, reason: str) -> None:
    assert proofs([given]) == ((), (Unproven("factor", reason),))


def test_one_case_that_proves_is_enough() -> None:
    at_default = evidence(arguments=(argument("factor", 1.0, 1.0),))
    assert proofs([at_default, evidence()]) == (("factor",), ())
    assert proofs([evidence(), at_default]) == (("factor",), ())


def test_first_reason_counts() -> None:
    at_default, lost = evidence(arguments=(argument("factor", 1.0, 1.0),)), evidence(rebuilt={})
    assert proofs([at_default, lost])[1] == (Unproven("factor", "every case leaves it at its default"),)


def test_argument_of_the_base_class_counts_where_the_case_names_it() -> None:
    silent, named = (argument("name", "mine", base=True, explicit=flag) for flag in (False, True))
    assert proofs([evidence(arguments=(silent,), rebuilt={"name": "mine"})]) == ((), ())
    assert proofs([evidence(arguments=(named, FACTOR), rebuilt={**CONFIG, "name": "mine"})])[0] == (
        "name",
        "factor",
    )


@pytest.mark.parametrize(
    ("partner", "written", "reason"),
    [
        ("use_bias", {"factor": 2.0}, "it has an effect only with use_bias, which does not come back"),
        ("use_bias", {}, "it did not come back"),
        ("other", {"factor": 2.0}, "it did not come back"),
        ("", {"factor": 2.0}, "it did not come back"),
    ],
)
def test_what_is_lost_with_the_argument_that_it_needs_is_no_loss_of_its_own(
    partner: str, written: dict[str, float], reason: str
) -> None:
    lost = evidence(rebuilt={}, config=ConfigEvidence(written=written))
    probes = [
        Probe((name,), "lost", evidence=lost, partner=p)
        for name, p in (("use_bias", ""), ("factor", partner))
    ]
    found = add_probes(Proofs((), ()), probes, [ArgumentMissing()])
    assert {entry.name: entry.reason for entry in found.unproven}["factor"] == reason
