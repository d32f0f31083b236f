from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskcheck.model.report import Report
from maskcheck.report.counts import is_shown
from maskcheck.report.formats.step_summary import StepSummary
from maskcheck.report.shared_causes import list_shown_causes, list_told
from maskcheck.report.terminal.escape import escape_text
from tests.report.compare import stored
from tests.report.hostile import reports
from tests.report.samples import ALL, BAD, GOOD, LOST, SHARED, SKIPPED, WARNED, events, unknown
from tests.report.test_markup import PARSER, shown
from tests.report.writing import rewritten, written


def rows(text: str) -> list[list[str]]:
    """The rows of the table, each a list of what its cells show."""
    cells = [t.children or [] for t in PARSER.parse(text) if t.type == "inline" and t.level == 4]
    texts = [shown(cell) for cell in cells]
    assert texts[:5] == ["", "layer", "finding", "on", "where"] or not texts
    return [texts[start : start + 5] for start in range(5, len(texts), 5)]


@pytest.mark.parametrize(("name", "verbosity"), [("report.md", 0), ("report-verbose.md", 1)])
def test_whole_report(name: str, verbosity: int) -> None:
    text = written("markdown", *ALL, verbosity=verbosity)
    assert text == stored(name, text)


def test_a_fault_of_several_classes_is_one_row_and_one_block() -> None:
    text = written("markdown", *SHARED)
    first, *others = rows(text)
    assert first == [
        "!",
        "2 classes: A, B",
        "MC603 not-registered (warning) A is not registered with Keras",
        "keras",
        "mymodule.py:40, mymodule.py:50",
    ]
    assert [row[1] for row in others] == ["2 classes: Base, FixedShapeMask"] * 3
    assert "<summary>MC603 not-registered, 2 classes</summary>" in text
    assert text.count("\n  write   @keras.saving.register_keras_serializable") == 1
    assert text.count("<details>") == 4
    assert len(rows(written("markdown", *SHARED, verbosity=1))) > 8


def test_many_classes_of_one_fault_are_not_all_named() -> None:
    row, *_ = rows(written("markdown", *(unknown(f"A{number}", number) for number in range(1, 12))))
    assert row[1] == "11 classes: A1, A2, A3, A4, A5, A6, A7, A8 and 3 more"
    assert row[4].endswith("mymodule.py:8 and 3 more")


def test_row_of_a_finding() -> None:
    finding = f"MC101 argument-missing {LOST.message}"
    assert rows(written("markdown", BAD))[0] == [
        "✗",
        "FixedShapeMask",
        finding,
        "config, keras",
        "mymodule.py:17",
    ]


def test_what_is_expected_is_shown_on_demand() -> None:
    assert len(rows(written("markdown", WARNED))) == 1
    assert rows(written("markdown", WARNED, verbosity=1))[2][2].startswith(
        "MC101 argument-missing (expected) "
    )


def test_nothing_to_tell() -> None:
    text = written("markdown", GOOD, SKIPPED, code=0)
    assert text.splitlines()[0] == "### ✓ maskcheck: 2 layers: 1 conforms, 1 skipped"
    assert rows(text) == []


def test_interrupted() -> None:
    lines = written("markdown", GOOD, planned=9, code=130, interrupted=True).splitlines()
    assert lines[0] == "### ✗ maskcheck: interrupted after 1 of 9 layers, 1 conforms"
    assert lines[2].endswith(" · exit code 130")


def test_short_enough_for_a_comment() -> None:
    text = written("markdown", *[replace(BAD, findings=(replace(LOST, message="<" * 600),) * 3)] * 99)
    assert 30_000 < len(text) < 65_536
    assert "more findings: there is no room for them here." in text
    assert "more layers with findings: there is no room for their evidence here." in text


def test_step_summary_is_added_to_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "summary"
    path.write_text("before\n", "utf-8")
    summary = StepSummary(str(path), 0)
    for event in events(*ALL):
        assert path.read_text("utf-8") == "before\n"
        summary.handle(event)
    summary.close()
    assert path.read_text("utf-8") == "before\n" + written("markdown", *ALL)


@settings(deadline=None)
@given(reports(), st.sampled_from([-1, 0, 1]))
def test_hostile_texts_stay_in_their_cells(report: Report, verbosity: int) -> None:
    text = rewritten("markdown", report, verbosity)
    causes = list_shown_causes(report.layers, verbosity)
    already = list_told(causes, verbosity)
    told = [
        (layer, finding)
        for layer in report.layers
        for finding in layer.findings
        if is_shown(finding, verbosity) and finding not in already
    ]
    cells = [row[1].strip() for row in rows(text)]
    assert all(f"{len(c.layers)} classes: " in cell for c, cell in zip(causes, cells, strict=False))
    assert cells[len(causes) :] == [escape_text(layer.name).strip() for layer, _ in told]
    kinds = {token.type for token in PARSER.parse(text)}
    assert not kinds & {"bullet_list_open", "ordered_list_open", "hr", "code_block", "blockquote_open"}
    blocks = [t.content for t in PARSER.parse(text) if t.type == "html_block"]
    assert [each.startswith("<details>") for each in blocks] == [True, False] * (len(blocks) // 2)
    assert len(blocks) // 2 == len(causes) + len({id(layer) for layer, _ in told})
