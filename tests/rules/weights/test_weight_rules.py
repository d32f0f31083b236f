"""MC301 to MC308 beyond their plainest fault."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.snapshot import Weight
from tests.judging.judging import found, one, told
from tests.rules.evidence import changed, evidence, failure, layer, methods, snapshot, trip, trips, weight
from tests.rules.faults import FAULTS, OTHER

OWN_VARIABLES = methods(save_own_variables=30, load_own_variables=33)


def _weights(before: dict[str, Any], after: dict[str, Any], *, harm: bool = False, **fields: Any) -> Evidence:
    second = snapshot(weights=after, inference=OTHER) if harm else snapshot(weights=after)
    return evidence(second, before=snapshot(weights=before), **fields)


def _at(path: str, values: list[float], **fields: Any) -> dict[str, Weight]:
    return {path: weight(path, values, **fields)}


def _subjects(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.subject for finding in findings]


def test_all_weights_of_one_fault_are_one_finding_with_their_figures() -> None:
    finding = one("MC301", _weights({"a": [1.0], "b": [2.0, 3.0]}, {"a": [0.0], "b": [2.0, 7.0]}))
    assert finding.subject == "a, b"
    assert finding.message == "a, b came back with other values than were saved"
    assert [(delta.path, delta.differing, delta.max_absolute) for delta in finding.deltas] == [
        ("a", 1, 1.0),
        ("b", 1, 4.0),
    ]


def test_weights_that_changed_places_are_not_also_unrestored() -> None:
    crossed = _weights({"a": [1.0], "b": [2.0], "c": [3.0]}, {"a": [2.0], "b": [1.0], "c": [0.0]})
    assert _subjects(found("MC303", crossed)) == ["a, b"]
    assert _subjects(found("MC301", crossed)) == ["c"]


def test_weights_of_other_shapes_do_not_change_places() -> None:
    assert found("MC303", _weights({"a": [1.0], "b": [2.0, 2.0]}, {"a": [2.0], "b": [1.0, 1.0]})) == ()


def test_nan_that_comes_back_is_no_difference() -> None:
    same = _weights({"a": [float("nan")]}, {"a": [float("nan")]})
    assert told(same) == []


def test_weights_that_are_gone_and_weights_that_are_new() -> None:
    gone, new = found("MC302", _weights({"a": [1.0], "b": [1.0]}, {"a": [1.0], "c": [1.0]}))
    assert (gone.subject, gone.message) == ("b", "b did not come back")
    assert (new.subject, new.message) == ("c", "c came back though it was not there before")


@pytest.mark.parametrize(
    ("after", "subjects"),
    [([0.5, 1.5, 2.5], ["scale"]), ([0.5, 1.5], []), ([0.5, 9.0], [])],
)
def test_shape_of_a_weight(after: list[float], subjects: list[str]) -> None:
    assert _subjects(found("MC306", _weights({"scale": [0.5, 1.5]}, {"scale": after}))) == subjects


def test_place_of_weights_is_where_they_are_loaded_or_made() -> None:
    fault = FAULTS["MC301"]
    assert one("MC301", fault).line == 15
    assert one("MC301", changed(fault, methods=OWN_VARIABLES)).line == 33


def test_untracked_variables_are_told_one_by_one() -> None:
    before = {**_at("a", [1.0], kind="untracked"), **_at("b.c", [2.0], kind="untracked")}
    after = {**_at("a", [0.0], kind="untracked"), **_at("b.c", [0.0], kind="untracked")}
    first, second = found("MC304", _weights(before, after))
    assert (first.subject, first.hint) == ("a", "self.a = self.add_weight(...)")
    assert (second.subject, second.hint) == ("b.c", "self.b = self.add_weight(...)")


def test_untracked_layer_is_told_once_with_all_its_weights() -> None:
    first = {
        **_at("box.dense.kernel", [1.0], kind="untracked"),
        **_at("box.dense.bias", [2.0], kind="untracked"),
    }
    second = {path: replace(held, array=held.array * 0) for path, held in first.items()}
    stray = layer("box.dense", tracked=False)
    before, after = (snapshot(layers=[stray], weights=held) for held in (first, second))
    finding = one("MC304", evidence(after, before=before))
    assert finding.subject == "box.dense"
    assert finding.message == (
        "Keras does not see box.dense, a Dense, so its weights are in no file: "
        "box.dense.kernel, box.dense.bias"
    )
    assert len(finding.deltas) == 2


def test_untracked_variable_of_a_layer_that_keras_sees_is_told_by_its_own_name() -> None:
    parts = [
        snapshot(layers=[layer("dense")], weights=_at("dense.gain", [n], kind="untracked")) for n in (1, 2)
    ]
    assert one("MC304", evidence(parts[1], before=parts[0])).subject == "dense.gain"


def test_untracked_variable_that_comes_back_is_no_fault() -> None:
    held = _at("a", [1.0], kind="untracked")
    assert told(_weights(held, held)) == []


@pytest.mark.parametrize(
    ("frozen", "message"),
    [
        (True, "kernel was frozen and comes back trainable"),
        (False, "kernel was trainable and comes back frozen"),
    ],
)
def test_trainable_of_a_single_weight(frozen: bool, message: str) -> None:
    before, after = (_at("kernel", [1.0], trainable=flag) for flag in (not frozen, frozen))
    finding = one("MC305", _weights(before, after))
    assert (finding.subject, finding.message) == ("kernel", message)
    assert (finding.before, finding.after) == (f"trainable={not frozen}", f"trainable={frozen}")
    assert told(_weights(before, after)) == [("MC305", "kernel")]


def test_layer_is_told_rather_than_its_weights() -> None:
    before, after = (
        snapshot(layers=[layer("dense", trainable=flag)], weights=_at("dense.kernel", [1.0], trainable=flag))
        for flag in (False, True)
    )
    assert one("MC305", evidence(after, before=before)).subject == "dense"


def test_trainable_of_the_layer_itself_is_not_judged_here() -> None:
    assert found("MC305", evidence(snapshot(trainable=False))) == ()


def test_weights_of_a_frozen_layer_that_keras_itself_thaws() -> None:
    frozen, free = (weight("kernel", [1.0], trainable=flag) for flag in (False, True))
    before, after = snapshot(weights={"kernel": frozen}, trainable=False), snapshot(weights={"kernel": free})
    assert one("MC305", evidence(after, before=before)).subject == "kernel"
    assert found("MC305", evidence(after, before=before, lost_by_keras={"trainable": "Base.trainable"})) == ()


def test_own_methods_that_do_not_load() -> None:
    failed = [trip("weights", "", failure=failure("load", "KeyError", "'shift'"))]
    finding = one("MC307", evidence(trips=trips(snapshot(), but=failed), methods=OWN_VARIABLES))
    assert finding.subject == "load_own_variables"
    assert finding.message.endswith("load_own_variables: KeyError: 'shift'")


def test_own_build_config_that_does_not_build() -> None:
    failed = [trip("keras", "held", failure=failure("load", "KeyError", "'width'"))]
    given = evidence(trips=trips(snapshot(), but=failed), methods=methods(get_build_config=40))
    finding = one("MC307", given)
    assert (finding.subject, finding.line) == ("build_config", 40)
    assert finding.message.endswith("do not build the layer that was saved: KeyError: 'width'")


def test_own_build_config_without_which_the_weights_are_silently_left_out() -> None:
    lost = snapshot(weights={"scale": [1.0, 1.0]}, inference=OTHER)
    own = methods(get_build_config=40)
    held = evidence(trips=trips(snapshot(), but=[trip("keras", "held", lost)]), methods=own)
    assert told(held) == [("MC307", "build_config")]
    assert one("MC307", held).message.endswith("in a subclassed model, its weights are left out")
    both = [trip("keras", form, lost) for form in ("held", "functional")]
    assert told(changed(held, trips=trips(snapshot(), but=both))) == [("MC301", "scale")]


def test_inherited_methods_are_not_suspected() -> None:
    assert found("MC307", FAULTS["MC301"]) == ()
    of_a_base = {name: replace(method, own=False) for name, method in OWN_VARIABLES.items()}
    assert one("MC307", changed(FAULTS["MC307"], methods=of_a_base)).line == 10


def test_own_methods_explain_the_weight() -> None:
    assert told(FAULTS["MC307"]) == [("MC307", "scale")]
    without = changed(FAULTS["MC307"], methods=methods())
    assert told(without) == [("MC301", "scale")]


@pytest.mark.parametrize("kind", ["metric", "state"])
@pytest.mark.parametrize(("harm", "severity"), [(False, Severity.NOTE), (True, Severity.WARNING)])
def test_state_that_is_never_saved(kind: str, harm: bool, severity: Severity) -> None:
    before, after = (_at("total", [value], kind=kind) for value in (4.0, 0.0))
    finding = one("MC308", _weights(before, after, harm=harm))
    assert (finding.subject, finding.severity) == ("total", severity)
    assert "(total)" in finding.message


def test_state_that_changes_a_call_explains_the_outputs() -> None:
    before, after = (_at("states[0]", [value], kind="state") for value in (4.0, 0.0))
    files = [t for t in _weights(before, after, harm=True).trips if t.route != "config"]
    assert told(_weights(before, after, harm=True, trips=tuple(files))) == [("MC308", "states[0]")]


def test_note_on_a_seed_explains_nothing() -> None:
    seeds = [snapshot(weights=_at("seed.state", [7, n], dtype="int64", kind="seed")) for n in (3, 0)]
    after = replace(seeds[1], calls={"inference": OTHER})
    assert told(evidence(after, before=seeds[0])) == [("MC308", "seed.state"), ("MC401", "outputs")]
