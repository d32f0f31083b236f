"""The device that layers run on: what TensorFlow detects, or the one that was asked for."""

from __future__ import annotations

import functools
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version

import numpy as np
import tensorflow as tf

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.lab.keras_api import LEGACY, keras
from maskcheck.version import VERSION

_PREFERRED = ("TPU", "GPU")


def select_devices(wanted: str) -> tuple[str, ...]:
    """Return the devices to use, as ``CPU:0``; starts TensorFlow's runtime.

    Args:
        wanted: "auto" (an accelerator if there is one), "all" (one of each type, in the order
            in which auto prefers them), or a type such as "gpu" or a name such as "CPU:1", or
            several of these with commas between.

    Raises:
        UsageError: there is no such device; lists those there are.
    """
    found = list_devices()
    if wanted.lower() == "all":
        first: dict[str, str] = {}
        for device in _sort_by_preference(found):
            first.setdefault(_type(device), device)
        return tuple(first.values())
    return tuple(dict.fromkeys(_select_device(name.strip(), found) for name in wanted.split(",")))


def _select_device(wanted: str, found: Sequence[str]) -> str:
    if wanted.lower() == "auto":
        return _sort_by_preference(found)[0]
    name = wanted.upper().removeprefix("/").removeprefix("DEVICE:")
    match = [device for device in found if name in (device, _type(device))]
    if not match:
        there = ", ".join(found)
        raise UsageError(
            f"no device {wanted!r} here; there is {there}",
            hint=did_you_mean(name, list(found)) or "or use auto",
            option="device",
        )
    return match[0]


def list_devices() -> tuple[str, ...]:
    """Return the names of all devices, as ``CPU:0``."""
    _let_memory_grow()
    return tuple(device.name.removeprefix("/device:") for device in tf.config.list_logical_devices())


@functools.cache
def _let_memory_grow() -> None:
    """Let each process take of a GPU's memory what it needs, as several share it, and not all at once."""
    for gpu in tf.config.list_physical_devices("GPU"):
        # A module that used the GPU when it was imported has settled this for its process.
        with suppress(RuntimeError, ValueError):
            tf.config.experimental.set_memory_growth(gpu, True)


def _sort_by_preference(found: Sequence[str]) -> list[str]:
    """Return accelerators first, a pluggable device of another type before a CPU."""
    others = sorted({_type(device) for device in found} - {*_PREFERRED, "CPU"})
    order = (*_PREFERRED, *others, "CPU")
    return sorted(found, key=lambda device: order.index(_type(device)))


def _type(device: str) -> str:
    return device.partition(":")[0]


@contextmanager
def use_device(wanted: str) -> Iterator[str]:
    """Run everything inside on the device, the first where several are named."""
    name = select_devices(wanted)[0]
    with tf.device(f"/device:{name}"):
        yield name


def choose_tolerance(*used: str) -> tuple[float, float]:
    """Return the relative and absolute tolerance for outputs computed twice on the devices ``used``.

    The same computation on CPUs gives the same bits; accelerators may reorder sums.
    """
    return (0.0, 0.0) if all(device.startswith("CPU") for device in used) else (1e-4, 1e-5)


def list_versions() -> Mapping[str, str]:
    """Return the versions that a report names; that of Keras once more as tf_keras where it is that."""
    legacy = {"tf_keras": keras.__version__} if LEGACY else {}
    return legacy | {
        "maskcheck": VERSION,
        "python": platform.python_version(),
        "tensorflow": version("tensorflow"),
        "keras": keras.__version__,
        "numpy": np.__version__,
    }
