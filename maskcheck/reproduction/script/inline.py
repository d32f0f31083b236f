"""The source of a class with what it needs of its module: imports and other definitions."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence, Set

from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.request import Inline

_FUTURE = "__future__"


def write_inline(text: str, names: Sequence[str], package: str = "") -> Inline:
    """Return the source of definitions of a module, with all that they need of it, in its order.

    Args:
        text: of the module.
        names: what is asked for.
        package: the module's package, which relative imports start from.

    Raises:
        NotWritable: the module defines one of the names in no statement of its own.
    """
    tree = ast.parse(text)
    statements = {name: each for each in tree.body for name in _defined_names(each)}
    missing = [name for name in names if name not in statements]
    if missing:
        raise NotWritable(f"the module does not define {missing[0]} in a statement of its own")
    wanted, waiting = set[str](), list(names)
    while waiting:
        name = waiting.pop()
        if name in statements and name not in wanted:
            wanted.add(name)
            waiting += sorted(_used_names(statements[name]))
    kept = [each for each in tree.body if wanted & set(_defined_names(each))]
    imports = (each for each in kept if isinstance(each, ast.Import | ast.ImportFrom))
    others = [each for each in kept if not isinstance(each, ast.Import | ast.ImportFrom)]
    written = [line for each in imports for line in _write_import(each, wanted, package)]
    return Inline(tuple(written), "\n".join(_write_definitions(others, text.splitlines())))


def _write_definitions(statements: Sequence[ast.stmt], lines: list[str]) -> Iterator[str]:
    apart = False
    for number, statement in enumerate(statements):
        is_definition = isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if number and (apart or is_definition):
            yield from ("", "")
        apart = is_definition
        yield from _source_lines(statement, lines)


def _defined_names(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
            return [statement.name]
        case ast.Import() | ast.ImportFrom():
            return [(alias.asname or alias.name).partition(".")[0] for alias in statement.names]
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [node.id for each in targets if each for node in ast.walk(each) if isinstance(node, ast.Name)]


def _used_names(statement: ast.stmt) -> set[str]:
    """Return all names that a statement may look up."""
    return {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}


def _write_import(statement: ast.Import | ast.ImportFrom, names: Set[str], package: str) -> Iterator[str]:
    """Yield an import of those names that are wanted; relative ones name their package."""
    kept = [each for each in statement.names if (each.asname or each.name).partition(".")[0] in names]
    if isinstance(statement, ast.Import):
        yield from (ast.unparse(ast.Import([each])) for each in kept)
    elif statement.module != _FUTURE:
        module = statement.module or ""
        if statement.level:
            parts = package.split(".")
            module = ".".join([*parts[: len(parts) - statement.level + 1], *filter(None, [module])])
        yield ast.unparse(ast.ImportFrom(module, kept, 0))


def _source_lines(statement: ast.stmt, lines: list[str]) -> list[str]:
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(each.lineno for each in decorators)])
    return lines[first - 1 : statement.end_lineno]
