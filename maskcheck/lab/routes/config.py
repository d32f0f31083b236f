"""Route ``config``: get_config -> JSON -> from_config, and the plain from_config(get_config()).

Weights are copied to what comes back: this route carries the configuration only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from maskcheck.lab.calls.build import guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.guarded import is_layer
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.variables import copy_weights
from maskcheck.lab.layer_class.constructor import recording
from maskcheck.lab.routes.support.trip import bring_back, complete_trip, find_shared_parts, is_lambda_refused
from maskcheck.model.evidence import NotTaken, Trip


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield the trip through JSON, as files go, and the one without, as clone_model goes."""
    trip, copy = send_through_json(traveller)
    if copy is not None:
        trip = replace(trip, config=write_config(copy), drifting_keys=_find_drifting_keys(traveller, copy))
    yield trip
    yield _send_plain(traveller)


def send_through_json(traveller: Traveller) -> tuple[Trip, keras.Layer | None]:
    """Return the trip by which files carry the config, and the copy if one came back.

    The copy is called only if the traveller has modes of calling.
    """
    with recording(traveller.cls) as recorder:
        back = bring_back(traveller, lambda safe: copy_through_json(traveller.layer, safe))
    if back.layer is None:
        return complete_trip(traveller, "config", "json", back), None
    if traveller.modes and not _has_all_variables(traveller.layer, back.layer):
        traveller.call_once(back.layer)
    copy_weights(traveller.layer, back.layer)
    return complete_trip(traveller, "config", "json", back, recorder.of(back.layer)), back.layer


def _has_all_variables(original: keras.Layer, copy: keras.Layer) -> bool:
    """Tell whether a copy has all the variables that it will have; else its first call makes them."""
    return copy.built and walk(original).variables.keys() <= walk(copy).variables.keys()


def _find_drifting_keys(traveller: Traveller, copy: keras.Layer) -> tuple[str, ...]:
    """Return the keys that a second trip changes although the first did not."""
    first, second = (_drop_build_configs(write_config(layer)) for layer in (traveller.layer, copy))
    back = bring_back(traveller, lambda safe: copy_through_json(copy, safe))
    third = _drop_build_configs(write_config(back.layer)) if back.layer is not None else None
    if not (isinstance(first, dict) and isinstance(second, dict) and isinstance(third, dict)):
        return ()
    kept = [key for key in first if key in second and first[key] == second[key]]
    return tuple(key for key in kept if third.get(key) != second[key])


def _drop_build_configs(config: Any) -> Any:
    """Return a config without the shapes that sub-layers were built for, if they were."""
    if isinstance(config, dict):
        return {key: _drop_build_configs(item) for key, item in config.items() if key != "build_config"}
    return [_drop_build_configs(item) for item in config] if isinstance(config, list) else config


def copy_through_json(layer: keras.Layer, safe: bool) -> keras.Layer:
    """Return a layer made of the text that files have of one.

    Raises:
        BuildError: of the steps "serialize" and "from_config".
    """
    serialized = guarded("serialize", keras.saving.serialize_keras_object, layer)
    text = guarded("serialize", json.dumps, serialized)
    copy = guarded("from_config", keras.saving.deserialize_keras_object, json.loads(text), safe_mode=safe)
    return guarded("from_config", _check_is_layer, copy)


def _check_is_layer(thing: Any) -> keras.Layer:
    if not is_layer(thing):
        raise TypeError(f"a {type(thing).__name__} came back, not a layer")
    return thing


def write_config(layer: keras.Layer) -> Any:
    """Return the config as Keras writes it to JSON, None where it cannot."""
    try:
        return json.loads(json.dumps(keras.saving.serialize_keras_object(layer.get_config())))
    except Exception:
        return None


def _send_plain(traveller: Traveller) -> Trip:
    """Construct from the config as it is; refusal and sharing are what can be seen here."""

    def bring(_: bool) -> keras.Layer:
        config = guarded("get_config", traveller.layer.get_config)
        copy = guarded("from_config", traveller.cls.from_config, config)
        return guarded("from_config", _check_is_layer, copy)

    back = bring_back(traveller, bring)
    if back.failure and is_lambda_refused(back.failure):
        return Trip("config", "plain", unsafe=True)
    shared = () if back.layer is None else find_shared_parts(traveller.layer, back.layer)
    return Trip("config", "plain", failure=back.failure, shared=shared)
