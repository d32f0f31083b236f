"""Where the subjects come from: targets, the modules in them, and what importing them showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from maskcheck.model.case import Inference, Subject
from maskcheck.model.error import ErrorInfo
from maskcheck.model.report import LayerReport


@dataclass(frozen=True)
class ModuleFile:
    """One module of a target. ``error`` says why its source text cannot be read or parsed.

    ``is_package`` is True for an ``__init__.py``.
    """

    name: str
    file: str
    is_package: bool = False
    error: ErrorInfo | None = None


@dataclass(frozen=True)
class World:
    """A World: the modules that share one top-level name, so that one process can import them together.

    ``root`` is the directory that must be first on ``sys.path`` ("" if the world is
    installed). ``imported`` also counts classes that the modules re-export.
    ``only`` names the classes to keep (from ``module:Class``); empty means all.
    ``legacy`` says why its layers are those of tf_keras, Keras 2; "" for Keras 3.
    """

    root: str
    modules: tuple[ModuleFile, ...]
    subjects: tuple[Subject, ...]
    imported: bool = False
    only: frozenset[str] = frozenset()
    legacy: str = ""


@dataclass(frozen=True)
class Confirmation:
    """What importing a world showed.

    ``subjects`` are all Layer subclasses found, ``failures`` the modules that did not
    import, ``missing`` the subjects that source text showed but the import did not.
    ``keras_settings`` are the settings of Keras that the modules together leave behind, ``printed`` is
    what modules printed meanwhile.
    """

    subjects: tuple[Subject, ...]
    failures: Mapping[str, ErrorInfo] = field(default_factory=dict)
    missing: tuple[Subject, ...] = ()
    device: str = ""
    devices: tuple[str, ...] = ()
    keras_settings: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """What was inferred for one class."""

    subject: Subject
    inference: Inference


@dataclass(frozen=True)
class ImportedWorld:
    """A world after import: without the modules that ``failures`` report on.

    ``setup`` is what workers for it are started with, ``source`` the subjects seen
    before the import.
    """

    world: World
    setup: str
    source: tuple[Subject, ...]
    confirmation: Confirmation
    failures: tuple[LayerReport, ...]

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Return the classes of the world, also those that the import did not define."""
        return (*self.confirmation.subjects, *self.confirmation.missing)

    @property
    def all_subjects(self) -> tuple[Subject, ...]:
        """Return those classes and the ones that the source text showed before the import."""
        return (*self.subjects, *self.source)
