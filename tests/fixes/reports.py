"""Reports on a layer, and edits of its source, made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.edit import Applicability, Edit, FileChange
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import LayerReport, Verdict


@dataclass(frozen=True)
class ReplaceText(Change):
    """Puts one text in the place of another."""

    old: str
    new: str

    def apply(self, module: cst.Module) -> cst.Module:
        text = module.bytes.decode()
        if self.new in text:
            return module
        if self.old not in text:
            raise CannotChange(f"there is no {self.old}")
        return cst.parse_module(text.replace(self.old, self.new).encode())


def make_finding(rule: str, subject: str, **values: Any) -> Finding:
    return Finding(
        rule, "a-name", Severity.ERROR, (subject,), f"{subject} is lost", routes=("config",), **values
    )


def make_report(*findings: Finding, **values: Any) -> LayerReport:
    """Return the report on a layer: what it has no finding of has passed."""
    codes = {finding.rule for finding in findings}
    checks = tuple(
        Check(code, "config", "default", Status.FAILED if code in codes else Status.PASSED)
        for code in ("MC101", "MC103", "MC201")
    )
    values = {"checks": checks, **values}
    verdict = Verdict.FAIL if findings else Verdict.CONFORM
    return LayerReport("m.Scale", "Scale", "m.py", 1, verdict, findings=findings, **values)


def make_edit(title: str, file: str = "/m.py", *, safe: bool = True) -> Edit:
    kind = Applicability.SAFE if safe else Applicability.UNSAFE
    return Edit(title, (FileChange(file, ReplaceText("pass", title)),), kind)
