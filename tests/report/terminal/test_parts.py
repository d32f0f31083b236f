"""The pieces that a finding is made of: diffs, tables, masks."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from maskcheck.model.finding import ArrayDelta, MaskRow
from maskcheck.report.terminal.diff import diff_lines
from maskcheck.report.terminal.glyphs import ASCII, UNICODE
from maskcheck.report.terminal.lines import Line, Page
from maskcheck.report.terminal.masks import mask_lines
from maskcheck.report.terminal.tables import delta_lines
from tests.report.samples import DIFF

WIDE, VERBOSE = Page(UNICODE), Page(UNICODE, verbosity=1)


def plain(lines: Iterable[Line]) -> list[str]:
    return [" " * line.indent + line.text.plain for line in lines]


def test_diff_in_colors() -> None:
    lines = list(diff_lines(DIFF, WIDE, 2))
    assert plain(lines) == ["  " + line for line in DIFF.splitlines()]
    assert [str(line.text.style) for line in lines] == ["bold", "bold", "cyan", "", "red", ""]


def test_removed_line_that_looks_like_a_header() -> None:
    lines = list(diff_lines("--- a\n+++ b\n--- c\n", WIDE, 0))
    assert [str(line.text.style) for line in lines] == ["bold", "bold", "red"]


def test_no_diff() -> None:
    assert list(diff_lines("", WIDE, 0)) == []


@pytest.mark.parametrize(("number", "end"), [(40, ["+39"]), (42, ["+39", "… 2 more lines; -v shows all"])])
def test_long_diff_is_cut(number: int, end: list[str]) -> None:
    diff = "\n".join(f"+{line}" for line in range(number))
    assert plain(diff_lines(diff, WIDE, 0))[39:] == end
    assert len(plain(diff_lines(diff, VERBOSE, 0))) == number


def test_mask_with_carets_below_what_differs() -> None:
    rows = [MaskRow("row 0", "TTF", "TFF"), MaskRow("r 1", "TT", "TT"), MaskRow("r 2", "", "TF")]
    assert plain(mask_lines(rows, WIDE, 1)) == [
        " row 0  before  TTF",
        " row 0  after   TFF".replace("row 0", "     "),
        "                 ^",
        " r 1    before  TT",
        "        after   TT",
        " r 2    before  no mask",
        "        after   TF",
    ]


def test_masks_of_different_length() -> None:
    assert plain(mask_lines([MaskRow("r", "TT", "TTFF")], WIDE, 0))[-1] == "             ^^"


def test_long_mask_goes_on_below() -> None:
    rows = [MaskRow("r", "T" * 25, "T" * 24 + "F")]
    lines = plain(mask_lines(rows, Page(UNICODE, width=23), 0))
    assert lines == [
        "r  before  " + "T" * 12,
        "   after   " + "T" * 12,
        "   before  " + "T" * 12,
        "   after   " + "T" * 12,
        "   before  T",
        "   after   F",
        "           ^",
    ]


def test_many_rows_are_cut() -> None:
    rows = [MaskRow(f"row {number}", "T", "F") for number in range(9)]
    assert plain(mask_lines(rows, WIDE, 0))[-1] == "… 1 more row; -v shows all"
    assert len(plain(mask_lines(rows, VERBOSE, 0))) == 27


def test_deltas_as_a_table() -> None:
    deltas = [
        ArrayDelta("dense.kernel", (3, 4), (3, 4), "float32", "float32", 2, 12, 0.5, 0.25, (0, 2)),
        ArrayDelta("b\n", (), (1,), "int32", "bool"),
        ArrayDelta("漢", (2,), (2,), "float32", "float32", 1, 2, float("nan"), float("inf"), (0,)),
    ]
    assert plain(delta_lines(deltas, WIDE, 0)) == [
        "array         shape      dtype         differ   largest  relative  at",
        "dense.kernel  (3, 4)     float32       2 of 12  0.5      0.25      [0, 2]",
        "b\\n           () → (1,)  int32 → bool  -        -        -         -",
        "漢            (2,)       float32       1 of 2   nan      inf       [0]",
    ]


def test_deltas_as_paragraphs_where_the_table_is_too_wide() -> None:
    deltas = [ArrayDelta("kernel", (3,), (4,), "float32", "float32")]
    lines = plain(delta_lines(deltas, Page(ASCII, width=40), 0))
    assert lines == ["kernel  shape (3,) -> (4,)  dtype float32"]


def test_many_deltas_are_cut() -> None:
    deltas = [
        ArrayDelta(f"w{number}", (1,), (1,), "float32", "float32", 1, 1, 1.0, 1.0) for number in range(12)
    ]
    lines = plain(delta_lines(deltas, WIDE, 0))
    assert (len(lines), lines[-1]) == (12, "… 2 more arrays; -v shows all")


def test_nothing_to_compare() -> None:
    assert list(delta_lines([], WIDE, 0)) == []
    assert list(mask_lines([], WIDE, 0)) == []
