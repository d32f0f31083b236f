"""MC007, MC401 to MC503 and MC701: what a call gives, beyond the plainest fault."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.error_texts.read import read_error
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import MaskRow, Severity, Status
from maskcheck.model.snapshot import CallResult
from tests.judging.judging import found, one, statuses, told
from tests.rules.evidence import (
    argument,
    call,
    changed,
    evidence,
    layer,
    methods,
    snapshot,
    trip,
    trips,
    value,
)
from tests.rules.faults import FAULTS, OTHER


def _calls(before: dict[str, CallResult], after: dict[str, CallResult], **fields: object) -> Evidence:
    """Return evidence of calls in more modes than inference."""
    return evidence(snapshot(calls=after), before=snapshot(calls=before), **fields)  # type: ignore[arg-type]


def test_every_mode_that_differs_is_named() -> None:
    before = {"training": call((1.0,)), "masked": call((1.0,))}
    after = {"training": call((3.0,)), "masked": CallResult(error=read_error("ValueError", "no mask"))}
    finding = one("MC401", _calls(before, after))
    assert finding.message == (
        "the training outputs differ in 1 of 1 values, by at most 2 (at [0]); "
        "the masked call then raises ValueError: no mask, though arguments, attributes and weights came back"
    )
    assert [delta.max_absolute for delta in finding.deltas] == [2.0]


def test_mode_in_which_the_original_raised_is_not_compared() -> None:
    broken = CallResult(error=read_error("ValueError", "no mask"))
    assert told(_calls({"masked": broken}, {"masked": call()})) == []


def test_difference_within_the_tolerance_is_none() -> None:
    near = snapshot(inference=call((1.0001, 2.0)))
    assert [rule for rule, _ in told(evidence(near))] == ["MC401"]
    assert told(evidence(near, tolerance=(1e-3, 0.0))) == []


def test_unsteady_mode_is_left_out_and_the_others_are_judged() -> None:
    before, after = {"training": call((1.0,))}, {"training": call((3.0,))}
    unsteady = _calls(before, after, unstable_modes=frozenset({"training"}))
    assert found("MC401", unsteady) == ()
    assert one("MC007", unsteady).message.endswith("(training), so they cannot be compared")
    assert Status.INCONCLUSIVE not in statuses("MC401", unsteady).values()


def test_layer_that_is_never_steady_is_inconclusive() -> None:
    unsteady = changed(FAULTS["MC401"], unstable_modes=frozenset({"inference"}))
    assert set(statuses("MC401", unsteady).values()) == {Status.INCONCLUSIVE}


@pytest.mark.parametrize(("outputs", "status"), [((2.0, 2.0), "inconclusive"), ((2.0,), "passed")])
def test_constant_outputs_prove_nothing(outputs: tuple[float, ...], status: str) -> None:
    constant = evidence(before=snapshot(inference=call(outputs)))
    assert {ended.value for ended in statuses("MC401", constant).values()} == {status}


def test_outputs_that_nothing_moves_prove_nothing() -> None:
    assert set(statuses("MC401", evidence(constant_output=True)).values()) == {Status.INCONCLUSIVE}


@pytest.mark.parametrize("code", ["MC502", "MC503"])
def test_a_mask_that_hides_nothing_proves_nothing(code: str) -> None:
    for mask, status in (((True, True), Status.INCONCLUSIVE), ((True, False), Status.PASSED)):
        shot = snapshot(inference=call((1.0, 2.0), mask=mask))
        assert set(statuses(code, evidence(shot, before=shot)).values()) == {status}


def test_a_layer_without_arguments_has_none_to_lose() -> None:
    assert set(statuses("MC101", evidence(arguments=())).values()) == {Status.SKIPPED}


def test_what_was_put_back_on_the_copy_is_named() -> None:
    mended = evidence(trips=trips(snapshot(inference=OTHER), cause=("state", "scale")))
    assert one("MC401", mended).message.endswith("; with state, scale put back they agree")


def test_nothing_is_said_to_have_come_back_where_something_did_not() -> None:
    lost = evidence(snapshot({"_state": 2}, inference=OTHER), before=snapshot({"_state": 1}))
    assert "came back" not in one("MC401", lost).message


@pytest.mark.parametrize("code", ["MC401", "MC402", "MC403"])
def test_state_that_only_files_carry_proves_nothing_on_other_routes(code: str) -> None:
    fault = FAULTS[code]
    assert fault.before is not None
    kept = [trip("keras", form, fault.before) for form in ("functional", "held")]
    (lost,) = {id(t.after): t.after for t in fault.trips if t.after}.values()
    carried = changed(fault, trips=trips(lost, but=kept))
    assert statuses(code, carried) == {
        "config": Status.INCONCLUSIVE,
        "keras": Status.PASSED,
        "weights": Status.INCONCLUSIVE,
    }


def test_attributes_that_a_weights_file_does_not_carry_prove_nothing_there() -> None:
    before, after = snapshot({"state": 1}), snapshot({"state": 2}, inference=OTHER)
    assert statuses("MC401", evidence(after, before=before))["weights"] is Status.INCONCLUSIVE


@pytest.mark.parametrize(
    "outputs",
    [value([1.0, 2.0]), call((1.0, 2.0, 3.0)).outputs, None],
)
def test_other_forms_of_outputs(outputs: object) -> None:
    finding = one("MC402", evidence(snapshot(inference=call(outputs))))
    assert finding.message == "the inference outputs come back in another structure, shape or dtype"
    assert "[1.0, 2.0]" in finding.before


def test_dtype_of_outputs_is_part_of_their_form() -> None:
    halves = call((1.0, 2.0)).outputs
    assert halves is not None
    finding = one("MC402", evidence(snapshot(inference=call(replace(halves, dtype="float16")))))  # type: ignore[type-var]
    assert (finding.deltas[0].before_dtype, finding.deltas[0].after_dtype) == ("float32", "float16")


@pytest.mark.parametrize(
    ("after", "message", "now"),
    [
        ([0.5], "the inference call adds another loss, though the outputs agree", "0.5"),
        ([], "the inference call adds another number of losses, though the outputs agree", "0"),
    ],
)
def test_losses(after: list[float], message: str, now: str) -> None:
    before = snapshot(inference=call(losses=[0.25]))
    finding = one("MC403", evidence(snapshot(inference=call(losses=after)), before=before))
    assert (finding.message, finding.after) == (message, now)


def test_loss_of_other_outputs_is_not_told_again() -> None:
    assert told(evidence(snapshot(inference=call((9.0, 2.0), losses=[1.0])))) == [("MC401", "outputs")]


def test_flag_for_masks_explains_the_mask() -> None:
    before = snapshot(supports_masking=True, inference=call(mask=(True, False)))
    assert told(evidence(snapshot(), before=before)) == [("MC501", "supports_masking")]


def test_flag_for_masks_of_a_sub_layer() -> None:
    before, after = (snapshot(layers=[layer("dense", supports_masking=flag)]) for flag in (True, False))
    finding = one("MC501", evidence(after, before=before))
    assert (finding.subject, finding.before, finding.after) == ("dense.supports_masking", "True", "False")


def test_masks_are_shown_in_rows() -> None:
    assert one("MC502", FAULTS["MC502"]).masks == (MaskRow("mask[0]", "TF", ""),)
    assert one("MC503", FAULTS["MC503"]).masks == (MaskRow("mask[0]", "TF", "TT"),)


def test_mask_where_there_was_none_is_another_mask() -> None:
    new = evidence(snapshot(inference=call(mask=(True, False))))
    assert told(new) == [("MC503", "mask")]
    assert one("MC503", new).masks == (MaskRow("mask[0]", "", "TF"),)


def test_one_mask_of_several_that_is_gone() -> None:
    two, one_left = ([call(mask=(True, False)).masks for _ in range(count)] for count in (2, 1))
    lost = evidence(
        snapshot(inference=call(mask=value(one_left))), before=snapshot(inference=call(mask=value(two)))
    )
    assert told(lost) == [("MC502", "mask")]


def test_place_of_a_mask_is_compute_mask() -> None:
    own = methods(compute_mask=50)
    assert one("MC502", changed(FAULTS["MC502"], methods=own)).line == 50
    assert one("MC503", changed(FAULTS["MC503"], methods=own)).line == 50


def test_autocast_of_the_class_itself_is_an_error() -> None:
    own = changed(FAULTS["MC701"], arguments=(argument("autocast", False, True),))
    finding = one("MC701", own)
    assert (finding.severity, finding.message) == (Severity.ERROR, "autocast does not come back")


def test_autocast_explains_the_outputs_even_as_a_note() -> None:
    asked = frozenset({"autocast"})  # by a second value of maskcheck's own
    given = changed(evidence(snapshot(inference=OTHER), before=snapshot(autocast=False)), lost_traces=asked)
    assert one("MC701", given).severity is Severity.NOTE
    assert told(given) == [("MC701", "autocast")]
