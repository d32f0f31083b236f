"""Finds where the methods of a class assign an attribute, and changes what is assigned."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.classes import change_class, get_class
from maskcheck.fixes.changes.methods import list_methods, list_own, replace_nodes, write_code

Assignment = cst.Assign | cst.AnnAssign


def list_assignments(owner: cst.ClassDef, path: str, method: str = "") -> list[Assignment]:
    """Return the statements ``self.<path> = value`` in the methods of a class, or in one of them."""
    return [
        each
        for function in list_methods(owner)
        if method in ("", function.name.value)
        for each in list_own(function)
        if isinstance(each, Assignment) and each.value is not None and f"self.{path}" in list_targets(each)
    ]


def list_targets(assignment: Assignment) -> list[str]:
    """Return what an assignment gives a value to, as it is written."""
    if isinstance(assignment, cst.AnnAssign):
        return [write_code(assignment.target)]
    return [write_code(each.target) for each in assignment.targets]


def change_values(
    module: cst.Module, owner: str, path: str, change: Callable[[cst.BaseExpression], cst.BaseExpression]
) -> cst.Module:
    """Return a module in which the values are changed that a class gives to ``self.<path>``.

    Raises:
        CannotChange: it gives it none.
    """
    found = list_assignments(get_class(module, owner), path)
    if not found:
        raise CannotChange(f"{owner} nowhere assigns self.{path}")
    others: dict[cst.CSTNode, cst.BaseExpression] = {}
    for each in found:
        if each.value is not None:
            others[each.value] = change(each.value)
    changed = {old: new for old, new in others.items() if old is not new}
    if not changed:
        return module
    # The nodes of a class are still those of the module while it is changed.
    return change_class(module, owner, lambda node: replace_nodes(node, changed))
