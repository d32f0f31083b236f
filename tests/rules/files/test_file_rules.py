"""MC002 to MC004 and MC601 to MC606: what comes before the routes, and what files do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.model.case import Inference, Subject
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.layer_facts import Registration
from maskcheck.model.report import Unproven
from maskcheck.model.value import FunctionValue
from maskcheck.rules.run.no_case import NoCase
from maskcheck.rules.run.too_few_proven import TooFewProven
from maskcheck.specfile.write.suggest import draft_entry
from tests.judging.judging import found, one, place, told
from tests.rules.evidence import (
    SUBJECT,
    broken,
    changed,
    config,
    evidence,
    failure,
    methods,
    snapshot,
    trip,
    trips,
)
from tests.rules.faults import FAULTS, KERAS_GELU, OTHER, OWN_GELU

UNREGISTERED = Registration("gelu", False, "keras.activations.gelu", True)
LAMBDA = "pkg.layers.Scale.<lambda>"


def no_case(subject: Subject, inference: Inference) -> Finding:
    return NoCase().missing(subject, inference.reason, draft_entry(subject.name, inference))


def _failing(*places: tuple[str, str], step: str) -> Evidence:
    failed = [trip(route, form, failure=failure(step, "OSError", "why")) for route, form in places]
    return evidence(trips=trips(snapshot(), but=failed))


def _function(before: object, after: object, name: str = "act", **fields: object) -> Evidence:
    """Return evidence of a function on the layer, with another output."""
    first, second = snapshot({name: before}), snapshot({name: after}, inference=OTHER)
    return evidence(second, before=first, functions={name: UNREGISTERED}, **fields)  # type: ignore[arg-type]


def test_layer_without_a_case_is_told_with_the_entry_to_complete() -> None:
    inference = Inference(None, ("mode",), {"units": 4}, "mode is compared with nothing")
    finding = no_case(SUBJECT, inference)
    assert (finding.rule, finding.name, finding.severity) == ("MC002", "no-case", Severity.ERROR)
    assert (finding.subject, place(finding)) == ("Scale", "pkg/layers.py:10")
    assert "none could be inferred: mode is compared with nothing" in finding.message
    assert finding.hint.splitlines() == [
        "  Scale:",
        "    init: {units: 4, mode: ...}",
        "    input: {shape: [2, ...]}",
    ]


def test_layer_without_required_arguments_needs_an_input_only() -> None:
    finding = no_case(SUBJECT, Inference(None, reason="no input was accepted"))
    assert "no input was accepted" in finding.message
    assert "init" not in finding.hint


@pytest.mark.parametrize(("wanted", "fires"), [(0.0, False), (50.0, False), (51.0, True), (100.0, True)])
def test_share_of_proven_arguments(wanted: float, fires: bool) -> None:
    found = TooFewProven().missing(SUBJECT, ["a", "b"], [Unproven("c", "why"), Unproven("d", "why")], wanted)
    assert bool(found) == fires
    for finding in found:
        assert (finding.rule, finding.subject, finding.hint) == ("MC009", "c, d", "probe: {c: [...]}")
        assert finding.message == f"2 of 4 arguments are proven, {wanted:g} % are asked for: not c, d"
        assert place(finding) == "pkg/layers.py:10"


def test_layer_without_arguments_has_proven_enough() -> None:
    assert TooFewProven().missing(SUBJECT, [], [], 100.0) == ()


@pytest.mark.parametrize(
    ("step", "code", "subject", "message"),
    [
        ("construct", "MC003", "__init__", "__init__ raised ValueError: no"),
        ("prepare", "MC004", "prepare", "a preparation of the spec raised ValueError: no"),
        ("call", "MC004", "call", "the first call raised ValueError: no"),
        ("read", "MC004", "read", "it raises ValueError: no, while the layer is read"),
    ],
)
def test_what_fails_before_the_routes_is_the_only_finding(
    step: str, code: str, subject: str, message: str
) -> None:
    finding = one(code, broken(step))
    assert (finding.subject, finding.message, finding.routes) == (subject, message, ())
    assert told(broken(step)) == [(code, subject)]


def test_place_of_a_failed_call_is_the_last_line_of_the_user() -> None:
    assert place(one("MC004", broken("call", file="pkg/ops.py", line=7))) == "pkg/ops.py:7"
    assert place(one("MC004", broken("call"))) == "pkg/layers.py:18"


def test_save_that_fails_is_told_where_the_layer_saves() -> None:
    given = _failing(("keras", "functional"), ("weights", ""), step="save")
    finding = one("MC601", given)
    assert (finding.routes, finding.message, finding.line) == (
        ("keras", "weights"),
        "saving raises OSError: why",
        22,
    )
    assert one("MC601", changed(given, methods=methods(save_own_variables=30))).line == 30
    assert told(given) == [("MC601", "save")]


def test_load_that_fails_inside_a_model() -> None:
    finding = one("MC602", _failing(("keras", "functional"), step="load"))
    assert (finding.severity, finding.message) == (
        Severity.ERROR,
        "the saved file does not load: OSError: why",
    )


def test_load_that_fails_only_alone_is_a_warning_on_build() -> None:
    given = _failing(("keras", "held"), step="load")
    finding = one("MC602", given)
    assert (finding.severity, finding.subject, finding.line) == (Severity.WARNING, "build", 15)
    assert finding.message.startswith("alone the layer cannot be loaded or copied")
    without_model = changed(given, trips=tuple(t for t in given.trips if t.form != "functional"))
    assert one("MC602", without_model).severity is Severity.ERROR


def test_weights_that_do_not_load_are_an_error_though_the_model_does() -> None:
    assert one("MC602", _failing(("weights", ""), step="load")).severity is Severity.ERROR


def test_load_that_fails_follows_from_a_refused_config() -> None:
    refused = trip("config", "json", failure=failure("from_config"))
    unloaded = [trip("keras", form, failure=failure("load")) for form in ("functional", "held")]
    given = evidence(trips=trips(snapshot(), but=[refused, *unloaded]))
    assert told(given) == [("MC103", "config")]


def test_class_that_is_not_registered() -> None:
    finding = one("MC603", FAULTS["MC603"])
    assert finding.hint == '@keras.saving.register_keras_serializable(package="pkg")'
    assert found("MC603", evidence(registration=None)) == ()


def test_unregistered_class_explains_nothing_else() -> None:
    both = changed(FAULTS["MC101"], registration=Registration("Scale", False))
    assert told(both) == [("MC603", "Scale"), ("MC101", "factor")]


def test_class_that_another_one_shadows() -> None:
    finding = one("MC604", FAULTS["MC604"])
    assert finding.message == "two classes are registered as 'pkg>Scale': loading gives pkg.old.Scale"
    assert (finding.before, finding.after) == ("pkg.layers.Scale", "pkg.old.Scale")


def test_function_that_keras_takes_for_its_own() -> None:
    given = _function(OWN_GELU, KERAS_GELU)
    finding = one("MC604", given)
    assert (finding.subject, finding.routes) == ("gelu", ("config", "keras"))
    assert finding.hint == "@keras.saving.register_keras_serializable() above gelu"
    assert told(given) == [("MC604", "gelu")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OWN_GELU, FunctionValue("pkg.layers.relu")),
        (FunctionValue(LAMBDA, "a1"), FunctionValue(LAMBDA, "b2")),
        (OWN_GELU, "gelu"),
    ],
)
def test_function_that_comes_back_as_something_else_is_no_collision(before: object, after: object) -> None:
    assert found("MC604", _function(before, after)) == ()


def test_registered_function_is_no_collision() -> None:
    registered = {"act": Registration("pkg>gelu", True)}
    assert found("MC604", changed(_function(OWN_GELU, KERAS_GELU), functions=registered)) == ()


def test_unsafe_trip_is_told_once_for_its_routes() -> None:
    finding = one("MC606", FAULTS["MC606"])
    assert (finding.severity, finding.routes) == (Severity.WARNING, ("config", "keras"))
    assert "safe_mode=False" in finding.message


def test_the_key_that_holds_a_lambda_is_named() -> None:
    written = {"name": "x", "steps": [{"class_name": "__lambda__", "config": {"value": []}}]}
    unsafe = changed(FAULTS["MC606"], config=replace(config(), written=written))
    assert one("MC606", unsafe).subject == "steps"
