"""The layer compared with itself: built, called and brought back twice."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from maskcheck.judging.judge import judge
from maskcheck.lab.journey.gather import gather
from maskcheck.lab.journey.journey import Journey
from maskcheck.model.case import Case, Subject
from maskcheck.model.evidence import Evidence
from maskcheck.model.finding import Severity
from maskcheck.model.route import DEFAULT_ROUTES
from maskcheck.rules.registry import RULES
from tests.lab.gathered import INPUT, evidence
from tests.lab.layers import Forgets


class Plain(keras.layers.Layer):
    """Has a state and a size that a subclass may fill, and multiplies by one of them."""

    def __init__(self, size: int = 2, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size, self.state = size, size - 2.0

    def call(self, inputs: Any) -> Any:
        return inputs * self.size

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "size": self.size}


class DrawsInFromConfig(Plain):
    """Draws its state only on the way back from the config."""

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> DrawsInFromConfig:
        layer = cls(**config)
        layer.state = float(np.random.normal())
        return layer


class SeededInFromConfig(Plain):
    """Draws the same state on every way, from a seed that the config keeps."""

    def __init__(self, size: int = 2, **kwargs: Any) -> None:
        super().__init__(size, **kwargs)
        self.state = float(np.random.default_rng(size).normal())

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> SeededInFromConfig:
        layer = cls(**config)
        layer.state = float(np.random.default_rng(config["size"]).normal())
        return layer


class DrawsInBuildFromConfig(Plain):
    """Draws its state only when it is built as a file says."""

    def build_from_config(self, config: dict[str, Any]) -> None:
        super().build_from_config(config)
        self.state = random.random()


class DrawsWhileLoading(Plain):
    """Draws its state only when its weights are loaded."""

    def build(self, shape: Any) -> None:
        self.kernel = self.add_weight(shape=(shape[-1],), name="kernel")

    def call(self, inputs: Any) -> Any:
        return super().call(inputs) * self.kernel

    def load_own_variables(self, store: Any) -> None:
        super().load_own_variables(store)
        self.state = random.random()


class NumbersItsCopies(Plain):
    """Gives every layer that comes back the next number."""

    numbers = 0

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> NumbersItsCopies:
        layer = cls(**config)
        cls.numbers += 1
        layer.state = float(cls.numbers)
        return layer


def fed(cls: type[Plain]) -> type[Plain]:
    """Return the layer whose state feeds the outputs."""

    class Fed(cls):  # type: ignore[valid-type, misc]
        def call(self, inputs: Any) -> Any:
            return super().call(inputs) + self.state

    return Fed


def told(found: Evidence) -> list[tuple[str, str, Severity]]:
    """Return what all rules find, but for that the classes of this file are not registered."""
    findings = judge(found, RULES, DEFAULT_ROUTES).findings
    return [(f.rule, f.subject, f.severity) for f in findings if f.rule != "MC603"]


DRAWING = [DrawsInFromConfig, DrawsInBuildFromConfig, DrawsWhileLoading, NumbersItsCopies]


@pytest.mark.parametrize("cls", DRAWING)
def test_what_is_drawn_on_the_way_back_is_not_lost(tmp_path: Path, cls: type[Plain]) -> None:
    found = evidence(cls, tmp_path, routes=DEFAULT_ROUTES)
    assert found.stability.redrawn == {"state"}
    assert told(found) == [("MC007", "state", Severity.WARNING)]


@pytest.mark.parametrize("cls", DRAWING)
def test_what_is_drawn_on_the_way_back_and_feeds_the_outputs_is_an_error(
    tmp_path: Path, cls: type[Plain]
) -> None:
    assert told(evidence(fed(cls), tmp_path, routes=DEFAULT_ROUTES)) == [("MC202", "state", Severity.ERROR)]


@pytest.mark.parametrize("cls", [Plain, SeededInFromConfig, fed(Plain), fed(SeededInFromConfig)])
def test_what_comes_back_alike_is_not_brought_back_again(tmp_path: Path, cls: type[Plain]) -> None:
    found = evidence(cls, tmp_path, routes=DEFAULT_ROUTES)
    assert (found.stability.redrawn, found.stability.built_again, found.facts.chances) == (
        frozenset(),
        None,
        (),
    )
    assert told(found) == []


def test_what_is_lost_is_lost_twice_alike(tmp_path: Path) -> None:
    found = evidence(Forgets, tmp_path, factor=2.0)
    assert found.stability.redrawn == frozenset()
    assert told(found) == [("MC101", "factor", Severity.ERROR)]


class Coin(Plain):
    """Tosses a coin whenever it is made, which feeds nothing."""

    def __init__(self, size: int = 2, **kwargs: Any) -> None:
        super().__init__(size, **kwargs)
        self.state = float(np.random.randint(size))


def test_a_draw_that_falls_alike_twice_is_drawn_again(tmp_path: Path) -> None:
    case, subject = Case("plain", args=(INPUT,)), Subject("lab", "Coin", __file__, 1)
    results = [
        told(gather(Journey(Coin, subject, case, ("keras",), seed, str(tmp_path)))) for seed in range(8)
    ]
    differing = [findings for findings in results if findings]
    assert differing
    assert all(findings == [("MC007", "state", Severity.WARNING)] for findings in differing)


class CountsLayers(Plain):
    """Multiplies by how many of its class were made."""

    made = 0

    def __init__(self, size: int = 2, **kwargs: Any) -> None:
        super().__init__(size, **kwargs)
        CountsLayers.made += 1

    def call(self, inputs: Any) -> Any:
        return inputs * float(CountsLayers.made)


class CountsLoads(Plain):
    """Multiplies by how many of its class were loaded."""

    loaded = 0

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> CountsLoads:
        cls.loaded += 1
        return cls(**config)

    def call(self, inputs: Any) -> Any:
        return inputs * float(1 + type(self).loaded)


class CountsInVain(CountsLayers):
    """Counts the layers as well, and does without the number."""

    def call(self, inputs: Any) -> Any:
        return inputs * self.size


GAINS: dict[int, float] = {}


class Spoils(Plain):
    """Is another layer once it was asked for its config, though nothing shows on it."""

    def __init__(self, size: int = 2, **kwargs: Any) -> None:
        super().__init__(size, **kwargs)
        GAINS[id(self)] = 3.0

    def call(self, inputs: Any) -> Any:
        return inputs * GAINS[id(self)]

    def get_config(self) -> dict[str, Any]:
        GAINS[id(self)] = 1.0
        return super().get_config()

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Spoils:
        layer = cls(**config)
        GAINS[id(layer)] = 2.0
        return layer


@pytest.mark.parametrize("cls", [CountsLayers, CountsLoads])
def test_outputs_that_follow_state_outside_the_layer_cannot_be_compared(
    tmp_path: Path, cls: type[Plain]
) -> None:
    found = evidence(cls, tmp_path)
    assert "inference" in found.stability.unstable_modes
    assert not found.stability.damaged
    assert told(found) == [("MC007", "outputs", Severity.WARNING)]


def test_what_is_counted_and_not_used_is_harmless(tmp_path: Path) -> None:
    assert told(evidence(CountsInVain, tmp_path)) == []


def test_a_layer_that_its_own_routes_change_is_damaged_though_nothing_shows_on_it(tmp_path: Path) -> None:
    found = evidence(Spoils, tmp_path)
    assert (found.stability.unstable_modes, found.stability.damaged) == (frozenset(), True)
