"""MC201 to MC204 beyond their plainest fault."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Severity, Status
from maskcheck.model.value import ABSENT, FunctionValue, ObjectValue, ReferenceValue
from tests.judging.judging import found, one, statuses, told
from tests.rules.evidence import WEIGHTS, argument, changed, evidence, layer, methods, snapshot, trip, trips
from tests.rules.faults import KERAS_GELU, OTHER, OWN_GELU


def _state(
    before: object, after: object, *, harm: bool = False, name: str = "state", **fields: object
) -> Evidence:
    """Return evidence of one attribute, with or without another output."""
    first = snapshot({name: before})
    second = snapshot({name: after}, inference=OTHER) if harm else snapshot({name: after})
    return evidence(second, before=first, **fields)  # type: ignore[arg-type]


def test_attribute_that_no_call_heeds_is_a_warning() -> None:
    finding = one("MC201", _state(3.5, 0.0))
    assert (finding.severity, finding.before, finding.after) == (Severity.WARNING, "3.5", "0.0")
    assert finding.message == "state is not what it was: nothing in the config or the file holds it"


def test_attribute_that_an_argument_feeds_is_an_error() -> None:
    fed = _state(3.5, 0.0, arguments=(argument("start", 3.5, 0.0, "state"),), rebuilt={"start": 3.5})
    finding = one("MC201", fed)
    assert finding.severity is Severity.ERROR
    assert finding.message == "state is not what it was, though start came back"


def test_private_attribute_counts_once_a_call_differs() -> None:
    assert found("MC201", _state(1, 2, name="_state")) == ()
    assert one("MC201", _state(1, 2, name="_state", harm=True)).severity is Severity.ERROR


def test_attribute_that_only_loading_adds_is_none() -> None:
    assert found("MC201", _state(ABSENT, 1)) == ()
    assert one("MC201", _state(1, ABSENT)).after == "nothing"


@pytest.mark.parametrize(("harm", "subjects"), [(False, []), (True, ["state"])])
def test_counter_counts_once_a_call_differs(harm: bool, subjects: list[str]) -> None:
    counter = _state(1, 2, harm=harm, counters=frozenset({"state"}))
    assert [finding.subject for finding in found("MC201", counter)] == subjects


@pytest.mark.parametrize(("cause", "subjects"), [("kernel", []), ("state", ["state"])])
def test_counter_and_private_attribute_are_no_root_where_another_cause_is_known(
    cause: str, subjects: list[str]
) -> None:
    counter = _state(1, 2, harm=True, counters=frozenset({"state"}))
    known = changed(counter, trips=tuple(replace(trip, cause=(cause,)) for trip in counter.trips))
    assert [finding.subject for finding in found("MC201", known)] == subjects
    private = _state(1, 2, harm=True, name="_state")
    known = changed(private, trips=tuple(replace(trip, cause=(f"_{cause}",)) for trip in private.trips))
    assert [finding.subject for finding in found("MC201", known)] == [f"_{name}" for name in subjects]


def test_random_attribute_is_left_to_its_own_rule() -> None:
    drawn = _state(1, 2, harm=True, built_again=snapshot({"state": 3}))
    assert found("MC201", drawn) == ()
    assert told(drawn) == [("MC202", "state")]


def test_function_that_comes_back_under_its_name_is_the_same_until_a_call_differs() -> None:
    assert found("MC201", _state(OWN_GELU, KERAS_GELU)) == ()
    assert one("MC201", _state(OWN_GELU, KERAS_GELU, harm=True)).severity is Severity.ERROR
    for other in (FunctionValue("keras.relu"), "gelu", None):
        assert one("MC201", _state(OWN_GELU, other)).severity is Severity.WARNING


def test_sub_layer_in_an_attribute_is_left_to_its_own_rule() -> None:
    assert found("MC201", _state(ReferenceValue("layer", "dense"), None, harm=True)) == ()


def test_attribute_is_judged_by_files_alone() -> None:
    assert statuses("MC201", _state(1, 2)) == {"keras": Status.FAILED}


def test_input_spec_set_from_outside() -> None:
    spec = ObjectValue("keras.InputSpec")
    finding = one("MC201", evidence(snapshot(), before=snapshot(input_spec=spec)))
    assert (finding.subject, finding.severity, finding.line) == ("input_spec", Severity.WARNING, 12)


def test_random_attribute_without_influence_is_a_warning() -> None:
    drawn = _state(1, 2, built_again=snapshot({"state": 3}))
    assert told(drawn) == [("MC007", "state")]
    assert (
        one("MC007", drawn).message == "state differs whenever the layer is built, so it cannot be compared"
    )


def test_random_attribute_says_what_to_write() -> None:
    finding = one("MC202", _state(1, 2, harm=True, built_again=snapshot({"state": 3})))
    assert (finding.hint, finding.line) == (
        "make state a weight: self.add_weight(..., trainable=False)",
        15,
    )


def test_random_attribute_is_not_the_reason_where_a_file_brings_all_back() -> None:
    before, bare = snapshot({"state": 1}), snapshot({"state": 2}, inference=OTHER)
    saved = [trip("keras", form, snapshot({"state": 2})) for form in ("functional", "held")]
    weights = evidence(before=before, trips=trips(bare, but=saved), built_again=snapshot({"state": 3}))
    assert found("MC202", weights) == ()


def test_counter_is_no_random_attribute() -> None:
    counted = _state(1, 2, harm=True, built_again=snapshot({"state": 3}), counters=frozenset({"state"}))
    assert found("MC202", counted) == ()


def test_one_object_that_comes_back_as_two() -> None:
    parts = [layer("inner"), layer("outer")]
    parted = evidence(snapshot(layers=parts), before=snapshot(layers=parts, aliases=[("outer", "inner")]))
    finding = one("MC203", parted)
    assert (finding.subject, finding.routes) == ("inner, outer", ("config", "keras"))
    assert finding.severity is Severity.ERROR
    assert finding.message == "inner, outer were one object and come back as several"


def test_sharing_that_only_the_config_loses_is_a_warning_and_the_reason_of_more() -> None:
    tied = snapshot(layers=[layer("inner")], aliases=[("outer", "inner")])
    parted = snapshot(layers=[layer("inner"), layer("outer")], weights={**WEIGHTS, "outer.kernel": [1.0]})
    files = [trip("keras", form, tied) for form in ("functional", "held")]
    found_ = evidence(before=tied, trips=trips(parted, but=[*files, trip("weights", "", tied)]))
    assert one("MC203", found_).severity is Severity.WARNING
    assert told(found_) == [("MC203", "inner, outer")]


def test_sharing_with_the_original_is_seen_on_every_route() -> None:
    shared = [trip("keras", "held", snapshot(), shared=("inner",))]
    finding = one("MC203", evidence(trips=trips(snapshot(), but=shared)))
    assert (finding.routes, finding.subject) == (("keras",), "inner")


@pytest.mark.parametrize(
    ("before", "after", "subject", "message"),
    [
        (["dense"], [], "dense", "the sub-layer dense is gone"),
        ([], ["extra"], "extra", "the sub-layer extra is new"),
    ],
)
def test_presence_of_sub_layers(before: list[str], after: list[str], subject: str, message: str) -> None:
    first, second = (snapshot(layers=[layer(path) for path in paths]) for paths in (before, after))
    finding = one("MC204", evidence(second, before=first))
    assert (finding.subject, finding.message) == (subject, message)


def test_flags_of_sub_layers() -> None:
    first, second = (snapshot(layers=[layer("dense", input_spec=spec)]) for spec in ("(5,)", "(6,)"))
    finding = one("MC204", evidence(second, before=first))
    assert (finding.subject, finding.before, finding.after) == ("dense.input_spec", "'(5,)'", "'(6,)'")


@pytest.mark.parametrize("flag", ["trainable", "supports_masking", "autocast"])
def test_flags_with_a_rule_of_their_own(flag: str) -> None:
    flags: list[dict[str, Any]] = [{flag: True}, {flag: False}]
    first, second = (snapshot(layers=[layer("dense", **given)]) for given in flags)
    assert found("MC204", evidence(second, before=first)) == ()


def test_counters_and_random_attributes_of_sub_layers() -> None:
    before, after, control = (snapshot(layers=[layer("dense", {"n": n})]) for n in (1, 2, 3))
    assert one("MC204", evidence(after, before=before)).subject == "dense.n"
    assert found("MC204", evidence(after, before=before, counters=frozenset({"dense.n"}))) == ()
    assert found("MC204", evidence(after, before=before, built_again=control)) == ()


def test_what_changed_in_one_sub_layer_is_one_finding() -> None:
    before, after = (
        snapshot(layers=[layer("dense", {"n": n, "twice": 2 * n}), layer("last")]) for n in (1, 2)
    )
    assert one("MC204", evidence(after, before=before)).subject == "dense.n, dense.twice"


def test_what_keras_loses_of_a_sub_layer_stands_apart() -> None:
    before, after = (snapshot(layers=[layer("rnn", {"seed": n, "mark": n})]) for n in (1, 2))
    lost = evidence(after, before=before, lost_by_keras={"rnn.seed": "SimpleRNN.seed"})
    assert one("MC204", lost).subject == "rnn.mark"


def test_an_attribute_that_a_sub_layer_lacks_is_not_a_sub_layer() -> None:
    before, after = (snapshot(layers=[layer("rnn", held)]) for held in ({"mark": 1}, {}))
    assert one("MC204", evidence(after, before=before)).message.startswith("rnn.mark comes back otherwise")


def test_half_a_pair_of_assets_explains_a_lost_attribute() -> None:
    half = changed(_state(1, 2), methods=methods(save_assets=40))
    assert told(half) == [("MC307", "state")]
    finding = one("MC307", half)
    assert (finding.message, finding.line) == (
        "state does not come back: the class has save_assets and no load_assets",
        40,
    )
    assert told(changed(half, methods=methods(save_assets=40, load_assets=43))) == [("MC201", "state")]


def test_half_a_pair_of_assets_on_a_sub_layer_names_what_is_lacking() -> None:
    before, after = (snapshot(layers=[layer("dense", {"n": n})]) for n in (1, 2))
    finding = one("MC307", evidence(after, before=before, methods=methods(load_assets=40)))
    assert finding.subject == "save_assets"


def test_assets_are_judged_by_the_file_that_has_them() -> None:
    kept = [trip("keras", form, snapshot({"state": 1})) for form in ("functional", "held")]
    given = evidence(
        before=snapshot({"state": 1}),
        trips=trips(snapshot({"state": 2}), but=kept),
        methods=methods(save_assets=40),
    )
    assert found("MC307", given) == ()
