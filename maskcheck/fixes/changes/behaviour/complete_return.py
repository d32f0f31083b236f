"""Makes a method return what it computes."""

from __future__ import annotations

from dataclasses import dataclass

import libcst as cst
import libcst.matchers as m

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.methods import change_method, list_own, replace_nodes
from maskcheck.fixes.changes.nodes.bodies import open_body


@dataclass(frozen=True)
class CompleteReturn(Change):
    """Returns what the last statement of a method computes; a method that waits or yields does neither."""

    owner: str
    method: str = "call"

    def apply(self, module: cst.Module) -> cst.Module:
        """Change the method where it gives no value."""
        return change_method(module, self.owner, self.method, _complete)


def _complete(method: cst.FunctionDef) -> cst.FunctionDef:
    if method.asynchronous:
        return method.with_changes(asynchronous=None)
    yielding = [each for each in list_own(method) if m.matches(each, m.Expr(m.Yield()))]
    if len(yielding) == 1:
        return replace_nodes(method, {yielding[0]: _return(_read_yield(yielding[0]))})
    block = open_body(method)
    last = block.body[-1]
    if m.matches(last, m.SimpleStatementLine([m.Return(value=~m.Name("None"))])):
        return method
    if not isinstance(last, cst.SimpleStatementLine):
        raise CannotChange(f"the last statement of {method.name.value} leads to no value")
    body = [*block.body[:-1], *_complete_line(last)]
    return _without_none(method.with_changes(body=block.with_changes(body=body)))


def _complete_line(line: cst.SimpleStatementLine) -> list[cst.BaseStatement]:
    match line.body[-1]:
        case cst.Expr(value=cst.BaseExpression() as value) if not isinstance(value, cst.BaseString):
            return [line.with_changes(body=[*line.body[:-1], _return(value)])]
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name() as name)]):
            return [line, cst.SimpleStatementLine([_return(name)])]
        case cst.AugAssign(target=cst.Name() as name):
            return [line, cst.SimpleStatementLine([_return(name)])]
    raise CannotChange("the last statement leads to no value")


def _read_yield(node: cst.CSTNode) -> cst.BaseExpression:
    value = node.value.value if isinstance(node, cst.Expr) and isinstance(node.value, cst.Yield) else None
    if not isinstance(value, cst.BaseExpression):
        raise CannotChange("nothing is yielded")
    return value


def _return(value: cst.BaseExpression) -> cst.Return:
    return cst.Return(value.deep_clone())


def _without_none(method: cst.FunctionDef) -> cst.FunctionDef:
    """Return a method that does not say any more that it returns nothing."""
    said = method.returns
    return (
        method.with_changes(returns=None) if said and m.matches(said.annotation, m.Name("None")) else method
    )
