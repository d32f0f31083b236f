"""Imports the modules before anything is planned, to learn which classes exist and which modules fail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maskcheck import task_stage
from maskcheck.engine import failure_reports
from maskcheck.engine.processes import task
from maskcheck.engine.processes.crash_stack import find_crash_place
from maskcheck.engine.processes.exit_texts import describe_death, describe_exception
from maskcheck.engine.processes.lab_error import make_lab_fault
from maskcheck.engine.processes.outcome import Outcome
from maskcheck.engine.processes.pool import Pool
from maskcheck.errors import MaskcheckError
from maskcheck.model.error import ErrorInfo
from maskcheck.model.report import LayerReport
from maskcheck.model.target import Confirmation, ImportedWorld, ModuleFile, World
from maskcheck.settings import Settings

_SHOWN = 10


@dataclass(frozen=True)
class _Failure:
    message: str
    file: str | None = None
    line: int | None = None
    output: str = ""


def confirm_all(pool: Pool, worlds: Sequence[World], settings: Settings) -> tuple[ImportedWorld, ...]:
    """Import every world in a worker; again without the module at fault where that worker died.

    Raises MaskcheckError where the lab finds a wrong setting (a device that does
    not exist), LabFault where the lab itself fails.
    """
    drafts = [_WorldImport(world, settings) for world in worlds]
    open_drafts = [draft for draft in drafts if draft.world.modules]
    while open_drafts:
        for draft in open_drafts:
            draft.setup = pool.prepare(draft.world)
        for index, outcome in pool.run([task.Job(draft.setup) for draft in open_drafts]):
            open_drafts[index].take(outcome)
        open_drafts = [draft for draft in open_drafts if draft.open]
    return tuple(draft.confirmed() for draft in drafts)


class _WorldImport:
    """The imports of one world so far; ``world`` holds the modules that have not failed."""

    def __init__(self, world: World, settings: Settings) -> None:
        self.setup = ""
        self._whole = world
        self._settings = settings
        self._confirmation: Confirmation | None = None
        self._failures: dict[str, _Failure] = {}
        self.world = world
        for module in world.modules:
            if module.error:
                self._fail(module.name, _failure_of(module.error))

    @property
    def open(self) -> bool:
        return self._confirmation is None and bool(self.world.modules)

    def take(self, outcome: Outcome) -> None:
        """Learn from one attempt to import the world."""
        result = outcome.result
        if isinstance(result, Confirmation):
            self._confirmation = replace(result, printed=outcome.imports)
            for name, error in result.failures.items():
                self._fail(name, _failure_of(error, outcome.imports.get(name, "")))
            return
        if isinstance(result, MaskcheckError):
            raise result
        if isinstance(result, task.Failure):
            if result.kind == "internal":
                raise make_lab_fault("importing the targets", result)
            message = describe_exception(outcome, result.text)
        else:
            message = describe_death(outcome, self._settings.timeout)
        culprit = task_stage.imported_module(outcome.stage)
        files = [module.file for module in self.world.modules]
        place = find_crash_place(outcome.faults, files, self._settings.directory)
        file, line = (place.file, place.line) if place else (None, None)
        names = [culprit] if culprit and culprit in self._names() else self._names()
        for name in names:
            self._fail(name, _Failure(message, file, line, outcome.imports.get(name, outcome.output)))

    def confirmed(self) -> ImportedWorld:
        """Return the imported world; of a package that fails only the package is reported."""
        found = self._confirmation or Confirmation(())
        left = set(self._names())
        found = replace(found, missing=tuple(s for s in found.missing if s.module in left))
        roots = [m for m in self._whole.modules if m.name in self._failures and not self._above(m.name)]
        return ImportedWorld(
            self.world, self.setup, self._whole.subjects, found, tuple(map(self._report, roots))
        )

    def _names(self) -> list[str]:
        return [module.name for module in self.world.modules]

    def _fail(self, name: str, failure: _Failure) -> None:
        """Record the failure of a module, and drop it and its submodules from the world."""
        self._failures[name] = failure
        left = tuple(m for m in self.world.modules if m.name != name and not m.name.startswith(f"{name}."))
        self.world = replace(self.world, modules=left)

    def _above(self, name: str) -> bool:
        return any(name.startswith(f"{other}.") for other in self._failures)

    def _report(self, module: ModuleFile) -> LayerReport:
        failure = self._failures[module.name]
        below = [m.name for m in self._whole.modules if m.name.startswith(f"{module.name}.")]
        layers = [s.name for s in self._whole.subjects if s.module in (module.name, *below)]
        return failure_reports.report_not_importable(
            module,
            f"{failure.message}{_list_modules(below)}{_list_names('not checked', layers)}",
            file=failure.file,
            line=failure.line,
            output=failure.output,
        )


def _failure_of(error: ErrorInfo, output: str = "") -> _Failure:
    missing = error.type == ModuleNotFoundError.__name__  # of which the place says enough
    told = output if missing else "\n".join(filter(None, (output, error.traceback)))
    return _Failure(f"{error.type}: {error.message}", error.file, error.line, told)


def _list_modules(names: Sequence[str]) -> str:
    """Return the modules that are lost with one: their number where their names would say little."""
    if len(names) > _SHOWN:
        return f"; lost with it: {len(names)} modules below it"
    return _list_names("lost with it", names)


def _list_names(title: str, names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"; {title}: {', '.join(names[:_SHOWN])}{more}" if names else ""
