"""Sub-layers, models, lambdas and calls: what the modes of ``fixtures/modes`` on parts taught the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maskcheck.model.evidence import Evidence, Trip
from maskcheck.model.finding import Severity
from maskcheck.model.snapshot import CallResult, LayerState
from maskcheck.model.value import ABSENT, FunctionValue, ReferenceValue
from tests.judging.judging import found, one, told
from tests.rules.evidence import (
    CONFIG,
    argument,
    changed,
    config,
    evidence,
    failure,
    layer,
    snapshot,
    trip,
    trips,
    value,
)
from tests.rules.faults import OTHER

DENSE = ReferenceValue("layer", "keras.Dense")
GIVEN = replace(argument("inner", None, None), given=DENSE)
NO_INNER = {key: item for key, item in CONFIG.items() if key != "factor"}


def _with_dense(activation: str, **fields: object) -> object:
    inner = layer("inner", {"activation": activation})
    return snapshot({"inner": ReferenceValue("layer", "inner")}, layers=[inner], **fields)  # type: ignore[arg-type]


def test_layer_that_no_config_writes_is_the_argument_that_is_missing() -> None:
    fields = {"arguments": (GIVEN,), "config": config(NO_INNER), "rebuilt": {**NO_INNER, "inner": None}}
    lost = evidence(_with_dense("linear", inference=OTHER), before=_with_dense("tanh"), **fields)  # type: ignore[arg-type]
    assert told(lost) == [("MC101", "inner")]
    kept = evidence(_with_dense("tanh"), before=_with_dense("tanh"), **fields)  # type: ignore[arg-type]
    assert told(kept) == []


def _blind(**fields: object) -> Evidence:
    """Return evidence of a Model of which Keras recorded the default."""
    default = {**CONFIG, "factor": 1.0}
    after = snapshot({"factor": 1.0}, inference=OTHER)
    return evidence(after, rebuilt=default, config=config(default), **fields)  # type: ignore[arg-type]


def test_argument_that_keras_does_not_see_is_missing_rather_than_altered() -> None:
    assert told(_blind()) == [("MC102", "factor")]
    assert told(_blind(arguments_unseen=True)) == [("MC101", "factor")]
    finding = one("MC101", _blind(arguments_unseen=True))
    assert "what a Model is given Keras does not see" in finding.message
    assert ('-  "factor": 2.0' in finding.diff, '+  "factor": 1.0' in finding.diff) == (True, True)


def test_argument_without_a_default_that_keras_does_not_see() -> None:
    refused = config(failure=failure("get_config", "NotImplementedError", "non-serializable"))
    needed = (argument("gain", 2.0), argument("units", 3, 1))
    unseen = evidence(arguments=needed, config=refused, arguments_unseen=True, trips=())
    lost = changed(unseen, trips=(trip("config", "json", failure=refused.failure),))
    assert (one("MC106", lost).subject, "Keras does not see" in one("MC106", lost).message) == ("gain", True)
    seen = one("MC106", changed(lost, arguments_unseen=False))
    assert (seen.subject, seen.message) == (
        "config",
        "get_config fails: NotImplementedError: non-serializable",
    )


def _refused(message: str, **fields: object) -> Evidence:
    failed = failure("from_config", "TypeError", message)
    return evidence(trips=(Trip("config", "json", failure=failed),), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("message", "subject", "words"),
    [
        ("'TrackedDict' object has no attribute 'built'", "inner", "inner comes back as the dict"),
        ("Step.__init__() missing 1 required positional argument: 'step'", "step", "a Step in it is made"),
        ("You cannot add new elements of state (..) to a layer that is already built", "built", "builds it"),
        ("Unable to revive model from config. When", "inputs, outputs", "the config has no graph"),
    ],
)
def test_refusals_of_parts(message: str, subject: str, words: str) -> None:
    finding = one("MC103", _refused(message, arguments=(GIVEN,), accepted=frozenset({"inner"})))
    assert (finding.subject, words in finding.message) == (subject, True)


def test_layer_that_takes_no_more_weights() -> None:
    closed = failure("from_config", "ValueError", "None")
    finding = one("MC103", evidence(trips=(trip("config", "json", failure=closed),), arguments=(GIVEN,)))
    assert (finding.subject, "enabled LoRA" in finding.message) == ("build", True)


def test_argument_of_the_layer_itself_is_no_part_of_it() -> None:
    missing = "Scale.__init__() missing 1 required positional argument: 'factor'"
    finding = one("MC103", _refused(missing, accepted=frozenset({"factor"})))
    assert finding.message == "the required argument factor is not in the config"


def test_attributes_and_flags_of_one_sub_layer_are_one_finding() -> None:
    before, after = (
        snapshot(layers=[layer("dense", {"mode": mode}, dtype_policy=policy), layer("last")])
        for mode, policy in (("int8", "int8_from_float32"), (None, "float32"))
    )
    assert one("MC204", evidence(after, before=before)).subject == "dense.mode, dense.dtype_policy"


def test_lambda_that_lacks_a_name_is_told_by_its_argument() -> None:
    nameless = failure("call", "NameError", "name 'FACTOR' is not defined")
    unshaped = failure("load", "NotImplementedError", "no shape")
    written = {**CONFIG, "function": {"class_name": "__lambda__", "config": {}}}
    broken = snapshot(inference=CallResult(error=nameless.error))
    ways = (
        trip("config", "json", broken, failure=nameless, unsafe=True, rebuilt=CONFIG),
        trip("keras", "functional", failure=unshaped, unsafe=True),
    )
    lost = evidence(trips=ways, config=config(written))
    assert [entry for entry in told(lost) if entry[0] != "MC606"] == [("MC602", "function")]
    assert "name 'FACTOR' is not defined" in one("MC602", lost).message


def _graph(steps: object, inference: CallResult | None = None) -> Evidence:
    """Return evidence of a functional model that holds ``steps`` of a call."""
    before, after = (
        replace(
            snapshot(weights={}, inference=result),
            layers={"": LayerState("", "pkg.layers.Scale", {}, {"call(steps)": value(each)})},
        )
        for each, result in (((2, 5), None), (steps, inference))
    )
    return evidence(trips=(*trips(snapshot()), trip("keras", "graph", after, before=before)))


def test_what_a_call_was_given_drifts_only_if_it_matters() -> None:
    assert told(_graph([2, 5])) == []
    assert told(_graph((2, 5), inference=OTHER)) == [("MC401", "outputs")]
    drifted = _graph([2, 5], inference=OTHER)
    assert told(drifted) == [("MC107", "call(steps)")]
    assert one("MC107", drifted).hint == ""


def test_class_of_a_layer_in_the_config_that_is_not_registered() -> None:
    part = {"module": "pkg.parts", "class_name": "Part", "registered_name": "Part", "config": {}}
    known = {**part, "class_name": "Known", "registered_name": "pkg>Known"}
    keras: dict[str, Any] = {
        "module": "keras.layers",
        "class_name": "Dense",
        "registered_name": None,
        "config": {},
    }
    function = {"module": "builtins", "class_name": "function", "registered_name": "function"}
    held = evidence(config=config({**CONFIG, "inner": [part, known, keras, function]}))
    finding = one("MC603", held)
    assert (finding.subject, finding.severity) == ("Part", Severity.WARNING)


@pytest.mark.parametrize(("harm", "codes"), [(False, []), (True, ["MC102"])])
def test_function_that_comes_back_under_its_name_is_no_other_argument(harm: bool, codes: list[str]) -> None:
    own, keras = FunctionValue("tf.relu", "1"), FunctionValue("keras.relu", "2")
    act = replace(argument("act", None, ABSENT), given=own)
    before, after = snapshot({"act": own}), snapshot({"act": keras}, inference=OTHER if harm else None)
    fields = {"arguments": (act,), "rebuilt": {"act": keras}, "config": config({"act": own})}
    lost = evidence(after, before=before, **fields)  # type: ignore[arg-type]
    assert [finding.rule for finding in found("MC102", lost)] == codes
