"""Which Keras the lab takes in the caller's own process: that of the first layer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from maskcheck.source.modules.keras_imports import VARIABLE


@contextmanager
def use_keras_of(checked: object) -> Iterator[None]:
    """Have the lab, if it is imported inside for the first time, take the Keras that a layer is of."""
    # What it says of its own class may be anything, or raise.
    cls: type = checked if issubclass(type(checked), type) else type(checked)  # type: ignore[assignment]
    tops = [base.__module__.partition(".")[0] for base in cls.__mro__]
    before = os.environ.get(VARIABLE)
    if "tf_keras" in tops or "keras" in tops:
        os.environ[VARIABLE] = str(int("tf_keras" in tops))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(VARIABLE, None)
        else:
            os.environ[VARIABLE] = before
