"""MC101 to MC105 and MC109 beyond their plainest fault."""

from __future__ import annotations

from typing import Any

import pytest

from maskcheck.model.evidence import ConfigEvidence
from maskcheck.model.layer_facts import ConfigEdits, SourceEdit
from maskcheck.model.value import FunctionValue, ObjectValue
from tests.judging.judging import found, one, place, told
from tests.rules.evidence import (
    CONFIG,
    FACTOR,
    FILE,
    argument,
    changed,
    config,
    evidence,
    layer,
    methods,
    snapshot,
)
from tests.rules.faults import FAULTS, MISSING, OTHER
from tests.rules.twins import LOST


def test_missing_argument_is_told_with_the_line_to_write() -> None:
    finding = one("MC101", FAULTS["MC101"])
    assert finding.message.startswith("factor never reaches the config")
    assert (finding.before, finding.after, finding.hint) == ("2.0", "1.0", '"factor": self.factor,')
    assert '-  "factor": 2.0' in finding.diff


def test_missing_argument_without_a_written_config_has_no_diff() -> None:
    finding = one("MC101", changed(FAULTS["MC101"], config=ConfigEvidence()))
    assert (finding.subject, finding.diff) == ("factor", "")


def test_missing_argument_that_json_cannot_hold_is_shown_in_the_diff_by_name() -> None:
    gelu = argument("act", FunctionValue("pkg.gelu", "a1"), None)
    changed = snapshot({"act": None}), snapshot({"act": gelu.given})
    finding = one("MC101", evidence(changed[0], before=changed[1], arguments=(gelu,), rebuilt={}))
    assert '-  "act": "pkg.gelu"' in finding.diff


def test_attribute_changed_after_construction() -> None:
    finding = one("MC101", evidence(snapshot(), before=snapshot({"factor": 5.0}, inference=OTHER)))
    assert finding.message == "factor was changed after construction, and the config still has the old value"
    assert (finding.before, finding.after) == ("5.0", "2.0")


def test_two_arguments_are_two_findings() -> None:
    both = (FACTOR, argument("bias", 3, 0))
    before, after = snapshot({"bias": 3}), snapshot({"factor": 1.0, "bias": 0})
    lost = evidence(after, before=before, arguments=both, rebuilt={}, config=config({}))
    assert [finding.subject for finding in found("MC101", lost)] == ["factor", "bias"]


def test_altered_argument_shows_what_the_config_says() -> None:
    finding = one("MC102", FAULTS["MC102"])
    assert finding.message == "factor does not come back as given: the config says 0.5"
    assert (finding.before, finding.after) == ("2.0", "0.5")


def test_arguments_that_change_places_are_one_finding() -> None:
    arguments, crossed = (argument("low", 1, 0), argument("high", 9, 0)), {"low": 9, "high": 1}
    before = snapshot({"low": 1, "high": 9})
    swap = evidence(
        snapshot(crossed), before=before, arguments=arguments, rebuilt=crossed, config=config(crossed)
    )
    finding = one("MC102", swap)
    assert finding.subject == "low, high"
    assert finding.message == "get_config gives low and high each other's value"
    assert (finding.before, finding.after) == ("low=1, high=9", "low=9, high=1")


@pytest.mark.parametrize("code", ["MC101", "MC102", "MC103", "MC104", "MC105", "MC106", "MC107", "MC109"])
def test_place_is_the_class_where_it_does_not_define_the_method(code: str) -> None:
    finding = one(code, changed(FAULTS[code], methods={}))
    assert place(finding) == "pkg/layers.py:10"


def test_misnamed_key() -> None:
    again = {**MISSING, "factr": 2.0}
    finding = one("MC104", evidence(LOST, rebuilt={**MISSING, "factor": 1.0}, config=config(again)))
    assert "under the key 'factr', which __init__ swallows unread" in finding.message
    assert (finding.hint, finding.line) == ('"factor" instead of "factr"', 22)


def test_key_that_from_config_leaves_out() -> None:
    finding = one("MC104", changed(FAULTS["MC104"], methods=methods(from_config=30)))
    assert (finding.message, finding.line) == (
        "the config has factor, and from_config does not pass it on",
        30,
    )


