"""How a module writes Keras, and what saves and reads its objects."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.imports import AddImport
from maskcheck.source.ast_helpers import statements
from maskcheck.source.syntax_tree import cached_tree

_SAVING = ("keras.saving", "tf_keras.saving")
_WHOLE = ("keras", "tf_keras")
_END = {**dict.fromkeys(_SAVING, ""), "tensorflow.keras": ".utils", "tensorflow": ".keras.utils"}


@dataclass(frozen=True)
class Saving:
    """The functions of Keras that write and read objects, and the import that a module lacks for them."""

    module: str
    imports: tuple[Change, ...] = ()

    def serialize(self, expression: str) -> str:
        """Return the expression that describes an object."""
        return f"{self.module}.serialize_keras_object({expression})"

    @property
    def deserialize(self) -> str:
        """Return the function that makes an object of what describes it."""
        return f"{self.module}.deserialize_keras_object"


def find_saving(file: str) -> Saving:
    """Return what a module calls ``keras.saving``; as part of TensorFlow Keras has ``utils`` for sure."""
    found = dict(_list_modules(file))
    for path in (*_SAVING, *_WHOLE, "tensorflow.keras", "tensorflow"):
        if path in found:
            return Saving(f"{found[path]}{_END.get(path, '.saving')}")
    return Saving("keras.saving", (AddImport("import keras"),))


def name_keras_in(file: str) -> tuple[str, list[Change]]:
    """Return how lines in a module are to write Keras, and what adds that to its imports."""
    for path, name in _list_modules(file):
        if path in (*_WHOLE, "tensorflow.keras", "tensorflow"):
            return f"{name}.keras" if path == "tensorflow" else name, []
    return "keras", [AddImport("import keras")]


def _list_modules(file: str) -> Iterator[tuple[str, str]]:
    """Yield the modules that a file imports, with the names it gives them."""
    tree = cached_tree(file)
    for each in statements(tree.body) if isinstance(tree, ast.Module) else ():
        for alias in each.names if isinstance(each, ast.Import | ast.ImportFrom) else ():
            if isinstance(each, ast.ImportFrom):
                yield f"{each.module}.{alias.name}", alias.asname or alias.name
            elif alias.asname or "." not in alias.name:
                yield alias.name, alias.asname or alias.name
            else:
                yield alias.name.partition(".")[0], alias.name.partition(".")[0]
