"""What a process does that is asked to open a file whose layer it never saw."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from maskcheck import progress
from maskcheck.lab.api import keras
from maskcheck.lab.calls.build import BuildError, guarded
from maskcheck.lab.calls.inputs import call_inputs
from maskcheck.lab.calls.modes import modes
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.layer.plain import qualified_name
from maskcheck.lab.process.device import chosen_device
from maskcheck.lab.process.imports import find_class
from maskcheck.lab.process.keras_settings import kept_surroundings, surroundings, use_surroundings
from maskcheck.lab.process.placement import run_on
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.support.trip import bring_back
from maskcheck.model.case import Case, Subject
from maskcheck.model.evidence import Failure
from maskcheck.model.snapshot import ErrorInfo, Snapshot
from maskcheck.model.target import World
from maskcheck.settings import Settings

# As this process began, before any code of the user's ran in it.
_AT_FIRST = surroundings()


@dataclass(frozen=True)
class Visit:
    """A .keras file to be opened, and its layer observed, by a process that has imported the world.

    ``place`` is the layer's among the layers of the model, None if it is the model itself.
    ``classes`` are those to pass as custom objects, each as a subject. ``modes`` names the calls.
    """

    case: Case
    path: str
    place: int | None
    modes: tuple[str, ...]
    classes: Mapping[str, Subject]
    seed: int
    construction_seed: int
    thorough: bool


@dataclass(frozen=True)
class Arrival:
    """What a `Visit` gave. ``imported`` are the settings of `surroundings` that importing the world sets."""

    after: Snapshot | None = None
    failure: Failure | None = None
    unsafe: bool = False
    imported: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Encounter:
    """A .keras file to be opened by a process that never imports the world."""

    path: str
    place: int | None


def errand(world: World, settings: Settings, request: Visit | Encounter) -> Arrival | ErrorInfo | str:
    """Open the file; return what the layer is, or for an `Encounter` the error or the class that came."""
    with kept_surroundings():
        if isinstance(request, Encounter):
            # Devices may be there only because the world, which is not imported here, makes them.
            return _encountered(request)
        with chosen_device(settings.device), run_on(request.case.there or request.case.device):
            return _arrived(world, request)


def unload(path: str, place: int | None, safe: bool) -> keras.Layer:
    """Load a model and return the layer at ``place`` in it.

    Raises:
        BuildError: of the step "load".
    """
    with quiet():
        model = guarded("load", keras.models.load_model, path, safe_mode=safe)
    return model if place is None else guarded("load", lambda: model.layers[place])


def _arrived(world: World, visit: Visit) -> Arrival:
    objects = _custom_objects(world, visit.classes)
    imported = _set_by_import()
    use_surroundings({})
    progress.stage(f"loading the file (case {visit.case.id})")
    back = bring_back(
        lambda safe: unload(visit.path, visit.place, safe),
        visit.construction_seed,
        objects,
        thorough=visit.thorough,
    )
    if back.layer is None:
        return Arrival(failure=back.failure, imported=imported)
    progress.stage(f"calling the layer that was loaded (case {visit.case.id})")
    wanted = modes(back.layer, call_inputs(visit.case, visit.seed), visit.seed)
    calls = {mode: inputs for mode, inputs in wanted.items() if mode in visit.modes}
    after = observe(back.layer, calls, visit.seed, thorough=visit.thorough)
    return Arrival(after, unsafe=back.unsafe, imported=imported)


def _custom_objects(world: World, classes: Mapping[str, Subject]) -> dict[str, Any]:
    """Return the classes that are there once the world is imported; those made by functions may not be."""
    found = {}
    for name, subject in classes.items():
        with suppress(Exception):
            found[name] = find_class(world, subject)
    return found


@functools.cache
def _set_by_import() -> Mapping[str, str]:
    """Return the settings that are no longer as they were, asked for the first time after the import."""
    return {name: value for name, value in surroundings().items() if value != _AT_FIRST[name]}


def _encountered(request: Encounter) -> ErrorInfo | str:
    try:
        return qualified_name(type(unload(request.path, request.place, safe=False)))
    except BuildError as error:
        return error.failure.error
