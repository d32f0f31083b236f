"""Finds the line of a ``get_config`` where a key is added, and how it is written there."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from maskcheck.source.ast_helpers import statements

_Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Insertion:
    """Where to insert a config entry: the line, and the text around the entry.

    ``variable`` is the dict being built, None when it has no name. ``keyword`` is
    True inside ``dict(...)``, where an entry is written ``key=value``.
    """

    line: int
    variable: str | None
    before: str = ""
    after: str = ","
    keyword: bool = False


def find_insertion(function: _Function) -> Insertion:
    """Return where a key would be added: beside the last that the method adds always, else at its return."""
    body = list(statements(function.body))
    values = [(s.lineno, s.value) for s in body if isinstance(s, ast.Return) and s.value is not None]
    if not values:
        return Insertion(
            function.end_lineno or function.lineno, None, "return {**super().get_config(), ", "}"
        )
    line, returned = values[-1]
    names = _returned_names(returned, body)
    updates = [
        _insert_update(name, s.lineno) for s in function.body for name in _changed_names(s) if name in names
    ]
    built = [(name, value) for s in body for name, value in _assignments(s) if name in names]
    makers = [(name, maker) for name, value in [*built, (None, returned)] for maker in _dict_makers(value)]
    keyed = [_insert_beside(name, maker) for name, maker in makers if _has_keys(maker)]
    unkeyed = [_insert_beside(name, maker) for name, maker in makers]
    return [_insert_at_return(line, returned), *unkeyed, *keyed, *updates][-1]


def _returned_names(returned: ast.expr, body: Sequence[ast.stmt]) -> set[str]:
    """Return the names whose dicts end up in the returned value."""
    names: set[str] = set()
    more = _names(returned)
    while more - names:
        names |= more
        more = {n for s in body for name, value in _assignments(s) if name in names for n in _names(value)}
        more |= {n for s in body if names.intersection(_changed_names(s)) for n in _names(s)}
    return names


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def _assignments(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    """Yield pairs of name and value for ``name = value``, annotated or ``|=`` too."""
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    value = getattr(statement, "value", None)
    if value is not None:
        yield from ((target.id, value) for target in targets if isinstance(target, ast.Name))


def _changed_names(statement: ast.stmt) -> Iterator[str]:
    """Yield the name of a dict that the statement adds to: ``name.update(..)`` or ``name[key] = ..``."""
    if isinstance(statement, ast.Assign):
        places = (target.value for target in statement.targets if isinstance(target, ast.Subscript))
        yield from (place.id for place in places if isinstance(place, ast.Name))
    call = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "update":
        yield from ([call.func.value.id] if isinstance(call.func.value, ast.Name) else [])


def _dict_makers(value: ast.expr) -> Iterator[ast.Dict | ast.Call]:
    """Yield the dict literals and ``dict(..)`` calls of which ``value`` is made up."""
    parts: list[ast.expr] = []
    if isinstance(value, ast.Dict):
        yield value
        parts = [part for key, part in zip(value.keys, value.values, strict=True) if key is None]
    elif isinstance(value, ast.BinOp):
        parts = [value.left, value.right]
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "dict":
        yield value
        parts = [*value.args, *(keyword.value for keyword in value.keywords if keyword.arg is None)]
    for part in parts:
        yield from _dict_makers(part)


def _has_keys(maker: ast.Dict | ast.Call) -> bool:
    keys = maker.keys if isinstance(maker, ast.Dict) else [keyword.arg for keyword in maker.keywords]
    return any(key is not None for key in keys)


def _insert_beside(name: str | None, maker: ast.Dict | ast.Call) -> Insertion:
    return Insertion(maker.lineno, name, keyword=isinstance(maker, ast.Call))


def _insert_update(name: str, line: int) -> Insertion:
    return Insertion(line, name, f"{name}.update({{", "})")


def _insert_at_return(line: int, returned: ast.expr) -> Insertion:
    if isinstance(returned, ast.Name):
        return _insert_update(returned.id, line)
    return Insertion(line, None, f"return {{**{ast.unparse(returned)}, ", "}")
