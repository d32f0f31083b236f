"""Tells which test modules need TensorFlow, by their imports, and keeps the others from importing it."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.paths import ROOT

TENSORFLOW = ("keras", "tensorflow", "tf_keras")
# Besides those: what imports them, and what starts scans.
STARTS = ("maskcheck.lab", "tests.scans.fixture_scan", "tests.real.libraries", "tests.mutants.run")
# Has a sitecustomize, which forbids the import in every Python that a test starts.
FORBIDDING = ROOT / "tests/without_tensorflow"


def needs_tensorflow(path: Path) -> bool:
    """Tell whether a module of the tests imports TensorFlow, or what uses it, by itself or by others."""
    seen: set[Path] = set()
    pending = [path]
    while pending:
        current = pending.pop()
        if current in seen:
            continue
        seen.add(current)
        for name in _imports(current):
            if name.partition(".")[0] in TENSORFLOW or any(
                f"{name}.".startswith(f"{one}.") for one in STARTS
            ):
                return True
            pending += _files(name)
    return False


def forbid_tensorflow() -> None:
    """Let every import of TensorFlow fail from now on, here and in the processes started from here."""
    paths = [str(FORBIDDING), *filter(None, [os.environ.get("PYTHONPATH")])]
    os.environ["PYTHONPATH"] = os.pathsep.join(paths)
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event == "import" and str(arguments[0]).partition(".")[0] in TENSORFLOW:
        raise RuntimeError(f"{arguments[0]} is imported by a test that is not marked: pytest.mark.tensorflow")


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """Return the names of all modules that the text of a module imports, in functions too."""
    tree = ast.parse(path.read_bytes())
    return tuple(name for node in ast.walk(tree) for name in _names(node))


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _files(name: str) -> list[Path]:
    """Return the file of a module of the tests."""
    if not name.startswith("tests."):
        return []
    place = ROOT.joinpath(*name.split("."))
    return [path for path in (place.with_suffix(".py"), place / "__init__.py") if path.exists()]
