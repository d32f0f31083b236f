"""How far apart two values are, in units of the last place."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from maskcheck.compare.rounding import ROUNDING, drop_rounding, measure_call, measure_distance
from maskcheck.compare.snapshots import Contrast, call_change
from maskcheck.compare.values import compare
from maskcheck.model.snapshot import CallResult, TrainingStep
from maskcheck.model.value import ArrayValue, Value


def array(*numbers: float, dtype: str = "float32", held: str = "") -> ArrayValue:
    return ArrayValue("tensor", dtype, np.array(numbers, held or dtype))


def call(*numbers: float, losses: tuple[float, ...] = (), masks: Value = None) -> CallResult:
    return CallResult(array(*numbers), masks, losses)


def step(gradient: float, loss: float = 1.0) -> CallResult:
    return CallResult(step=TrainingStep(loss, {"kernel": array(gradient)}, (), {}))


@pytest.mark.parametrize(
    ("before", "after", "distance"),
    [
        (array(1.0, 4.0), array(1.0 + 2**-20, 4.0), 2**-20 / (2**-23 * 4.0)),
        (array(1.0, dtype="float16"), array(1.0 + 2**-10, dtype="float16"), 1.0),
        (array(1.0, dtype="float64"), array(1.0 + 2**-23, dtype="float64"), 2.0**29),
        (
            array(1.0, dtype="bfloat16", held="float32"),
            array(1.0078125, dtype="bfloat16", held="float32"),
            1.0,
        ),
        (array(math.nan, 1.0), array(math.nan, 1.0 + 2**-23), 1.0),
        (array(math.inf, 1.0), array(math.inf, 1.0 + 2**-23), 1.0),
        (array(math.nan, 1.0), array(0.0, 1.0), math.inf),
        (array(0.0), array(1e-30), math.inf),
        (array(1.0), array(1.0, 2.0), math.inf),
        (array(1.0), array(1.5, dtype="float64"), math.inf),
        (array(1, dtype="int32"), array(2, dtype="int32"), math.inf),
        (1.0, 1.0 + 2**-52, 1.0),
        (0.1, 0.1000001, 0.0000001 / (2**-52 * 0.1)),
        (1, 2, math.inf),
        ("a", "b", math.inf),
    ],
)
def test_distances_are_in_units_of_the_last_place(before: Any, after: Any, distance: float) -> None:
    assert measure_distance(compare(before, after)) == pytest.approx(distance)


def test_what_does_not_differ_has_no_distance() -> None:
    assert measure_distance(compare(array(1.0), array(1.0))) == 0.0


def test_the_largest_distance_counts() -> None:
    change = call_change("inference", call(1.0, losses=(1.0,)), call(1.0 + 2**-23, losses=(1.5,)))
    assert measure_call(change) == pytest.approx(0.5 / 2**-23)


def test_other_masks_are_no_matter_of_size() -> None:
    change = call_change("inference", call(1.0, masks=True), call(1.0, masks=False))
    assert measure_call(change) == math.inf


def test_a_small_gradient_is_a_sum_of_larger_numbers() -> None:
    change = call_change("training step", step(1e-3), step(1e-3 + 3e-6))
    assert measure_call(change) < ROUNDING


def test_calls_that_round_otherwise_are_dropped() -> None:
    tiny = call_change("inference", call(1.0), call(1.0 + 2**-23))
    large = call_change("training", call(1.0), call(1.1))
    assert drop_rounding(Contrast(calls=(tiny, large))).calls == (large,)
