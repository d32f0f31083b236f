"""Loading a file in a process that never saw the layer: what is asked of that process, and its answer.

The importing process has imported the user's modules, the bare process has not.
"""

from __future__ import annotations

import functools
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import Any

from maskcheck import task_stage
from maskcheck.lab.calls.build import BuildError, guarded
from maskcheck.lab.calls.call import wake
from maskcheck.lab.calls.inputs import call_inputs
from maskcheck.lab.calls.modes import choose_modes
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.plain import qualified_name
from maskcheck.lab.process.audit import listening, watched
from maskcheck.lab.process.device import use_device
from maskcheck.lab.process.imports import find_class
from maskcheck.lab.process.keras_settings import (
    apply_keras_settings,
    keep_keras_settings,
    read_keras_settings,
)
from maskcheck.lab.process.placement import run_on
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.process.workplace import empty_folder, work_in
from maskcheck.lab.routes.support.trip import load_safely
from maskcheck.model.case import Case, Subject
from maskcheck.model.error import ErrorInfo
from maskcheck.model.evidence import Failure
from maskcheck.model.snapshot import Snapshot
from maskcheck.model.target import World
from maskcheck.model.touch import Touch
from maskcheck.settings import Settings

# As this process began, before any code of the user's ran in it.
_AT_FIRST = read_keras_settings()


@dataclass(frozen=True)
class LoadRequest:
    """A .keras file to be loaded, and its layer to be observed, by the importing process."""

    # Says with which inputs the layer is called.
    case: Case
    # Where the file is.
    path: str
    # The index of the layer among those of the model, None if it is the model itself.
    index: int | None
    # The names of the calls to make.
    modes: tuple[str, ...]
    # What to pass as custom objects: under each name the class that the other process has to find.
    classes: Mapping[str, Subject]
    # Of the inputs.
    seed: int
    # Of what is constructed while the file is loaded.
    construction_seed: int
    # Whether TensorFlow's own random stream is seeded, too.
    thorough: bool
    # Of a first call that is made before it is observed; None if none is needed.
    waking_seed: int | None = None
    # Where the process that asks keeps temporary files, which are not the layer's to miss.
    temporary: str = field(default_factory=tempfile.gettempdir)


@dataclass(frozen=True)
class LoadAnswer:
    """What came of a `LoadRequest`."""

    # What was read off the layer, None where it could not be loaded.
    after: Snapshot | None = None
    # Why not.
    failure: Failure | None = None
    # Whether it could be loaded with safe mode off only.
    unsafe: bool = False
    # Keras' settings that importing the user's modules has changed, by `read_keras_settings`.
    imported: Mapping[str, str] = field(default_factory=dict)
    # What user code touched outside while the file was loaded and the layer called.
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True)
class BareLoadRequest:
    """A .keras file to be loaded by the bare process; ``index`` is as in a `LoadRequest`."""

    path: str
    index: int | None


def answer_request(
    world: World, settings: Settings, request: LoadRequest | BareLoadRequest
) -> LoadAnswer | ErrorInfo | str:
    """Load the file as a request says.

    Returns:
        What the layer is and gives; to a `BareLoadRequest` the error, or the name of the class that came.
    """
    with keep_keras_settings():
        if isinstance(request, BareLoadRequest):
            # Devices may be there only because the world, which is not imported here, makes them.
            with _work_elsewhere(request.path, forbid=True):
                return _load_bare(request)
        with use_device(settings.device), run_on(request.case.there or request.case.device):
            return _load_and_observe(world, request)


@contextmanager
def _work_elsewhere(path: str, *free: str, forbid: bool) -> Iterator[None]:
    """Work in an empty folder beside a file: who loads a model is seldom where it was saved."""
    scratch = os.path.dirname(path)
    with watched(os.getcwd(), scratch, *free, forbid=forbid), work_in(empty_folder(scratch, "elsewhere")):
        yield


def load_layer(path: str, index: int | None, safe: bool) -> keras.Layer:
    """Load a model and return the layer at ``index`` among its layers.

    Raises:
        BuildError: of the step "load".
    """
    with quiet():
        model = guarded("load", keras.models.load_model, path, safe_mode=safe)
    return model if index is None else guarded("load", lambda: model.layers[index])


def _load_and_observe(world: World, request: LoadRequest) -> LoadAnswer:
    objects = _find_custom_objects(world, request.classes)
    imported = _find_set_by_import()
    apply_keras_settings({})
    task_stage.enter(f"loading the file (case {request.case.id})")
    with _work_elsewhere(request.path, request.temporary, forbid=request.case.origin == "inferred"):
        return replace(_load(request, objects), imported=imported)


def _load(request: LoadRequest, objects: Mapping[str, Any]) -> LoadAnswer:
    back = load_safely(
        lambda safe: load_layer(request.path, request.index, safe),
        request.construction_seed,
        objects,
        thorough=request.thorough,
    )
    if back.layer is None:
        return LoadAnswer(failure=back.failure, touches=back.touches)
    task_stage.enter(f"calling the layer that was loaded (case {request.case.id})")
    wanted = choose_modes(back.layer, call_inputs(request.case, request.seed), request.seed)
    calls = {mode: inputs for mode, inputs in wanted.items() if mode in request.modes}
    with listening() as watch:
        if request.waking_seed is not None and calls:
            wake(back.layer, calls["inference"], request.waking_seed, thorough=request.thorough)
        after = observe(back.layer, calls, request.seed, thorough=request.thorough)
    touches = (*back.touches, *watch.touches)
    return LoadAnswer(after, unsafe=back.unsafe, touches=touches)


def _find_custom_objects(world: World, classes: Mapping[str, Subject]) -> dict[str, Any]:
    """Return the classes that are there once the world is imported; those made by functions may not be."""
    found = {}
    for name, subject in classes.items():
        with suppress(Exception):
            found[name] = find_class(world, subject)
    return found


@functools.cache
def _find_set_by_import() -> Mapping[str, str]:
    """Return the settings that are no longer as they were, asked for the first time after the import."""
    return {name: value for name, value in read_keras_settings().items() if value != _AT_FIRST[name]}


def _load_bare(request: BareLoadRequest) -> ErrorInfo | str:
    try:
        return qualified_name(type(load_layer(request.path, request.index, safe=False)))
    except BuildError as error:
        return error.failure.error
