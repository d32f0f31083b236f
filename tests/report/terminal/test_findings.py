"""What a report says of the value before is the rule's own word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.report.terminal.findings import finding_context, has_fix
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
