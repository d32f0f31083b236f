"""The tasks that the engine runs in a worker process."""

from __future__ import annotations

import time
from dataclasses import replace

from maskcheck.lab.examine import examine_layer
from maskcheck.lab.infer import infer
from maskcheck.lab.process.device import chosen_device, device_names, devices, versions
from maskcheck.lab.process.imports import find_class, import_world
from maskcheck.lab.process.keras_settings import kept_surroundings, surroundings, use_surroundings
from maskcheck.lab.process.placement import crossings
from maskcheck.lab.routes.support.other_process import errand
from maskcheck.lab.task import Task
from maskcheck.model.report import LayerReport
from maskcheck.model.target import Confirmation, Proposal, World
from maskcheck.settings import Settings

__all__ = ["Task", "confirm", "errand", "examine", "propose"]


def confirm(world: World, settings: Settings) -> Confirmation:
    """Import the modules of ``world`` and return the Layer subclasses that are really there.

    Raises:
        UsageError: the device of the settings does not exist, or there is none to cross to.
    """
    found = replace(import_world(world), surroundings=surroundings())
    chosen = ", ".join(device_names(settings.device))
    if settings.cross_device:
        crossings(settings.device)
    return replace(found, device=chosen, devices=devices(), versions=versions())


def examine(task: Task) -> LayerReport:
    """Check every case of one layer on every route and return the report."""
    start = time.perf_counter()
    cls = find_class(task.world, task.subject)
    with kept_surroundings(), chosen_device(task.settings.device) as device:
        use_surroundings(task.surroundings)
        report = examine_layer(task, cls, device)
    return replace(report, seconds=time.perf_counter() - start)


def propose(task: Task) -> Proposal:
    """Infer a case for one layer, for a spec to be written."""
    cls = find_class(task.world, task.subject)
    with kept_surroundings(), chosen_device(task.settings.device):
        use_surroundings(task.surroundings)
        return Proposal(task.subject, infer(cls, task.settings.seed))
