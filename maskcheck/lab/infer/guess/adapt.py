"""Layers that learn their state from data before they are called."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.lab.infer.attempt import Attempt, AttemptResult
from maskcheck.lab.infer.guess.names import MARK
from maskcheck.model.case import Leaf, Preparation


def propose_adapt(outcome: AttemptResult) -> Iterator[Attempt]:
    """Yield the attempt with ``adapt`` called on its input before, where the layer has that method."""
    attempt = outcome.attempt
    data = next((tree for tree in attempt.args if isinstance(tree, Leaf)), None)
    if data is not None and not attempt.prepare and callable(getattr(outcome.cls, "adapt", None)):
        yield attempt.corrected(0.3, prepare=(Preparation("adapt", (data,), {}, MARK),))
