"""What a method that returns nothing should return, as its last statement shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from maskcheck.source.syntax_tree import read_method

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Return:
    """A statement to write in place of the one at ``line``, or below it."""

    line: int
    text: str


def find_forgotten_return(file: str, qualname: str, method: str) -> Return | None:
    """Return what lacks at the end of a method; None where its last statement leads to no value.

    Of a coroutine that is its first line, of a generator the one that yields.
    """
    function = read_method(file, qualname, method)
    if function is None:
        return None
    if isinstance(function, ast.AsyncFunctionDef):
        return Return(function.lineno, f"def {method}, without async")
    produced = next((each for each in _own_nodes(function) if isinstance(each, ast.Yield)), None)
    if produced is not None:
        value = ast.unparse(produced.value) if produced.value else ""
        return Return(produced.lineno, f"return {value}, instead of yield")
    return _complete(function.body[-1])


def _complete(last: ast.stmt) -> Return | None:
    match last:
        case ast.Expr(value=ast.Constant()):
            return None
        case ast.Expr(value=value):
            return Return(last.lineno, f"return {ast.unparse(value)}")
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AugAssign(target=ast.Name(id=name)):
            return Return(last.end_lineno or last.lineno, f"return {name}")
    return None


def _own_nodes(function: _Function) -> Iterator[ast.AST]:
    """Yield what stands in a function, but not in those that it defines."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))
