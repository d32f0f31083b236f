"""Effects of an argument that no call shows: on a training step, and on the first weights of a layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from maskcheck.compare.snapshots import call_change
from maskcheck.lab.calls.build import APART, BuildError, first_call
from maskcheck.lab.calls.modes import choose_extra_modes, choose_modes
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.seeds import seed_all
from maskcheck.lab.layer.variables import read_all
from maskcheck.lab.probe.attempt import Attempt, Ground
from maskcheck.lab.routes.config import copy_through_json, send_through_json
from maskcheck.lab.routes.support.trip import bring_back
from maskcheck.model.case import SpecValue
from maskcheck.model.snapshot import TRAINING_STEP

Init = Mapping[str, SpecValue]


def find_late_effect(ground: Ground, init: Init, attempt: Attempt) -> str:
    """Return what shows that a value which every call agrees without is lost, "" if nothing does.

    Args:
        init: the value, which does not come back.
        attempt: the layer that was built with it and called.
    """
    if _trains_otherwise(attempt.traveller):
        return "a training step of the restored layer gives other weights"
    anew = compare_built_anew(ground, init)
    return "a layer built anew from the config begins with other weights" if anew and anew.lost else ""


class BuiltAnew:
    """What a value makes of the first weights, and what a config with it makes of them."""

    def __init__(self, given: Mapping[str, Any], back: Mapping[str, Any]) -> None:
        self.paths = frozenset(path for path in given if not _same(given[path], back.get(path)))

    @property
    def lost(self) -> bool:
        """Tell whether the weights begin otherwise with the config."""
        return bool(self.paths)


def compare_built_anew(ground: Ground, init: Init) -> BuiltAnew | None:
    """Build a layer with a value, and one from its config, and compare the weights that they begin with.

    None where the value makes no difference to them, or where they differ without it, too.
    """
    try:
        plain, given = _first_weights(ground, {}), _first_weights(ground, init)
        if plain.keys() != given.keys() or not BuiltAnew(given, plain).lost:
            return None
        if BuiltAnew(plain, _weights_from_config(ground, {})).lost:
            return None
        return BuiltAnew(given, _weights_from_config(ground, init))
    except Exception:
        return None


def _trains_otherwise(traveller: Traveller) -> bool:
    """Tell whether a training step shows that what came back is another layer, and the original agrees."""
    layer = traveller.layer
    inference = choose_modes(layer, traveller.built.inputs, traveller.seed)["inference"]
    modes = choose_extra_modes(layer, inference, traveller.seed)
    step = {mode: inputs for mode, inputs in modes.items() if mode == TRAINING_STEP}
    if not step:
        return False
    first, again = traveller.call(layer, step)[TRAINING_STEP], traveller.call(layer, step)[TRAINING_STEP]
    _, copy = send_through_json(traveller)
    if first.error or copy is None or call_change(TRAINING_STEP, first, again).differs:
        return False
    return call_change(TRAINING_STEP, first, traveller.call(copy, step)[TRAINING_STEP]).differs


def _first_weights(ground: Ground, init: Init) -> Mapping[str, Any]:
    return _read(ground.build(init).layer)


def _weights_from_config(ground: Ground, init: Init) -> Mapping[str, Any]:
    """Return the weights that a layer from the config begins with, drawn as the others were.

    Raises:
        BuildError: there is no such layer.
    """
    built = ground.construct(init)
    traveller = ground.make_traveller(init, built, {}, observe(built.layer, {}, ground.seed))
    back = bring_back(traveller, lambda safe: copy_through_json(built.layer, safe))
    if back.layer is None:
        raise BuildError("from_config", ValueError("nothing came back"))
    seed_all(traveller.construction_seed + APART)
    first_call(replace(built, layer=back.layer))
    return _read(back.layer)


def _read(layer: keras.Layer) -> Mapping[str, Any]:
    found = walk(layer)
    seeds = {id(generator.state) for generator in found.seeds.values()}
    kept = {path: one for path, one in found.variables.items() if id(one.variable) not in seeds}
    return read_all(kept)


def _same(value: Any, other: Any) -> bool:
    return other is not None and value.shape == other.shape and bool(np.array_equal(value, other))
