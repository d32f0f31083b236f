from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskcheck.fixes.choice import Choice
from maskcheck.fixes.edit import Edit, FileChange
from maskcheck.fixes.fix import Fixes
from maskcheck.fixes.mend import Mended, ProvedEdit
from maskcheck.fixes.replacements import add_edits, list_replacements
from maskcheck.model.finding import Replacement
from maskcheck.model.report import Report, ScanFinished, ScanStarted
from tests.fixes.reports import ReplaceText, make_finding, make_report


def put_in(text: str, replacements: list[Replacement]) -> str:
    lines = text.splitlines(keepends=True)
    for each in reversed(replacements):
        lines[each.line - 1 : each.end_line] = [each.text]
    return "".join(lines)


@pytest.mark.parametrize(
    ("before", "after", "line", "end_line", "text"),
    [
        ("a\nb\nc\n", "a\nB\nc\n", 2, 2, "B\n"),
        ("a\nc\n", "a\nb\nc\n", 2, 1, "b\n"),
        ("a\nb\nc\n", "a\nc\n", 2, 2, ""),
        ("a\r\nb", "a\r\nB", 2, 2, "B"),
    ],
)
def test_lines_are_counted_from_one(before: str, after: str, line: int, end_line: int, text: str) -> None:
    found = list(list_replacements(before.encode(), after.encode(), "m.py"))
    assert found == [Replacement("m.py", line, end_line, text)]


_TEXTS = st.lists(st.sampled_from(["a\n", "b\n", "\n"])).map("".join)


@given(_TEXTS, _TEXTS)
def test_replacements_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    assert put_in(before, list(list_replacements(before.encode(), after.encode(), "m.py"))) == after


def test_findings_have_the_edits_that_mend_them() -> None:
    factor, shift = make_finding("MC101", "factor"), make_finding("MC101", "shift")
    layer = make_report(factor, shift)
    edit = Edit("", (FileChange("/m.py", ReplaceText("pass", "done")),))
    mended = Mended(layer, make_report(shift), (ProvedEdit(edit, (replace(factor, line=3),)),))
    report = Report(ScanStarted({}, "CPU:0", 0, (), None, 1), (layer,), ScanFinished(1.0, 1))
    fixes = Fixes(report, (mended,), {"/m.py": b"a\npass\n"}, Choice(frozenset({"MC101"})))
    first, second = add_edits(fixes).layers[0].findings
    assert (first.edits, second.edits) == ((Replacement("/m.py", 2, 2, "done\n"),), ())
