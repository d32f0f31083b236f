"""Which tuples a layer cannot do without, where a file gives lists in their place."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from maskcheck.lab.calls.build import BuildError, guarded
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.guarded import try_read
from maskcheck.lab.process.quiet import quiet
from maskcheck.model.evidence import RefusedLists
from maskcheck.source.edits.build_lines import is_shape

_SHAPES = "build_config"


def find_refused_lists(traveller: Traveller) -> RefusedLists | None:
    """Return what has to be a tuple for the config of a layer to be taken, None where that does not help."""
    config = try_read(traveller.layer.get_config, None)
    try:
        serialized = guarded("serialize", keras.saving.serialize_keras_object, traveller.layer)
        text = guarded("serialize", json.dumps, serialized)
    except BuildError:
        return None
    tuples = {key: value for key, value in (config or {}).items() if type(value) is tuple}
    with quiet(), keras.saving.custom_object_scope(dict(traveller.custom_objects)):
        if _is_taken(text, {}, shapes=True):
            return RefusedLists((), _write_shape_line(traveller.layer))
        alone = next((key for key in tuples if _is_taken(text, {key: tuples[key]})), None)
        keys = (alone,) if alone else tuple(tuples)
        if not keys or not (alone or _is_taken(text, tuples)):
            return None
    return RefusedLists(keys, "\n".join(_write_line(key, tuples[key]) for key in keys))


def _is_taken(text: str, tuples: Mapping[str, Any], *, shapes: bool = False) -> bool:
    """Tell whether a layer comes back once these values, or the shapes that it was built for, are tuples."""
    data = json.loads(text)
    if not (isinstance(data, dict) and isinstance(data.get("config"), dict)):
        return False
    data["config"].update(tuples)
    if shapes:
        data[_SHAPES] = _make_tuples(data.get(_SHAPES))
    try:
        guarded("from_config", keras.saving.deserialize_keras_object, data, safe_mode=False)
    except BuildError:
        return False
    return True


def _make_tuples(tree: Any) -> Any:
    """Return a tree of shapes as a call has it: each shape a tuple."""
    if isinstance(tree, Mapping):
        return {key: _make_tuples(item) for key, item in tree.items()}
    if is_shape(tree):
        return tuple(tree)
    return [_make_tuples(item) for item in tree] if isinstance(tree, list) else tree


def _write_line(key: str, value: tuple[Any, ...]) -> str:
    """Return what makes a tuple again of an argument that came back as a list."""
    made = f"tuple(map(tuple, {key}))" if value and all(type(v) is tuple for v in value) else f"tuple({key})"
    return f"{key} = {made} if isinstance({key}, list) else {key}"


def _write_shape_line(layer: keras.Layer) -> str:
    """Return what makes tuples again of the shapes that ``build`` is given."""
    names = list(inspect.signature(type(layer).build).parameters)[1:]
    config = try_read(layer.get_build_config, None) or {}
    tree = config.get("input_shape")
    if "shapes_dict" in config:
        return "\n".join(f"{name} = tuple({name})" for name in names if name in config["shapes_dict"])
    if isinstance(tree, Mapping):
        return f"{names[0]} = {{key: tuple(shape) for key, shape in {names[0]}.items()}}"
    if tree is not None and is_shape(tree):  # it may be asked whether it is a list of shapes
        return f"if not isinstance({names[0]}[0], (list, tuple)):\n    {names[0]} = tuple({names[0]})"
    return f"{names[0]} = [tuple(shape) for shape in {names[0]}]"
