"""Every limit of a format is met by something real: a layer, or what Keras says of a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import pytest

from maskcheck.judging.judge import judge
from maskcheck.lab.layer.error_info import error_info
from maskcheck.lab.process.quiet import quiet
from maskcheck.model.case import Preparation, Subject
from maskcheck.model.evidence import Evidence, Failure, Trip
from maskcheck.model.finding import Severity
from maskcheck.model.layer_facts import LayerFacts
from maskcheck.rules.base.format_limits import LIMITS
from maskcheck.rules.registry import RULES
from tests.lab.gathered import evidence
from tests.lab.routes.limited import (
    Axes,
    Functional,
    FunctionInConfig,
    Grows,
    Learns,
    Lists,
    LiveList,
    Nested,
    ObjectInConfig,
    SameNames,
)

Make = Callable[[Path], Evidence]


def layer(cls: type, *routes: str, prepare: tuple[Preparation, ...] = (), **init: Any) -> Make:
    """Return what sends a layer on its routes."""
    return lambda scratch: evidence(cls, scratch, routes=routes, prepare=prepare, **init)


def model(make: Callable[[Any], Any], shape: tuple[int, ...]) -> Make:
    """Return what has Keras save a functional model to an .h5 file and tell why it cannot load it."""

    def send(scratch: Path) -> Evidence:
        inputs = keras.Input(shape)
        whole = keras.Model(inputs, make(inputs))
        with quiet():
            whole.save(scratch / "model.h5")
        with pytest.raises((TypeError, ValueError)) as raised:
            keras.models.load_model(scratch / "model.h5")
        trip = Trip("h5", "functional", failure=Failure("load", error_info(raised.value)))
        version = tuple(map(int, keras.__version__.split(".")[:2]))
        facts = LayerFacts(keras=version)
        return Evidence(Subject("pkg", "Whole", __file__, 1), "plain", facts, trips=(trip,))  # type: ignore[arg-type]

    return send


def masked(inputs: Any) -> Any:
    return keras.layers.LSTM(2)(keras.layers.Embedding(5, 2, mask_zero=True)(inputs))


MET: dict[str, tuple[str, Make]] = {
    "bfloat16": ("bfloat16", layer(keras.layers.Dense, "h5", units=2, dtype="bfloat16")),
    "under their names": ("weights", layer(SameNames, "h5")),
    "cannot hold objects": ("get_config", layer(ObjectInConfig, "h5", initializer="ones")),
    "without the argument axis": ("axis", layer(Axes, "h5", axis=[-1, -1])),
    "takes a deep copy": ("get_config", layer(LiveList, "h5", limits=[-0.5, 0.5])),
    "a lambda has none": ("lambda", layer(FunctionInConfig, "h5", activation=lambda x: x * 2.0)),
    "a layer makes a mask": ("mask", model(masked, (3,))),
    "a Python number": ("model", model(lambda inputs: 10.0 * keras.layers.Dense(2)(inputs), (3,))),
    "holds functional": ("Functional", layer(Functional, "h5", units=4)),
    "makes a plain functional": ("Functional", layer(Functional, "clone", units=4)),
    "go by save_own_variables": (
        "save_own_variables, load_own_variables",
        layer(Grows, "h5", "clone", prepare=(Preparation("tell", (4,)),)),
    ),
    "only a .keras file keeps it": (
        "level",
        layer(Learns, "h5", "clone", prepare=(Preparation("learn"),)),
    ),
    "not in lists or dicts": ("scales[0], scales[1]", layer(Lists, "tf-checkpoint")),
    "outputs are nested": ("outputs", layer(Nested, "export")),
}


@pytest.mark.parametrize("words", MET)
def test_limit_is_a_note_and_no_error(words: str, tmp_path: Path) -> None:
    subject, make = MET[words]
    (limit,) = (limit for limit in LIMITS if words in limit.reason)
    sent = make(tmp_path)
    asked = {trip.route for trip in sent.trips} - {"keras"}
    findings = judge(sent, RULES, sorted(asked)).findings
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    (met,) = (finding for finding in findings if finding.rule == "MC607")
    assert (met.subject, met.severity, set(met.routes)) == (subject, limit.severity, asked)
    assert met.message == f"{limit.reason} ({subject})"


def test_every_limit_is_met() -> None:
    limits = [
        limit for limit in LIMITS if limit.until is None
    ]  # the others are met in tests/scans/test_legacy.py
    assert [[words for words in MET if words in limit.reason] for limit in limits] == [[w] for w in MET]


def test_a_limit_holds_from_one_version_to_another() -> None:
    limit = replace(LIMITS[0], since=(3, 4), until=(3, 9))
    assert [limit.holds((3, minor)) for minor in (3, 4, 8, 9)] == [False, True, True, False]
    assert replace(limit, until=None).holds((4, 0))
