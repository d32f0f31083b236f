"""What a report says of the value before is the rule's own word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.report.terminal.findings import finding_context, has_fix, hint_lines
from maskcheck.report.terminal.glyphs import UNICODE
from maskcheck.report.terminal.lines import Page
from tests.report.samples import LOST


@pytest.mark.parametrize(
    ("rule", "verb"), [("MC101", "given"), ("MC109", "given"), ("MC201", "was"), ("MC999", "was")]
)
def test_arguments_are_given_and_all_else_was(rule: str, verb: str) -> None:
    shown = finding_context(replace(LOST, rule=rule, before="1", after="2"))
    assert [part.plain for part in shown][-2:] == [f"{verb} 1", "came back 2"]


def test_a_hint_is_to_be_written_unless_nothing_could_be_checked() -> None:
    assert has_fix(replace(LOST, hint="x = 1"))
    assert not has_fix(replace(LOST, hint=""))
    assert not has_fix(replace(LOST, rule="MC002", hint="see there"))
    assert has_fix(replace(LOST, rule="MC999", hint="x = 1"))


SOURCE = "return {**super().get_config(), 'a': self.a}"
ENTRY = "A:\n  init: {inner: !object {class: keras.layers.Dense, init: {units: 8}}}"


@pytest.mark.parametrize(
    ("rule", "hint", "lines"),
    [
        # Source that fits stands beside its place, else below; never is a row of it broken.
        ("MC101", "x = self.x", [("write   m.py:9   x = self.x", "")]),
        ("MC101", SOURCE, [("write   m.py:9", ""), (SOURCE, "")]),
        ("MC002", ENTRY, [("see   m.py:9", ""), *((line, "") for line in ENTRY.split("\n"))]),
        # Words may be broken.
        ("MC305", "freeze it in __init__ or build from an argument", [
            ("write   m.py:9   freeze it in __init__ or build from an argument", "   "),
        ]),
        ("MC201", "", [("see   m.py:9", "   ")]),
    ],
)  # fmt: skip
def test_what_is_to_be_copied_is_never_broken(rule: str, hint: str, lines: list[tuple[str, str]]) -> None:
    told = hint_lines(replace(LOST, rule=rule, hint=hint, file="m.py", line=9), Page(UNICODE, width=40))
    assert [(line.text.plain, line.gap) for line in told] == lines
