"""Which expressions of a class stand for an argument: its name, the attribute it is kept in, local names."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from maskcheck.source.ast_helpers import dotted

Function = ast.FunctionDef | ast.AsyncFunctionDef
# What hands its first argument on as it is, as far as its use is concerned.
_KEEP_VALUE = frozenset(
    {"int", "float", "tuple", "list", "get", "deepcopy", "copy", "convert_to_tensor", "cast"}
)
_KEEP_TENSOR = frozenset({"convert_to_tensor", "cast", "convert_to_numpy", "identity", "stop_gradient"})


def argument_names(function: Function) -> list[str]:
    """Return the names of the arguments after self, ``*args`` and ``**kwargs`` left out."""
    signature = function.args
    return [a.arg for a in [*signature.posonlyargs, *signature.args, *signature.kwonlyargs]][1:]


def argument_paths(init: Function) -> dict[str, str]:
    """Return the paths (``units``, ``self.units``) that stand for an argument of ``__init__``, by name."""
    found = find_aliases(init, {name: name for name in argument_names(init)}, _KEEP_VALUE)
    return {path: name for path, name in found.items() if path.startswith("self.") or "." not in path}


def attribute_paths(found: Mapping[str, str]) -> dict[str, str]:
    """Return those paths that other methods see too."""
    return {path: name for path, name in found.items() if path.startswith("self.")}


def find_aliases(
    function: Function, known: Mapping[str, str], keeps: Iterable[str] = _KEEP_TENSOR
) -> dict[str, str]:
    """Add to ``known`` the paths that ``function`` assigns one of its values to, unchanged."""
    found = dict(known)
    for target, value in assignments(function):
        path = dotted(target) if isinstance(target, ast.Name | ast.Attribute) else None
        source = _same_argument(value, found, keeps)
        if path and source and path not in found:
            found[path] = source
    return found


def assignments(function: Function) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield each target that ``function`` assigns to, with the expression; part by part where tuples pair."""
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=parts)], value=ast.Tuple(elts=values)) if len(
                parts
            ) == len(values):
                yield from zip(parts, values, strict=True)
            case ast.Assign(targets=targets, value=value):
                yield from ((target, value) for target in targets)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                yield target, value


def _same_argument(value: ast.expr, known: Mapping[str, str], keeps: Iterable[str]) -> str | None:
    """Return the argument that an expression is equal to, or that it is unless that is unset."""
    match value:
        case ast.Name() | ast.Attribute():
            return known.get(dotted(value) or "")
        case ast.BoolOp(values=parts):
            choices = [_same_argument(part, known, keeps) for part in parts]
        case ast.IfExp(body=body, orelse=orelse):
            choices = [_same_argument(body, known, keeps), _same_argument(orelse, known, keeps)]
        case ast.Call(func=func, args=[first, *_]) if (dotted(func) or "").rpartition(".")[2] in keeps:
            choices = [_same_argument(first, known, keeps)]
        case _:
            return None
    return next((choice for choice in choices if choice), None)
