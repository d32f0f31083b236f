"""What every route has in common: the way back of a layer, and the trip that it makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from maskcheck.compare.snapshots import contrast
from maskcheck.lab.calls.build import BuildError
from maskcheck.lab.calls.call import wake
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.diagnosis.find_cause import Cause, find_cause
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.plain_state import PlainState, list_unlike, read_plain_state, set_plain_values
from maskcheck.lab.layer.seeds import start_afresh
from maskcheck.lab.process.audit import listening
from maskcheck.model.error import ErrorKind
from maskcheck.model.evidence import Failure, Trip
from maskcheck.model.snapshot import TRAINING_STEP, CallResult, Snapshot
from maskcheck.model.touch import Touch
from maskcheck.model.value import Value


@dataclass(frozen=True)
class LoadResult:
    """A layer that came back, or what prevented it; ``unsafe`` if safe mode had to be off.

    ``touches`` are what user code did outside while the file was loaded.
    """

    layer: keras.Layer | None = None
    failure: Failure | None = None
    unsafe: bool = False
    touches: tuple[Touch, ...] = ()


def bring_back(traveller: Traveller, bring: Callable[[bool], keras.Layer]) -> LoadResult:
    """Bring a layer back with safe mode on; where only a lambda stands in the way, with it off.

    Args:
        bring: takes the safe mode and returns the layer, or raises BuildError.
    """
    return load_safely(
        bring, traveller.construction_seed, traveller.custom_objects, thorough=traveller.thorough
    )


def load_safely(
    bring: Callable[[bool], keras.Layer], seed: int, custom_objects: Mapping[str, Any], *, thorough: bool
) -> LoadResult:
    """Bring a layer back, first with safe mode on; with it off if only a lambda stands in the way.

    Args:
        bring: takes the safe mode and returns the layer, or raises BuildError.
        seed: of everything that is constructed.
        custom_objects: where classes are found that are not registered.
        thorough: seeds TensorFlow's own random stream, too.
    """
    first = _load(bring, seed, custom_objects, safe=True, thorough=thorough)
    if first.failure and is_lambda_refused(first.failure):
        second = _load(bring, seed, custom_objects, safe=False, thorough=thorough)
        return first if second.failure and is_lambda_refused(second.failure) else second
    return first


def _load(
    bring: Callable[[bool], keras.Layer],
    seed: int,
    custom_objects: Mapping[str, Any],
    *,
    safe: bool,
    thorough: bool,
) -> LoadResult:
    start_afresh(seed, thorough=thorough)
    with listening() as watch:
        try:
            with keras.saving.custom_object_scope(dict(custom_objects)):
                back = LoadResult(bring(safe), unsafe=not safe)
        except BuildError as error:
            back = LoadResult(failure=error.failure, unsafe=not safe)
    return replace(back, touches=tuple(touch for touch in watch.touches if touch.step == "load"))


def is_lambda_refused(failure: Failure) -> bool:
    """Tell whether Keras refused to load a lambda only because safe mode is on."""
    return failure.error.meaning(ErrorKind.LAMBDA_REFUSED) is not None


def complete_trip(
    traveller: Traveller,
    route: str,
    form: str,
    back: LoadResult,
    rebuilt: Mapping[str, Value] | None = None,
    *,
    inference_only: bool = False,
) -> Trip:
    """Observe what came back; a call that fails leaves both a snapshot and the failure.

    ``inference_only`` leaves out the other modes of calling, where another form of the
    same route has them; not where all routes are taken.
    """
    if back.layer is None:
        return Trip(route, form, failure=back.failure, unsafe=back.unsafe, touches=back.touches)
    every = traveller.all_routes or not inference_only
    modes = {mode: inputs for mode, inputs in traveller.modes.items() if every or mode == "inference"}
    arrived = read_plain_state(back.layer)
    with listening() as watch:
        if modes and traveller.built.may_draw_at_first:
            wake(back.layer, modes["inference"], traveller.waking_seed, thorough=traveller.thorough)
        after, failure = check_calls(traveller.observe(back.layer, modes), traveller.reference)
    shared = find_shared_parts(traveller.layer, back.layer) if traveller.modes else ()
    after, found = _find_cause(traveller, back.layer, after, arrived)
    return Trip(
        route,
        form,
        after,
        failure,
        rebuilt,
        shared=shared,
        unsafe=back.unsafe,
        cause=found.paths,
        cause_unseen=found.unseen,
        overwritten=found.overwritten,
        touches=(*back.touches, *watch.touches),
    )


def _find_cause(
    traveller: Traveller, layer: keras.Layer, after: Snapshot, arrived: PlainState
) -> tuple[Snapshot, Cause]:
    """Look for the cause where the layer behaves otherwise, once all randomness is held still.

    Of a flag that the first call sets, whatever it is for, the snapshot that is returned has what came
    back, if that is the cause.
    """
    if not (traveller.is_held_still and contrast(traveller.reference, after).behaviour):
        return after, Cause()
    moved = _list_moved_back(traveller, arrived)
    as_it_came = set_attributes(after, moved)
    with set_plain_values(layer, moved):
        cause = find_cause(
            traveller.layer,
            layer,
            contrast(traveller.reference, as_it_came),
            traveller.reference.calls,
            traveller.modes,
            traveller.call,
            traveller.list_overwritten,
        )
    return (as_it_came if moved.keys() & set(cause.paths) else after), cause


def _list_moved_back(traveller: Traveller, arrived: PlainState) -> dict[str, Value]:
    """Return the flags and counters, moved by calls of the original, that came back otherwise."""
    unlike = list_unlike(read_plain_state(traveller.layer), arrived)
    return {path: theirs for path, theirs in unlike.items() if path in traveller.built.moved}


def set_attributes(snapshot: Snapshot, values: Mapping[str, Value]) -> Snapshot:
    """Return a snapshot with other values of attributes, by path."""
    layers = dict(snapshot.layers)
    for path, value in values.items():
        place, _, name = path.rpartition(".")
        if place in layers:
            state = layers[place]
            layers[place] = replace(state, attributes={**state.attributes, name: value})
    return replace(snapshot, layers=layers)


def check_calls(after: Snapshot, reference: Snapshot) -> tuple[Snapshot, Failure | None]:
    """Return what came back without calls that prove nothing, and the first call that now fails."""
    after = replace(after, calls={m: call for m, call in after.calls.items() if not _is_leftover(call)})
    return after, _find_broken_call(reference.calls, after.calls)


def _is_leftover(call: CallResult) -> bool:
    """Tell whether a call failed on a symbolic tensor that tracing the model left on the layer."""
    return call.error is not None and call.error.meaning(ErrorKind.TENSOR_OUT_OF_SCOPE) is not None


def _find_broken_call(before: Mapping[str, CallResult], after: Mapping[str, CallResult]) -> Failure | None:
    for mode, call in after.items():
        if call.error and mode != TRAINING_STEP and mode in before and before[mode].error is None:
            return Failure("call", call.error)
    return None


def find_shared_parts(original: keras.Layer, copy: keras.Layer) -> tuple[str, ...]:
    """Return the paths of layers and variables that the copy shares with the original."""
    ours = set(_parts(original).values())
    return tuple(sorted(path for path, identity in _parts(copy).items() if identity in ours))


def _parts(layer: keras.Layer) -> dict[str, int]:
    found = walk(layer)
    parts = {path: id(part) for path, part in found.layers.items()}
    return parts | {path: id(entry.variable) for path, entry in found.variables.items()}
