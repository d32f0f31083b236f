"""Two training steps compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maskcheck.compare.arrays import EXACT, Tolerance, widen_tolerance
from maskcheck.compare.values import Difference, compare
from maskcheck.model.snapshot import TrainingStep
from maskcheck.model.value import ABSENT, Value

# Gradients are sums, and no order of summing is promised.
_LEAST: Tolerance = (1e-5, 1e-7)


def compare_steps(
    before: TrainingStep | None, after: TrainingStep | None, tolerance: Tolerance = EXACT
) -> tuple[Difference, ...]:
    """Return in what two training steps differ.

    Paths are as "loss", "gradient of dense.kernel", "gradient of inputs[0]", "updated dense.kernel".
    The last bits of a sum may differ, whatever the tolerance.
    """
    if before is None or after is None:
        return ()
    return tuple(_compare_parts(before, after, widen_tolerance(tolerance, _LEAST)))


def _compare_parts(before: TrainingStep, after: TrainingStep, limit: Tolerance) -> Iterator[Difference]:
    yield from compare(before.loss, after.loss, "loss", limit)
    yield from _compare_by_path(before.gradients, after.gradients, "gradient of", limit)
    yield from _compare_by_path(_number(before.inputs), _number(after.inputs), "gradient of", limit)
    yield from _compare_by_path(before.weights, after.weights, "updated", limit)


def _number(values: tuple[Value, ...]) -> Mapping[str, Value]:
    return {f"inputs[{index}]": value for index, value in enumerate(values)}


def _compare_by_path(
    before: Mapping[str, Value], after: Mapping[str, Value], label: str, limit: Tolerance
) -> Iterator[Difference]:
    for path in [*before, *(path for path in after if path not in before)]:
        old, new = before.get(path, ABSENT), after.get(path, ABSENT)
        yield from compare(old, new, f"{label} {path}", limit)
