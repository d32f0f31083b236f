"""One scan, from settings to events."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from maskcheck.engine.confirm import confirm_all
from maskcheck.engine.examine import Examination
from maskcheck.engine.processes.interrupt import watch_interrupts
from maskcheck.engine.processes.lab_error import LabFault
from maskcheck.engine.processes.pool import Pool
from maskcheck.engine.processes.worker_group import WorkerGroup
from maskcheck.engine.selection import select_layers
from maskcheck.engine.tf_keras import needs_tf_keras
from maskcheck.engine.versions import installed_versions
from maskcheck.exits import Exit
from maskcheck.judging.exit_code import exit_code
from maskcheck.known_failures.baseline_file import BASELINE_NAME, load_baseline
from maskcheck.model.baseline import Baseline
from maskcheck.model.case import Spec
from maskcheck.model.report import Event, ScanFinished, ScanStarted
from maskcheck.model.route import ROUTE_TABLE
from maskcheck.model.target import ImportedWorld, World
from maskcheck.settings import Settings
from maskcheck.source.modules.discovery import discover
from maskcheck.source.regular import list_left_out
from maskcheck.specfile.read.find import SPEC_NAME, find_up
from maskcheck.specfile.read.load import load_spec


@dataclass(frozen=True)
class Lab:
    """What a server imports before it forks, and the module that has the tasks, as `maskcheck.lab.entry`."""

    module: str = "maskcheck.lab.entry"
    preload: tuple[str, ...] = ("tensorflow", "maskcheck.lab.entry")


KERAS_LAB = Lab()


def scan(settings: Settings, *, lab: Lab = KERAS_LAB) -> Generator[Event, None, None]:
    """Check every layer of the targets and yield what happens, as it happens.

    ScanStarted comes once all modules are imported, then LayerFinished for each layer
    in the order of the report, with ScanProgress between them, then ScanFinished. Ctrl-C
    and SIGTERM end the scan early: finished layers are still reported, and the last event
    is ``interrupted``. Closing the generator ends all its processes and removes its files.

    Raises:
        MaskcheckError: before the first event where settings, targets or spec are wrong
            or hold no layer; after the last one where a case of the spec cannot be made.
        LabFault: where maskcheck itself fails; on a single layer, after the last event.
    """
    started = time.monotonic()
    spec, baseline = load_wanted_spec(settings), load_wanted_baseline(settings)
    settings = replace(settings, directory=os.path.abspath(settings.directory))
    worlds = discover(settings.targets, settings.directory, settings.imported)
    run = _Run(settings, worlds, spec, baseline)
    legacy = needs_tf_keras(worlds)
    with watch_interrupts() as stop:
        interrupted = False
        try:
            with open_pool(settings, lab, stop, legacy=legacy, helpers=needs_helpers(settings)) as pool:
                yield from run.events(pool)
        except KeyboardInterrupt:
            interrupted = True
            yield from run.rest()
        problem = None if interrupted else run.problem()
        code = Exit.INTERRUPTED if interrupted else _exit_code(run, problem, settings)
        yield ScanFinished(time.monotonic() - started, int(code), interrupted)
    if problem:
        raise problem


class _Run:
    """The state of a scan between its events."""

    def __init__(self, settings: Settings, worlds: tuple[World, ...], spec: Spec, baseline: Baseline) -> None:
        self._settings = settings
        self._worlds = worlds
        self._spec = spec
        self._baseline = baseline
        self.examination: Examination | None = None

    def events(self, pool: Pool) -> Iterator[Event]:
        """Import, plan, examine; raises KeyboardInterrupt when the user interrupts."""
        confirmed = confirm_all(pool, self._worlds, self._settings)
        choice = select_layers(confirmed, self._spec, self._baseline, self._settings)
        files = {world.setup: [module.file for module in world.world.modules] for world in confirmed}
        examination = Examination(choice.planned, files, self._settings, choice.positions)
        header = self._header(confirmed, len(choice.planned))
        remarks = (*choice.remarks, *_tell_left_out(self._settings))
        header = replace(header, shard=choice.shard, remarks=remarks)
        self.examination = examination
        yield header
        yield from examination.run(pool)

    def rest(self) -> Iterator[Event]:
        """Yield the events that an interruption held back."""
        if self.examination is None:
            yield self._header((), sum(len(world.subjects) for world in self._worlds))
        else:
            yield from self.examination.ledger.rest()

    def problem(self) -> Exception | None:
        """Return the gravest of the errors that are not a layer's own."""
        problems = self.examination.problems if self.examination else []
        return next(iter(sorted(problems, key=lambda error: not isinstance(error, LabFault))), None)

    def _header(self, worlds: Sequence[ImportedWorld], layers: int) -> ScanStarted:
        versions, printed = installed_versions(), dict[str, str]()
        for world in worlds:
            versions |= world.confirmation.versions
            failed = world.confirmation.failures
            printed |= {name: text for name, text in world.confirmation.printed.items() if name not in failed}
        return ScanStarted(
            versions=versions,
            device=next((w.confirmation.device for w in worlds if w.confirmation.device), ""),
            seed=self._settings.seed,
            targets=self._settings.targets,
            spec=self._spec.path,
            layers=layers,
            devices=next((w.confirmation.devices for w in worlds if w.confirmation.devices), ()),
            baseline=self._baseline.path,
            printed=printed,
        )


