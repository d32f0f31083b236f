"""Small helpers to read syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_BODIES = ("body", "handlers", "orelse", "finalbody", "cases")
_Scope = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield what runs in one scope, in source order: also in if, try, with and loops, not in functions.

    Blocks that never run on import (``if __name__ == "__main__"``, ``if TYPE_CHECKING``) are left out.
    """
    waiting = [*reversed(body)]
    while waiting:
        statement = waiting.pop()
        yield statement
        if not isinstance(statement, _Scope):
            waiting.extend(reversed([*_inside(statement)]))


def dotted(expression: ast.AST | None) -> str | None:
    """Return ``a.b.c`` for a name or attribute chain (the ``X`` of ``X[T]``), None for anything else."""
    parts: list[str] = []
    while isinstance(expression, ast.Attribute | ast.Subscript):
        if isinstance(expression, ast.Attribute):
            parts.append(expression.attr)
        expression = expression.value
    return ".".join([expression.id, *reversed(parts)]) if isinstance(expression, ast.Name) else None


def class_named(tree: ast.Module, qualname: str) -> ast.ClassDef | None:
    """Return the class named ``qualname`` (such as ``A.B`` or ``make.<locals>.A``); the last one wins."""
    scopes = tree.body
    found: _Scope | None = None
    for part in qualname.replace(".<locals>", "").split("."):
        named = (s for s in statements(scopes) if isinstance(s, _Scope) and s.name == part)
        found = max(named, key=lambda scope: scope.lineno, default=None)
        if found is None:
            return None
        scopes = found.body
    return found if isinstance(found, ast.ClassDef) else None


def methods(node: ast.ClassDef) -> dict[str, ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the methods in the body of a class by name; of a property, the getter."""
    functions = (s for s in statements(node.body) if isinstance(s, ast.FunctionDef | ast.AsyncFunctionDef))
    return {function.name: function for function in functions if not _amends_property(function)}


def _amends_property(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    parts = (dotted(decorator) or "" for decorator in function.decorator_list)
    return any(part.endswith((f"{function.name}.setter", f"{function.name}.deleter")) for part in parts)


def _inside(statement: ast.stmt) -> Iterator[ast.stmt]:
    for name in _BODIES:
        if name == "body" and isinstance(statement, ast.If) and not _runs_on_import(statement.test):
            continue
        for part in getattr(statement, name, ()):
            yield from part.body if isinstance(part, ast.ExceptHandler | ast.match_case) else [part]


def _runs_on_import(test: ast.expr) -> bool:
    if isinstance(test, ast.Compare) and isinstance(test.left, ast.Name) and test.left.id == "__name__":
        return not isinstance(test.ops[0], ast.Eq)
    return (dotted(test) or "").rpartition(".")[2] != "TYPE_CHECKING"
