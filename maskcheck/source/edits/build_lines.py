"""The lines of ``build`` that build the sub-layers of a layer."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

from maskcheck.source.syntax_tree import read_method

Shape = tuple[int | None, ...]
_INDEXED = re.compile(r"(.+)\[\d+\]")


@dataclass(frozen=True)
class Known:
    """What ``build`` of a layer knows: shapes by expression, the sizes that it holds, what may be None."""

    shapes: Mapping[str, Shape]
    sizes: Mapping[str, int]
    optional: Set[str] = frozenset()


@dataclass(frozen=True)
class Part:
    """A sub-layer to build: its path, what its own ``build`` takes, and what it is known to be given.

    ``shapes`` are trees of shapes by the name of the parameter, "" where there is only one; ``given`` are
    the names of the shapes of the inputs that ``call`` hands to it as they are, "" for others, in order.
    """

    path: str
    shapes: Mapping[str, Any]
    given: tuple[str, ...] = ()

    def first_given(self) -> str:
        """Return the name of the shape of its first input."""
        return next(iter(self.given), "")


def list_shapes(name: str, tree: Any) -> dict[str, Shape]:
    """Return the shapes of a tree by the expression that leads to each: input_shape[0]."""
    if is_shape(tree):
        return {name: tuple(tree)}
    if isinstance(tree, Mapping):
        items = [(f"{name}[{key!r}]", item) for key, item in tree.items()]
    elif isinstance(tree, Sequence) and not isinstance(tree, str):
        items = [(f"{name}[{index}]", item) for index, item in enumerate(tree)]
    else:
        return {}
    return {place: shape for path, item in items for place, shape in list_shapes(path, item).items()}


def is_shape(tree: Any) -> bool:
    """Tell whether a tuple or list is a shape, and not a tree of shapes."""
    return isinstance(tree, (tuple, list)) and all(size is None or isinstance(size, int) for size in tree)


def write_build_lines(parts: Sequence[Part], known: Known, lists: Mapping[str, int]) -> tuple[str, ...]:
    """Return one line for each part, and one for all parts of a list that are built alike.

    Args:
        lists: how many layers each list of the layer has, by path.
    """
    lines: dict[str, None] = {}
    arguments = {part.path: _write_arguments(part, known) for part in parts}
    for part in parts:
        indexed = _INDEXED.fullmatch(part.path)
        alike = [
            path
            for path, text in arguments.items()
            if indexed and path.startswith(f"{indexed[1]}[") and text == arguments[part.path]
        ]
        if indexed and len(alike) == lists.get(indexed[1]) and len(alike) > 1:
            line = f"for layer in self.{indexed[1]}:\n    layer.build({arguments[part.path]})"
        else:
            line = f"self.{part.path}.build({arguments[part.path]})"
        lines[_guard(line, part, known)] = None
    return tuple(lines)


def _guard(line: str, part: Part, known: Known) -> str:
    if part.first_given() not in known.optional:
        return line
    return f"if {part.first_given()} is not None:\n    " + line.replace("\n", "\n    ")


def _write_arguments(part: Part, known: Known) -> str:
    given = (*part.given, *[""] * len(part.shapes))
    trees = [
        (name, _write_tree(tree, hint, known))
        for (name, tree), hint in zip(part.shapes.items(), given, strict=False)
    ]
    return ", ".join(f"{name}={text}" if name else text for name, text in trees)


def _write_tree(tree: Any, given: str, known: Known) -> str:
    """Return the expression of a tree of shapes."""
    if is_shape(tree):
        return _write_shape(tuple(tree), given, known)
    if isinstance(tree, Mapping):
        items = (f"{key!r}: {_write_tree(item, given, known)}" for key, item in tree.items())
        return f"{{{', '.join(items)}}}"
    if isinstance(tree, Sequence) and not isinstance(tree, str):
        return "[" + ", ".join(_write_tree(item, given, known) for item in tree) + "]"
    return repr(tree)


def _write_shape(shape: Shape, given: str, known: Known) -> str:
    same = [
        name for name, other in known.shapes.items() if other[1:] == shape[1:] and len(other) == len(shape)
    ]
    if same:
        return given if given in same else same[0]
    for name, other in known.shapes.items():
        if len(other) == len(shape) > 1 and other[1:-1] == shape[1:-1]:
            return f"(*{name}[:-1], {_write_size(shape[-1], known)})"
    items = ["None", *(_write_size(size, known) for size in shape[1:])][: len(shape)]
    return f"({', '.join(items)}{',' * (len(items) == 1)})"


def _write_size(size: int | None, known: Known) -> str:
    """Return a size by what it is: one that the layer keeps or is given, the sum or product of two.

    Features of several inputs are added up where they are joined, axes multiplied where they are flattened.
    """
    if size is None or size == 1:
        return str(size)
    given = {
        f"{name}[{axis if axis + 1 < len(shape) else -1}]": other
        for name, shape in known.shapes.items()
        for axis, other in enumerate(shape)
        if axis and other
    }
    features = {name: value for name, value in given.items() if name.endswith("[-1]")}
    named = {**{f"self.{name}": value for name, value in known.sizes.items() if value > 1}, **given}
    found = chain(
        (name for name, value in named.items() if value == size),
        (f"{a} + {b}" for (a, one), (b, other) in combinations(features.items(), 2) if one + other == size),
        (f"{a} * {b}" for (a, one), (b, other) in combinations(named.items(), 2) if one * other == size),
    )
    return next(found, str(size))


def find_fed_parameters(file: str, qualname: str, attribute: str) -> tuple[str, ...]:
    """Return which of its inputs ``call`` hands to ``self.<attribute>``, in order, "" for anything else."""
    call = read_method(file, qualname, "call")
    if call is None:
        return ()
    known = [each for each in ast.walk(call) if isinstance(each, ast.Name)]
    stored = {each.id for each in known if isinstance(each.ctx, ast.Store)}
    names = {each.arg for each in (*call.args.args, *call.args.kwonlyargs)} - stored
    for each in ast.walk(call):
        if isinstance(each, ast.Call) and ast.unparse(each.func) == f"self.{attribute}":
            given = [*each.args, *(keyword.value for keyword in each.keywords)]
            return tuple(_name_input(value, names) for value in given)
    return ()


def _name_input(value: ast.expr, names: Set[str]) -> str:
    """Return the text of an expression that is a parameter or an item of one, "" for any other."""
    whole = (
        value.value if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Constant) else value
    )
    return ast.unparse(value) if isinstance(whole, ast.Name) and whole.id in names else ""
