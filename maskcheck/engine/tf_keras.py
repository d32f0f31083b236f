"""Whether the processes of a run need tf_keras, and whether it is there."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from maskcheck.errors import UsageError
from maskcheck.model.target import World

INSTALL = "pip install 'maskcheck[tf-keras]'"


def needs_tf_keras(worlds: Iterable[World]) -> bool:
    """Tell whether the layers to scan are those of tf_keras.

    Raises:
        UsageError: they are, and it is not installed.
    """
    reason = next((world.legacy for world in worlds if world.legacy), "")
    if reason and find_spec("tf_keras") is None:
        raise UsageError(f"{reason}, and tf_keras is not installed", hint=INSTALL)
    return bool(reason)
