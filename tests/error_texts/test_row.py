"""Rows of a table of error texts."""

from __future__ import annotations

import pytest

from maskcheck.error_texts.row import Row, read_by
from maskcheck.model.error import ErrorKind, Meaning

KIND = ErrorKind.UNKNOWN_NAME


@pytest.mark.parametrize(
    ("row", "text", "captured"),
    [
        (Row(KIND, r"no (?P<name>\w+)"), "no a, no b", [{"name": "a"}, {"name": "b"}]),
        (Row(KIND, r"no (?P<name>\d)|not (?P<name2>\d)"), "not 3, no 2", [{"name": "3"}, {"name": "2"}]),
        (Row(KIND, r"no(?: (?P<name>\w+))?"), "no, no", [{}]),
        (Row(KIND, r"no"), "no, no", [{}]),
        (Row(KIND, r"no", value="all"), "no, no", [{"value": "all"}]),
        (Row(KIND, r"no", given=r"way"), "no way", [{}]),
        (Row(KIND, r"no", given=r"way"), "no", []),
        (Row(KIND, r"no", type="NameError"), "no", []),
        (Row(KIND, r"yes"), "no", []),
    ],
)
def test_what_a_row_reads(row: Row[ErrorKind], text: str, captured: list[dict[str, str]]) -> None:
    assert [dict(meaning.captured) for meaning in row.read(text)] == captured


def test_the_type_of_the_error_counts_where_a_row_has_one() -> None:
    assert [*Row(KIND, r"no", type="NameError").read("no", "NameError")] == [Meaning(KIND)]


def test_the_order_is_that_of_the_rows() -> None:
    rows = [Row(ErrorKind.NO_CAST, r"last"), Row(KIND, r"first")]
    assert [meaning.kind for meaning in read_by(rows, "first, last")] == [ErrorKind.NO_CAST, KIND]


def test_names_are_those_in_quotes_or_the_one_that_is_captured() -> None:
    assert Meaning(KIND, (("names", "'a', 'b', and 'c'"),)).names == ("a", "b", "c")
    assert Meaning(KIND, (("names", "'a': 'not a name', 'b': 1"),)).names == ("a", "b")
    assert Meaning(KIND, (("name", "a"),)).names == ("a",)
    assert Meaning(KIND).names == ()
