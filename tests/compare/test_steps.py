"""Training steps compared: each part that differs is named by its path."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maskcheck.compare.steps import compare_steps
from maskcheck.model.snapshot import TrainingStep
from maskcheck.model.value import ArrayValue


def array(*values: float) -> ArrayValue:
    return ArrayValue("tensor", "float32", np.array(values, "float32"))


STEP = TrainingStep(
    1.5, {"kernel": array(0.5, 1.0), "bias": None}, (array(2.0),), {"kernel": array(0.1), "mean": array(3.0)}
)


@pytest.mark.parametrize(
    ("after", "paths"),
    [
        (STEP, []),
        (replace(STEP, loss=1.5 + 1e-8), []),
        (replace(STEP, loss=1.6), ["loss"]),
        (replace(STEP, gradients={"kernel": array(0.5, 2.0), "bias": None}), ["gradient of kernel"]),
        (replace(STEP, gradients={"kernel": array(0.5, 1.0), "bias": array(1.0)}), ["gradient of bias"]),
        (replace(STEP, gradients={"kernel": None, "bias": None}), ["gradient of kernel"]),
        (replace(STEP, gradients={"kernel": array(0.5, 1.0)}), ["gradient of bias"]),
        (replace(STEP, inputs=(None,)), ["gradient of inputs[0]"]),
        (replace(STEP, weights={**STEP.weights, "mean": array(4.0)}), ["updated mean"]),
        (replace(STEP, weights={**STEP.weights, "more": array(4.0)}), ["updated more"]),
    ],
)
def test_what_differs_is_named(after: TrainingStep, paths: list[str]) -> None:
    assert [difference.path for difference in compare_steps(STEP, after)] == paths


def test_a_stated_tolerance_counts_where_it_is_larger() -> None:
    after = replace(STEP, loss=1.6)
    assert compare_steps(STEP, after, (0.1, 0.0)) == ()
    assert compare_steps(STEP, replace(STEP, loss=1.5 + 1e-8), (1e-12, 0.0)) == ()


@pytest.mark.parametrize(("before", "after"), [(None, STEP), (STEP, None), (None, None)])
def test_a_side_without_a_step_is_not_compared(
    before: TrainingStep | None, after: TrainingStep | None
) -> None:
    assert compare_steps(before, after) == ()
