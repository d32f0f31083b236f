"""Finds and reads the nearest ``pyproject.toml`` with a table ``[tool.maskcheck]``."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from maskcheck.errors import UsageError
from maskcheck.model.case import Mark
from maskcheck.project.lines import Path, line_of
from maskcheck.project.toml import TOMLDecodeError, loads

FILE_NAME = "pyproject.toml"
TABLE = ("tool", "maskcheck")
_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True)
class Project:
    """One file and its table ``[tool.maskcheck]``; ``path`` is relative to the working directory."""

    path: str
    table: Mapping[str, Any]
    text: str

    @property
    def directory(self) -> str:
        """Return where the file lies, to which its paths are relative; "" is the working directory."""
        return os.path.dirname(self.path)

    def fault(self, message: str, *keys: str | int, hint: str = "") -> UsageError:
        """Return the error that ``message`` tells of what ``keys`` lead to within the table."""
        mark = self.mark(*keys)
        return UsageError(message if mark else f"{self.path}: {message}", mark=mark, hint=hint)

    def mark(self, *keys: str | int) -> Mark | None:
        """Return where the statement begins that says what ``keys`` lead to within the table."""
        path: Path = (*TABLE, *keys)
        line = line_of(self.text, path)
        if line is None:
            return None
        written = self.text.split("\n")[line - 1]
        return Mark(self.path, line, len(written) - len(written.lstrip()) + 1)


def find_project(directory: str) -> Project | None:
    """Return the nearest project in ``directory`` or its parents that has the table, or None.

    Raises:
        UsageError: a file on the way names maskcheck, but cannot be read.
    """
    here = os.path.abspath(directory)
    while True:
        path = os.path.join(here, FILE_NAME)
        if os.path.isfile(path):
            path = os.path.relpath(path)
            data = _read_bytes(path)
            # A broken file that does not mention maskcheck is ignored.
            if TABLE[-1].encode() in data and (project := _parse(path, _decode(path, data))):
                return project
        parent = os.path.dirname(here)
        if parent == here:
            return None
        here = parent


def read_project(path: str) -> Project:
    """Return the project whose file is at ``path``.

    Raises:
        UsageError: it cannot be read, or has no such table.
    """
    project = _parse(path, _decode(path, _read_bytes(path)))
    if project is None:
        raise UsageError(f"{path} has no table [tool.maskcheck]")
    return project


def _read_bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from None


def _decode(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}: this is not UTF-8", hint="save the file as UTF-8") from None


def _parse(path: str, text: str) -> Project | None:
    try:
        document: Any = loads(text)
    except TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        mark = Mark(path, int(place[1]), int(place[2])) if place else Mark(path, text.count("\n") + 1)
        raise UsageError(f"this is not TOML: {_PLACE.sub('', str(error))}", mark=mark) from None
    table: Any = document
    for key in TABLE:
        table = table.get(key) if isinstance(table, dict) else None
    project = Project(path, table if isinstance(table, dict) else {}, text)
    if table is not None and not isinstance(table, dict):
        raise project.fault("tool.maskcheck must be a table", hint="write [tool.maskcheck] above its keys")
    return None if table is None else project
