"""A module on disk and a finding in it, and what the edits that are proposed make of the module."""

from __future__ import annotations

from pathlib import Path

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.edit import Edit
from maskcheck.fixes.propose import propose_edits
from maskcheck.model.case import Subject
from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import Rule


def propose(
    rule: type[Rule], file: Path, name: str, *subjects: str, hint: str = "", message: str = "", line: int = 0
) -> tuple[Edit, ...]:
    """Return the edits for a finding of a rule on the class of that name, or at a line."""
    place = next(
        number
        for number, text in enumerate(file.read_text().split("\n"), 1)
        if text.startswith(f"class {name}")
    )
    finding = Finding(
        rule.code, rule.name, Severity.ERROR, subjects, message, hint=hint, file=str(file), line=line or place
    )
    return propose_edits(finding, Subject(f"mine.{file.stem}", name, str(file), place))


def make(edit: Edit, file: Path) -> str:
    """Return a file with the changes of an edit that are about it."""
    module = cst.parse_module(file.read_bytes())
    for each in edit.changes:
        if each.file == str(file):
            module = each.change.apply(module)
    return module.code


def make_first(edits: tuple[Edit, ...], file: Path) -> str:
    """Return a file with the first edit that can be made in it."""
    for edit in edits:
        try:
            return make(edit, file)
        except CannotChange:
            continue
    raise AssertionError("no edit can be made")
