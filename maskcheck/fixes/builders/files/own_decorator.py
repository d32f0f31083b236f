"""Finds what a module itself registers its classes with."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.definitions import list_imported
from maskcheck.source.ast_helpers import dotted, statements
from maskcheck.source.syntax_tree import cached_tree

_REGISTER = "register_keras_serializable"


def find_own_decorator(file: str) -> str:
    """Return the decorator of other classes or functions that stands for Keras', such as @register.

    That is a name that is given ``keras.saving.register_keras_serializable(package=...)``, here or where
    it is imported from; "" if there is none.
    """
    for name in _list_plain_decorators(file):
        if any(_registers(each, name) for each in (file, *list_imported(file, name))):
            return f"@{name}"
    return ""


def _list_plain_decorators(file: str) -> Iterator[str]:
    for each in _read(file):
        if isinstance(each, ast.ClassDef | ast.FunctionDef):
            yield from (name.id for name in each.decorator_list if isinstance(name, ast.Name))


def _registers(file: str, name: str) -> bool:
    """Tell whether a module gives a name what registers classes."""
    for each in _read(file):
        match each:
            case ast.Assign(targets=[ast.Name(id=found)], value=ast.Call(func=function)) if found == name:
                return (dotted(function) or "").rpartition(".")[2] == _REGISTER
    return False


def _read(file: str) -> Iterator[ast.stmt]:
    tree = cached_tree(file)
    return statements(tree.body) if isinstance(tree, ast.Module) else iter(())
