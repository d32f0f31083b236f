"""Finds names in the spec and in overrides that match no class of the scan, nor any source file."""

from __future__ import annotations

import os
import re
import tokenize
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.model.case import LayerSpec, Subject
from maskcheck.settings import Override
from maskcheck.source.regular import find_obstacle

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})
# ``class Name:`` and ``Name = make_a_class()``.
_DEFINED = re.compile(r"^[ \t]*(?:class[ \t]+)?(\w+)[ \t]*[(:=]", re.MULTILINE)


def find_unknown_entries(entries: Sequence[LayerSpec], directory: str) -> list[LayerSpec]:
    """Return those of ``entries`` whose class no Python file below ``directory`` defines."""
    missing = {entry.name.rpartition(".")[2] for entry in entries}
    for path in _python_files(directory) if missing else ():
        missing -= _defined_names(path)
        if not missing:
            break
    return [entry for entry in entries if entry.name.rpartition(".")[2] in missing]


def check_overrides(overrides: Sequence[Override], subjects: Sequence[Subject]) -> None:
    """See that each pattern of an override is for one of ``subjects``, or for a class defined below its file.

    Raises:
        UsageError: one is not; says which name was meant.
    """
    for override in overrides:
        for pattern in override.layers:
            if not any(subject.matches([pattern]) for subject in subjects):
                _check_pattern(pattern, override, subjects)


def _check_pattern(pattern: str, override: Override, subjects: Sequence[Subject]) -> None:
    last = pattern.rpartition(".")[2]
    for path in _python_files(os.path.dirname(os.path.abspath(override.mark.file))):
        if any(fnmatchcase(name, last) for name in _defined_names(path)):
            return
    hint = did_you_mean(pattern, sorted({name for s in subjects for name in (s.name, s.id)}))
    raise UsageError(f"no layer matches {pattern!r}", mark=override.mark, hint=hint)


def _python_files(directory: str) -> Iterator[str]:
    for folder, folders, files in os.walk(directory):
        folders[:] = [name for name in folders if not name.startswith(".") and name not in _SKIPPED]
        paths = (os.path.join(folder, name) for name in files if name.endswith(".py"))
        yield from (path for path in paths if not find_obstacle(path))


def _defined_names(path: str) -> frozenset[str]:
    try:
        with tokenize.open(path) as file:
            return frozenset(_DEFINED.findall(file.read()))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return frozenset()
