"""The devices on which a case takes its routes: built and brought back on one, or brought back on another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace

import tensorflow as tf

from maskcheck.errors import UsageError
from maskcheck.lab.process.device import select_devices
from maskcheck.model.case import Case
from maskcheck.settings import Settings


def place_cases(settings: Settings, cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return each case, for the first of the devices, with its repeats on and across the others."""
    here, *others = select_devices(settings.device)
    ways = [(device, "") for device in others]
    if settings.cross_device:
        ways += list_crossings(settings.device)
    return tuple(each for case in cases for each in (case, *(_place_case(case, here, *way) for way in ways)))


def list_crossings(wanted: str) -> list[tuple[str, str]]:
    """Return from which device to which other layers are to be carried.

    Args:
        wanted: as for `select_devices`; from each of these to all others of these, and to one of each type.

    Raises:
        UsageError: there is no such device, or only one.
    """
    names = select_devices(wanted)
    ends = dict.fromkeys((*names, *select_devices("all")))
    found = [(here, there) for here in names for there in ends if here != there]
    if not found:
        raise UsageError(f"--cross-device needs a second device; there is only {names[0]}")
    return found


@contextmanager
def run_on(device: str) -> Iterator[None]:
    """Run everything inside on the device, or where it would run anyway if none is named."""
    with tf.device(f"/device:{device}") if device else nullcontext():
        yield


def _place_case(case: Case, first: str, here: str, there: str) -> Case:
    repeated = case.id if here == first else f"{case.id}@{here}"
    if not there:
        return replace(case, id=repeated, device=here, repeats=case.id, dtypes=())
    name = f"{case.id}@{here}>{there}"
    return replace(case, id=name, device=here, there=there, repeats=repeated, dtypes=())
