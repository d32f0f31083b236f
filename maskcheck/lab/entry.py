"""The tasks that the engine runs in a worker process."""

from __future__ import annotations

import time
from dataclasses import replace

from maskcheck.lab.examine import examine_layer
from maskcheck.lab.infer import infer
from maskcheck.lab.process.device import list_devices, list_versions, select_devices, use_device
from maskcheck.lab.process.imports import find_class, import_world
from maskcheck.lab.process.keras_settings import (
    apply_keras_settings,
    keep_keras_settings,
    read_keras_settings,
)
from maskcheck.lab.process.placement import list_crossings
from maskcheck.lab.process.random_ops import note_ops
from maskcheck.lab.process.workplace import invent_values
from maskcheck.lab.routes.support.other_process import answer_request
from maskcheck.lab.task import Task
from maskcheck.model.report import LayerReport
from maskcheck.model.target import Confirmation, Proposal, World
from maskcheck.settings import Settings

__all__ = ["Task", "answer_request", "confirm", "examine", "propose"]


def confirm(world: World, settings: Settings) -> Confirmation:
    """Import the modules of ``world`` and return the Layer subclasses that are really there.

    Raises:
        UsageError: the device of the settings does not exist, or there is none to cross to.
    """
    note_ops()
    found = replace(import_world(world), keras_settings=read_keras_settings())
    chosen = ", ".join(select_devices(settings.device))
    if settings.cross_device:
        list_crossings(settings.device)
    return replace(found, device=chosen, devices=list_devices(), versions=list_versions())


def examine(task: Task) -> LayerReport:
    """Check every case of one layer on every route and return the report."""
    start = time.perf_counter()
    note_ops()
    cls = find_class(task.world, task.subject)
    with keep_keras_settings(), use_device(task.settings.device) as device:
        apply_keras_settings(task.keras_settings)
        report = examine_layer(task, cls, device)
    return replace(report, seconds=time.perf_counter() - start)


def propose(task: Task) -> Proposal:
    """Infer a case for one layer, for a spec to be written."""
    cls = find_class(task.world, task.subject)
    with keep_keras_settings(), use_device(task.settings.device):
        apply_keras_settings(task.keras_settings)
        with invent_values(task.scratch):
            return Proposal(task.subject, infer(cls, task.settings.seed))
