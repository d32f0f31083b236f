"""Values of a spec as Python source text."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maskcheck.model.case import ArrayTag, ImportTag, Leaf, ObjectTag, SpecValue

# What scripts import under the name that everybody gives it.
_ALIASES = {"keras": "keras", "tf_keras": "keras", "tensorflow": "tf", "numpy": "np"}
_LOW, _SPAN = 1, 4


class NotWritable(Exception):
    """A value, or a finding, that no script can hold; says why."""


@dataclass(frozen=True)
class Expression:
    """Source text, and the lines of imports that it needs."""

    text: str
    imports: frozenset[str] = frozenset()


def write_value(value: SpecValue) -> Expression:
    """Return a value as a constructor or method gets it: plain, or one of the tags of a spec.

    Raises:
        NotWritable: it is neither.
    """
    match value:
        case None | bool() | int() | float() | str():
            return _write_plain(value)
        case Leaf():
            return Expression(f"tf.constant({write_array(value)})", frozenset({"import tensorflow as tf"}))
        case ArrayTag():
            return write_value(value.leaf) if value.tensor else Expression(write_array(value.leaf))
        case ImportTag():
            return _write_name(value.path)
        case ObjectTag():
            return _write_call(_write_name(value.path), value.init)
        case list() | tuple():
            return _write_sequence(value)
        case Mapping():
            items = {key: write_value(item) for key, item in value.items()}
            text = ", ".join(f"{key!r}: {item.text}" for key, item in items.items())
            return Expression(f"{{{text}}}", _join(items.values()))
    raise NotWritable(f"a {type(value).__name__} cannot be written in a script")


def write_arguments(arguments: Mapping[str, SpecValue]) -> Expression:
    """Return keyword arguments as they stand between the brackets of a call."""
    written = {name: write_value(value) for name, value in arguments.items()}
    if all(name.isidentifier() for name in written):
        return Expression(
            ", ".join(f"{name}={v.text}" for name, v in written.items()), _join(written.values())
        )
    whole = write_value(dict(arguments))
    return Expression(f"**{whole.text}", whole.imports)


def write_array(leaf: Leaf) -> str:
    """Return a NumPy array: literal values, or random ones of ``rng``, with the range that a scan has."""
    dtype = leaf.dtype or "float32"
    if leaf.values is not None:
        given = (
            f', dtype="{leaf.dtype}"'
            if leaf.dtype and leaf.dtype != "string"
            else _literal_dtype(leaf.values)
        )
        return f"np.array({leaf.values!r}{given})"
    shape = leaf.shape or ()
    if dtype == "bool":
        return f"rng.random({shape}) < 0.6"
    if dtype == "string":
        return f'rng.choice(["one", "two", "three"], {shape})'
    if "int" in dtype:
        high = leaf.high if leaf.high is not None else (_LOW if leaf.low is None else leaf.low) + _SPAN
        low = leaf.low if leaf.low is not None else min(_LOW, high - 1)
        return f'rng.integers({low}, {high}, {shape}).astype("{dtype}")'
    if dtype == "bfloat16":
        raise NotWritable("NumPy has no bfloat16")
    return f'rng.standard_normal({shape}).astype("{dtype}")'


def is_path(text: str) -> bool:
    """Tell whether a text can stand behind the dot of an object: names, indices and keys."""
    try:
        tree = ast.parse(f"layer.{text}", mode="eval").body
    except SyntaxError:
        return False
    while isinstance(tree, ast.Attribute | ast.Subscript):
        if isinstance(tree, ast.Subscript) and not isinstance(tree.slice, ast.Constant):
            return False
        tree = tree.value
    return isinstance(tree, ast.Name)


def read_literal(text: str) -> tuple[Any, ...]:
    """Return the value that a text shows, alone in a tuple; an empty one where it is no literal."""
    try:
        return (ast.literal_eval(text),)
    except (ValueError, SyntaxError):
        return ()


def _write_plain(value: Any) -> Expression:
    if isinstance(value, float) and repr(value) in {"nan", "inf", "-inf"}:
        return Expression(f'float("{value}")')
    return Expression(repr(value))


def _literal_dtype(values: Any) -> str:
    """Return the dtype that TensorFlow gives literals, where NumPy gives them another."""
    flat = values
    while isinstance(flat, list | tuple) and flat:
        flat = flat[0]
    kinds = {float: ', dtype="float32"', int: ', dtype="int32"'}
    return kinds.get(type(flat), "")


def _write_name(path: str) -> Expression:
    top, _, rest = path.partition(".")
    if top in _ALIASES and rest:
        imports = {"import tensorflow as tf"} if top == "tensorflow" else set()
        return Expression(f"{_ALIASES[top]}.{rest}", frozenset(imports))
    module, _, name = path.rpartition(".")
    if not module:
        raise NotWritable(f"{path} is in no module")
    return Expression(name, frozenset({f"from {module} import {name}"}))


def _write_call(function: Expression, arguments: Mapping[str, SpecValue]) -> Expression:
    given = write_arguments(arguments)
    return Expression(f"{function.text}({given.text})", function.imports | given.imports)


def _write_sequence(value: list[Any] | tuple[Any, ...]) -> Expression:
    items = [write_value(item) for item in value]
    inside = ", ".join(item.text for item in items)
    if isinstance(value, tuple):
        return Expression(f"({inside}{',' if len(items) == 1 else ''})", _join(items))
    return Expression(f"[{inside}]", _join(items))


def _join(parts: Any) -> frozenset[str]:
    return frozenset().union(*(part.imports for part in parts))
