"""The two tasks that the engine runs in a worker process."""

from __future__ import annotations

from dataclasses import dataclass

from maskcheck.model.case import LayerSpec, Subject
from maskcheck.model.report import LayerReport
from maskcheck.model.target import Confirmation, World
from maskcheck.settings import Settings


@dataclass(frozen=True)
class Task:
    """One layer to examine: the subject in its world, and what the spec says of it.

    ``scratch`` is an existing directory of this task alone, removed by the engine.
    """

    world: World
    subject: Subject
    spec: LayerSpec | None
    settings: Settings
    scratch: str


def confirm(world: World, settings: Settings) -> Confirmation:
    """Import the modules of ``world`` and return the Layer subclasses that are really there."""
    raise NotImplementedError


def examine(task: Task) -> LayerReport:
    """Check every case of one layer on every route and return the report."""
    raise NotImplementedError
