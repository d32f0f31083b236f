"""Layers that do not round alike twice, judged again and again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest

from maskcheck.judging.judge import judge
from maskcheck.lab.journey.gather import gather
from maskcheck.lab.journey.journey import Journey
from maskcheck.model.case import Case, Subject
from maskcheck.rules.registry import RULES
from tests.lab.gathered import INPUT, evidence

SCANS = 20
ROUTES = ("config",)
CHANCE = np.random.default_rng()


class Sum(keras.layers.Layer):  # type: ignore[misc]
    """Multiplies by the sum of fifty weights, in the order that a function chooses."""

    choose: Callable[[Any], Any]

    def build(self, shape: Any) -> None:
        self.kernel = self.add_weight(shape=(50, shape[-1]), name="kernel")

    def call(self, inputs: Any) -> Any:
        kernel = keras.ops.take(self.kernel, type(self).choose(self), axis=0)
        return inputs * keras.ops.sum(kernel, axis=0)


class Noisy(Sum):
    """Adds noise of a size."""

    size = 1e-7

    def call(self, inputs: Any) -> Any:
        noise = CHANCE.normal(scale=self.size, size=tuple(inputs.shape))
        return super().call(inputs) + keras.ops.cast(noise, inputs.dtype)


class Loud(Noisy):
    """Adds much more noise than rounding is."""

    size = 1e-3


def in_order(layer: Any) -> Any:
    return np.arange(50)


def by_chance(layer: Any) -> Any:
    return CHANCE.permutation(50)


def seldom(layer: Any) -> Any:
    return np.arange(50)[:: -1 if CHANCE.integers(8) == 0 else 1]


def by_address(layer: Any) -> Any:
    return np.random.default_rng(id(layer) // 16).permutation(50)


def scan(base: type[Sum], choose: Callable[[Any], Any], scratch: Path) -> list[tuple[str, ...]]:
    """Return the codes of the findings of as many scans, each of a class of its own."""
    found = []
    for number in range(SCANS):
        cls = type(base.__name__, (base,), {"choose": choose})
        journey = Journey(
            cls,
            Subject("lab", cls.__name__, __file__, 1),
            Case("plain", args=(INPUT,)),
            ROUTES,
            number,
            str(scratch),
        )
        findings = judge(gather(journey), RULES, ROUTES).findings
        found.append(tuple(finding.rule for finding in findings if finding.rule != "MC603"))
    return found


@pytest.mark.parametrize(
    ("base", "choose", "codes"),
    [
        (Sum, by_chance, ()),
        (Sum, seldom, ()),
        (Sum, by_address, ()),
        (Noisy, in_order, ()),
        (Loud, in_order, ("MC007",)),
    ],
    ids=["every call", "one call of eight", "every layer", "tiny noise", "loud noise"],
)
def test_the_verdict_is_the_same_in_every_scan(
    tmp_path: Path, base: type[Sum], choose: Callable[[Any], Any], codes: tuple[str, ...]
) -> None:
    assert scan(base, choose, tmp_path) == [codes] * SCANS


GAINS: dict[int, float] = {}


class Spoilt(Sum):
    """Is another layer once its config was asked for, and comes back nearly as it was."""

    def call(self, inputs: Any) -> Any:
        return super().call(inputs) * GAINS.get(id(self), 3.0)

    def get_config(self) -> dict[str, Any]:
        GAINS[id(self)] = 1.0
        return super().get_config()

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Spoilt:
        layer = cls(**config)
        GAINS[id(layer)] = 3.0 * (1.0 + 1e-6)
        return layer


def test_what_its_routes_did_to_a_layer_is_no_noise(tmp_path: Path) -> None:
    cls = type("Spoilt", (Spoilt,), {"choose": in_order})
    found = evidence(cls, tmp_path, routes=ROUTES)
    assert (found.stability.unstable_modes, found.stability.damaged) == (frozenset(), True)
