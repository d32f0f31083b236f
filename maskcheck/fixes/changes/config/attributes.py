"""Sets attributes, and leaves them alone."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.methods import Replacement, change_method, replace_nodes, write_code
from maskcheck.fixes.changes.writing.blocks import (
    Placed,
    drop_statement,
    list_body,
    list_small,
    open_block,
    parse_statement,
    with_body,
)
from maskcheck.fixes.changes.writing.supercall import count_until_super


@dataclass(frozen=True)
class SetAttribute(Change):
    """Keep a value in ``self.<attribute>``, in place of what a method keeps there, or as something more."""

    owner: str
    attribute: str
    expression: str
    method: str = "__init__"

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the assignment, below the call of ``super().__init__`` if it is new.

        Raises:
            CannotChange: there is no such method, or it sets the attribute in several places.
        """

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            old = _list_assignments(method, self.attribute)
            if len(old) > 1:
                raise CannotChange(f"{self.method} sets {self.attribute} in several places")
            if old:
                small = old[0].small
                if write_code(small.value) == self.expression:  # type: ignore[attr-defined]
                    return method
                value = cst.parse_expression(self.expression)
                return replace_nodes(method, {small.value: value})  # type: ignore[attr-defined]
            method = open_block(method)
            body, count = list_body(method), count_until_super(method)
            while count < len(body) and _keeps_argument(body[count]):
                count += 1
            new = parse_statement(f"self.{self.attribute} = {self.expression}")
            return with_body(method, [*body[:count], new, *body[count:]])

        return change_method(module, self.owner, self.method, change)


@dataclass(frozen=True)
class LeaveAttribute(Change):
    """Have a method set ``self.<attribute>`` no longer."""

    owner: str
    attribute: str
    method: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module without the assignments.

        Raises:
            CannotChange: there is no such method.
        """

        def change(method: cst.FunctionDef) -> cst.FunctionDef:
            dropped: dict[cst.CSTNode, Replacement] = {}
            for placed in list_small(method):
                if _sets(placed.small, self.attribute):
                    dropped.update([drop_statement(placed)])
            return replace_nodes(method, dropped)

        return change_method(module, self.owner, self.method, change)


def _keeps_argument(statement: cst.BaseStatement) -> bool:
    """Tell whether a statement keeps a name in an attribute, and does nothing else."""
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    if not isinstance(small, cst.Assign) or not isinstance(small.value, cst.Name):
        return False
    return all(isinstance(each.target, cst.Attribute) for each in small.targets)


def _list_assignments(method: cst.FunctionDef, attribute: str) -> list[Placed]:
    return [
        placed
        for placed in list_small(method)
        if isinstance(placed.small, cst.Assign | cst.AnnAssign)
        and placed.small.value is not None
        and _sets(placed.small, attribute)
    ]


def _sets(small: cst.BaseSmallStatement, attribute: str) -> bool:
    targets: list[cst.BaseExpression] = []
    if isinstance(small, cst.Assign):
        targets = [each.target for each in small.targets]
    elif isinstance(small, cst.AnnAssign | cst.AugAssign):
        targets = [small.target]
    return [write_code(target) for target in targets] == [f"self.{attribute}"]
