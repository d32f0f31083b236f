"""What the use of an input in the source shows of its shape and dtype."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from maskcheck.source.ast_helpers import dotted
from maskcheck.source.inputs.scope import last_name

_INTEGERS = frozenset({"one_hot", "embedding_lookup", "sequence_mask", "bincount", "to_categorical"})
_INDICES = frozenset({"gather", "take", "take_along_axis", "segment_sum", "scatter", "unsorted_segment_sum"})
_LISTS = frozenset({"len", "zip", "enumerate", "add_n", "concat", "concatenate"})
_RANKS = {"conv1d": 3, "conv2d": 4, "conv3d": 5, "depthwise_conv2d": 4, "max_pool2d": 4, "avg_pool2d": 4}
# Of a mapping that is only gone through; a list of mappings is given the same names.
ANY_KEYS = ("a1", "a2")
_DTYPES = frozenset({"uint8", "int32", "int64", "bool", "string", "complex64"})


@dataclass
class Facts:
    """What was found of one input, in the words of InputUsage."""

    lengths: list[int] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    ranks: list[int] = field(default_factory=list)
    least: list[int] = field(default_factory=list)
    dtypes: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    checked: bool = False


def note_use(part: ast.AST, parent: ast.AST, found: Facts, makers: Mapping[str, str]) -> None:
    """Record what the use of an input in ``parent`` shows."""
    match parent:
        case ast.Assign(targets=[ast.Tuple(elts=parts) | ast.List(elts=parts)], value=value) if value is part:
            if not any(isinstance(one, ast.Starred) for one in parts):
                found.lengths.append(len(parts))
        case ast.Subscript(slice=ast.Constant(value=str(key)), value=value) if value is part:
            found.keys.append(key)
        case ast.Subscript(slice=ast.Constant(value=int(position)), value=value) if value is part:
            found.lengths.append(position + 1)
        case ast.Subscript(slice=ast.Tuple(elts=parts), value=value) if value is part:
            dims = [p for p in parts if not (isinstance(p, ast.Constant) and p.value in (None, ...))]
            found.least.append(len(dims))
        case ast.Subscript(slice=index) if index is part:
            found.dtypes.append("int32")
        case ast.Compare(left=ast.Constant(value=str(key)), ops=[ast.In() | ast.NotIn()]):
            found.keys.append(key)
        case ast.For() | ast.comprehension() | ast.Starred():
            found.lengths.append(2)
        case ast.BinOp(op=ast.BitAnd() | ast.BitOr()) | ast.UnaryOp(op=ast.Invert()):
            found.dtypes.append("bool")
        case ast.Attribute(attr="items" | "keys" | "values", value=value) if value is part:
            found.keys += [] if found.keys else ANY_KEYS
        case ast.Call(func=func, args=args):
            _note_call(part, func, args, found, makers)


def _note_call(
    part: ast.AST, func: ast.expr, args: list[ast.expr], found: Facts, makers: Mapping[str, str]
) -> None:
    path, last = dotted(func) or "", last_name(func)
    place = next((number for number, argument in enumerate(args) if argument is part), 0)
    if path in makers and place == 0:
        found.layers.append(makers[path])
    elif last == "isinstance":
        found.checked = True
    elif last in _LISTS and (place == 0 or last == "zip"):
        found.lengths.append(2)
    elif last in _RANKS and place == 0:
        found.ranks.append(_RANKS[last])
    elif ".image." in path and place == 0:
        found.ranks.append(4)
    elif ".strings." in path:
        found.dtypes.append("string")
    elif last in _INTEGERS or (last in _INDICES and place == 1):
        found.dtypes.append("int32")
    elif last in {"logical_and", "logical_not", "logical_or"}:
        found.dtypes.append("bool")
    elif last in {"transpose", "pad"} and len(args) > 1 and isinstance(args[1], ast.List | ast.Tuple):
        found.ranks.append(len(args[1].elts))
    elif last == "einsum" and isinstance(args[0], ast.Constant) and isinstance(args[0].value, str):
        operands = args[0].value.partition("->")[0].replace(" ", "").split(",")
        if place - 1 < len(operands) and "..." not in operands[place - 1]:
            found.ranks.append(len(operands[place - 1]))


def note_dtype(other: ast.expr, found: Facts) -> None:
    """Note that the dtype of an input must be ``other``."""
    name = other.value if isinstance(other, ast.Constant) else last_name(other)
    if name in _DTYPES:
        found.dtypes.append(str(name))


def note_shape(shape: ast.AST, parent: ast.AST, found: Facts) -> None:
    """Record what the use of an input's shape in ``parent`` shows of its rank."""
    match parent:
        case ast.Assign(targets=[ast.Tuple(elts=parts) | ast.List(elts=parts)], value=value) if (
            value is shape
        ):
            _note_unpacked(parts, found)
        case ast.Subscript(slice=ast.Constant(value=int(position))):
            found.least.append(position + 1)
        case ast.Subscript(slice=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(position)))):
            found.least.append(position)
        case ast.Subscript(slice=ast.Constant(value=str(key))):
            found.keys.append(key)


def note_length(op: ast.cmpop, number: int, found: Facts) -> None:
    """Note that the length of an input's shape is compared with ``number``."""
    match op:
        case ast.Eq() | ast.NotEq() if found.lengths:  # a list of shapes
            found.lengths.append(number)
        case ast.Eq() | ast.NotEq():
            found.ranks.append(number)
        case ast.GtE() | ast.Lt():
            found.least.append(number)
        case ast.Gt() | ast.LtE():
            found.least.append(number + 1)


def _note_unpacked(parts: list[ast.expr], found: Facts) -> None:
    names = [part.id for part in parts if isinstance(part, ast.Name)]
    if any(isinstance(part, ast.Starred) for part in parts):
        found.least.append(len(parts) - 1)
    elif len(parts) in found.lengths or (names and all("shape" in name for name in names)):
        found.lengths.append(len(parts))
    else:
        found.ranks.append(len(parts))
