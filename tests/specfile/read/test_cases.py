from __future__ import annotations

from typing import Any

import pytest

from maskcheck.model.case import Case, ImportTag, Leaf, Preparation
from tests.specfile.conftest import Fail, LoadEntry


def case_of(load_entry: LoadEntry, text: str) -> Case:
    (case,) = load_entry(f"    {text}").cases
    return case


def bare(value: Any) -> Any:
    """Return ``value`` with each leaf as its shape or values."""
    if isinstance(value, Leaf):
        return value.shape or value.values
    if isinstance(value, dict):
        return {key: bare(item) for key, item in value.items()}
    return type(value)(bare(item) for item in value) if isinstance(value, (list, tuple)) else value


@pytest.mark.parametrize(
    ("text", "args"),
    [
        ("input: {shape: [2]}", ((2,),)),
        ("input: [{shape: [2]}, {values: [5]}]", ([(2,), [5]],)),
        ("input: !tuple [{shape: [2]}]", (((2,),),)),
        ("input: {a: {shape: [2]}, mask: [{shape: [3]}]}", ({"a": (2,), "mask": [(3,)]},)),
        ("input: {values: {shape: [2]}, keys: {shape: [3]}}", ({"values": (2,), "keys": (3,)},)),
        ("args: [{shape: [2]}]", ((2,),)),
        ("args: [{shape: [2]}, [{shape: [3]}, {a: {shape: [4]}}]]", ((2,), [(3,), {"a": (4,)}])),
        ("init: {}", ()),
    ],
)
def test_positional_arguments(load_entry: LoadEntry, text: str, args: object) -> None:
    assert bare(case_of(load_entry, text).args) == args


def test_inline_case_is_the_default(load_entry: LoadEntry) -> None:
    case = case_of(load_entry, "init: {units: 8}")
    assert (case.id, case.origin, case.init) == ("default", "spec", {"units": 8})


def test_dtypes_of_the_class_and_of_a_case(load_entry: LoadEntry) -> None:
    layer = load_entry(
        "    dtypes: [float64]\n    cases: [{init: {}, dtypes: [lora, int8, lora]}, {init: {}}]"
    )
    assert (layer.dtypes, [case.dtypes for case in layer.cases]) == (("float64",), [("lora", "int8"), ()])
    assert case_of(load_entry, "init: {}\n    dtypes: [float64]").dtypes == ("float64",)
    assert load_entry("    dtypes: [float64]").cases == ()


def test_ids_of_several_cases(load_entry: LoadEntry) -> None:
    layer = load_entry("    cases: [{init: {}}, {id: plain}, {call: {}}]")
    assert [case.id for case in layer.cases] == ["case-1", "plain", "case-3"]
    assert [case.mark.column if case.mark else 0 for case in layer.cases] == [13, 25, 38]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("false", False),
        ("[1, 2]", [1, 2]),
        ("{a: 1}", {"a": 1}),
        ("{dtype: int32}", {"dtype": "int32"}),
        ("{shape: [2, 5], dtype: bool}", (2, 5)),
        ("{values: [[true, false]]}", [[True, False]]),
        ("[{shape: [2]}, null]", [(2,), None]),
        ("{a: {values: [1]}, b: x}", {"a": [1], "b": "x"}),
        ("!tuple [{shape: [2]}, 1]", ((2,), 1)),
        ("{values: {shape: [2]}}", {"values": (2,)}),
    ],
)
def test_keyword_argument_is_a_leaf_or_a_value(load_entry: LoadEntry, text: str, value: object) -> None:
    assert bare(case_of(load_entry, f"call: {{a: {text}}}").call) == {"a": value}


def test_leaves_end_where_an_object_begins(load_entry: LoadEntry) -> None:
    tag = case_of(load_entry, "call: {a: !object {class: m.C, init: {b: {shape: [2]}}}}").call["a"]
    assert tag.init == {"b": {"shape": [2]}}


def test_preparations(load_entry: LoadEntry) -> None:
    text = "prepare: [{method: adapt, args: [{shape: [8, 4]}, 2], kwargs: {f: !import m.f}}, {method: reset}]"
    first, second = case_of(load_entry, text).prepare
    assert (first.method, bare(first.args)) == ("adapt", ((8, 4), 2))
    assert isinstance(first.kwargs["f"], ImportTag)
    assert second == Preparation("reset", mark=second.mark)


