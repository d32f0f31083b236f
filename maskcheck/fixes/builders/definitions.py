"""Finds in which file a class or function is defined that another module names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maskcheck.source.ast_helpers import dotted, methods, statements
from maskcheck.source.syntax_tree import cached_tree, read_class

_Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
# What a module calls where it finds classes of Keras, whatever else has their names.
_OF_KERAS = frozenset({"keras", "tf_keras", "layers", "models"})
# Code of others.
_INSTALLED = ("site-packages", "dist-packages")


@dataclass(frozen=True)
class Definition:
    """The statement of a class or function at the top level of a module."""

    file: str
    node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def find_definition(file: str, name: str) -> Definition | None:
    """Return where what a module calls ``name`` is defined: in it, in what it imports, else beside it."""
    beside = (str(path) for path in sorted(Path(file).parent.glob("*.py")))
    for place in (file, *list_imported(file, name), *beside):
        found = _find_in(place, name)
        if found and not any(part in Path(place).parts for part in _INSTALLED):
            return Definition(place, found)
    return None


def list_imported(file: str, name: str) -> Iterator[str]:
    """Yield the files from which a module may import a name."""
    tree = cached_tree(file)
    for each in statements(tree.body) if isinstance(tree, ast.Module) else ():
        if not isinstance(each, ast.ImportFrom):
            continue
        if any(alias.name in (name, "*") or alias.asname == name for alias in each.names):
            yield from _list_files(file, each)


def _find_in(file: str, name: str) -> _Definition | None:
    tree = cached_tree(file)
    found = [
        each
        for each in (statements(tree.body) if isinstance(tree, ast.Module) else ())
        if isinstance(each, _Definition) and each.name == name
    ]
    return found[-1] if found else None


def _list_files(file: str, statement: ast.ImportFrom) -> Iterator[str]:
    """Yield the files that a module may be in, seen from another: beside it or above."""
    parts = (statement.module or "").split(".")
    above = Path(file).parents
    folders = above[statement.level - 1 : statement.level] if statement.level else above
    for folder in folders:
        for path in (folder.joinpath(*parts).with_suffix(".py"), folder.joinpath(*parts, "__init__.py")):
            if path.is_file():
                yield str(path)


@dataclass(frozen=True)
class Inherited:
    """A method, and the class that has it: its file, and its qualname there."""

    file: str
    owner: str
    node: ast.FunctionDef


def find_inherited_method(file: str, owner: str, name: str) -> Inherited | None:
    """Return a method that a class has of its own or from a base class whose source is at hand."""
    seen: set[tuple[str, str]] = set()
    waiting = [(file, owner)]
    while waiting:
        place = waiting.pop(0)
        node = read_class(*place)
        if node is None or place in seen:
            continue
        seen.add(place)
        method = methods(node).get(name)
        if isinstance(method, ast.FunctionDef):
            return Inherited(*place, method)
        for base in node.bases:
            *modules, last = (dotted(base) or "").split(".")
            found = None if _OF_KERAS.intersection(modules) else find_definition(place[0], last)
            if found and isinstance(found.node, ast.ClassDef):
                waiting.append((found.file, last))
    return None
