"""Cases to what a spec says of them: lists, mappings and single values, some of them tagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maskcheck.model.case import ArrayTag, Case, ImportTag, Leaf, ObjectTag, Preparation


@dataclass(frozen=True)
class Tagged:
    """A list, mapping or text with its tag."""

    tag: str
    content: Any


class Gap:
    """A value that the user is to write."""


# None, bool, int, float, str, list, dict, Tagged and Gap, nested at will.
Outline = Any


def outline_case(case: Case) -> dict[str, Outline]:
    """Return the fields of ``case`` but for its id; there is one at least.

    Raises:
        TypeError: it holds something that is no value of a spec.
        ValueError: it holds a mapping that would be taken for a tensor.
    """
    fields: dict[str, Outline] = {}
    if case.init:
        fields["init"] = outline_arguments(case.init)
    if case.args:
        trees = [_outline(tree, leaves=True) for tree in case.args]
        fields |= {"input": trees[0]} if len(trees) == 1 else {"args": trees}
    if case.call:
        fields["call"] = outline_arguments(case.call, leaves=True)
    if case.prepare:
        fields["prepare"] = [_outline_preparation(step) for step in case.prepare]
    repeated = {"dtypes": list(case.dtypes)} if case.dtypes else {}
    return (fields or {"init": {}}) | repeated


def outline_arguments(arguments: Mapping[str, Any], *, leaves: bool = False) -> dict[str, Outline]:
    """Return keyword arguments; tensors are among them where ``leaves`` says so."""
    return {name: _outline(value, leaves=leaves) for name, value in arguments.items()}


def _outline_preparation(step: Preparation) -> dict[str, Outline]:
    fields: dict[str, Outline] = {"method": step.method}
    if step.args:
        fields["args"] = [_outline(value, leaves=True) for value in step.args]
    if step.kwargs:
        fields["kwargs"] = outline_arguments(step.kwargs, leaves=True)
    return fields


def _outline(value: Any, *, leaves: bool) -> Outline:
    match value:
        case None | bool() | int() | float() | str() | Gap():
            return value
        case Leaf() if leaves:
            return _outline_leaf(value)
        case ArrayTag():
            return Tagged("!tensor" if value.tensor else "!array", _outline_leaf(value.leaf))
        case ImportTag():
            return Tagged("!import", value.path)
        case ObjectTag():
            init = {"init": outline_arguments(value.init)} if value.init else {}
            return Tagged("!object", {"class": value.path, **init})
        case tuple():
            return Tagged("!tuple", [_outline(item, leaves=leaves) for item in value])
        case list():
            return [_outline(item, leaves=leaves) for item in value]
        case Mapping():
            return _outline_mapping(value, leaves)
    raise TypeError(f"a {type(value).__name__} is no value that a spec knows: {value!r}")


def _outline_mapping(value: Mapping[Any, Any], leaves: bool) -> dict[Any, Outline]:
    fields = {key: _outline(item, leaves=leaves) for key, item in value.items()}
    for name in ("shape", "values"):
        if leaves and name in fields and not _is_mapping(fields[name]):
            raise ValueError(f"a mapping with {name!r} would be taken for a tensor: {value!r}")
    return fields


def _is_mapping(outline: Outline) -> bool:
    return isinstance(outline.content if isinstance(outline, Tagged) else outline, dict)


def _outline_leaf(leaf: Leaf) -> dict[str, Outline]:
    fields: dict[str, Outline] = (
        {"values": leaf.values} if leaf.shape is None else {"shape": list(leaf.shape)}
    )
    given = {"dtype": leaf.dtype, "low": leaf.low, "high": leaf.high}
    fields |= {name: value for name, value in given.items() if value is not None}
    if leaf.mask is not None:
        shape = leaf.mask.shape
        fields["mask"] = {"values": leaf.mask.values} if shape is None else list(shape)
    return fields
