"""The names that the statement at a line reads, to find the argument that an error is about."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.source.ast_helpers import dotted
from maskcheck.source.text import stored_tree


def read_at(file: str, line: int) -> tuple[str, ...]:
    """Return the names and attribute paths (``units``, ``self.units``) that the statement at ``line`` reads.

    Of an explicit ``raise`` these are also what the tests around it read, nearest
    first. Empty where the file cannot be read.
    """
    chain = _chain(file, line)
    if not chain:
        return ()
    innermost = chain[-1]
    parts: list[ast.AST] = [*_heads(innermost)]
    if isinstance(innermost, ast.Raise):
        parts = [*(part for outer in chain[-2::-1] for part in _heads(outer)), innermost]
    return tuple(dict.fromkeys(path for part in parts for path in _paths(part)))


def looked_up_at(file: str, line: int) -> tuple[str, ...]:
    """Return the keys (``config["units"]``, ``config.pop("units")``) that the statement at ``line`` reads."""
    found: dict[str, None] = {}
    for statement in _chain(file, line)[-1:]:
        for part in (part for head in _heads(statement) for part in ast.walk(head)):
            match part:
                case ast.Subscript(slice=ast.Constant(value=str(key)), ctx=ast.Load()):
                    found[key] = None
                case ast.Call(
                    func=ast.Attribute(attr="get" | "pop"), args=[ast.Constant(value=str(key)), *_]
                ):
                    found[key] = None
    return tuple(found)


def _chain(file: str, line: int) -> list[ast.stmt]:
    """Return the statements around a line, outermost first; none where the file cannot be read."""
    tree = stored_tree(file)
    return list(_around(tree, line)) if isinstance(tree, ast.Module) else []


def _around(node: ast.AST, line: int) -> Iterator[ast.stmt]:
    """Yield the statements that contain ``line``, outermost first, from the last function inwards."""
    inside = [child for child in _statements(node) if child.lineno <= line <= (child.end_lineno or 0)]
    for child in inside:
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        yield from _around(child, line)


def _statements(node: ast.AST) -> Iterator[ast.stmt]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.stmt):
            yield child
        elif isinstance(child, ast.ExceptHandler | ast.match_case):
            yield from child.body


def _heads(statement: ast.stmt) -> Iterator[ast.AST]:
    """Yield the parts of a statement that run at its own line: a block's test, not its body."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Try):
        return
    blocks = {id(part) for part in _statements(statement)}
    yield from (part for part in ast.iter_child_nodes(statement) if id(part) not in blocks)


def _paths(node: ast.AST) -> Iterator[str]:
    waiting = [node]
    while waiting:
        part = waiting.pop(0)
        path = dotted(part) if isinstance(part, ast.Attribute | ast.Name) else None
        if path and isinstance(getattr(part, "ctx", None), ast.Load):
            yield path
        else:
            waiting.extend(ast.iter_child_nodes(part))
