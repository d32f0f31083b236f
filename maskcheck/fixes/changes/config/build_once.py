"""Builds sub-layers that come back built no second time."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.methods import Replacement, change_method, list_own, replace_nodes, write_code
from maskcheck.fixes.changes.writing.blocks import list_small, parse_statement


@dataclass(frozen=True)
class BuildOnce(Change):
    """Have ``build`` build what is not built yet, and nothing else."""

    owner: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with a test of ``built`` around each call of ``build`` of a part.

        Raises:
            CannotChange: the class has no ``build``.
        """
        return change_method(module, self.owner, "build", _guard)


def _guard(method: cst.FunctionDef) -> cst.FunctionDef:
    tested = {write_code(each.test) for each in list_own(method) if isinstance(each, cst.If)}
    others: dict[cst.CSTNode, Replacement] = {}
    for placed in list_small(method):
        call = placed.small.value if isinstance(placed.small, cst.Expr) else None
        func = call.func if isinstance(call, cst.Call) else None
        if placed.line is None or len(placed.line.body) != 1 or not isinstance(func, cst.Attribute):
            continue
        part = write_code(func.value)
        if func.attr.value != "build" or part.startswith("super(") or f"not {part}.built" in tested:
            continue
        test = parse_statement(f"if not {part}.built:\n    pass")
        bare = placed.line.with_changes(leading_lines=())
        others[placed.line] = test.with_changes(
            leading_lines=placed.line.leading_lines, body=cst.IndentedBlock([bare])
        )
    return replace_nodes(method, others)
