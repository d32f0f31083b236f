"""Which arguments did not survive, and how each was lost."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maskcheck.model.evidence import ConfigEvidence, Evidence
from maskcheck.model.value import ABSENT, FunctionValue
from maskcheck.rules.base.arguments import (
    find_lost_arguments,
    find_swapped,
    get_written_value,
    list_attribute_paths,
    to_json_text,
)
from maskcheck.rules.base.rule import Look
from tests.rules.evidence import (
    CONFIG,
    FACTOR,
    argument,
    changed,
    config,
    evidence,
    layer,
    snapshot,
    trips,
    value,
)
from tests.rules.faults import FAULTS, MISSING, OTHER
from tests.rules.twins import BY_FILE, LOST, NORMALISED


def losses(found: Evidence) -> list[tuple[str, str]]:
    """Return name and kind of what the trip through JSON lost."""
    return [(lost.argument.name, lost.loss) for lost in find_lost_arguments(Look(found, found.trips[0]))]


def test_nothing_is_lost_of_a_healthy_layer() -> None:
    assert losses(evidence()) == []


@pytest.mark.parametrize(("code", "loss"), [("MC101", "missing"), ("MC102", "altered"), ("MC104", "ignored")])
def test_kind_of_loss(code: str, loss: str) -> None:
    assert losses(FAULTS[code]) == [("factor", loss)]


def test_key_that_only_resembles_the_argument_is_misnamed() -> None:
    again = {**MISSING, "facto": 2.0}
    found = evidence(LOST, rebuilt={**MISSING, "factor": 1.0}, config=config(again))
    assert losses(found) == [("factor", "misnamed")]
    given = argument("size", [1, 2], [0, 0])
    kept = {"arguments": (given,), "rebuilt": {"size": [0, 0]}, "config": config({"size_value": (1, 2)})}
    assert losses(evidence(snapshot({"size": [0, 0]}), before=snapshot({"size": [1, 2]}), **kept)) == [
        ("size", "misnamed")
    ]
    unlike = evidence(LOST, rebuilt={**MISSING, "factor": 1.0}, config=config({**MISSING, "bias": 2.0}))
    assert losses(unlike) == [("factor", "missing")]


def test_key_that_a_parent_keeps_is_no_misspelling() -> None:
    held = snapshot({"base_factor": 2.0}), snapshot({"base_factor": 2.0, "factor": 1.0}, inference=OTHER)
    again = config({**MISSING, "base_factor": 2.0})
    found = evidence(held[1], before=held[0], rebuilt={**MISSING, "factor": 1.0}, config=again)
    assert losses(found) == [("factor", "missing")]


def test_key_that_the_constructor_takes_is_no_misspelling() -> None:
    again = config({**MISSING, "factors": 2.0})
    found = evidence(LOST, rebuilt={**MISSING, "factor": 1.0}, config=again)
    assert losses(found) == [("factor", "misnamed")]
    assert losses(changed(found, accepted=frozenset({"factor", "factors"}))) == [("factor", "missing")]


def test_attribute_that_left_its_argument_behind_is_stale() -> None:
    before = snapshot({"factor": 5.0}, inference=OTHER)
    (lost,) = find_lost_arguments(Look(e := evidence(snapshot(), before=before), e.trips[0]))
    assert (lost.loss, lost.came_back) == ("stale", 2.0)
    assert [change.path for change in lost.traces] == ["factor"]


def test_attribute_that_moved_on_to_neither_value_is_not_stale() -> None:
    assert losses(evidence(snapshot({"factor": 3.0}), before=snapshot({"factor": 5.0}))) == []


def test_key_of_another_argument_is_no_misspelling() -> None:
    both = (FACTOR, argument("factors", 2.0, 1.0))
    found = evidence(
        LOST, arguments=both, rebuilt={"factor": 1.0, "factors": 2.0}, config=config({"factors": 2.0})
    )
    assert losses(found) == [("factor", "missing")]


def test_config_that_is_right_and_read_wrongly_is_altered() -> None:
    doubled = evidence(snapshot({"factor": 4.0}), rebuilt={**CONFIG, "factor": 4.0})
    assert losses(doubled) == [("factor", "altered")]


def test_normalised_value_is_not_lost() -> None:
    assert losses(NORMALISED) == []


def test_argument_brought_back_by_a_file_is_not_lost() -> None:
    again = {**CONFIG, "factor": 1.0}
    assert losses(evidence(trips=trips(LOST, again), config=config(MISSING))) == [("factor", "missing")]
    kept = evidence(trips=trips(LOST, again, but=BY_FILE), config=config(MISSING))
    look = Look(kept, kept.trips[0], files=tuple(Look(kept, trip) for trip in BY_FILE))
    assert find_lost_arguments(look) == ()


def test_argument_of_the_base_class_is_left_to_its_own_rule() -> None:
    found = evidence(snapshot(trainable=False), arguments=(argument("trainable", True, base=True),))
    assert losses(found) == []


def test_argument_without_a_trace_counts_only_where_the_trip_did_harm() -> None:
    arguments = (FACTOR, argument("mode", "sum", "mean"))
    assert losses(evidence(arguments=arguments)) == []
    assert losses(evidence(snapshot(inference=OTHER), arguments=arguments)) == [("mode", "missing")]
    assert losses(evidence(snapshot(supports_masking=True), arguments=arguments)) == [("mode", "missing")]
    again = {**CONFIG, "mode": "sum"}
    assert losses(evidence(snapshot(inference=OTHER), arguments=arguments, rebuilt=again)) == []


def test_argument_without_a_trace_is_no_suspect_where_another_explains_the_harm() -> None:
    arguments = (FACTOR, argument("mode", "sum", "mean"))
    assert losses(changed(FAULTS["MC104"], arguments=arguments)) == [("factor", "ignored")]


def test_argument_shows_on_the_sub_layer_that_it_was_handed_to() -> None:
    before, after = (snapshot(layers=[layer("dense", {"units": n})]) for n in (8, 4))
    found = evidence(after, before=before, arguments=(argument("units", 8, 4),), rebuilt={"units": 4})
    assert losses(found) == [("units", "missing")]


def test_argument_shows_on_the_attribute_that_it_flows_into() -> None:
    before, after = snapshot({"keep": 0.8}), snapshot({"keep": 0.2})
    rate = argument("rate", 0.2, ABSENT, "keep")
    found = evidence(
        after, before=before, arguments=(rate,), rebuilt={"rate": 0.8}, config=config({"rate": 0.8})
    )
    assert losses(found) == [("rate", "altered")]
    assert list_attribute_paths(rate) == ("keep", "rate", "_rate")


def test_type_that_json_changes_is_not_lost() -> None:
    found = evidence(
        snapshot({"size": [3, 3]}),
        before=snapshot({"size": (3, 3)}),
        arguments=(argument("size", (3, 3), (1, 1)),),
        rebuilt={"size": [3, 3]},
        config=config({"size": (3, 3)}),
    )
    assert losses(found) == []


def test_nothing_is_said_where_nothing_was_constructed_again() -> None:
    silent = tuple(replace(trip, rebuilt=None) for trip in FAULTS["MC101"].trips)
    assert losses(changed(FAULTS["MC101"], trips=silent, rebuilt=None)) == []


@pytest.mark.parametrize(
    ("again", "pairs"),
    [
        ({"low": 9, "high": 1}, [("low", "high")]),
        ({"low": 9, "high": 5}, []),
        ({"low": 5, "high": 1}, []),
        ({"low": 5, "high": 7}, []),
    ],
)
def test_two_arguments_with_each_others_value_are_a_pair(
    again: dict[str, int], pairs: list[tuple[str, str]]
) -> None:
    found = evidence(
        snapshot(again),
        before=snapshot({"low": 1, "high": 9}),
        arguments=(argument("low", 1, 0), argument("high", 9, 0)),
        rebuilt=again,
        config=config(again),
    )
    lost = find_lost_arguments(Look(found, found.trips[0]))
    assert [loss.loss for loss in lost] == ["altered", "altered"]
    assert [(first.argument.name, second.argument.name) for first, second in find_swapped(lost)] == pairs


def test_written_value() -> None:
    assert get_written_value(evidence(), "factor") == 2.0
    assert get_written_value(evidence(), "rate") is ABSENT
    assert get_written_value(evidence(config=ConfigEvidence()), "factor") is ABSENT


@pytest.mark.parametrize(
    ("given", "text"),
    [((3, 4), "[3, 4]"), ({1: None}, '{"1": null}'), (np.array([1, 2]), "[1, 2]"), (True, "true")],
)
def test_json_text(given: object, text: str) -> None:
    assert to_json_text(value(given)) == text


def test_json_text_of_what_json_cannot_hold() -> None:
    assert to_json_text(FunctionValue("pkg.layers.gelu")) == "pkg.layers.gelu"
