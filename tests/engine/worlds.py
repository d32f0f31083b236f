"""Worlds as they are after import, made by hand."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.engine import failure_reports
from maskcheck.model.case import Subject
from maskcheck.model.target import Confirmation, ImportedWorld, ModuleFile, World


def world(
    *names: str, file: str = "pkg/mod.py", line: int = 1, only: frozenset[str] = frozenset()
) -> ImportedWorld:
    """Return the package ``pkg`` with layers of these names in its module ``pkg.mod``, every third line."""
    modules = (ModuleFile("pkg", "pkg/__init__.py", is_package=True), ModuleFile("pkg.mod", file))
    subjects = tuple(Subject("pkg.mod", name, file, line + 3 * place) for place, name in enumerate(names))
    return ImportedWorld(
        World("", modules, subjects, only=only), "setup", subjects, Confirmation(subjects), ()
    )


def broken(found: ImportedWorld, name: str) -> ImportedWorld:
    """Return a world of which the module ``name`` cannot be imported."""
    return replace(
        found, failures=(failure_reports.report_not_importable(ModuleFile(name, f"{name}.py"), "no"),)
    )
