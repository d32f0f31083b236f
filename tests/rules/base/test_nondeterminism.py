"""What MC007 and MC202 say of the source: the cause, where it shows."""

from __future__ import annotations

from typing import Any

import pytest

from maskcheck.model.evidence import Evidence
from maskcheck.model.layer_facts import Chance, ChanceKind
from tests.judging.judging import found, one, place, told
from tests.rules.evidence import FILE, changed, evidence, layer, snapshot
from tests.rules.faults import FAULTS, OTHER


def chance(kind: ChanceKind, method: str, line: int, *attributes: str, entry: str = "") -> Chance:
    return Chance(method, FILE, line, f"does {kind}", kind, (entry or method,), attributes)


def unsteady(*chances: Chance) -> Evidence:
    return changed(FAULTS["MC007"], chances=chances)


def drawn(*chances: Chance, harm: bool = False, **fields: Any) -> Evidence:
    """Return evidence of an attribute that another build has otherwise."""
    calls = {"inference": OTHER} if harm else {}
    fields = {"built_again": snapshot({"state": 3}), **fields}
    return evidence(snapshot({"state": 2}, **calls), before=snapshot({"state": 1}), chances=chances, **fields)


def test_the_cause_of_unsteady_outputs_is_named_with_its_place() -> None:
    finding = one("MC007", unsteady(chance("clock", "call", 19)))
    assert finding.message == "two equal calls differ (inference): call does clock"
    assert place(finding) == f"{FILE}:19"


@pytest.mark.parametrize(
    "chances",
    [
        (),
        (chance("stream", "call", 19),),  # the checks seed it before every call
        (chance("clock", "__init__", 13), chance("shared", "build", 16)),  # no call feels it
    ],
)
def test_what_cannot_make_two_calls_differ_is_no_cause(chances: tuple[Chance, ...]) -> None:
    finding = one("MC007", unsteady(*chances))
    assert finding.message.endswith("(inference), so they cannot be compared")
    assert place(finding) == f"{FILE}:18"


def test_of_several_causes_the_plainest_is_named() -> None:
    clock, helper = chance("clock", "call", 19), chance("draw", "noise", 40, entry="call")
    assert one("MC007", unsteady(clock, helper)).message.endswith(": noise does draw")


def test_state_that_the_call_reads_is_a_cause() -> None:
    assert one("MC007", unsteady(chance("shared", "__init__", 13, entry="call"))).line == 13


@pytest.mark.parametrize(
    ("chances", "line"),
    [
        ((chance("stream", "build", 16, "state"),), 16),
        ((chance("clock", "build", 16, "other"), chance("draw", "__init__", 13, "state")), 13),
        ((chance("stream", "noise", 40, entry="build"),), 40),
        ((chance("stream", "build", 16), chance("stream", "call", 19, "state")), 15),
        ((chance("moving", "build", 16, "state"),), 15),
        ((chance("stream", "from_config", 30, "state"),), 15),
    ],
)
def test_the_cause_of_an_attribute_is_what_flows_into_it(chances: tuple[Chance, ...], line: int) -> None:
    finding = one("MC007", drawn(*chances))
    assert place(finding) == f"{FILE}:{line}"
    assert finding.message.endswith(", so it cannot be compared") is (line == 15)
    assert place(one("MC202", drawn(*chances, harm=True))) == f"{FILE}:{line}"


def test_attribute_that_is_drawn_on_the_way_back() -> None:
    loaded = drawn(
        chance("stream", "from_config", 30, "state"), built_again=None, redrawn=frozenset({"state"})
    )
    assert told(loaded) == [("MC007", "state")]
    finding = one("MC007", loaded)
    assert finding.message == "state differs whenever the layer is loaded: from_config does stream"
    assert place(finding) == f"{FILE}:30"


def test_attribute_that_is_drawn_on_the_way_back_and_feeds_the_outputs() -> None:
    loaded = drawn(
        chance("draw", "load_assets", 30, "state"), harm=True, built_again=None, redrawn=frozenset({"state"})
    )
    assert told(loaded) == [("MC202", "state")]
    assert one("MC202", loaded).message == (
        "state is drawn anew whenever the layer is loaded (load_assets does draw), and no file holds it"
    )


def test_attribute_that_two_copies_have_alike_is_lost() -> None:
    lost = drawn(chance("stream", "from_config", 30, "state"), built_again=None)
    assert told(lost) == [("MC201", "state")]


def test_the_source_of_the_layer_does_not_explain_its_sub_layers() -> None:
    before, after, control = (snapshot(layers=[layer("dense", {"n": n}, own=True)]) for n in (1, 2, 3))
    inner = evidence(after, before=before, built_again=control, chances=(chance("draw", "build", 16, "n"),))
    assert [finding.line for finding in found("MC007", inner)] == [15]
