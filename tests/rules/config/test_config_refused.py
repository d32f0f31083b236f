"""MC103, MC106 and MC108: configs that cannot be read or written, and what asking for them does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maskcheck.error_texts.read import read_error
from maskcheck.model.evidence import ConfigEvidence, Evidence
from maskcheck.model.finding import Severity, Status
from maskcheck.model.value import FunctionValue, ReferenceValue
from maskcheck.rules.base.config_refusals import explain
from tests.judging.judging import found, one, statuses
from tests.rules.evidence import argument, changed, config, evidence, failure, methods, snapshot, trip, trips
from tests.rules.faults import FAULTS, OTHER


def _refused(*forms: str, kind: str = "ValueError", message: str = "no") -> Evidence:
    failed = failure("from_config", kind, message)
    return evidence(trips=trips(snapshot(), but=[trip("config", form, failure=failed) for form in forms]))


@pytest.mark.parametrize(
    ("message", "subject", "meaning"),
    [
        (
            "Scale.__init__() missing 1 required positional argument: 'units'",
            "units",
            "the required argument units is not in the config",
        ),
        (
            "Scale.__init__() missing 1 required keyword-only argument: 'units'",
            "units",
            "the required argument units is not in the config",
        ),
        (
            "Scale.__init__() got an unexpected keyword argument 'name'",
            "name",
            "the config has name, which __init__ does not take",
        ),
        (
            "Dense.__init__() got multiple values for keyword argument 'units'",
            "units",
            "units is fixed in __init__ and comes again from the config",
        ),
        (
            "Unrecognized keyword arguments passed to Scale: {'n_units': 4}",
            "n_units",
            "the config has n_units, which no constructor takes",
        ),
        (
            "Could not locate class 'pkg>Mine'. Make sure ...",
            "Mine",
            "Mine is not registered, so Keras cannot find it when loading",
        ),
    ],
)
def test_refusal_in_plain_words(message: str, subject: str, meaning: str) -> None:
    finding = one("MC103", _refused("json", kind="TypeError", message=message))
    assert (finding.subject, finding.message) == (subject, meaning)
    assert finding.hint != ""


def test_innermost_cause_is_explained_first() -> None:
    cause = "__init__() got an unexpected keyword argument 'dtype'"
    assert explain(read_error("TypeError", "could not be deserialized", cause=cause))[0] == ("dtype",)
    assert explain(read_error("TypeError", "something else")) == ((), "", "")


def test_the_argument_that_a_refusal_speaks_of_is_named() -> None:
    size, strides, finish = (
        argument("size", 3),
        argument("strides", 2, 1),
        argument("finish", FunctionValue("pkg.bent")),
    )
    written = config({"size": [3, 3], "finish": "bent"})
    given = {"arguments": (size, finish, strides), "config": written}
    lacking = changed(_refused("json", message="`size` is less than `strides`"), **given)
    unknown = changed(_refused("json", message="unknown function: bent"), **given)
    assert one("MC103", lacking).subject == "strides"
    assert one("MC103", unknown).subject == "finish"
    quoting = "unknown function: bent, in config={'size': [3, 3], 'finish': 'bent'}"
    assert one("MC103", changed(_refused("json", message=quoting), **given)).subject == "finish"
    quoting = "no such way, in config={'size': [3, 3], 'finish': 'bent'}"
    failed = failure("from_config", "TypeError", quoting, cause="`strides` must be odd")
    quoted = changed(evidence(trips=trips(snapshot(), but=[trip("config", "json", failure=failed)])), **given)
    assert one("MC103", quoted).subject == "strides"


def test_unknown_refusal_quotes_the_error_and_names_the_odd_argument() -> None:
    finding = one("MC103", _refused("json", kind="KeyError", message="'inner'"))
    assert (finding.subject, finding.message) == (
        "config",
        "from_config refuses the config: KeyError: 'inner'",
    )
    odd = changed(_refused("json"), arguments=(argument("mode", "sum"),), config=config({"mode": 3}))
    assert one("MC103", odd).subject == "mode"


def test_plain_way_is_told_only_where_the_way_through_json_succeeds() -> None:
    assert one("MC103", _refused("plain")).message.startswith("from_config(get_config()) refuses the config")
    finding = one("MC103", _refused("json", "plain"))
    assert finding.message.startswith("from_config refuses the config")


def test_the_key_that_the_failing_statement_looks_up_is_the_subject() -> None:
    def refused(*keys: str) -> Evidence:
        failed = failure("from_config", keys=keys)
        forms = [trip("config", form, failure=failed) for form in ("json", "plain")]
        return evidence(trips=trips(snapshot(), but=forms))

    assert one("MC103", refused("name")).subject == "name"
    assert one("MC103", refused("name", "low")).subject == "name"
    assert one("MC103", refused("low")).subject == "config"
    assert one("MC103", refused("name", "factor")).subject == "config"


def test_config_that_cannot_be_serialized() -> None:
    unwritten = [trip("config", "json", failure=failure("serialize", "TypeError", "a set"))]
    finding = one("MC106", evidence(trips=trips(snapshot(), but=unwritten)))
    assert finding.message == "writing the config to JSON fails: TypeError: a set"
    assert finding.hint.startswith("return a dict of")


def test_get_config_that_raises_is_told_rather_than_what_follows() -> None:
    unwritten = [trip("config", "json", failure=failure("serialize"))]
    both = changed(FAULTS["MC106"], trips=trips(snapshot(), but=unwritten))
    assert one("MC106", both).message == "get_config fails: KeyError: 'factor'"


def test_subject_is_the_argument_that_json_has_no_form_for() -> None:
    table, act = argument("table", np.array([1])), argument("act", FunctionValue("pkg.gelu"))
    assert one("MC106", changed(FAULTS["MC106"], arguments=(argument("n", 1), table))).subject == "table"
    assert one("MC106", changed(FAULTS["MC106"], arguments=(act, table))).subject == "config"
    layer = argument("inner", ReferenceValue("layer", "inner"))
    assert one("MC106", changed(FAULTS["MC106"], arguments=(layer,))).subject == "config"


def test_keys_that_cannot_be_written_are_the_subject_rather_than_an_argument() -> None:
    unwritten = ConfigEvidence(failure=failure("serialize"), unwritable=("marks", "kind"))
    broken = evidence(config=unwritten, arguments=(argument("table", np.array([1])),))
    assert one("MC106", broken).subject == "marks, kind"


def test_class_without_get_config_is_told_to_define_one() -> None:
    inherited = replace(methods()["get_config"], own=False, builtin=True)
    finding = one("MC106", changed(FAULTS["MC106"], methods={"get_config": inherited}))
    assert finding.hint.startswith("define get_config and from_config")


def test_config_that_failed_blocks_what_needs_it() -> None:
    nothing = [trip(route, form, failure=failure("get_config")) for route, form in (("config", "json"),)]
    blocked = statuses("MC101", changed(FAULTS["MC106"], trips=tuple(nothing)))
    assert blocked == {"config": Status.BLOCKED, "keras": Status.SKIPPED, "weights": Status.SKIPPED}


@pytest.mark.parametrize(
    ("fields", "subject", "message"),
    [
        ({"mutates": ("count", "_cache")}, "count", "get_config changes count"),
        ({"varies": ("stamp",)}, "stamp", "get_config gives another stamp at every call"),
        (
            {"aliased": ("shares", "names")},
            "shares, names",
            "get_config hands out the layer's own shares, names",
        ),
    ],
)
def test_impure_get_config(fields: dict[str, Any], subject: str, message: str) -> None:
    finding = one("MC108", evidence(config=config(**fields)))
    severity = Severity.NOTE if "aliased" in fields else Severity.WARNING
    assert (finding.subject, finding.severity, finding.line) == (subject, severity, 22)
    assert finding.message.startswith(message)


def test_varying_config_is_an_error_where_it_is_why_the_outputs_differ() -> None:
    felt = trips(snapshot({"factor": 2.1}, inference=OTHER), cause=("factor",))
    finding = one("MC108", evidence(config=config(varies=("factor",)), trips=felt))
    assert (finding.subject, finding.severity) == ("factor", Severity.ERROR)


def test_cache_that_get_config_fills_is_its_own_business() -> None:
    assert found("MC108", evidence(config=config(mutates=("_cache",)))) == ()


def test_key_that_changes_on_a_second_trip() -> None:
    drifting = [trip("config", "json", snapshot(), drifting_keys=("scale", "bias"))]
    finding = one("MC108", evidence(trips=trips(snapshot(), but=drifting)))
    assert (finding.subject, finding.severity) == ("scale, bias", Severity.WARNING)
    assert finding.message == "scale, bias survives one trip and changes on the second"


def test_from_config_that_empties_its_argument() -> None:
    consumed = evidence(config=config(consumed=("units",)), methods=methods(from_config=30))
    finding = one("MC108", consumed)
    assert (finding.subject, finding.line, finding.hint) == ("units", 30, "config = dict(config)")
    assert found("MC108", changed(consumed, methods=methods())) == ()


@pytest.mark.parametrize("fields", [{"mutates": ("_table",)}, {"aliased": ("_table",)}])
def test_layer_damaged_by_its_config_is_an_error(fields: dict[str, Any]) -> None:
    inherited = {"get_config": replace(methods()["get_config"], own=False, builtin=True)}
    finding = one("MC108", evidence(config=config(**fields), damaged=True, methods=inherited))
    assert (finding.severity, finding.subject) == (Severity.ERROR, "_table")
    assert "asking for the config changes the layer" in finding.message


def test_damage_without_an_impure_config_is_not_the_config_s() -> None:
    assert found("MC108", evidence(config=ConfigEvidence(), damaged=True)) == ()
