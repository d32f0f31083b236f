"""Goes through sets in an order that every process has."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.classes import change_class, get_class
from maskcheck.fixes.changes.methods import list_methods, list_own, replace_nodes, write_code

# What goes through its items in their order.
_ORDERED = ("enumerate", "list", "tuple", "map", "zip", "iter", "reversed")


@dataclass(frozen=True)
class SortSet(Change):
    """Goes through the items of a set in their order, which is the same in every process."""

    owner: str
    method: str = "__init__"

    def apply(self, module: cst.Module) -> cst.Module:
        """Write sorted(...) around each set that a method goes through."""
        found: dict[cst.CSTNode, cst.BaseExpression] = {}
        for method in list_methods(get_class(module, self.owner)):
            for each in list_own(method) if method.name.value == self.method else ():
                for value in _list_gone_through(each):
                    if _is_set(value):
                        found[value] = cst.Call(cst.Name("sorted"), [cst.Arg(value)])
        return change_class(module, self.owner, lambda node: replace_nodes(node, found)) if found else module


def _list_gone_through(node: cst.CSTNode) -> list[cst.BaseExpression]:
    if isinstance(node, cst.For | cst.CompFor):
        return [node.iter]
    if isinstance(node, cst.Call) and write_code(node.func) in _ORDERED:
        return [each.value for each in node.args]
    return []


def _is_set(value: cst.BaseExpression) -> bool:
    if isinstance(value, cst.Call):
        return write_code(value.func) in ("set", "frozenset")
    return isinstance(value, cst.Set | cst.SetComp)
