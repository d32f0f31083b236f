"""Lets ``build`` leave alone what is built already."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.methods import change_method, list_own, replace_nodes, write_code


@dataclass(frozen=True)
class GuardBuild(Change):
    """Builds ``self.<part>``, or each layer in it, only where it is not built."""

    owner: str
    part: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Put a test around each line that builds it, unless it stands in one."""
        return change_method(module, self.owner, "build", self._change)

    def _change(self, build: cst.FunctionDef) -> cst.FunctionDef:
        path = f"self.{self.part}"
        loops = [each for each in list_own(build) if isinstance(each, cst.For)]
        names = [path, *(write_code(each.target) for each in loops if write_code(each.iter) == path)]
        guarded = {id(inner) for each in list_own(build) if _tests(each, names) for inner in list_own(each)}
        others: dict[cst.CSTNode, cst.CSTNode] = {
            each: _guard(each, name)
            for each in list_own(build)
            if isinstance(each, cst.SimpleStatementLine) and id(each) not in guarded
            for name in names
            if _builds(each, name)
        }
        return replace_nodes(build, others)


def _tests(node: cst.CSTNode, names: list[str]) -> bool:
    text = write_code(node.test) if isinstance(node, cst.If) else ""
    return any(f"{name}.built" in text for name in names)


def _builds(line: cst.SimpleStatementLine, name: str) -> bool:
    match line.body:
        case [cst.Expr(value=cst.Call(func=function))]:
            return write_code(function) == f"{name}.build"
    return False


def _guard(line: cst.SimpleStatementLine, name: str) -> cst.If:
    block = cst.IndentedBlock([line.with_changes(leading_lines=[])])
    return cst.If(cst.parse_expression(f"not {name}.built"), block, leading_lines=line.leading_lines)
