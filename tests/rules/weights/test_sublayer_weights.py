"""Weights of sub-layers: merged, never built, under another flag or in another order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.model.evidence import BuildGap, UnbuiltLayer
from maskcheck.model.finding import Severity
from maskcheck.model.snapshot import TRAINING_STEP, CallResult, TrainingStep
from tests.judging.judging import found, one, told
from tests.rules.evidence import argument, changed, evidence, layer, methods, snapshot, trip, trips, weight
from tests.rules.faults import OTHER


def test_flags_of_weights_that_came_with_others_are_not_told_apart() -> None:
    frozen = {"dense.kernel": weight("dense.kernel", [1.0], trainable=False), "dense.lora": [2.0]}
    free = {"dense.kernel": weight("dense.kernel", [1.0])}
    before, after = (snapshot(layers=[layer("dense")], weights=each) for each in (frozen, free))
    assert found("MC305", evidence(after, before=before)) == ()
    kept = snapshot(layers=[layer("dense")], weights={**free, "dense.lora": [2.0]})
    assert one("MC305", evidence(kept, before=before)).subject == "dense.kernel"


@pytest.mark.parametrize(("harm", "codes"), [(False, []), (True, ["MC301"])])
def test_lora_that_is_merged_into_its_kernel_is_not_lost(harm: bool, codes: list[str]) -> None:
    dense = layer("dense", {"lora_enabled": True})
    before = snapshot(layers=[dense], weights={"dense.kernel": [1.0]})
    after = snapshot(layers=[dense], weights={"dense.kernel": [3.0]}, inference=OTHER if harm else None)
    saved = [trip("keras", form, after) for form in ("functional", "held")]
    merged = evidence(before=before, trips=trips(before, but=saved))
    assert [finding.rule for finding in found("MC301", merged)] == codes


def test_training_step_of_merged_lora_proves_nothing() -> None:
    first, step = ({TRAINING_STEP: CallResult(step=TrainingStep(loss, {}, (), {}))} for loss in (1.0, 2.0))
    dense = layer("dense", {"lora_enabled": True})
    before = snapshot(layers=[dense], weights={"dense.kernel": [1.0]}, calls=first)
    after = snapshot(layers=[dense], weights={"dense.kernel": [3.0]}, calls=step)
    trained = evidence(before=before, trips=trips(before, but=[trip("keras", "functional", after)]))
    assert found("MC404", trained) == ()
    restored = snapshot(layers=[dense], weights={"dense.kernel": [1.0]}, calls=step)
    other = evidence(before=before, trips=trips(before, but=[trip("keras", "functional", restored)]))
    assert one("MC404", other).subject == "training"


def test_weights_that_only_a_functional_model_makes_are_one_warning() -> None:
    before = snapshot(layers=[layer("dense")], weights={"dense.kernel": [1.0]})
    bare = snapshot(layers=[layer("dense")], weights={"dense.kernel": [0.0]}, inference=OTHER)
    silent = changed(
        evidence(before=before, trips=trips(before, but=[trip("keras", "held", bare)])),
        unbuilt=(UnbuiltLayer("dense", ("dense.kernel",), "__init__"),),
        build_gaps=(BuildGap("", methods()["build"], "self.dense.build(input_shape)"),),
    )
    assert told(silent) == [("MC602", "build")]
    finding = one("MC602", silent)
    assert (finding.severity, finding.hint) == (Severity.WARNING, "self.dense.build(input_shape)")
    assert finding.message.startswith("build() does not build dense, made in __init__(): alone")
    lost = evidence(before=before, trips=trips(before, but=[trip("keras", "functional", bare)]))
    assert told(lost) == [("MC301", "dense.kernel")]


def test_what_was_not_called_again_may_lack_weights() -> None:
    before = snapshot(weights={"dense.kernel": [1.0]})
    uncalled = replace(snapshot(weights={}), calls={})
    frozen = trip("keras", "frozen", uncalled, before=replace(before, calls={}))
    held = [trip("keras", form, before) for form in ("functional", "held")]
    assert found("MC302", evidence(before=before, trips=(*trips(before, but=held), frozen))) == ()


def test_order_of_a_dict_explains_swapped_weights() -> None:
    weights = [{"a.kernel": first, "b.kernel": second} for first, second in (([1.0], [2.0]), ([2.0], [1.0]))]
    before = snapshot({"parts": {"a": 1, "b": 2}}, weights=weights[0])
    after = snapshot({"parts": {"b": 2, "a": 1}}, weights=weights[1], inference=OTHER)
    saved = [trip("keras", form, after) for form in ("functional", "held")]
    parts = (argument("parts", {"a": 1, "b": 2}),)
    swapped = evidence(before=before, trips=trips(before, but=saved), arguments=parts)
    assert told(swapped) == [("MC107", "parts")]
