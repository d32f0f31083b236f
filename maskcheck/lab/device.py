"""The device that layers run on: what TensorFlow detects, or the one that was asked for."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version

import numpy as np
import tensorflow as tf

from maskcheck import __version__
from maskcheck.errors import UsageError, did_you_mean
from maskcheck.lab.api import keras

_PREFERRED = ("TPU", "GPU")


def device_name(wanted: str) -> str:
    """Return the device to use as ``CPU:0``; starts TensorFlow's runtime.

    Args:
        wanted: "auto" (an accelerator if there is one), a type such as "gpu", or a name
            such as "CPU:1".

    Raises:
        UsageError: there is no such device; lists those there are.
    """
    found = devices()
    if wanted.lower() == "auto":
        return next((d for kind in _PREFERRED for d in found if d.startswith(kind)), _other(found))
    name = wanted.upper().removeprefix("/").removeprefix("DEVICE:")
    match = [device for device in found if device == name or device.partition(":")[0] == name]
    if not match:
        there = ", ".join(found)
        raise UsageError(
            f"no device {wanted!r} here; there is {there}",
            hint=did_you_mean(name, list(found)) or "or use auto",
        )
    return match[0]


def devices() -> tuple[str, ...]:
    """Return the names of all devices, as ``CPU:0``."""
    return tuple(device.name.removeprefix("/device:") for device in tf.config.list_logical_devices())


def _other(found: Sequence[str]) -> str:
    """Return a pluggable device of another type if there is one, else the first CPU."""
    return next((device for device in found if not device.startswith("CPU")), "CPU:0")


@contextmanager
def chosen_device(wanted: str) -> Iterator[str]:
    """Run everything inside on the device."""
    name = device_name(wanted)
    with tf.device(f"/device:{name}"):
        yield name


def tolerance(device: str) -> tuple[float, float]:
    """Return the relative and absolute tolerance for outputs computed twice on a device.

    The same computation on a CPU gives the same bits; accelerators may reorder sums.
    """
    return (0.0, 0.0) if device.startswith("CPU") else (1e-4, 1e-5)


def versions() -> Mapping[str, str]:
    """Return the versions that a report names."""
    return {
        "maskcheck": __version__,
        "python": platform.python_version(),
        "tensorflow": version("tensorflow"),
        "keras": keras.__version__,
        "numpy": np.__version__,
    }
