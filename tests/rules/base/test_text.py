"""Sentences, diffs and tables."""

from __future__ import annotations

import numpy as np
import pytest

from maskcheck.compare.snapshots import CallChange
from maskcheck.compare.values import compare
from maskcheck.error_texts.read import read_error
from maskcheck.model.finding import MaskRow
from maskcheck.model.value import ABSENT, ArrayValue, Value, list_leaves
from maskcheck.rules.base.text import (
    describe_error,
    describe_outputs,
    diff_configs,
    first_line,
    join_first_names,
    join_names,
    list_deltas,
    make_mask_rows,
)
from tests.rules.evidence import tensor, value


def _mask(*rows: str) -> ArrayValue:
    return ArrayValue("tensor", "bool", np.array([[flag == "T" for flag in row] for row in rows]))


def _change(before: Value, after: Value, mode: str = "inference") -> CallChange:
    return CallChange(mode, compare(before, after))


def test_config_diff_shows_the_key_that_is_not_written() -> None:
    diff = diff_configs({"factor": 2.0, "name": "a"}, {"name": "a"}).splitlines()
    assert diff[:2] == ["--- config as given", "+++ config as written"]
    assert '-  "factor": 2.0,' in diff
    assert [line for line in diff[2:] if line.startswith("+")] == []
    assert diff_configs({"a": 1}, {"a": 1}) == ""


def test_config_diff_takes_what_json_cannot_hold() -> None:
    assert '-  "a": "{1}"' in diff_configs({"a": {1}}, {})


def test_listed_keeps_the_order_and_repeats_nothing() -> None:
    assert join_names(["b", "a", "b"]) == "b, a"
    assert join_names([]) == ""


def test_outputs_sentence_counts_over_all_outputs() -> None:
    before, after = value([tensor([5]), tensor([1, 2, 3])]), value([tensor([4]), tensor([1, 2, 7])])
    assert describe_outputs(_change(before, after, "training")) == (
        "the training outputs differ in 2 of 4 values, by at most 4 (at [2])"
    )


def test_outputs_sentence_without_figures() -> None:
    assert describe_outputs(_change(tensor([1]), tensor([1]))) == ""
    texts = (
        ArrayValue("tensor", "string", np.array(["a", "b"])),
        ArrayValue("tensor", "string", np.array(["a", "c"])),
    )
    assert describe_outputs(_change(*texts)) == "the inference outputs differ in 1 of 2 values"
    shape = "the inference outputs have another structure or shape"
    assert describe_outputs(_change(tensor([1]), tensor([1, 2]))) == shape
    assert describe_outputs(_change(tensor([1]), None)) == shape


def test_outputs_sentence_of_a_call_that_raises() -> None:
    change = CallChange("masked", error=read_error("TypeError", "no\n\nmore"))
    assert describe_outputs(change) == "the masked call then raises TypeError: no"


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("", "ValueError: "),
        ("\n  the shapes\n  differ  \n\nand more", "ValueError: the shapes differ"),
        ("Layer x failed. Exception encountered: what it was\n\nArguments: ...", "ValueError: what it was"),
        (
            "Exception encountered when calling X.\n\n\x1b[1mthe cause\x1b[0m\n\nArguments",
            "ValueError: the cause",
        ),
        (
            "A total of 1 objects could not be loaded. Example error message for object <Dense>:\n\n"
            "it has no weights\n\nList of objects that could not be loaded: ...",
            "ValueError: it has no weights",
        ),
        ("x" * 300, f"ValueError: {'x' * 199}…"),
    ],
)
def test_reason_has_the_words_of_the_innermost_error(message: str, text: str) -> None:
    assert describe_error(read_error("ValueError", message)) == text


def test_first_line_is_shortened() -> None:
    assert first_line("abcdef", 6) == "abcdef"
    assert first_line("abcdefg", 6) == "abcde…"


def test_mask_rows() -> None:
    assert make_mask_rows("mask", _mask("TTF", "TFF"), _mask("TTT")) == [
        MaskRow("mask[0]", "TTF", "TTT"),
        MaskRow("mask[1]", "TFF", ""),
    ]
    assert make_mask_rows("mask", _mask("T"), None) == [MaskRow("mask[0]", "T", "")]
    assert make_mask_rows("mask", None, ABSENT) == []


def test_mask_rows_of_other_ranks() -> None:
    scalar = ArrayValue("tensor", "bool", np.array(True))
    cube = ArrayValue("tensor", "bool", np.zeros((3, 4, 2), bool))
    assert make_mask_rows("m", scalar, None) == [MaskRow("m[0]", "T", "")]
    assert [row.before for row in make_mask_rows("m", cube, None)] == ["FF"] * 8


def test_leaves_have_their_paths() -> None:
    tree = value({"a": [1, {"b": 2}], "c": 3})
    assert list_leaves(tree) == [("a[0]", 1), ("a[1].b", 2), ("c", 3)]
    assert list_leaves(ABSENT) == []


def test_deltas_are_those_that_there_are() -> None:
    found = compare(value([1, tensor([1])]), value([2, tensor([3])]))
    assert [delta.path for delta in list_deltas(found)] == ["[1]"]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["a", "b", "a"], "a, b"),
        (["a", "b", "c", "d", "e"], "a, b, c, d, e"),
        (["a", "b", "c", "d", "e", "f"], "a, b, c, d and 2 more"),
    ],
)
def test_some_names_stand_for_many(names: list[str], expected: str) -> None:
    assert join_first_names(names) == expected
