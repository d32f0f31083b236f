"""A case is gathered twice where results differ: the second time all randomness is held still."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import pytest
import tensorflow as tf

from maskcheck.lab.journey import gather as gathering
from maskcheck.lab.journey.gather import gather
from maskcheck.lab.journey.journey import Journey
from maskcheck.lab.journey.prepare import prepare
from maskcheck.lab.journey.travel import travel
from maskcheck.lab.process import random_ops
from maskcheck.model.case import Case, Subject
from tests.lab.gathered import INPUT
from tests.lab.layers import Forgets, Scale


def journey(cls: type, scratch: Path, **init: Any) -> Journey:
    case = Case("plain", init=init, args=(INPUT,))
    subject = Subject(cls.__module__, cls.__qualname__, __file__, 1)
    return Journey(cls, subject, case, ("config", "keras"), 0, str(scratch))


class Noise(keras.layers.Layer):
    """Draws from TensorFlow's own stream when it is made and when it is called."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.drawn = float(tf.random.normal(()))

    def call(self, inputs: Any) -> Any:
        return inputs + tf.random.normal(tf.shape(inputs))


@pytest.mark.parametrize(
    ("cls", "noted", "passes"),
    [
        (Scale, False, [False]),
        (Forgets, False, [False, True]),
        (Forgets, True, [False]),
        (Noise, True, [False, True]),
    ],
)
def test_what_behaves_otherwise_is_gathered_again_where_that_may_be_chance(
    cls: type, noted: bool, passes: list[bool], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if noted:
        monkeypatch.setattr(random_ops, "_seen", {"RandomStandardNormal"} if cls is Noise else {"AddV2"})
    taken: list[bool] = []

    def prepare_and_note(journey: Journey) -> Any:
        taken.append(journey.thorough)
        return prepare(journey)

    monkeypatch.setattr(gathering, "prepare", prepare_and_note)
    found = gather(journey(cls, tmp_path, **({} if cls is Noise else {"factor": 2.0})))
    assert taken == passes
    assert ("factor",) in {trip.cause for trip in found.trips} or cls is not Forgets


def test_a_thorough_journey_is_the_same_each_time(tmp_path: Path) -> None:
    asked = replace(journey(Noise, tmp_path), thorough=True)
    evidence, traveller = prepare(asked)
    assert traveller is not None
    assert traveller.thorough
    again, _ = prepare(asked)
    assert repr(again.before) == repr(evidence.before)
    for trip in travel(evidence, traveller, asked.routes).trips:
        if trip.after is not None and evidence.before is not None and trip.after.calls:
            calls = trip.after.calls["inference"], evidence.before.calls["inference"]
            assert repr(calls[0].outputs) == repr(calls[1].outputs), trip.form


def test_the_process_is_not_changed_by_a_thorough_journey(tmp_path: Path) -> None:
    gather(journey(Noise, tmp_path))
    asked = journey(Noise, tmp_path)
    one, other = (prepare(asked)[0].before for _ in range(2))
    assert one is not None
    assert other is not None
    assert one.root.attributes["drawn"] != other.root.attributes["drawn"]
