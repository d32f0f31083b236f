"""A scan whose layers are examined when the caller asks for them; used by the pytest plugin."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from maskcheck.engine.confirm import confirm_all
from maskcheck.engine.examine import Examination
from maskcheck.engine.plan import PlannedStep
from maskcheck.engine.processes.pool import Pool
from maskcheck.engine.run import (
    KERAS_LAB,
    Lab,
    load_wanted_baseline,
    load_wanted_spec,
    needs_helpers,
    open_pool,
)
from maskcheck.engine.selection import select_layers
from maskcheck.engine.tf_keras import needs_tf_keras
from maskcheck.model.report import LayerFinished, LayerReport
from maskcheck.settings import Settings
from maskcheck.source.modules.discovery import discover


@dataclass(frozen=True)
class PreparedScan:
    """A scan after import: the planned step of each class, in the order of the report."""

    planned: Sequence[PlannedStep]
    settings: Settings
    _files: Mapping[str, Sequence[str]]
    _pool: Pool

    def reports(self, wanted: Sequence[PlannedStep]) -> Iterator[LayerReport]:
        """Do the steps ``wanted`` and yield their reports in order, each as soon as it is there.

        Finish one call before the next.
        Raises:
            LabFault: maskcheck itself failed on a layer.
        """
        examination = Examination(wanted, self._files, replace(self.settings, maxfail=0))
        for event in examination.run(self._pool):
            if isinstance(event, LayerFinished):
                yield event.report


@contextmanager
def prepare_scan(settings: Settings, *, lab: Lab = KERAS_LAB) -> Iterator[PreparedScan]:
    """Import the targets and plan the scan; the context's end stops all processes and removes their files.

    Raises:
        MaskcheckError: settings, targets or spec are wrong, or there is no layer.
        LabFault: maskcheck failed before the first layer.
    """
    spec, baseline = load_wanted_spec(settings), load_wanted_baseline(settings)
    settings = replace(settings, directory=os.path.abspath(settings.directory))
    worlds = discover(settings.targets, settings.directory, settings.imported)
    helpers, legacy = needs_helpers(settings), needs_tf_keras(worlds)
    with (
        _without_interrupts() as stop,
        open_pool(settings, lab, stop, legacy=legacy, helpers=helpers) as pool,
    ):
        confirmed = confirm_all(pool, worlds, settings)
        files = {world.setup: [module.file for module in world.world.modules] for world in confirmed}
        yield PreparedScan(select_layers(confirmed, spec, baseline, settings).planned, settings, files, pool)


@contextmanager
def _without_interrupts() -> Iterator[int]:
    """Yield a descriptor that never becomes readable: interruptions are the caller's business."""
    read_end, write_end = os.pipe()
    try:
        yield read_end
    finally:
        os.close(read_end)
        os.close(write_end)
