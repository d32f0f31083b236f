"""What get_config and from_config do besides their work: change, share, vary, consume."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import keras

from maskcheck.compare.values import compare
from maskcheck.lab.build import BuildError, guarded
from maskcheck.lab.freeze import freeze
from maskcheck.lab.observe import layer_state
from maskcheck.lab.trip import Traveller
from maskcheck.lab.walk import own_attributes, walk
from maskcheck.model.evidence import ConfigEvidence
from maskcheck.model.value import DictValue, Value


def config_evidence(traveller: Traveller) -> ConfigEvidence:
    """Call get_config twice and say what came, what changed and what is shared."""
    layer = traveller.layer
    try:
        config = guarded("get_config", layer.get_config)
        guarded("get_config", _must_be_dict, config)
        value = freeze(config, walk(layer).names)
        aliased = _aliased(config, layer)
        written = guarded("serialize", _written, config)
        again = freeze(guarded("get_config", layer.get_config), walk(layer).names)
    except BuildError as error:
        return ConfigEvidence(failure=error.failure)
    return ConfigEvidence(
        value=value,
        written=written,
        varies=_keys(value, again),
        mutates=_mutated(traveller),
        aliased=aliased,
        consumed=_consumed(traveller),
    )


def _must_be_dict(config: Any) -> None:
    if not isinstance(config, dict):
        raise TypeError(f"get_config() returned a {type(config).__name__}, not a dict")


def _written(config: Any) -> Any:
    return json.loads(json.dumps(keras.saving.serialize_keras_object(config)))


def _keys(before: Value, after: Value) -> tuple[str, ...]:
    """Return the top-level keys whose values differ; the kind of container counts as the same."""
    if not (isinstance(before, DictValue) and isinstance(after, DictValue)):
        return ()
    found = compare(DictValue("dict", before.items), DictValue("dict", after.items))
    return tuple(
        dict.fromkeys(d.path.partition(".")[0].partition("[")[0] for d in found if d.kind != "order")
    )


def _mutated(traveller: Traveller) -> tuple[str, ...]:
    before = traveller.reference.root.attributes
    after = layer_state("", traveller.layer, walk(traveller.layer).names).attributes
    return tuple(
        name for name in before if name in after and compare(before[name], after[name], name)
    ) + tuple(name for name in after if name not in before)


def _aliased(config: Mapping[str, Any], layer: keras.Layer) -> tuple[str, ...]:
    """Return the keys whose value is, or holds, a mutable part of the layer itself."""
    attributes = own_attributes(layer)
    itself = tuple(name for name, value in attributes.items() if value is config)
    if itself:
        return itself
    parts = {id(part) for value in attributes.values() for part in _mutable_parts(value)}
    return tuple(key for key, value in config.items() if any(id(p) in parts for p in _mutable_parts(value)))


def _mutable_parts(value: Any, depth: int = 0) -> Iterator[Any]:
    if depth > 6:
        return
    if isinstance(value, dict):
        yield value
        for item in list(value.values()):
            yield from _mutable_parts(item, depth + 1)
    elif isinstance(value, (list, tuple)):
        if isinstance(value, list):
            yield value
        for item in value:
            yield from _mutable_parts(item, depth + 1)
    elif isinstance(value, set):
        yield value


def _consumed(traveller: Traveller) -> tuple[str, ...]:
    """Return the keys of a config that from_config changes in the dict it is given."""
    try:
        config = dict(traveller.layer.get_config())
        before = freeze(config)
        with keras.saving.custom_object_scope(dict(traveller.custom_objects)):
            traveller.cls.from_config(config)
    except (Exception, SystemExit):
        return ()
    return _keys(before, freeze(config))
