"""The route to a new process, for which this one stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import pytest

from maskcheck.lab.process.keras_settings import DEFAULTS, read_keras_settings
from maskcheck.lab.routes.support.other_process import (
    BareLoadRequest,
    LoadAnswer,
    LoadRequest,
    answer_request,
    load_layer,
)
from maskcheck.model.case import Leaf
from maskcheck.model.error import ErrorInfo
from maskcheck.model.evidence import Evidence, Setting, Trip
from maskcheck.model.helper_request import Lost, Who
from maskcheck.model.target import World
from maskcheck.settings import Settings
from tests.lab.gathered import evidence
from tests.lab.layers import Forgets, Masks, NumpyOnly, Scale, Unregistered

WORLD = World("", (), ())


def here(who: Who, request: Any) -> Any:
    """Answer a request in this very process."""
    return answer_request(WORLD, Settings(()), request)


def fresh(cls: type, scratch: Path, *args: Any, ask: Any = here, **init: Any) -> tuple[Trip, Evidence]:
    found = evidence(cls, scratch, *args, routes=("fresh",), ask=ask, **init)
    (trip,) = found.trips
    return trip, found


@pytest.fixture
def policy() -> Iterator[None]:
    keras.config.set_dtype_policy("mixed_float16")
    keras.config.set_image_data_format("channels_first")
    yield
    keras.config.set_dtype_policy("float32")
    keras.config.set_image_data_format("channels_last")


@keras.saving.register_keras_serializable(package="lab")
class Mixed(keras.layers.Layer):  # type: ignore[misc]
    """Its dense layer has the policy of the process."""

    def build(self, shape: Any) -> None:
        self.dense = keras.layers.Dense(2)
        self.dense.build(shape)

    def call(self, inputs: Any) -> Any:
        return self.dense(inputs)


@keras.saving.register_keras_serializable(package="lab")
class SavesNothing(Scale):
    def save_own_variables(self, store: Any) -> None:
        raise OSError("no pen")


@pytest.mark.parametrize(
    ("cls", "form", "args"),
    [
        (Scale, "functional", ()),
        (Unregistered, "functional", ()),
        (Masks, "functional", (Leaf(shape=(2, 4, 3)),)),
        (NumpyOnly, "held", ()),
    ],
)
def test_a_healthy_layer_arrives_whole(cls: type, form: str, args: Any, tmp_path: Path) -> None:
    trip, found = fresh(cls, tmp_path, *args)
    assert found.before is not None
    assert trip.after is not None, trip.failure
    assert (trip.form, trip.failure, trip.unsafe) == (form, None, False)
    assert trip.elsewhere is not None
    assert trip.elsewhere.twin is None
    assert set(trip.after.calls) == set(found.before.calls)


def test_what_the_file_lacks_is_missing_in_both_processes(tmp_path: Path) -> None:
    trip, _ = fresh(Forgets, tmp_path, factor=2.0)
    assert trip.elsewhere is not None
    assert trip.elsewhere.twin is not None
    assert trip.after is not None
    both = [shot.root.attributes["factor"] for shot in (trip.after, trip.elsewhere.twin)]
    assert both == [1.0, 1.0]
    assert trip.cause == ("factor",)


@pytest.mark.usefixtures("policy")
def test_the_new_process_has_default_settings_and_this_one_keeps_its_own(tmp_path: Path) -> None:
    before = dict(read_keras_settings())
    trip, _ = fresh(Mixed, tmp_path, dtype="float32")
    assert trip.elsewhere is not None
    assert trip.elsewhere.settings == (
        Setting("global dtype policy", "mixed_float16", "float32"),
        Setting("image data format", "channels_first", "channels_last"),
    )
    policies = [
        shot.layers["dense"].flags["dtype_policy"] for shot in (trip.after, trip.elsewhere.twin) if shot
    ]
    assert policies == ["float32", "mixed_float16"]
    assert read_keras_settings() == before


def test_defaults_are_what_keras_begins_with() -> None:
    assert read_keras_settings() == DEFAULTS


def test_a_process_that_is_lost_is_a_failure_to_load(tmp_path: Path) -> None:
    trip, _ = fresh(Scale, tmp_path, ask=lambda who, request: Lost("it died"))
    assert trip.after is None
    assert trip.failure is not None
    assert (trip.failure.step, trip.failure.error.message) == ("load", "it died")
    assert trip.elsewhere is not None
    assert trip.elsewhere.twin is not None
    assert trip.elsewhere.bare is None


def test_a_layer_that_cannot_be_saved_visits_nobody(tmp_path: Path) -> None:
    asked: list[Any] = []
    trip, _ = fresh(SavesNothing, tmp_path, ask=lambda who, request: asked.append(request))
    assert trip.failure is not None
    assert (trip.failure.step, trip.failure.error.type) == ("save", "OSError")
    assert asked == []


def test_without_another_process_the_route_is_not_taken(tmp_path: Path) -> None:
    found = evidence(Scale, tmp_path, routes=("fresh",))
    assert found.trips == ()
    assert found.skipped == {"fresh": "there is no other process"}


def test_a_bare_process_is_shown_the_same_file(tmp_path: Path) -> None:
    shown: dict[str, Any] = {}

    def ask(who: Who, request: Any) -> Any:
        shown[who] = request
        return ErrorInfo("TypeError", "who?") if who == "bare" else here(who, request)

    trip, _ = fresh(Scale, tmp_path, ask=ask)
    assert isinstance(shown["importing"], LoadRequest)
    assert shown["bare"] == BareLoadRequest(shown["importing"].path, shown["importing"].index)
    assert trip.elsewhere is not None
    assert trip.elsewhere.bare == ErrorInfo("TypeError", "who?")


def test_a_layer_of_keras_is_not_shown_to_the_bare_process(tmp_path: Path) -> None:
    asked: list[Who] = []

    def ask(who: Who, request: Any) -> Any:
        asked.append(who)
        return here(who, request)

    fresh(keras.layers.Dense, tmp_path, ask=ask, units=2)
    assert asked == ["importing"]


@pytest.fixture
def file(tmp_path: Path) -> str:
    inputs = keras.Input((3,))
    keras.Model(inputs, Scale()(inputs)).save(tmp_path / "model.keras")
    return str(tmp_path / "model.keras")


def test_an_encounter_gives_the_class_or_the_error(file: str, tmp_path: Path) -> None:
    assert here("bare", BareLoadRequest(file, 1)) == "tests.lab.layers.Scale"
    assert here("bare", BareLoadRequest(file, None)) == "keras.src.models.functional.Functional"
    error = here("bare", BareLoadRequest(str(tmp_path / "nothing.keras"), 1))
    assert isinstance(error, ErrorInfo)
    assert "nothing.keras" in error.message


def test_a_visit_to_a_file_that_does_not_load(tmp_path: Path) -> None:
    asked: list[Any] = []

    def ask(who: Who, request: Any) -> Lost:
        asked.append(request)
        return Lost("not today")

    fresh(Scale, tmp_path, ask=ask)
    arrival = here("importing", replace(asked[0], path=str(tmp_path / "nothing.keras")))
    assert isinstance(arrival, LoadAnswer)
    assert arrival.failure is not None
    assert arrival.failure.step == "load"


def test_a_layer_that_is_not_at_its_place_does_not_load(file: str) -> None:
    from maskcheck.lab.calls.build import BuildError

    assert isinstance(load_layer(file, 1, True), Scale)
    with pytest.raises(BuildError):
        load_layer(file, 7, True)
