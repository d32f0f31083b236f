from __future__ import annotations

import math
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from maskcheck.model.case import ArrayTag, ImportTag, Leaf, Mark, ObjectTag
from maskcheck.specfile.read.values import read_value
from maskcheck.yamlfile.compose import compose
from maskcheck.yamlfile.scalars import UnclearScalar, plain_value
from tests.specfile.conftest import Fail, LoadEntry


def value_of(text: str) -> Any:
    node = compose(text, "s.yaml")
    assert node is not None
    return read_value(node)


def unsettled(text: str) -> bool:
    """Whether YAML 1.1, which safe_dump writes, and YAML 1.2 differ on the text without quotes."""
    try:
        return text == "None" or plain_value(text) != text
    except UnclearScalar:
        return True


scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**40), 10**40)
    | st.floats(allow_nan=False)
    | st.text().filter(lambda text: not unsettled(text))
)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text().filter(lambda text: not unsettled(text)), inner, max_size=4)
    ),
    max_leaves=12,
)


def as_dumped(value: Any) -> Any:
    """Return ``value`` with its floats as text, so that -0.0, 0.0, 1 and 1.0 are told apart."""
    if isinstance(value, dict):
        return {key: as_dumped(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_dumped(item) for item in value]
    return repr(value)


@settings(deadline=None)
@given(trees, st.sampled_from([None, True, False]))
def test_json_like_trees_come_back_equal(tree: Any, flow: bool | None) -> None:
    found = value_of(yaml.safe_dump(tree, default_flow_style=flow))
    assert as_dumped(found) == as_dumped(tree)


@settings(deadline=None)
@given(st.text().filter(lambda text: text.isprintable()))
def test_any_quoted_text_is_that_text(text: str) -> None:
    assert value_of("'" + text.replace("'", "''") + "'") == text


def test_nan() -> None:
    assert math.isnan(value_of(".nan"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, 2]", [1, 2]),
        ("!tuple [1, 2]", (1, 2)),
        ("!tuple []", ()),
        ("!tuple [!tuple [1], [2]]", ((1,), [2])),
        ("{1: a, 2.5: b, null: c, false: d}", {1: "a", 2.5: "b", None: "c", False: "d"}),
        ("{mode: on, when: 2027-01-01}", {"mode": "on", "when": "2027-01-01"}),
        ("'None'", "None"),
        ("{shape: [0], values: []}", {"shape": [0], "values": []}),
    ],
)
def test_value(text: str, value: object) -> None:
    found = value_of(text)
    assert found == value
    assert type(found) is type(value)


def test_tags() -> None:
    mark = Mark("s.yaml", 1, 1)
    leaf = Leaf(values=[[1, 2]], dtype="int32", mark=mark)
    assert value_of("!array {values: [[1, 2]], dtype: int32}") == ArrayTag(leaf, False, mark)
    leaf = Leaf(shape=(), dtype="uint8", low=3, high=9, mark=mark)
    assert value_of("!tensor {shape: [], dtype: uint8, low: 3, high: 9}") == ArrayTag(leaf, True, mark)
    assert value_of("!import keras.activations.relu") == ImportTag("keras.activations.relu", mark)
    assert value_of("!object {class: keras.layers.ReLU}") == ObjectTag("keras.layers.ReLU", {}, mark)


def test_tags_nest_each_with_its_place() -> None:
    found = value_of(
        "a:\n  - !object\n    class: m.C\n    init: {f: !import m.f, t: !tuple [!tensor {values: 1.5}]}"
    )
    inner = {
        "f": ImportTag("m.f", Mark("s.yaml", 4, 15)),
        "t": (ArrayTag(Leaf(values=1.5, mark=Mark("s.yaml", 4, 39)), True, Mark("s.yaml", 4, 39)),),
    }
    assert found == {"a": [ObjectTag("m.C", inner, Mark("s.yaml", 2, 5))]}


LEAF_HINT = "write {shape: [2, 5], dtype: float32} or {values: [[1, 2]]}"
SHAPE_HINT = "write shape: [2, 5], the batch dimension first"
OBJECT_HINT = "write !object {class: module.Class, init: {}}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("None", "None is plain text in YAML (write null, or 'None' in quotes for the text)"),
        ("...", "'...' stands for a value that is still to be written (replace it)"),
        ("!tuple 1", "!tuple must be a list, not the text '1' (write !tuple [1, 2])"),
        ("!tuple {}", "!tuple must be a list, not a mapping (write !tuple [1, 2])"),
        ("!tuple ", "!tuple must be a list, not the text '' (write !tuple [1, 2])"),
        ("!array [1]", f"!array must be a mapping, not a list ({LEAF_HINT})"),
        ("!array {}", f"!array has neither 'shape' nor 'values' ({LEAF_HINT})"),
        ("!import foo", "'foo' is not the dotted path of an object (write module.name)"),
        ("!import foo.bar:baz", "'foo.bar:baz' is not the dotted path of an object (write foo.bar.baz)"),
        ("!import 'os.system(1)'", "'os.system(1)' is not the dotted path of an object (write module.name)"),
        ("!import ", "!import is blank (write module.name)"),
        ("!import [a.b]", "!import must be text, not a list (write module.name)"),
        ("!object a.B", f"!object must be a mapping, not the text 'a.B' ({OBJECT_HINT})"),
        ("!object {init: {}}", f"!object has no 'class' ({OBJECT_HINT})"),
    ],
)
def test_fault_at_the_value(fail_entry: Fail, text: str, expected: str) -> None:
    assert fail_entry(f"    init: {{a: [{text}]}}") == f"4:16: {expected}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "!array {shape: [2], mask: [2]}",
            "35: unknown key 'mask' in !array (known: shape, values, dtype, low, high)",
        ),
        ("!object {clas: a.B}", "24: unknown key 'clas' in !object (did you mean 'class'?)"),
        ("!object {class: B}", "31: 'B' is not the dotted path of an object (write module.name)"),
        ("!object {class: 5}", "31: 'class' of !object must be text, not the number 5 (write module.name)"),
        (
            "!object {class: a.B, init: [1]}",
            f"42: 'init' of !object must be a mapping, not a list ({OBJECT_HINT})",
        ),
        (
            "!object {class: a.B, init: {a-b: 1}}",
            "43: 'a-b' in 'init' of !object is not the name of an argument (write a_b)",
        ),
        (
            "!tensor {shape: [2.5]}",
            f"32: a dimension of 'shape' must be an integer, not the number 2.5 ({SHAPE_HINT})",
        ),
    ],
)
def test_fault_inside_a_tag(fail_entry: Fail, text: str, expected: str) -> None:
    assert fail_entry(f"    init: {{a: {text}}}") == f"4:{expected}"


def test_sub_values_of_two_constructions_are_not_shared(load_entry: LoadEntry) -> None:
    first, second = (load_entry("    init: {a: [1, {b: [2]}]}").cases[0].init for _ in range(2))
    assert first == second
    assert first["a"] is not second["a"]
