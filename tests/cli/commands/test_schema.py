from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator

from maskcheck.errors import SpecError
from maskcheck.model.case import Case
from maskcheck.model.route import ROUTES
from maskcheck.model.variant import VARIANTS
from maskcheck.specfile.read.cases import CASE_KEYS
from maskcheck.specfile.read.dtypes import DTYPES, INTEGERS
from maskcheck.specfile.read.load import parse_spec
from maskcheck.specfile.schema import schema_text
from maskcheck.specfile.write.write import HEAD, dump_entry
from maskcheck.yamlfile.compose import compose
from maskcheck.yamlfile.nodes import DictNode, ListNode, Node
from tests.cli.conftest import Run
from tests.paths import FIXTURES
from tests.specfile.strategies import cases

SPECS = sorted([*FIXTURES.glob("**/maskcheck.yaml"), *FIXTURES.glob("real/*.yaml")])
SCHEMA = json.loads(schema_text())
PARTS = SCHEMA["definitions"]
VALIDATOR = Draft7Validator(SCHEMA)


def plain(node: Node) -> Any:
    """Return what an editor sees: the values without their tags."""
    if isinstance(node, ListNode):
        return [plain(item) for item in node.items]
    if isinstance(node, DictNode):
        return {pair.key.value: plain(pair.value) for pair in node.pairs}
    return node.value


def is_accepted(text: str) -> bool:
    node = compose(text, "s.yaml")
    assert node is not None
    return VALIDATOR.is_valid(plain(node))


def test_the_command_prints_it(run: Run) -> None:
    result = run("schema")
    assert (result.code, result.err) == (0, "")
    assert json.loads(result.out) == SCHEMA


