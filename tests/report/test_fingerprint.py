from __future__ import annotations

from dataclasses import replace

import pytest

from maskcheck.model.finding import Finding, Status
from maskcheck.report.fingerprint import fingerprint_findings
from tests.report.samples import BAD, LOST, report


def prints(*findings: Finding, id: str = "m.A") -> list[str]:
    layer = replace(BAD, id=id, findings=findings)
    return [each for _, _, each in fingerprint_findings(report(layer))]


def test_fingerprint_is_the_same_in_the_next_scan() -> None:
    assert prints(LOST) == ["7169ad3ead2764e4691b2ce467ea49fc"]


def test_line_and_words_do_not_count() -> None:
    moved = replace(
        LOST, file="n.py", line=99, message="else", before="1", hint="", routes=("keras", "config")
    )
    assert prints(moved) == prints(LOST)


@pytest.mark.parametrize("change", [{"rule": "MC102"}, {"subjects": ("size",)}, {"routes": ("keras",)}])
def test_rule_route_and_subject_count(change: dict[str, object]) -> None:
    assert prints(replace(LOST, **change)) != prints(LOST)


def test_class_counts() -> None:
    assert prints(LOST, id="m.B") != prints(LOST)


def test_no_two_findings_share_one() -> None:
    first, second = prints(LOST, replace(LOST, case="other", status=Status.EXPECTED))
    assert first == prints(LOST)[0] != second
