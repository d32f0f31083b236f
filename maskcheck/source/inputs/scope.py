"""Which expressions in a method stand for an input, a part of one, or the shape of one."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from maskcheck.source.arguments.aliases import Function, argument_names, assignments, find_aliases
from maskcheck.source.ast_helpers import dotted

_SHAPE_CALLS = frozenset({"shape", "int_shape", "get_shape", "static_shape", "get_shape_list", "as_list"})
_CONVERSIONS = frozenset({"tuple", "list"})


@dataclass
class Scope:
    """The names of one method.

    ``known`` are the inputs, and the parts of them, by the local names that stand for them;
    ``places`` the parts of each input by position; ``shapes`` the inputs by the local names
    of their shapes.
    """

    known: dict[str, str]
    places: dict[str, dict[int, str]] = field(default_factory=dict)
    shapes: dict[str, str] = field(default_factory=dict)

    def owner(self, node: ast.AST) -> str | None:
        """Return the input, or the part of one, that an expression is: ``key`` for ``inputs["key"]``."""
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                return self.known.get(name)
            case ast.Subscript(value=value, slice=ast.Constant(value=str(key))):
                return key if self.owner(value) else None
            case ast.Subscript(value=value, slice=ast.Constant(value=int(place))):
                return self.places.get(self.owner(value) or "", {}).get(place)
        return None

    def shaped(self, node: ast.AST) -> str | None:
        """Return the input, or the part of one, whose shape an expression is."""
        match node:
            case ast.Name(id=name, ctx=ast.Load()):
                return self.shapes.get(name)
            case ast.Attribute(value=value, attr="shape"):
                return self.owner(value)
            case ast.Call(func=func, args=[inner, *_]) if last_name(func) in _SHAPE_CALLS:
                return self.owner(inner) or self.shaped(inner)
            case ast.Call(func=func, args=[inner, *_]) if last_name(func) in _CONVERSIONS:
                return self.shaped(inner)
            case ast.Call(func=ast.Attribute(value=inner, attr=attr), args=[]) if attr in _SHAPE_CALLS:
                return self.owner(inner) or self.shaped(inner)
            case ast.Subscript(value=value, slice=ast.Constant(value=int(place))):
                return self.places.get(self.shaped(value) or "", {}).get(place)
        return None


def read_scope(call: Function) -> Scope:
    """Return the scope of a ``call``."""
    scope = Scope({name: name for name in argument_names(call)})
    for target, value in assignments(call):
        match target, value:
            case ast.Tuple(elts=parts) | ast.List(elts=parts), _:
                owner = scope.owner(value)
                if owner and all(isinstance(part, ast.Name) for part in parts):
                    names = [part.id for part in parts if isinstance(part, ast.Name)]
                    _add_parts(scope, owner, dict(enumerate(names)))
            case ast.Name(id=name), ast.Subscript(value=whole, slice=index):
                owner = scope.owner(whole)
                if owner:
                    _add_part(scope, owner, name, index)
    for node in ast.walk(call):
        match node:
            case ast.Subscript(value=value, slice=ast.Constant(value=int(place))):
                owner = scope.owner(value)
                if owner:
                    scope.places.setdefault(owner, {}).setdefault(place, f"{owner}.{place}")
    scope.known = find_aliases(call, scope.known)
    for target, value in assignments(call):
        owner = scope.shaped(value)
        if isinstance(target, ast.Name) and owner:
            scope.shapes.setdefault(target.id, owner)
    return scope


def _add_part(scope: Scope, owner: str, name: str, index: ast.expr) -> None:
    match index:
        case ast.Constant(value=str(key)):
            scope.known.setdefault(name, key)
        case ast.Constant(value=int(place)):
            _add_parts(scope, owner, {place: name})


def _add_parts(scope: Scope, owner: str, names: Mapping[int, str]) -> None:
    places = scope.places.setdefault(owner, {})
    for place, name in names.items():
        places.setdefault(place, scope.known.setdefault(name, name))


def layer_classes(own: Mapping[str, Function]) -> Mapping[str, str]:
    """Return the attributes that hold what a class made, one or several, with the name of that class."""
    found: dict[str, str] = {}
    for function in own.values():
        for target, value in assignments(function):
            made = _made_class(value)
            if isinstance(target, ast.Attribute) and made:
                found[dotted(target) or ""] = made
        for name, source in _loop_names(function):
            if source in found:
                found[name] = found[source]
    return found


def _made_class(value: ast.expr) -> str:
    """Return the name of the class that an expression makes one or several of."""
    match value:
        case ast.Call(func=func):
            return last_name(func)
        case ast.List(elts=[first, *_]) | ast.Tuple(elts=[first, *_]) | ast.Dict(values=[first, *_]):
            return _made_class(first)
        case ast.ListComp(elt=item) | ast.DictComp(value=item):
            return _made_class(item)
    return ""


def _loop_names(function: Function) -> Iterator[tuple[str, str]]:
    """Yield the names that loops give to the items of attributes, with the attribute."""
    for node in ast.walk(function):
        match node:
            case (
                ast.For(target=ast.Name(id=name), iter=source)
                | ast.comprehension(target=ast.Name(id=name), iter=source)
            ):
                yield name, dotted(source) or ""
            case (
                ast.For(target=ast.Tuple(elts=names), iter=ast.Call(func=ast.Name(id="zip"), args=sources))
                | ast.comprehension(
                    target=ast.Tuple(elts=names), iter=ast.Call(func=ast.Name(id="zip"), args=sources)
                )
            ):
                pairs = zip(names, sources, strict=False)
                yield from ((part.id, dotted(s) or "") for part, s in pairs if isinstance(part, ast.Name))


def last_name(func: ast.expr) -> str:
    """Return the last part of a dotted name, "" for what is none."""
    return (dotted(func) or "").rpartition(".")[2]