def test_the_command_loads_nothing_heavy() -> None:
    script = (
        "import sys; from maskcheck.__main__ import main; main(['schema']);"
        "sys.exit(bool({'tensorflow', 'keras', 'numpy', 'yaml'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, check=False).returncode == 0


def test_it_is_a_schema_of_the_draft_that_editors_know() -> None:
    assert SCHEMA["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(SCHEMA)


def test_it_names_what_the_loader_names() -> None:
    assert PARTS["dtype"]["enum"] == list(DTYPES)
    assert PARTS["integers"]["enum"] == list(INTEGERS)
    assert PARTS["expectation"]["properties"]["route"]["enum"] == list(ROUTES)
    assert PARTS["dtypes"]["items"]["enum"] == list(VARIANTS)
    assert set(PARTS["case"]["properties"]) == {"id", *CASE_KEYS, "dtypes"}
    assert set(PARTS["entry"]["properties"]) == {"cases", *CASE_KEYS, "dtypes", "probe", "expect", "skip"}


@pytest.mark.parametrize("path", SPECS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_specs_of_the_fixtures_are_valid(path: Path) -> None:
    node = compose(path.read_text("utf-8"), str(path))
    assert node is not None
    assert [error.message for error in VALIDATOR.iter_errors(plain(node))] == []


@settings(deadline=None)
@given(cases)
def test_any_case_is_valid(case: Case) -> None:
    assert is_accepted(HEAD + dump_entry("A", [case]))


@pytest.mark.parametrize("name", ["A", "_A", "pkg.mod.A", "Outer.Inner", "pkg.make.<locals>.A", "Müller"])
def test_names_of_classes(name: str) -> None:
    text = f"version: 1\nlayers: {{{name}: {{init: {{}}}}}}"
    assert parse_spec(text, "s.yaml").layers[0].name == name
    assert is_accepted(text)


@pytest.mark.parametrize(
    "text",
    [
        "[1]",
        "layers: {A: {init: {}}}",
        "version: 1",
        "version: 2\nlayers: {A: {init: {}}}",
        "version: '1'\nlayers: {A: {init: {}}}",
        "version: true\nlayers: {A: {init: {}}}",
        "version: 1\nlayers:",
        "version: 1\nlayers: {}",
        "version: 1\nlayers: [A]",
        "version: 1\nlayers: {A: {init: {}}}\nprobe: {}",
        *(
            f"version: 1\nlayers: {{{name}: {{init: {{}}}}}}"
            for name in ("my-mask", "m:A", "a/b.A", "1A", "a..A", "'a b'")
        ),
    ],
)
def test_a_frame_that_both_refuse(text: str) -> None:
    with pytest.raises(SpecError):
        parse_spec(text, "s.yaml")
    assert not is_accepted(text)


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        "",
        "innit: {}",
        "id: x\n    init: {}",
        "cases: []",
        "cases: {a: {}}",
        "cases: [{}]",
        "cases: [3]",
        "cases: [{id: 1}]",
        "cases: [{id: ' '}]",
        "cases: [{skip: x}]",
        "cases: [{init: {}, dtypes: [float32]}]",
        "dtypes: []",
        "dtypes: float64",
        "cases: [{inputs: {}}]",
        "cases: [{input: {shape: [2]}, args: [{shape: [2]}]}]",
        *(f"cases: [{{init: {{}}}}]\n    {key}" for key in ("init: {}", "input: {shape: [2]}", "call: {}")),
        *(
            f"cases: [{{init: {{}}}}]\n    {key}"
            for key in ("args: [{shape: [2]}]", "prepare: [{method: a}]")
        ),
        "input: {shape: [2]}\n    args: [{shape: [2]}]",
        "init:",
        "init: [1]",
        "init: {a-b: 1}",
        "init: {2nd: 1}",
        "call: 3",
        "call: {a-b: 1}",
        "args: []",
        "args: {shape: [2]}",
        "prepare: []",
        "prepare: {method: adapt}",
        "prepare: [adapt]",
        "prepare: [{args: []}]",
        "prepare: [{method: a b}]",
        "prepare: [{method: 1}]",
        "prepare: [{method: a, arg: 1}]",
        "prepare: [{method: a, args: 1}]",
        "prepare: [{method: a, kwargs: [1]}]",
        "prepare: [{method: a, args: [{shape: [0]}]}]",
        "probe: [1]",
        "probe: {a: 1}",
        "probe: {a: []}",
        "probe: {a-b: [1]}",
        "expect: []",
        "expect: {rule: MC101, reason: x}",
        "expect: [MC101]",
        "expect: [{rule: MC101}]",
        "expect: [{reason: x}]",
        "expect: [{rule: MC101, reason: ' '}]",
        "expect: [{rule: 101, reason: x}]",
        "expect: [{rule: mc101, reason: x}]",
        "expect: [{rule: MC1, reason: x}]",
        "expect: [{rule: MC101, reasons: x}]",
        "expect: [{rule: MC101, reason: x, until: soon}]",
        "expect: [{rule: MC101, reason: x, until: 2027-13-01}]",
        "expect: [{rule: MC101, reason: x, until: 2027}]",
        "expect: [{rule: MC101, reason: x, route: kears}]",
        "expect: [{rule: MC101, reason: x, case: 1}]",
        "skip:",
        "skip: true",
        "skip: ' '",
    ],
)
def test_an_entry_that_both_refuse(text: str) -> None:
    assert_refused(text)


@pytest.mark.parametrize(
    "leaf",
    [
        "3",
        "null",
        "[]",
        "{}",
        "{a: 3}",
        "[5]",
        "{dtype: int32}",
        "{shpe: [2, 3]}",
        "{shape: [2], dtyp: int32}",
        "{shape: [2], values: [1, 2]}",
        "{shape: 3}",
        "{shape: []}",
        "{shape: [null, 3]}",
        "{shape: [-1, 3]}",
        "{shape: [2.5]}",
        "{shape: [true]}",
        "{shape: ['2']}",
        "{shape: [2], dtype: int}",
        "{shape: [2], dtype: 32}",
        "{shape: [2], low: 1}",
        "{shape: [2], high: 1, dtype: float32}",
        "{shape: [2], low: 1, dtype: bool}",
        "{values: [2], low: 1, dtype: int8}",
        "{shape: [2], low: 1.5, dtype: int8}",
        "{values: 3}",
        "{values: []}",
        "{values: [[]]}",
        "{values: [null]}",
        "{values: [{a: 1}]}",
        "{shape: [2], mask: true}",
        "{shape: [2], mask: []}",
        "{shape: [2], mask: {}}",
        "{shape: [2], mask: [[true]]}",
        "{shape: [2], mask: [true]}",
        "{shape: [2], mask: {shape: [2], values: [true, true]}}",
        "{shape: [2], mask: {shape: [2], dtype: int32}}",
        "{shape: [2], mask: {shape: [2], mask: [2]}}",
        "{shape: [2], mask: {values: true}}",
    ],
)
@pytest.mark.parametrize("place", ["input: {}", "args: [{}]", "input: [{}]", "input: {{x: {}}}"])
def test_an_input_that_both_refuse(place: str, leaf: str) -> None:
    assert_refused(place.format(leaf))


@pytest.mark.parametrize(
    "leaf", ["{shape: [0]}", "{values: []}", "{shape: [2], dtype: int}", "{values: [1], a: 2}"]
)
@pytest.mark.parametrize("place", ["{}", "[{}]", "{{a: {}}}", "!tuple [1, {}]"])
def test_a_tensor_among_values_that_both_refuse(place: str, leaf: str) -> None:
    assert_refused(f"call: {{x: {place.format(leaf)}}}")


def assert_refused(entry: str) -> None:
    text = f"version: 1\nlayers:\n  A:\n    {entry}\n"
    with pytest.raises(SpecError):
        parse_spec(text, "s.yaml")
    assert not is_accepted(text)


@pytest.mark.parametrize(
    "entry",
    [
        "call: {a: !object {class: m.C, init: {b: {shape: [x]}}}}",
        "call: {a: !array {values: 1.5}, b: [!import m.f, null, {c: {}}]}",
        "init: {a: {shape: x, values: null}, b: !tensor {shape: []}}",
        "input: {values: {shape: [2, 5]}, keys: {shape: [3, 5]}}",
        "input: {shape: [2, 5], mask: {values: [[1, 0, 1, 1, 1], [1, 1, 1, 0, 0]], dtype: bool}}",
        "probe: {a: [null, !tuple [1], {shape: []}]}",
        "expect: [{rule: mask-lost, reason: x, until: 2027-01-31, route: keras}]",
    ],
)
def test_an_entry_that_both_accept(entry: str) -> None:
    text = f"version: 1\nlayers:\n  A:\n    {entry}\n"
    assert parse_spec(text, "s.yaml").layers[0].name == "A"
    assert is_accepted(text)
