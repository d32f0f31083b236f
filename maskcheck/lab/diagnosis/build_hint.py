"""What to write in ``build`` of a layer so that it builds what it holds."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from maskcheck.lab.calls.inputs import TensorArgument, map_tree
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.guarded import is_a, list_items, read_attribute, try_read
from maskcheck.lab.layer.object_graph import own_attributes
from maskcheck.lab.layer_class.describe import describe_method, source_file
from maskcheck.source.edits.build_lines import (
    Known,
    Part,
    find_fed_parameters,
    list_shapes,
    write_build_lines,
)
from maskcheck.source.edits.methods import read_body


@dataclass(frozen=True)
class _Signature:
    """The parameters of ``build``: shapes by name, and which may be None.

    ``new`` tells whether it must be written anew, ``replaced`` the name that the first shape had before.
    """

    shapes: Mapping[str, Any]
    optional: frozenset[str] = frozenset()
    new: bool = True
    replaced: str = ""


def write_build(
    layer: keras.Layer, parts: Mapping[str, keras.Layer], tensors: Mapping[str, TensorArgument]
) -> str:
    """Return the lines that build the parts, in a whole ``build`` if none knows their shapes.

    Args:
        parts: what is to be built, by the path from the layer, as it was built by a call.
        tensors: what the call of the layer was given; empty where that is not known.
    """
    cls = type(layer)
    named = {unmangle(path, cls): part for path, part in parts.items() if _can_be_named(path, layer)}
    file = source_file(cls) or ""
    fed = {path: find_fed_parameters(file, cls.__qualname__, path) for path in named}
    signature = _choose_signature(
        layer, tensors, frozenset(name.partition("[")[0] for names in fed.values() for name in names)
    )
    shapes = [item for name, tree in signature.shapes.items() for item in list_shapes(name, tree).items()]
    known = Known(dict(shapes), _list_sizes(layer), signature.optional)
    described = [
        _describe_part(path, part, tuple(_name_shape(name, signature) for name in fed[path]))
        for path, part in named.items()
    ]
    lines = "\n".join(write_build_lines(described, known, _count_items(layer)))
    if not lines or not signature.new:
        return lines
    parameters = [f"{name}=None" if name in signature.optional else name for name in signature.shapes]
    before = _rename_in(read_body(file, cls.__qualname__, "build"), signature)
    return f"def build(self, {', '.join(parameters)}):\n" + textwrap.indent(f"{before}{lines}", "    ")


def _rename_in(body: str, signature: _Signature) -> str:
    """Return the lines of a build() that is to be written anew, where its only shape has another name now."""
    first = next(iter(signature.shapes))
    return re.sub(rf"\b{signature.replaced}\b", first, body) if signature.replaced else body


def _choose_signature(
    layer: keras.Layer, tensors: Mapping[str, TensorArgument], fed: frozenset[str]
) -> _Signature:
    """Return the parameters that ``build`` needs: its own, unless a part is fed what they leave out.

    Of a call with several tensors Keras 3 hands on the shape of each, where the parameter has its name.
    """
    several = len(tensors) > 1 and not keras.__version__.startswith("2.")
    method = describe_method(type(layer), "build")
    names = [] if method.builtin else list(inspect.signature(type(layer).build).parameters)[1:]
    unknown = {name for name in fed & tensors.keys() if f"{name}_shape" not in names}
    if names and not (several and unknown - {next(iter(tensors))}):
        return _Signature(_read_build_shapes(layer, names[0]), new=False)
    if several:
        shapes = {f"{name}_shape": map_tree(_read_shape, each.tree) for name, each in tensors.items()}
        optional = frozenset(f"{name}_shape" for name, each in tensors.items() if each.optional)
        return _Signature(shapes, optional, replaced=names[0] if names else "")
    only = next(iter(tensors.values()), None)
    if only is None:
        return _Signature(_read_build_shapes(layer, "input_shape"))
    return _Signature({"input_shape": map_tree(_read_shape, only.tree)})


def _read_shape(tensor: Any) -> Any:
    return tuple(read_attribute(tensor, "shape", ()))


def _read_build_shapes(layer: keras.Layer, name: str) -> dict[str, Any]:
    """Return the shapes that a layer was built for, a single one under ``name``."""
    config = _read_build_config(layer)
    return dict(config.get("shapes_dict") or {name: config.get("input_shape")})


def _read_build_config(layer: keras.Layer) -> dict[str, Any]:
    return try_read(layer.get_build_config, None) or {}


def _name_shape(given: str, signature: _Signature) -> str:
    """Return the expression that ``build`` has for the shape of an input: of its only one, or by name."""
    name, bracket, item = given.partition("[")
    if f"{name}_shape" in signature.shapes:
        return f"{name}_shape{bracket}{item}"
    return f"{next(iter(signature.shapes))}{bracket}{item}" if name and len(signature.shapes) == 1 else ""


def _describe_part(path: str, part: keras.Layer, given: tuple[str, ...]) -> Part:
    config = _read_build_config(part)
    several = config.get("shapes_dict")
    shapes = several or {"": config.get("input_shape")}
    return Part(path, shapes, given)


def _list_sizes(layer: keras.Layer) -> dict[str, int]:
    """Return the sizes that a layer keeps in attributes of its own, alone or in a list."""
    held = own_attributes(layer)
    sizes = {name: value for name, value in held.items() if type(value) is int}
    for name, value in held.items():
        items: list[Any] = try_read(partial(list_items, value), []) if is_a(value, (list, tuple)) else []
        last = len(items) - 1
        sizes |= {
            f"{name}[{place if place < last else -1}]": item
            for place, item in enumerate(items)
            if type(item) is int
        }
    return sizes


def _count_items(layer: keras.Layer) -> dict[str, int]:
    """Return how many items each list of a layer has."""
    return {name: len(value) for name, value in own_attributes(layer).items() if is_a(value, (list, tuple))}


def _can_be_named(path: str, layer: keras.Layer) -> bool:
    """Tell whether source text can follow a path: not what Keras alone tracks, no item of a set."""
    first = path.partition(".")[0].partition("[")[0]
    held = read_attribute(layer, first)
    return held is not None and not is_a(held, (set, frozenset))


def unmangle(path: str, cls: type) -> str:
    """Return a path as the class itself writes it: ``_Block__dense`` is its ``__dense``."""
    return (
        path.removeprefix(f"_{cls.__name__.lstrip('_')}") if path.startswith(f"_{cls.__name__}__") else path
    )