SHAPE = "write shape: [2, 5], the batch dimension first"
LEAF = "write {shape: [2, 5], dtype: float32} or {values: [[1, 2]]}"
ARGS = "write args: [{shape: [2, 5]}, {shape: [2, 7]}]"
PREPARE = "write prepare: [{method: adapt, args: [{shape: [8, 4]}]}]"
CASES = "write cases: [{id: plain, init: {}, input: {shape: [2, 5]}}]"
INIT = "write init: {name_of_argument: value}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("init:", f"4:10: 'init' must be a mapping, not null ({INIT})"),
        ("init: [1]", f"4:11: 'init' must be a mapping, not a list ({INIT})"),
        ("init: !tuple [1]", f"4:11: 'init' must be a mapping, not a value tagged !tuple ({INIT})"),
        ("init: {a-b: 1}", "4:12: 'a-b' in 'init' is not the name of an argument (write a_b)"),
        (
            "init: {2nd: 1}",
            "4:12: '2nd' in 'init' is not the name of an argument (write the argument's name)",
        ),
        ("init: {1: 1}", "4:12: a key of 'init' must be text, not the number 1 (put it in quotes)"),
        ("call: 3", "4:11: 'call' must be a mapping, not the number 3 (write call: {training: false})"),
        (
            "call: {a: {shape: [x]}}",
            f"4:24: a dimension of 'shape' must be an integer, not the text 'x' ({SHAPE})",
        ),
        ("input: 3", f"4:12: an input is an array, not the number 3 ({LEAF})"),
        ("input: null", f"4:12: an input is an array, not null ({LEAF})"),
        ("input: []", f"4:12: an input is an array, not an empty list ({LEAF})"),
        ("input: {}", f"4:12: an input is an array, not an empty mapping ({LEAF})"),
        ("input: !tuple []", f"4:12: an input is an array, not an empty list ({LEAF})"),
        ("input: !array {shape: [2]}", f"4:12: an input is an array, not a value tagged !array ({LEAF})"),
        ("input: [{shape: [2]}, 5]", f"4:27: an input is an array, not the number 5 ({LEAF})"),
        (
            "input: {1: {shape: [2]}}",
            "4:13: a key of an input must be text, not the number 1 (put it in quotes)",
        ),
        ("input: {dtype: int32}", f"4:13: a leaf has neither 'shape' nor 'values' ({LEAF})"),
        (
            "input: {shpe: [2, 3]}",
            "4:13: 'shpe' is neither a part of a leaf nor an input of its own (did you mean 'shape'?)",
        ),
        (
            "input: {a: {shape: [2]}, b: 3}",
            f"4:30: 'b' is neither a part of a leaf nor an input of its own ({LEAF})",
        ),
        ("args: []", f"4:11: 'args' is empty ({ARGS})"),
        ("args: {shape: [2]}", f"4:11: 'args' must be a list, not a mapping ({ARGS})"),
        (
            "input: {shape: [2]}\n    args: [{shape: [2]}]",
            "5:5: a case has both 'input' and 'args' (keep one of them)",
        ),
        ("cases: []", f"4:12: 'cases' is empty ({CASES})"),
        ("cases: {a: {}}", f"4:12: 'cases' must be a list, not a mapping ({CASES})"),
        ("cases: [3]", "4:13: a case must be a mapping, not the number 3 (give it init and input)"),
        ("cases: [{}]", "4:13: a case is empty (give it init and input)"),
        ("cases: [{id: 1}]", "4:18: 'id' must be text, not the number 1 (put it in quotes)"),
        ("cases: [{id: ''}]", "4:18: 'id' is blank (put it in quotes)"),
        ("cases: [{id: a}, {id: a}]", "4:27: two cases have the id 'a' (give each its own)"),
        ("cases: [{id: case-2}, {init: {}}]", "4:27: two cases have the id 'case-2' (give each its own)"),
        ("cases: [{inputs: {}}]", "4:14: unknown key 'inputs' in a case (did you mean 'input'?)"),
        (
            "cases: [{skip: x}]",
            "4:14: unknown key 'skip' in a case (it belongs to the class, beside 'cases')",
        ),
        ("prepare: {method: adapt}", f"4:14: 'prepare' must be a list, not a mapping ({PREPARE})"),
        ("prepare: []", f"4:14: 'prepare' is empty ({PREPARE})"),
        (
            "prepare: [adapt]",
            f"4:15: a step of 'prepare' must be a mapping, not the text 'adapt' ({PREPARE})",
        ),
        ("prepare: [{args: []}]", f"4:15: a step of 'prepare' has no 'method' ({PREPARE})"),
        ("prepare: [{method: a b}]", f"4:24: 'a b' is not the name of a method ({PREPARE})"),
        (
            "prepare: [{method: a, arg: 1}]",
            "4:27: unknown key 'arg' in a step of 'prepare' (did you mean 'args'?)",
        ),
        (
            "prepare: [{method: a, args: 1}]",
            f"4:33: 'args' of 'prepare' must be a list, not the number 1 ({PREPARE})",
        ),
        (
            "dtypes: [mixed_floot16]",
            "4:14: unknown name 'mixed_floot16' in 'dtypes' (did you mean 'mixed_float16'?)",
        ),
        (
            "dtypes: float64",
            "4:13: 'dtypes' must be a list, not the text 'float64' (write dtypes: [mixed_float16, float64])",
        ),
        (
            "prepare: [{method: a, kwargs: [1]}]",
            f"4:35: 'kwargs' of 'prepare' must be a mapping, not a list ({PREPARE})",
        ),
    ],
)
def test_faulty_case(fail_entry: Fail, text: str, expected: str) -> None:
    assert fail_entry(f"    {text}") == expected
