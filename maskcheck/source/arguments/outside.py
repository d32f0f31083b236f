"""Which constructor arguments name something outside the program: a file, a folder, an address, a port.

No value is ever invented for these: what it named would be read, written or deleted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from maskcheck.source.arguments.aliases import Function, argument_names, assignments
from maskcheck.source.arguments.outside_words import (
    COMMAND,
    COMMANDS,
    FILE,
    FUNCTIONS,
    HARMLESS,
    JOINS,
    MODULES,
    NAMES,
    NO_NAMES,
    NUMBERED,
    OF_A_PATH,
    PAIRS,
    PLACES,
    PLAIN_TYPES,
    TYPES,
)
from maskcheck.source.ast_helpers import class_named, dotted, methods
from maskcheck.source.syntax_tree import cached_tree

_DEEPEST = 3
# Paths of names and attributes, with the arguments that each is made of.
_Known = Mapping[str, frozenset[str]]


def names_outside(name: str, annotation: str = "") -> str:
    """Return what an argument names by its own name or its annotation, "" if nothing outside the program."""
    if TYPES.search(annotation):
        return FILE
    words = name.lower().strip("_")
    found = NAMES.get(words.rpartition("_")[2], "")
    if NO_NAMES.search(words) or (found not in NUMBERED and PLAIN_TYPES.search(annotation)):
        return ""
    return found


def used_outside(file: str, qualname: str) -> Mapping[str, str]:
    """Return the arguments of ``__init__`` that a class opens, runs or connects to, with what each names.

    Args:
        file: path of the source file.
        qualname: name inside the module.
    """
    tree = cached_tree(file)
    node = class_named(tree, qualname) if isinstance(tree, ast.Module) else None
    own = methods(node) if node else {}
    if not isinstance(tree, ast.Module) or "__init__" not in own:
        return {}
    functions = {item.name: item for item in tree.body if isinstance(item, ast.FunctionDef)}
    return dict(_Search(functions, own).list_arguments())


class _Search:
    """Follows what functions and methods of one module do with what they are given."""

    def __init__(self, functions: Mapping[str, Function], own: Mapping[str, Function]) -> None:
        self._functions = functions
        self._own = own

    def list_arguments(self) -> Iterator[tuple[str, str]]:
        """Yield the arguments of ``__init__`` that any method touches something with, and what they name."""
        init = self._own["__init__"]
        known = _add_derived(init, {name: frozenset({name}) for name in argument_names(init)})
        kept = {path: found for path, found in known.items() if path.startswith("self.")}
        yield from self._list_touched(init, known, 0)
        for method in self._own.values():
            if method is not init:
                yield from self._list_touched(method, _add_derived(method, kept), 0)

    def _list_touched(self, function: Function, known: _Known, depth: int) -> Iterator[tuple[str, str]]:
        """Yield the arguments behind what ``function`` touches something outside with."""
        if not known:
            return
        for node in ast.walk(function):
            if not isinstance(node, ast.Call):
                continue
            what = _name_touched(node.func)
            if what:
                yield from ((name, what) for value in _list_places(node) for name in _behind(value, known))
            if isinstance(node.func, ast.Attribute) and node.func.attr in OF_A_PATH:
                yield from ((name, FILE) for name in _behind(node.func.value, known))
            if depth < _DEEPEST:
                yield from self._list_inside(node, known, depth)

    def _list_inside(self, call: ast.Call, known: _Known, depth: int) -> Iterator[tuple[str, str]]:
        """Yield the same of a function or method of the module that is called."""
        name = dotted(call.func) or ""
        method = self._own.get(name.removeprefix("self.")) if name.startswith("self.") else None
        target = method or self._functions.get(name)
        if target is None or target.name == "__init__":
            return
        parameters = [a.arg for a in [*target.args.posonlyargs, *target.args.args]]
        if method and not any(dotted(mark) == "staticmethod" for mark in method.decorator_list):
            parameters = parameters[1:]
        pairs = [*zip(parameters, call.args, strict=False)]
        pairs += [(keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg]
        handed = {name: behind for name, value in pairs if (behind := frozenset(_behind(value, known)))}
        if handed:
            yield from self._list_touched(target, _add_derived(target, handed), depth + 1)


def _name_touched(func: ast.expr) -> str:
    """Return what a function that is called reads, writes, runs or connects to; "" if nothing."""
    names = (dotted(func) or "").split(".")
    if names[-1] in COMMANDS and names[0] == "os":
        return COMMAND
    if names[0] in MODULES and len(names) > 1:
        return "" if HARMLESS & set(names[1:]) else MODULES[names[0]]
    return FILE if names[-1] in FUNCTIONS or ".".join(names[-2:]) in PAIRS else ""


def _list_places(call: ast.Call) -> list[ast.expr]:
    """Return the arguments of a call that may name what it touches."""
    place = PLACES.get((dotted(call.func) or "").rpartition(".")[2])
    if place:
        return [keyword.value for keyword in call.keywords if keyword.arg == place]
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _add_derived(function: Function, known: _Known) -> dict[str, frozenset[str]]:
    """Add to ``known`` the names and attributes that ``function`` makes of its values, as paths are made."""
    found = dict(known)
    pairs = list(assignments(function))
    for _ in pairs:
        before = len(found)
        for target, value in pairs:
            path = dotted(target) if isinstance(target, ast.Name | ast.Attribute) else None
            behind = frozenset(_behind(value, found))
            if path and behind and path not in found:
                found[path] = behind
        if len(found) == before:
            break
    return found


def _behind(value: ast.expr, known: _Known) -> Iterator[str]:
    """Yield the arguments that a path is made of."""
    match value:
        case ast.Name() | ast.Attribute() if (dotted(value) or "") in known:
            yield from known[dotted(value) or ""]
        case ast.Attribute(value=inner) | ast.Starred(value=inner) | ast.FormattedValue(value=inner):
            yield from _behind(inner, known)
        case (
            ast.JoinedStr(values=parts)
            | ast.BoolOp(values=parts)
            | ast.List(elts=parts)
            | ast.Tuple(elts=parts)
        ):
            yield from (name for part in parts for name in _behind(part, known))
        case ast.BinOp(left=left, op=ast.Add() | ast.Div() | ast.Mod(), right=right):
            yield from (*_behind(left, known), *_behind(right, known))
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_behind(body, known), *_behind(orelse, known))
        case ast.Call(func=func, args=args) if _makes_path(func):
            yield from (name for part in args for name in _behind(part, known))
            if isinstance(func, ast.Attribute):
                yield from _behind(func.value, known)


def _makes_path(func: ast.expr) -> bool:
    name = func.attr if isinstance(func, ast.Attribute) else dotted(func) or ""
    return name in JOINS
