"""What the rules on training, stated shapes, compiled models and neighbours say of finer points."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maskcheck.error_texts.read import read_error
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Status
from maskcheck.model.snapshot import DOWNSTREAM, TRAINING_STEP, CallResult
from maskcheck.model.value import ABSENT, ListValue
from tests.judging.judging import found, one, statuses, told
from tests.rules.evidence import call, evidence, failure, layer, shapes, snapshot, step, tensor, trip, trips
from tests.rules.faults import compiled


def trained(after: CallResult, **fields: Any) -> Evidence:
    """Return evidence of a layer whose training step is another afterwards."""
    before = snapshot(calls={TRAINING_STEP: step()})
    return evidence(snapshot(calls={TRAINING_STEP: after}, **fields), before=before)


def test_the_step_is_told_by_its_causes() -> None:
    message = one("MC404", trained(step((0.25, 1.0), (0.45, 1.4)))).message
    assert message == "one training step differs though the outputs agree: gradient of scale"


def test_a_constraint_shows_in_the_weights_alone() -> None:
    assert one("MC404", trained(step(updated=(0.5, 1.4)))).message.endswith(": updated scale")


def test_a_step_that_raises_is_told() -> None:
    error = CallResult(error=read_error("ValueError", "no gradient defined"))
    message = one("MC404", trained(error)).message
    assert message == "one training step then raises ValueError: no gradient defined"


def test_a_step_of_other_outputs_follows_from_them() -> None:
    other = trained(step((0.25, 1.0)), inference=call((9.0, 2.0)))
    assert told(other) == [("MC401", "outputs")]
    assert "though the outputs agree" not in one("MC404", other).message


def test_a_step_of_a_frozen_part_follows_from_its_flag() -> None:
    before = snapshot(calls={TRAINING_STEP: step()}, layers=[layer("dense", trainable=False)])
    after = snapshot(calls={TRAINING_STEP: step((0.25, 1.0))}, layers=[layer("dense")])
    assert told(evidence(after, before=before)) == [("MC305", "dense")]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"untrained": "nothing to train"}, Status.SKIPPED),
        ({"unstable_modes": frozenset({TRAINING_STEP})}, Status.INCONCLUSIVE),
        ({}, Status.PASSED),
    ],
)
def test_what_is_not_judged_says_so(fields: dict[str, Any], status: Status) -> None:
    assert statuses("MC404", evidence(**fields)) == {"keras": status}


def test_a_step_that_differs_from_itself_does_not_make_the_outputs_unstable() -> None:
    assert found("MC007", evidence(unstable_modes=frozenset({TRAINING_STEP}))) == ()


PAIR = ListValue("list", (tensor((1.0, 2.0)), tensor((3.0,))))


@pytest.mark.parametrize(
    ("outputs", "stated", "status"),
    [
        ((1.0, 2.0), shapes((2,)), Status.PASSED),
        ((1.0, 2.0), shapes((None,)), Status.PASSED),
        ((1.0, 2.0), shapes((3,)), Status.FAILED),
        ((1.0, 2.0), shapes((2, 1)), Status.FAILED),
        ((1.0, 2.0), shapes((2,), (1,)), Status.FAILED),
        (PAIR, shapes((2,), (1,)), Status.PASSED),
        (PAIR, shapes((2,), (2,)), Status.FAILED),
        (replace(PAIR, kind="ragged"), shapes((2, None)), Status.INCONCLUSIVE),
        ((1.0, 2.0), "raises ValueError", Status.INCONCLUSIVE),
        ((1.0, 2.0), ABSENT, Status.SKIPPED),
        (None, shapes((2,)), Status.INCONCLUSIVE),
    ],
)
def test_stated_shapes(outputs: Any, stated: Any, status: Status) -> None:
    before = snapshot(inference=call(outputs))
    assert statuses("MC405", evidence(before=before, stated=stated)) == {"build": status}


def test_the_shapes_are_told() -> None:
    message = one("MC405", evidence(stated=shapes((None, 2)))).message
    assert message == "compute_output_shape says (None, 2), and the call gives (2,)"


@pytest.mark.parametrize(
    ("after", "subject"),
    [
        ({"loss": "mae", "optimizer_state": [1, 2]}, "loss"),
        ({"loss": "mse", "optimizer_state": [0, 0]}, "optimizer state"),
        ({"optimizer_state": [0, 0]}, "loss, optimizer state"),
        ({}, "compile"),
    ],
)
def test_what_a_model_was_compiled_with(after: dict[str, Any], subject: str) -> None:
    before = {"loss": "mse", "optimizer_state": [1, 2]}
    assert one("MC309", evidence(trips=trips(snapshot(), but=[compiled(before, after)]))).subject == subject


def downstream(after: CallResult, **fields: Any) -> Evidence:
    """Return evidence of a layer between its neighbours, on the one form that has it."""
    before = snapshot(calls={DOWNSTREAM: call((1.0, 0.0))})
    came_back = trip("keras", "held", snapshot(calls={DOWNSTREAM: after}, **fields))
    return evidence(before=before, trips=trips(snapshot(**fields), but=[came_back]))


def test_what_differs_only_downstream_is_a_matter_of_masks() -> None:
    assert told(downstream(call((1.0, 2.0)))) == [("MC503", "downstream")]


def test_what_differs_everywhere_is_not() -> None:
    assert told(downstream(call((5.0, 0.0)), inference=call((5.0, 2.0)))) == [("MC401", "outputs")]


def test_a_trip_with_a_start_of_its_own_is_compared_with_that() -> None:
    frozen = snapshot(trainable=False)
    same, thawed = (
        trip("keras", "frozen", snapshot(trainable=flag), before=frozen) for flag in (False, True)
    )
    assert told(evidence(trips=trips(snapshot(), but=[same]))) == []
    assert told(evidence(trips=trips(snapshot(), but=[thawed]))) == [("MC105", "trainable")]


def test_a_trip_with_a_start_of_its_own_does_not_speak_for_the_file() -> None:
    lost = snapshot(inference=call((9.0, 2.0)))
    failed = [trip("keras", form, failure=failure("load")) for form in ("functional", "held")]
    beside = trip("keras", "frozen", snapshot(), before=snapshot())
    assert one("MC401", evidence(trips=trips(lost, but=[*failed, beside]))).routes == ("config", "weights")
