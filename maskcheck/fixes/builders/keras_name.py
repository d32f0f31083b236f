"""How a module writes Keras, with the import that it lacks."""

from __future__ import annotations

from maskcheck.fixes.builders.definitions import name_keras
from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.imports import AddImport


def name_keras_in(file: str) -> tuple[str, list[Change]]:
    """Return how lines in a module are to write Keras, and what adds that to its imports."""
    name = name_keras(file)
    return (name, []) if name else ("keras", [AddImport("import keras")])
