"""Finds names in the spec and in overrides that match no class of the scan, nor any source file."""

from __future__ import annotations

import os
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.model.case import LayerSpec, Subject
from maskcheck.settings import Override
from maskcheck.source.regular import find_obstacle

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})
# ``class Name:`` and ``Name = make_a_class()``.
_DEFINED = re.compile(r"^[ \t]*(?:class[ \t]+(\w+)[ \t]*[(:]|(\w+)[ \t]*(?::[^=\n]+)?=(?!=))", re.MULTILINE)


def find_unknown_entries(
    entries: Sequence[LayerSpec], directory: str, searched: Iterable[str] = ()
) -> list[LayerSpec]:
    """Return those of ``entries`` that match no class of the scan and are about no other one.

    Args:
        directory: the Python files below it may define what other scans find.
        searched: the files of this scan: what stands at the top of one of these is no layer, or
            the scan would have found it.
    """
    left = list(entries)
    known = {os.path.realpath(file) for file in searched}
    for path in _python_files(directory) if left else ():
        names = _defined_names(path, indented=os.path.realpath(path) in known)
        left = [entry for entry in left if not _is_meant(entry.name, path, names)]
        if not left:
            break
    return left


def _is_meant(name: str, path: str, defined: frozenset[str]) -> bool:
    """Tell whether a file may define the class that an entry names, with its module or without."""
    *owners, last = name.split(".")
    places = {*defined, *os.path.splitext(path)[0].split(os.sep)}
    return last in defined and places.issuperset(owners)


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


def _defined_names(path: str, *, indented: bool = False) -> frozenset[str]:
    """Return the names of the classes that a file may define, or only of those below something else."""
    try:
        with tokenize.open(path) as file:
            found = _DEFINED.finditer(file.read())
            return frozenset(m[1] or m[2] for m in found if not indented or m[0][0] in " \t")
    except (OSError, SyntaxError, UnicodeDecodeError):
        return frozenset()
