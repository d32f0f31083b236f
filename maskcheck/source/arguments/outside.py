"""Which constructor arguments name something outside the program: a file, a folder, an address, a port.

No value is ever invented for these: what it named would be read, written or deleted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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


def used_outside(*classes: tuple[str, str]) -> Mapping[str, str]:
    """Return the arguments of ``__init__`` that a class opens, runs or connects to, with what each names.

    Args:
        classes: file and name inside the module of the class, then of its bases in the order in which
            Python looks for methods. The ``__init__`` is that of each of them which has one.
    """
    own = [_read_methods(file, qualname) for file, qualname in reversed(classes)]
    every = {name: code for each in own for name, code in each.items()}
    found: dict[str, str] = {}
    for init in (each["__init__"] for each in own if "__init__" in each):
        found |= dict(_Search({**every, "__init__": init}).list_arguments())
    return found


@dataclass(frozen=True)
class _Code:
    """A function or method, and the functions of its module."""

    function: Function
    beside: Mapping[str, Function]


def _read_methods(file: str, qualname: str) -> dict[str, _Code]:
    tree = cached_tree(file)
    node = class_named(tree, qualname) if isinstance(tree, ast.Module) else None
    if node is None or not isinstance(tree, ast.Module):
        return {}
    beside = {item.name: item for item in tree.body if isinstance(item, ast.FunctionDef)}
    return {name: _Code(function, beside) for name, function in methods(node).items()}


class _Search:
    """Follows what the methods of a class, and functions beside them, do with what they are given."""

    def __init__(self, own: Mapping[str, _Code]) -> None:
        self._own = own

    def list_arguments(self) -> Iterator[tuple[str, str]]:
        """Yield the arguments of ``__init__`` that any method touches something with, and what they name."""
        init = self._own["__init__"]
        first = {name: frozenset({name}) for name in argument_names(init.function)}
        known = _add_derived(init.function, first)
        kept = {path: found for path, found in known.items() if path.startswith("self.")}
        yield from self._list_touched(init, known, 0)
        for method in self._own.values():
            if method is not init:
                yield from self._list_touched(method, _add_derived(method.function, kept), 0)

    def _list_touched(self, code: _Code, known: _Known, depth: int) -> Iterator[tuple[str, str]]:
        """Yield the arguments behind what some code touches something outside with."""
        if not known:
            return
        for node in ast.walk(code.function):
            if not isinstance(node, ast.Call):
                continue
            what = _name_touched(node.func)
            if what:
                yield from ((name, what) for value in _list_places(node) for name in _behind(value, known))
            if isinstance(node.func, ast.Attribute) and node.func.attr in OF_A_PATH:
                yield from ((name, FILE) for name in _behind(node.func.value, known))
            if depth < _DEEPEST:
                yield from self._list_inside(node, code, known, depth)

    def _list_inside(
        self, call: ast.Call, code: _Code, known: _Known, depth: int
    ) -> Iterator[tuple[str, str]]:
        """Yield the same of a method, or of a function of the module, that is called."""
        name = dotted(call.func) or ""
        method = self._own.get(name.removeprefix("self.")) if name.startswith("self.") else None
        function = method.function if method else code.beside.get(name)
        if function is None or function.name == "__init__":
            return
        parameters = [a.arg for a in [*function.args.posonlyargs, *function.args.args]]
        if method and not any(dotted(mark) == "staticmethod" for mark in function.decorator_list):
            parameters = parameters[1:]
        pairs = [*zip(parameters, call.args, strict=False)]
        pairs += [(keyword.arg, keyword.value) for keyword in call.keywords if keyword.arg]
        handed = {name: behind for name, value in pairs if (behind := frozenset(_behind(value, known)))}
        if handed:
            inner = method or _Code(function, code.beside)
            yield from self._list_touched(inner, _add_derived(function, handed), depth + 1)


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
