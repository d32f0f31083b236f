"""What the body of a class says of its attributes, as far as abstract and callable classes need it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maskcheck.source.ast_helpers import dotted, statements

_ABSTRACT = frozenset({"abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod"})


@dataclass(frozen=True)
class Member:
    """One attribute of a class body.

    ``abstract`` is set by a decorator, ``refuses`` when the body only raises
    NotImplementedError, ``wires`` (of ``__init__``) when it hands inputs and
    outputs to ``super().__init__``, as a functional model does.
    """

    abstract: bool = False
    refuses: bool = False
    wires: bool = False


def members_of(node: ast.ClassDef) -> Mapping[str, Member]:
    """Return the members that the body of a class defines, by name; the last definition wins."""
    return {name: member for statement in statements(node.body) for name, member in _bound_members(statement)}


def _bound_members(statement: ast.stmt) -> Iterable[tuple[str, Member]]:
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        yield statement.name, _method_member(statement)
    elif isinstance(statement, ast.Assign):
        yield from ((target.id, Member()) for target in statement.targets if isinstance(target, ast.Name))
    elif isinstance(statement, ast.AnnAssign) and statement.value and isinstance(statement.target, ast.Name):
        yield statement.target.id, Member()


def _method_member(function: ast.FunctionDef | ast.AsyncFunctionDef) -> Member:
    decorators = [(dotted(decorator) or "").rpartition(".")[2] for decorator in function.decorator_list]
    return Member(
        abstract=not _ABSTRACT.isdisjoint(decorators),
        refuses=_is_not_implemented(function.body),
        wires=function.name == "__init__" and any(_passes_inputs(node) for node in ast.walk(function)),
    )


def _is_not_implemented(body: list[ast.stmt]) -> bool:
    documented = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    rest = body[1:] if documented else body
    if len(rest) != 1 or not isinstance(rest[0], ast.Raise):
        return False
    raised = rest[0].exc.func if isinstance(rest[0].exc, ast.Call) else rest[0].exc
    name = (dotted(raised) or "").rpartition(".")[2]
    return name.replace("_", "").lower() in {"notimplemented", "notimplementederror"}


def _passes_inputs(node: ast.AST) -> bool:
    if not (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"
    ):
        return False
    named = any(keyword.arg in {"inputs", "outputs"} for keyword in node.keywords)
    return named or len(node.args) > 1 or any(isinstance(argument, ast.Starred) for argument in node.args)