def _tell_left_out(settings: Settings) -> list[str]:
    """Return, for those who want to know more, which files of the targets are not read."""
    places = [os.path.join(settings.directory, target) for target in settings.targets]
    folders = [place for place in places if os.path.isdir(place)] if settings.verbosity > 0 else []
    return [sentence for folder in folders for sentence in list_left_out(folder)]


def _exit_code(run: _Run, problem: Exception | None, settings: Settings) -> Exit:
    if problem is None:
        code = exit_code(run.examination.ledger.released if run.examination else (), settings.fail_on)
        return Exit.CONFORM if settings.exit_zero else code
    return getattr(problem, "exit_code", Exit.INTERNAL)


def needs_helpers(settings: Settings) -> bool:
    """Tell whether a route ends in another process than the one that saved the file."""
    return any(route.elsewhere and route.name in settings.all_routes for route in ROUTE_TABLE)


def load_wanted_spec(settings: Settings) -> Spec:
    """Load the spec that is asked for, or else the nearest one; raises SpecError."""
    path = _find_file(settings, settings.spec, SPEC_NAME)
    return load_spec(path) if path is not None else Spec()


def load_wanted_baseline(settings: Settings) -> Baseline:
    """Load the baseline that is asked for, or else the nearest one; raises SpecError."""
    path = None if settings.no_baseline else _find_file(settings, settings.baseline, BASELINE_NAME)
    return load_baseline(path) if path is not None else Baseline()


def _find_file(settings: Settings, given: str | None, name: str) -> str | None:
    """Return the path of a file that was ``given``, else of one that is found by its ``name``."""
    if given is None:
        return find_up(settings.directory, name)
    return os.path.join("" if settings.directory == "." else settings.directory, given)


@contextmanager
def open_pool(
    settings: Settings, lab: Lab, stop: int, *, legacy: bool, helpers: bool = False
) -> Iterator[Pool]:
    """Open a pool with ``lab``; the context's end stops its processes and removes its files in any case.

    Args:
        stop: a descriptor that becomes readable when the user interrupts.
        legacy: whether Keras is tf_keras to its processes.
        helpers: whether each worker gets helpers, which takes a second server.
    """
    with TemporaryDirectory(prefix="maskcheck-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        team = WorkerGroup(home, lab.preload, settings.seed, helpers=helpers, legacy=legacy)
        pool = Pool(team, home, settings, lab.module, stop)
        try:
            yield pool
        finally:
            pool.close()
            team.stop()
