"""Finds methods of a class and what stands in them, and puts other code in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.classes import change_class

_Node = TypeVar("_Node", bound=cst.CSTNode)
Replacement = cst.CSTNode | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNode]


def find_method(owner: cst.ClassDef, name: str) -> cst.FunctionDef | None:
    """Return the method of a class, the last one where there are several; of a property, the getter."""
    found = [each for each in list_methods(owner) if each.name.value == name and not _amends_property(each)]
    return found[-1] if found else None


def list_methods(owner: cst.ClassDef) -> list[cst.FunctionDef]:
    """Return all methods of a class, of a property each function, those under an ``if`` or ``try`` too."""
    finder = _Functions()
    owner.body.visit(finder)
    return finder.found


def change_method(
    module: cst.Module, owner: str, name: str, change: Callable[[cst.FunctionDef], cst.FunctionDef]
) -> cst.Module:
    """Return a module in which a method of a class is changed.

    Raises:
        CannotChange: there is no such class or method.
    """

    def change_owner(node: cst.ClassDef) -> cst.ClassDef:
        method = find_method(node, name)
        if method is None:
            raise CannotChange(f"{owner} has no {name}")
        changed = change(method)
        return node if changed is method else replace_nodes(node, {method: changed})

    return change_class(module, owner, change_owner)


def list_own(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """Yield a node and what stands in it, but not what stands in functions and classes inside."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        scope = isinstance(each, cst.FunctionDef | cst.ClassDef | cst.Lambda)
        if each is node or not scope:
            waiting.extend(reversed(each.children))


def replace_nodes(tree: _Node, others: Mapping[cst.CSTNode, Replacement]) -> _Node:
    """Return a tree with other nodes in the place of some, of which none stands in another."""
    return tree.visit(_Replacer(others)) if others else tree  # type: ignore[return-value]


def write_code(node: cst.CSTNode) -> str:
    """Return the text of a node."""
    return cst.Module([]).code_for_node(node)


def _amends_property(function: cst.FunctionDef) -> bool:
    parts = (each.decorator for each in function.decorators)
    return any(isinstance(part, cst.Attribute) and part.attr.value in ("setter", "deleter") for part in parts)


class _Functions(cst.CSTVisitor):
    """Collects the functions of a block, but not those in functions or classes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[cst.FunctionDef] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        self.found.append(node)
        return False

    def visit_ClassDef(self, node: cst.ClassDef) -> bool:
        return False


class _Replacer(cst.CSTTransformer):
    def __init__(self, others: Mapping[cst.CSTNode, Replacement]) -> None:
        super().__init__()
        self._others = {id(node): other for node, other in others.items()}

    def on_visit(self, node: cst.CSTNode) -> bool:
        return id(node) not in self._others

    def on_leave(  # type: ignore[override]
        self, original_node: cst.CSTNode, updated_node: cst.CSTNode
    ) -> Replacement:
        return self._others.get(id(original_node), updated_node)
