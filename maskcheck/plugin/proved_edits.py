"""The edits that mend a layer which fails, for the message of its test."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.api.scan import run_scan
from maskcheck.errors import MaskcheckError
from maskcheck.fixes.fix import find_fixes
from maskcheck.model.case import Subject
from maskcheck.settings import Settings

_NONE = "maskcheck fix knows no edit that mends it"


def describe_edits(subject: Subject, settings: Settings) -> str:
    """Return the edits that mend a layer as a diff, below a line that says so; each was tried in a copy."""
    narrow = replace(settings, targets=(f"{subject.file}:{subject.qualname}",))
    try:
        fixes = find_fixes(narrow, lambda settings, _: run_scan(settings))
    except MaskcheckError as error:
        return f"{_NONE}: {error}"
    diff = fixes.to_patch(settings.directory).decode("utf-8", "replace")
    return (
        f"these edits were tried and mend it; maskcheck fix --write writes them:\n{diff}" if diff else _NONE
    )
