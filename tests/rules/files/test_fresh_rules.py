"""MC602 to MC605 on what a new process made of the file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maskcheck.error_texts.read import read_error
from maskcheck.judging.judge import judge
from maskcheck.model.error import ErrorInfo
from maskcheck.model.evidence import Evidence, Failure, Setting
from maskcheck.model.finding import Severity, Status
from maskcheck.model.layer_facts import Chance, Registration
from maskcheck.model.snapshot import Snapshot
from maskcheck.rules.registry import RULES
from tests.judging.judging import found, one, place, routes_of, statuses, told
from tests.rules.evidence import (
    SUBJECT,
    call,
    changed,
    elsewhere,
    evidence,
    failure,
    layer,
    snapshot,
    trip,
    trips,
    weight,
)
from tests.rules.faults import FAULTS, OTHER

UNKNOWN = "Could not locate class 'Inner'. Make sure custom classes and functions are decorated."
POLICY = Setting("global dtype policy", "mixed_float16", "float32")
FORMAT = Setting("image data format", "channels_first", "channels_last")
HALF = snapshot(layers=[layer("dense", dtype_policy="mixed_float16")])
FULL = snapshot(layers=[layer("dense")], inference=OTHER)


def _differing(there: Snapshot, here: Snapshot, **fields: Any) -> Evidence:
    """Return evidence of a layer of which a new process makes ``there`` and all else ``here``."""
    return evidence(before=here, trips=trips(here, but=[elsewhere(there, here, **fields)]))


def _unloaded(message: str, kind: str = "TypeError") -> Evidence:
    gone = elsewhere(None, failure=Failure("load", read_error(kind, message)))
    return evidence(trips=trips(snapshot(), but=[gone]))


def test_attribute_is_told_whole_with_what_follows() -> None:
    finding = one("MC605", FAULTS["MC605"])
    assert (finding.before, finding.after) == ("['a', 'b']", "['b', 'a']")
    assert finding.message == "order is another when a new process loads the same file"
    (judged,) = judge(FAULTS["MC605"], RULES, routes_of(FAULTS["MC605"])).findings
    assert any(
        sentence.startswith("output-changed: the inference outputs") for sentence in judged.consequences
    )


@pytest.mark.parametrize(
    ("setting", "hint"), [(POLICY, "dtype=self.dtype_policy"), (FORMAT, "make the data format an argument")]
)
def test_settings_of_the_process_are_named(setting: Setting, hint: str) -> None:
    finding = one("MC605", _differing(FULL, HALF, settings=(setting,)))
    assert finding.subject == "dense.dtype_policy"
    assert f"there the {setting.name} is {setting.there}, here {setting.here}" in finding.message
    assert hint in finding.hint
    assert finding.severity is Severity.ERROR


def test_setting_that_the_import_makes_is_a_warning() -> None:
    finding = one("MC605", _differing(FULL, HALF, settings=(replace(POLICY, imported=True),)))
    assert finding.severity is Severity.WARNING
    assert "the import of the module sets it" in finding.message


def test_attribute_that_changes_nothing_is_a_warning() -> None:
    finding = one("MC605", _differing(snapshot({"order": 1}), snapshot({"order": 0})))
    assert finding.severity is Severity.WARNING


def test_private_attribute_that_changes_nothing_is_passed_over() -> None:
    assert found("MC605", _differing(snapshot({"_pid": 1}), snapshot({"_pid": 0}))) == ()


def test_private_attribute_explains_other_outputs() -> None:
    given = _differing(snapshot({"_order": 1}, inference=OTHER), snapshot({"_order": 0}))
    assert one("MC605", given).subject == "_order"


def test_outputs_are_told_where_nothing_on_the_layer_differs() -> None:
    finding = one("MC605", _differing(snapshot(inference=OTHER), snapshot()))
    assert (finding.subject, finding.before, finding.after) == ("outputs", "", "")
    assert "the inference outputs differ in" in finding.message
    assert "keep it on the layer" in finding.hint


@pytest.mark.parametrize(
    "after", [{}, {"scale": weight("scale", [0.5, 1.5], trainable=False)}, {"scale": [0.0, 0.0]}]
)
def test_weight_that_is_another(after: dict[str, object]) -> None:
    finding = one("MC605", _differing(snapshot(weights=after), snapshot()))
    assert (finding.subject, finding.severity) == ("scale", Severity.ERROR)
    assert finding.before != finding.after


def test_cause_that_the_source_shows() -> None:
    chance = Chance("build", "pkg/layers.py", 16, "iterates over a set", "order", ("build",), ("order",))
    finding = one("MC605", changed(FAULTS["MC605"], chances=(chance,)))
    assert "build() iterates over a set" in finding.message
    assert (place(finding), finding.hint) == ("pkg/layers.py:16", "iterate over sorted(...) instead of a set")


def test_cause_of_the_attribute_itself_counts_more_than_settings() -> None:
    chance = Chance("build", "pkg/layers.py", 16, "iterates over a set", "order", ("build",), ("order",))
    given = _differing(
        snapshot({"order": 1, "size": 1}), snapshot({"order": 0, "size": 0}), settings=(FORMAT,)
    )
    finding = one("MC605", changed(given, chances=(chance,)))
    assert "build() iterates over a set" in finding.message
    assert FORMAT.name not in finding.message
    other = one("MC605", changed(given, chances=(replace(chance, attributes=("other",)),)))
    assert FORMAT.name in other.message


def test_what_differs_from_itself_is_passed_over() -> None:
    given = changed(
        FAULTS["MC605"], built_again=snapshot({"order": ["c"]}), unstable_modes=frozenset({"inference"})
    )
    assert found("MC605", given) == ()


def test_outputs_that_are_others_each_time_are_not_the_process_doing() -> None:
    again = snapshot(inference=call((5.0, 5.0)))
    assert (
        found("MC605", evidence(trips=trips(snapshot(), but=[elsewhere(snapshot(inference=OTHER), again)])))
        == ()
    )


def test_what_differs_here_too_is_told_once_with_both_routes() -> None:
    lost = snapshot({"factor": 1.0}, inference=OTHER)
    given = changed(FAULTS["MC101"], trips=(*FAULTS["MC101"].trips, elsewhere(lost, lost)))
    (finding,) = judge(given, RULES, routes_of(given)).findings
    assert (finding.rule, finding.subject) == ("MC101", "factor")
    assert finding.routes == ("config", "keras", "weights", "fresh")


def test_fault_of_the_file_keeps_its_finding_beside_one_of_the_process() -> None:
    here = snapshot({"factor": 1.0, "order": 0}, inference=OTHER)
    there = snapshot({"factor": 1.0, "order": 1}, inference=call((5.0, 5.0)))
    given = changed(FAULTS["MC101"], trips=(*FAULTS["MC101"].trips, elsewhere(there, here)))
    assert sorted(told(given)) == [("MC101", "factor"), ("MC605", "order")]


def test_other_checks_on_the_route_are_blocked() -> None:
    checks = judge(FAULTS["MC605"], RULES, routes_of(FAULTS["MC605"])).checks
    here = {check.rule: check.status for check in checks if check.route == "fresh"}
    assert here["MC605"] is Status.FAILED
    assert here["MC401"] is Status.BLOCKED
    assert here["MC301"] is Status.PASSED


def test_class_that_only_this_process_knows() -> None:
    given = _unloaded(UNKNOWN)
    finding = one("MC603", given)
    assert (finding.subject, finding.severity, finding.routes) == ("Inner", Severity.ERROR, ("fresh",))
    assert finding.message.startswith("importing pkg.layers does not make Inner known to Keras")
    assert told(given) == [("MC603", "Inner")]


def test_file_that_does_not_load_anywhere_is_not_a_matter_of_registration() -> None:
    failed = [
        trip("keras", form, failure=failure("load", "TypeError", UNKNOWN)) for form in ("functional", "held")
    ]
    there = replace(elsewhere(None, failure=failure("load", "TypeError", UNKNOWN)), elsewhere=None)
    given = evidence(trips=trips(snapshot(), but=[*failed, there]))
    assert found("MC603", given) == ()
    assert one("MC602", given).routes == ("keras", "fresh")


def test_process_that_is_lost_is_a_file_that_does_not_load() -> None:
    given = _unloaded("the other process died while loading the file", "ProcessLost")
    assert told(given) == [("MC602", "load")]
    assert one("MC602", given).message == (
        "the saved file does not load in a new process, though it does here: "
        "ProcessLost: the other process died while loading the file"
    )


def test_unregistered_class_is_told_with_the_words_of_a_process_that_does_not_know_it() -> None:
    bare = read_error("TypeError", "Could not locate class 'Scale'. Make sure it is decorated.")
    given = evidence(
        registration=Registration("Scale", False, "keras.layers.Scale"),
        trips=trips(snapshot(), but=[elsewhere(snapshot(), bare=bare)]),
    )
    finding = one("MC603", given)
    assert "(an .h5 file then loads as keras.layers.Scale)" in finding.message
    assert finding.message.endswith("says TypeError: Could not locate class 'Scale'")


def test_process_that_knows_nothing_and_loads_the_file_as_something_else() -> None:
    given = evidence(trips=trips(snapshot(), but=[elsewhere(snapshot(), bare="keras.layers.Scale")]))
    finding = one("MC604", given)
    assert (finding.subject, finding.after) == (SUBJECT.name, "keras.layers.Scale")
    assert "a process that has not imported pkg.layers loads the file as" in finding.message


@pytest.mark.parametrize("bare", [None, "pkg.layers.Scale", read_error("TypeError", UNKNOWN)])
def test_process_that_loads_nothing_or_the_class_itself_is_fine(bare: ErrorInfo | str | None) -> None:
    given = evidence(trips=trips(snapshot(), but=[elsewhere(snapshot(), bare=bare)]))
    assert told(given) == []
    assert statuses("MC604", given)["fresh"] is Status.PASSED