def test_base_arguments_that_go_together_are_one_finding() -> None:
    named = argument("name", "scale_checked", base=True)
    starts = SourceEdit(FILE, 23, "return {**super().get_config(), **config}")
    lost = evidence(
        snapshot(trainable=False, name="scale", dtype_policy="float16"),
        arguments=(named,),
        edits=ConfigEdits(super_config=starts),
    )
    finding = one("MC105", lost)
    assert finding.subject == "name, dtype, trainable"
    assert finding.before == "name='scale_checked', dtype='float32', trainable=True"
    assert (finding.line, finding.hint) == (starts.line, starts.text)
    takes = SourceEdit(FILE, 12, "def __init__(self, **kwargs):\n    super().__init__(**kwargs)")
    both = one("MC105", changed(lost, edits=ConfigEdits(super_config=starts, constructor=takes)))
    assert both.hint == f"{starts.text}\n# and in __init__:\n{takes.text}"
    drops = SourceEdit(FILE, 24, 'without config.pop("trainable")')
    dropped = one("MC105", changed(lost, edits=ConfigEdits(drops={"trainable": drops})))
    assert (dropped.line, dropped.hint) == (drops.line, drops.text)
    # It starts from the config of the base class, and what leaves this out is not known.
    assert one("MC105", changed(lost, edits=ConfigEdits())).hint == ""


def test_keywords_that_go_to_somebody_else_are_taken_apart() -> None:
    given = argument("trainable", False, True, base=True)
    apart = SourceEdit(FILE, 12, "def __init__(self, *, trainable=True, **kwargs): ...")
    edits = ConfigEdits(constructor=apart, kwargs_user="conv", keywords="kwargs")
    finding = one("MC105", evidence(snapshot(), before=snapshot(), arguments=(given,), edits=edits))
    assert finding.message == (
        "**kwargs of __init__ go to conv alone, so that super().__init__ never gets trainable"
    )
    assert (finding.line, finding.hint) == (apart.line, apart.text)


@pytest.mark.parametrize(
    ("name", "given", "flags"),
    [
        ("trainable", False, {"trainable": True}),
        ("dtype", "float16", {"dtype_policy": "float32"}),
        ("name", "mine", {"name": "scale"}),
        ("activity_regularizer", ObjectValue("keras.L2"), {"activity_regularizer": None}),
    ],
)
def test_base_argument_that_the_layer_never_took_on(name: str, given: object, flags: dict[str, Any]) -> None:
    swallowed = evidence(before=snapshot(**flags), arguments=(argument(name, given, base=True),))
    finding = one("MC105", swallowed)
    assert finding.message == f"__init__ takes {name} and never passes it to super().__init__"
    assert (finding.line, finding.hint) == (12, "super().__init__(**kwargs)")


def test_what_else_is_lost_of_a_base_class_that_gets_nothing() -> None:
    frozen, thawed = snapshot(trainable=False, name="other"), snapshot(name="other")
    arguments = (argument("name", "mine", base=True),)
    swallowed = evidence(
        thawed, before=frozen, arguments=arguments, config=config({**CONFIG, "trainable": 0})
    )
    own = changed(swallowed, methods=methods(from_config=30))
    for given in (swallowed, own):
        assert one("MC105", given).subject == "trainable, name"
        assert found("MC104", given) == ()


def test_base_argument_that_the_parent_of_keras_never_took_on() -> None:
    arguments = (argument("activity_regularizer", ObjectValue("keras.L2"), base=True),)
    swallowed = evidence(arguments=arguments)
    assert one("MC105", swallowed).subject == "activity_regularizer"
    assert found("MC105", changed(swallowed, lost_by_keras={"activity_regularizer": "Base.it"})) == ()


@pytest.mark.parametrize(
    ("name", "given", "base", "flags"),
    [
        ("activity_regularizer", None, True, {}),
        (
            "activity_regularizer",
            ObjectValue("keras.L2"),
            True,
            {"activity_regularizer": ObjectValue("keras.L2")},
        ),
        ("trainable", False, False, {}),
        ("autocast", False, True, {}),
    ],
)
def test_base_argument_that_the_layer_took_on(
    name: str, given: object, base: bool, flags: dict[str, Any]
) -> None:
    kept = evidence(before=snapshot(**flags), arguments=(argument(name, given, base=base),))
    assert found("MC105", kept) == ()


@pytest.mark.parametrize(
    ("written", "told_of"),
    [({"trainable": True}, [("MC104", "trainable")]), ({}, [("MC105", "trainable")])],
)
def test_base_argument_that_the_own_from_config_drops(
    written: dict[str, Any], told_of: list[tuple[str, str]]
) -> None:
    dropped = evidence(snapshot(trainable=False), config=config(written), methods=methods(from_config=30))
    assert told(dropped) == told_of


def test_class_of_a_sub_layer() -> None:
    before, after = (
        snapshot(layers=[layer("dense", class_name=name)]) for name in ("pkg.Mine", "keras.Dense")
    )
    finding = one("MC109", evidence(after, before=before, methods=methods(from_config=30)))
    assert (finding.subject, finding.before, finding.line) == ("dense", "pkg.Mine", 30)
    assert finding.message == "a Dense comes back instead of a Mine"
