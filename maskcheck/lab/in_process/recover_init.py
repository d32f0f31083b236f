"""Finds out how a live layer was constructed, so that another one like it can be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from maskcheck.compare.snapshots import call_change
from maskcheck.compare.values import equivalent
from maskcheck.errors import UsageError
from maskcheck.lab.calls.build import BuildError, Built, construct, first_call
from maskcheck.lab.calls.call import call_all
from maskcheck.lab.calls.inputs import call_inputs
from maskcheck.lab.keras_api import constructor_arguments, keras
from maskcheck.lab.layer.guarded import read_attribute
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.plain import freeze
from maskcheck.lab.layer.variables import copy_weights
from maskcheck.lab.layer_class.constructor import accepts, default_of
from maskcheck.model.case import Case
from maskcheck.model.snapshot import CallResult

_NOT_NOTED = "how the layer was constructed is not known: Keras notes plain values only; init can tell it"
_OTHERWISE = "made anew, as far as is known how, the layer behaves otherwise; init can tell what it was given"


def recover_init(layer: keras.Layer, case: Case, seed: int, *, told: bool) -> tuple[Case, Built | None]:
    """Find out how a layer was constructed.

    Args:
        layer: built or not, with any weights; it is called.
        told: whether the ``init`` of the case says it, or else what Keras noted.

    Returns:
        The case by which another one is made, and one made so that gave the same with the same
        weights. Where there is none, ``unknown`` of the case says why.

    Raises:
        UsageError: the class refuses the ``init`` of the case.
    """
    given = case.init if told else _read_noted(layer)
    if given is None:
        return replace(case, unknown=_NOT_NOTED), None
    complete = replace(case, init={**_keep_base_arguments(layer), **given})
    try:
        twin = construct(type(layer), complete, seed, data_seed=seed)
    except BuildError as error:
        if told:
            said = error.failure.error.message
            raise UsageError(f"{type(layer).__name__} refuses what init says: {said}") from None
        return replace(case, unknown=_NOT_NOTED), None
    if _agree(layer, twin, complete, seed):
        return complete, twin
    return replace(case, unknown=_OTHERWISE), None


def call_as_built(layer: keras.Layer, case: Case, seed: int, twin: Built | None) -> Built:
    """Call a layer and return it as one that was built with the arguments of its twin.

    Raises:
        BuildError: the call raised.
    """
    arguments, explicit = (twin.arguments, twin.explicit) if twin else ({}, frozenset[str]())
    built = Built(layer, call_inputs(case, seed), arguments, explicit)
    first_call(built)
    return built


def _read_noted(layer: keras.Layer) -> Mapping[str, Any] | None:
    """Return the arguments that were given other values than their defaults, None where Keras has no note."""
    noted = constructor_arguments(layer)
    if noted is None:
        return None
    defaults = {name: default_of(type(layer), name) for name in noted}
    return {name: value for name, value in noted.items() if not equivalent(freeze(value), defaults[name])}


def _keep_base_arguments(layer: keras.Layer) -> dict[str, Any]:
    """Return the arguments by which another layer gets the same name, and is frozen if this one is."""
    name, trainable = read_attribute(layer, "name"), read_attribute(layer, "trainable", True)
    wanted = {**({"name": name} if name else {}), **({} if trainable else {"trainable": False})}
    return {name: value for name, value in wanted.items() if accepts(type(layer), name)}


def _agree(layer: keras.Layer, twin: Built, case: Case, seed: int) -> bool:
    """Tell whether both give the same with the weights of the layer, or nothing can be said."""
    ours = _call(layer, case, seed)
    _call(twin.layer, case, seed)
    copy_weights(layer, twin.layer)
    return ours.error is not None or not call_change("inference", ours, _call(twin.layer, case, seed)).differs


def _call(layer: keras.Layer, case: Case, seed: int) -> CallResult:
    return call_all(layer, walk(layer), {"inference": call_inputs(case, seed)}, seed)["inference"]
