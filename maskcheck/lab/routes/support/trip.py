"""What every route has in common: the traveller, its way back and its arrival."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from maskcheck.compare.snapshots import contrast
from maskcheck.lab.api import keras
from maskcheck.lab.calls.build import BuildError, Built
from maskcheck.lab.calls.call import Modes
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.diagnosis.find_cause import Repair, repair
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.randomize import assign, finalize, read_all
from maskcheck.lab.layer.seeds import is_thorough, start_afresh
from maskcheck.model.case import Case
from maskcheck.model.evidence import Failure, Trip
from maskcheck.model.helper_request import Ask, alone
from maskcheck.model.snapshot import TRAINING_STEP, CallResult, Snapshot
from maskcheck.model.value import Value


@dataclass(frozen=True)
class Traveller:
    """A built layer about to go on its routes, with all that a route needs.

    ``seed`` is of the data, ``other_seed`` of everything constructed on the way back, another one
    for each ``turn``. ``reference`` is the snapshot taken before anything was asked of the layer.
    ``rare`` are the modes of calling that only one form of one route has; ``everywhere`` is True
    where all routes are taken. ``ask`` has something done in another process.
    """

    cls: type[keras.Layer]
    case: Case
    built: Built
    modes: Modes
    reference: Snapshot
    custom_objects: Mapping[str, Any]
    scratch: str
    seed: int
    turn: int = 1
    rare: Modes = field(default_factory=dict)
    everywhere: bool = False
    ask: Ask = alone

    @property
    def other_seed(self) -> int:
        """Return the seed of all that is constructed on the way back."""
        return self.seed + self.turn

    @property
    def layer(self) -> keras.Layer:
        """Return the live original."""
        return self.built.layer


@dataclass(frozen=True)
class NotTaken:
    """A route, or one form of it, that the layer cannot be sent on."""

    route: str
    form: str
    reason: str


@dataclass(frozen=True)
class Return:
    """A layer that came back, or what prevented it; ``unsafe`` if safe mode had to be off."""

    layer: keras.Layer | None = None
    failure: Failure | None = None
    unsafe: bool = False


def come_back(traveller: Traveller, bring: Callable[[bool], keras.Layer]) -> Return:
    """Bring a layer back with safe mode on; where only a lambda stands in the way, with it off.

    Args:
        bring: takes the safe mode and returns the layer, or raises BuildError.
    """
    return bring_back(bring, traveller.other_seed, traveller.custom_objects)


def bring_back(bring: Callable[[bool], keras.Layer], seed: int, custom_objects: Mapping[str, Any]) -> Return:
    """Do so under ``seed``; what is not registered is found in ``custom_objects``."""
    first = _bring(bring, seed, custom_objects, safe=True)
    if first.failure and refused_lambda(first.failure):
        second = _bring(bring, seed, custom_objects, safe=False)
        return first if second.failure and refused_lambda(second.failure) else second
    return first


def _bring(
    bring: Callable[[bool], keras.Layer], seed: int, custom_objects: Mapping[str, Any], *, safe: bool
) -> Return:
    start_afresh(seed)
    try:
        with keras.saving.custom_object_scope(dict(custom_objects)):
            return Return(bring(safe), unsafe=not safe)
    except BuildError as error:
        return Return(failure=error.failure, unsafe=not safe)


def refused_lambda(failure: Failure) -> bool:
    """Tell whether Keras refused to load a lambda only because safe mode is on."""
    text = f"{failure.error.message} {failure.error.cause}"
    return "lambda" in text.lower() and "safe_mode" in text


def arrived(
    traveller: Traveller,
    route: str,
    form: str,
    back: Return,
    rebuilt: Mapping[str, Value] | None = None,
    *,
    inference_only: bool = False,
) -> Trip:
    """Observe what came back; a call that fails leaves both a snapshot and the failure.

    ``inference_only`` leaves out the other modes of calling, where another form of the
    same route has them; not where all routes are taken.
    """
    if back.layer is None:
        return Trip(route, form, failure=back.failure, unsafe=back.unsafe)
    every = traveller.everywhere or not inference_only
    modes = {mode: inputs for mode, inputs in traveller.modes.items() if every or mode == "inference"}
    after, failure = settled(observe(back.layer, modes, traveller.seed), traveller.reference)
    shared = shared_parts(traveller.layer, back.layer) if traveller.modes else ()
    mended = _repair(traveller, back.layer, after)
    return Trip(
        route,
        form,
        after,
        failure,
        rebuilt,
        shared=shared,
        unsafe=back.unsafe,
        cause=mended.cause,
        hidden=mended.hidden,
    )


def _repair(traveller: Traveller, layer: keras.Layer, after: Snapshot) -> Repair:
    """Look for the cause where the layer behaves otherwise, once all randomness is held still."""
    found = contrast(traveller.reference, after)
    if not (is_thorough() and found.behaviour):
        return Repair()
    calls = traveller.reference.calls
    return repair(traveller.layer, layer, found, calls, traveller.modes, traveller.seed)


def settled(after: Snapshot, reference: Snapshot) -> tuple[Snapshot, Failure | None]:
    """Return what came back without calls that prove nothing, and the first call that now fails."""
    after = replace(after, calls={m: call for m, call in after.calls.items() if not _is_leftover(call)})
    return after, _broken_call(reference.calls, after.calls)


def _is_leftover(call: CallResult) -> bool:
    """Tell whether a call failed on a symbolic tensor that tracing the model left on the layer."""
    return call.error is not None and "out of scope" in call.error.message


def _broken_call(before: Mapping[str, CallResult], after: Mapping[str, CallResult]) -> Failure | None:
    for mode, call in after.items():
        if call.error and mode != TRAINING_STEP and mode in before and before[mode].error is None:
            return Failure("call", call.error)
    return None


def shared_parts(original: keras.Layer, copy: keras.Layer) -> tuple[str, ...]:
    """Return the paths of layers and variables that the copy shares with the original."""
    ours = set(_parts(original).values())
    return tuple(sorted(path for path, identity in _parts(copy).items() if identity in ours))


def _parts(layer: keras.Layer) -> dict[str, int]:
    found = walk(layer)
    parts = {path: id(part) for path, part in found.layers.items()}
    return parts | {path: id(entry.variable) for path, entry in found.variables.items()}


def copy_weights(source: keras.Layer, target: keras.Layer) -> None:
    """Copy the values of all variables that both have under one path and in one shape."""
    values = read_all(walk(source).variables)
    found = walk(target)
    seeds = {id(generator.state) for generator in found.seeds.values()}
    for path, entry in found.variables.items():
        value = values.get(path)
        same = value is not None and tuple(entry.variable.shape) == value.shape
        if same and id(entry.variable) not in seeds:
            assign(entry.variable, value)
    finalize(target)
