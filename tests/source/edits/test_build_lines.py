"""The lines that build sub-layers, from shapes and what ``call`` hands on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maskcheck.source.edits.build_lines import (
    Known,
    Part,
    find_fed_parameters,
    list_shapes,
    write_build_lines,
)

KNOWN = Known({"input_shape": (2, 5, 8)}, {"units": 4})


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ((2, 5, 8), "input_shape"),
        ((7, 5, 8), "input_shape"),
        ((2, 5, 4), "(*input_shape[:-1], self.units)"),
        ((2, 5, 3), "(*input_shape[:-1], 3)"),
        ((10, 8), "(None, input_shape[-1])"),
        ((10, 5), "(None, input_shape[1])"),
        ((10, 20), "(None, self.units * input_shape[1])"),
        ((2, 40), "(None, input_shape[1] * input_shape[-1])"),
        ((10, 7), "(None, 7)"),
        ((10, 1), "(None, 1)"),
        ((10, 4), "(None, self.units)"),
        ((2,), "(None,)"),
        ((), "()"),
        ([2, 5, 8], "input_shape"),
        ([(2, 5, 8), (2, 5, 4)], "[input_shape, (*input_shape[:-1], self.units)]"),
        ({"a": (2, 5, 8)}, "{'a': input_shape}"),
    ],
)
def test_a_shape_is_written_as_what_build_knows(shape: Any, text: str) -> None:
    assert write_build_lines([Part("dense", {"": shape})], KNOWN, {}) == (f"self.dense.build({text})",)


def test_shapes_by_name_and_by_what_is_handed_on() -> None:
    both = Known({"query_shape": (2, 5, 8), "value_shape": (2, 5, 8)}, {})
    shapes = {"query_shape": (2, 5, 8), "value_shape": (2, 5, 8)}
    part = Part("attention", shapes, ("query_shape", "value_shape"))
    line = "self.attention.build(query_shape=query_shape, value_shape=value_shape)"
    assert write_build_lines([part], both, {}) == (line,)


def test_features_of_several_inputs_are_added_up_where_they_are_joined() -> None:
    known = Known(dict(list_shapes("input_shape", [(2, 5, 8), (2, 5, 3)])), {})
    (line,) = write_build_lines([Part("dense", {"": (2, 5, 11)})], known, {})
    assert line == "self.dense.build((*input_shape[0][:-1], input_shape[0][-1] + input_shape[1][-1]))"


def test_what_may_be_left_out_is_built_only_where_it_is_there() -> None:
    known = Known({"inputs_shape": (2, 8), "memory_shape": (2, 8)}, {}, frozenset({"memory_shape"}))
    (lines,) = write_build_lines([Part("other", {"": (2, 8)}, ("memory_shape",))], known, {})
    assert lines == "if memory_shape is not None:\n    self.other.build(memory_shape)"


@pytest.mark.parametrize(
    ("count", "last", "loop"), [(2, (2, 5, 8), True), (3, (2, 5, 8), False), (2, (2, 5, 4), False)]
)
def test_a_whole_list_that_is_built_alike_is_one_loop(count: int, last: Any, loop: bool) -> None:
    parts = [Part("blocks[0]", {"": (2, 5, 8)}), Part("blocks[1]", {"": last})]
    lines = write_build_lines(parts, KNOWN, {"blocks": count})
    together = ("for layer in self.blocks:\n    layer.build(input_shape)",)
    assert (lines == together) is loop
    assert len(lines) == (1 if loop else 2)


def test_shapes_of_a_tree_by_the_way_to_each() -> None:
    found = list_shapes("s", [(1, 2), {"a": (3, None)}])
    assert found == {"s[0]": (1, 2), "s[1]['a']": (3, None)}
    assert list_shapes("s", None) == {}


@pytest.mark.parametrize(
    ("body", "given"),
    [
        ("return self.att(query, value)", ("query", "value")),
        ("return self.att(query[0], key=value)", ("query[0]", "value")),
        ("query = query + 1; return self.att(query, value)", ("", "value")),
        ("return self.att(query + 1)", ("",)),
        ("return query", ()),
    ],
)
def test_what_call_hands_on(tmp_path: Path, body: str, given: tuple[str, ...]) -> None:
    file = tmp_path / "m.py"
    file.write_text(f"class A:\n    def call(self, query, value):\n        {body}\n")
    assert find_fed_parameters(str(file), "A", "att") == given
    assert find_fed_parameters(str(file), "B", "att") == ()
