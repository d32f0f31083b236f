from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maskcheck.model.case import ArrayTag, Case, ImportTag, Leaf, ObjectTag, Preparation
from maskcheck.specfile.read.load import load_spec, parse_spec
from maskcheck.specfile.write.layout import WIDTH
from maskcheck.specfile.write.write import HEAD, dump_case, dump_entry
from maskcheck.yamlfile.quoting import scalar_text
from maskcheck.yamlfile.scalars import plain_value
from tests.paths import FIXTURES
from tests.specfile.strategies import MARK, cases, unmarked

SPECS = sorted([*FIXTURES.glob("*/maskcheck.yaml"), *FIXTURES.glob("real/*.yaml")])


def read_back(name: str, given: Sequence[Case], **layout: int) -> tuple[Case, ...]:
    (layer,) = parse_spec(HEAD + dump_entry(name, given, **layout), "s.yaml").layers
    assert layer.name == name
    return layer.cases


@settings(deadline=None)
@given(cases, st.integers(1, 60), st.integers(1, 5))
def test_any_case_comes_back_equal(case: Case, indent: int, step: int) -> None:
    (found,) = read_back("A", [case], indent=indent, step=step)
    assert repr(unmarked(found)) == repr(unmarked(case))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_case_of_the_fixtures_comes_back_equal(path: Path) -> None:
    layers = [layer for layer in load_spec(str(path)).layers if layer.cases]
    assert layers
    for layer in layers:
        assert unmarked(read_back(layer.name, layer.cases)) == unmarked(layer.cases)


HOUSE_FORM = """\
  pkg.Attention:
    cases:
      - {id: plain, init: {units: 8}, input: {shape: [2, 5, 8], mask: [2, 5]}}
      - id: causal
        init: {units: 8, rate: 0.5, sizes: !tuple [1, 2], act: !import m.f, name: "no"}
        args: [{shape: [2, 5, 8]}, [{shape: [2, 7], dtype: int32, low: 0, high: 9}]]
        call: {training: false, mask: {values: [[true, true, false]]}}
        prepare:
          - method: adapt
            args: [{shape: [8, 4]}]
            kwargs: {inner: !object {class: keras.layers.Dense, init: {units: 3, activation: relu}}}"""


def test_house_form() -> None:
    inner = ObjectTag("keras.layers.Dense", {"units": 3, "activation": "relu"}, MARK)
    plain = Case("plain", init={"units": 8}, args=(Leaf((2, 5, 8), mask=Leaf((2, 5), dtype="bool")),))
    init = {"units": 8, "rate": 0.5, "sizes": (1, 2), "act": ImportTag("m.f", MARK), "name": "no"}
    causal = Case(
        "causal",
        init=init,
        args=(Leaf((2, 5, 8)), [Leaf((2, 7), dtype="int32", low=0, high=9)]),
        call={"training": False, "mask": Leaf(values=[[True, True, False]])},
        prepare=(Preparation("adapt", (Leaf((8, 4)),), {"inner": inner}),),
    )
    assert dump_entry("pkg.Attention", [plain, causal]) == HOUSE_FORM


@pytest.mark.parametrize(
    ("case", "text"),
    [
        (Case("default"), "init: {}"),
        (Case("default", args=(Leaf((2,)),)), "input: {shape: [2]}"),
        (Case("default", init={"a": {}, "b": [], "c": ()}), "init: {a: {}, b: [], c: !tuple []}"),
        (Case("default", init={"a": ObjectTag("m.C", {}, MARK)}), "init: {a: !object {class: m.C}}"),
        (Case("default", init={"a": math.nan, "b": -math.inf}), "init: {a: .nan, b: -.inf}"),
        (
            Case("default", init={"a": ArrayTag(Leaf(values=1.5), True, MARK)}),
            "init: {a: !tensor {values: 1.5}}",
        ),
        (Case("default", args=(Leaf((2,)), Leaf((3,)))), "args: [{shape: [2]}, {shape: [3]}]"),
    ],
)
def test_fields_of_one_line(case: Case, text: str) -> None:
    assert dump_case(case) == text


def test_what_is_too_long_is_written_one_below_the_other() -> None:
    init = {"kernel_initializer": "glorot_uniform", "sizes": ((1,) * 40, [[2] * 25] * 2), "units": 3}
    lines = dump_case(Case("default", init=init), indent=4).split("\n")
    row = f"[{', '.join(['2'] * 25)}]"
    assert lines[:4] == [
        "    init:",
        "      kernel_initializer: glorot_uniform",
        "      sizes: !tuple",
        "        - !tuple",
    ]
    assert lines[4:44] == ["          - 1"] * 40
    assert lines[44:] == [f"        - - {row}", f"          - {row}", "      units: 3"]
    assert max(map(len, lines)) <= WIDTH


@pytest.mark.parametrize("text", ["relu", "he_normal", "m.f-1", "max pool", "a/b", "e3", "_"])
def test_text_without_quotes(text: str) -> None:
    assert scalar_text(text) == text == plain_value(text)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("no", '"no"'),
        ("None", '"None"'),
        ("1e3", '"1e3"'),
        ('a"b\\', '"a\\"b\\\\"'),
        ("é\n\U0001f600", '"é\\n\U0001f600"'),
        ("\x85\ufeff", '"\\u0085\\ufeff"'),
    ],
)
def test_text_in_quotes(text: str, quoted: str) -> None:
    assert scalar_text(text) == quoted


@pytest.mark.parametrize("value", [1j, b"a", {1}, object(), Leaf((2,))])
def test_other_values_are_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="is no value that a spec knows"):
        dump_case(Case("default", init={"a": [value]}))


@pytest.mark.parametrize("value", [{"shape": [2]}, {"values": 3}, {"a": {"shape": None}}])
def test_a_mapping_that_would_be_a_tensor_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="would be taken for a tensor"):
        dump_case(Case("default", call={"a": value}))
    assert dump_case(Case("default", init={"a": value})).startswith("init: {a: {")


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("not-a-class", Case("default")),
        ("A", Case("default", init={"not an argument": 1})),
        ("A", Case("default", args=([],))),
        ("A", Case("default", args=(Leaf(()),))),
        ("A", Case("default", args=(Leaf((2,), low=1),))),
        ("A", Case("default", args=(Leaf((2, 3), mask=Leaf((3,), dtype="bool")),))),
        ("A", Case(" ", init={"a": 1})),
        ("A", Case("default", init={"a": "\ud800"})),
    ],
)
def test_an_entry_that_would_be_refused_is_not_written(name: str, case: Case) -> None:
    with pytest.raises(ValueError, match=f"the entry of {name} cannot be written: "):
        dump_entry(name, [case])
