"""Which arguments the cases prove."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from maskcheck.judging.argument_proofs import prove_by_cases
from maskcheck.model.evidence import Evidence
from maskcheck.model.report import Unproven
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
