"""Entries, expectations and the frame around them."""

from __future__ import annotations

import pytest

from maskcheck.model.case import Expectation, ImportTag
from tests.specfile.conftest import Fail, Load, LoadEntry


def test_skip(load_entry: LoadEntry) -> None:
    layer = load_entry('    skip: "needs a licence server"')
    assert (layer.name, layer.skip, layer.cases) == ("A", "needs a licence server", ())


def test_probe(load_entry: LoadEntry) -> None:
    probe = load_entry("    probe: {mode: [sum, [1, 2]], f: [!import m.f]}").probe
    assert probe["mode"] == ("sum", [1, 2])
    assert isinstance(probe["f"][0], ImportTag)


def test_expectations(load_entry: LoadEntry) -> None:
    text = (
        "    init: {}\n    expect:\n"
        '      - {rule: MC101, subject: dropout, reason: "#42", until: 2027-01-01,\n'
        "         case: default, route: keras}\n"
        "      - {rule: mask-lost, reason: old}\n"
        "      - {rule: crashed, reason: old, until: '2028-02-29'}"
    )
    first, second, third = load_entry(text).expect
    assert first.mark is not None
    assert (first.mark.line, first.mark.column) == (6, 9)
    assert first == Expectation("MC101", "#42", "dropout", "default", "keras", "2027-01-01", first.mark)
    assert second == Expectation("mask-lost", "old", mark=second.mark)
    assert third.until == "2028-02-29"


def test_expectation_on_a_case_in_a_variant(load_entry: LoadEntry) -> None:
    text = "    init: {}\n    expect: [{rule: MC101, reason: old, case: default@int8}]"
    assert load_entry(text).expect[0].case == "default@int8"


def test_expectation_on_an_inferred_case_may_bear_any_id(load_entry: LoadEntry) -> None:
    (found,) = load_entry("    expect: [{rule: MC101, reason: old, case: any}]").expect
    assert found.case == "any"


@pytest.mark.parametrize("name", ["A", "pkg.module.A", "Outer.Inner", "pkg.make.<locals>.A", "Müller"])
def test_names_of_classes(load: Load, name: str) -> None:
    assert [layer.name for layer in load(f"version: 1\nlayers: {{{name}: {{init: {{}}}}}}").layers] == [name]


HINT = 'write {rule: MC101, subject: dropout, reason: "why"}'
EXPECT = 'write expect: [{rule: MC101, subject: dropout, reason: "why"}]'
SKIP = 'give the reason: skip: "needs a licence"'
PROBE = "write probe: {mode: [sum, mean]}"
DATE = "write until: 2027-01-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", "4:5: the entry 'A' is empty (give it init and input, or skip)"),
        ("[]", "4:5: the entry 'A' must be a mapping, not a list (give it init and input, or skip)"),
        ("innit: {}", "4:5: unknown key 'innit' in the entry 'A' (did you mean 'init'?)"),
        ("id: x", "4:5: unknown key 'id' in the entry 'A' (it belongs to one of several 'cases')"),
        (
            "cases: [{init: {}}]\n    input: {shape: [2]}",
            "5:5: an entry has both 'cases' and 'input' (move 'input' into a case)",
        ),
        ("skip:", f"4:10: 'skip' must be text, not null ({SKIP})"),
        ("skip: true", f"4:11: 'skip' must be text, not true ({SKIP})"),
        ("skip: ' '", f"4:11: 'skip' is blank ({SKIP})"),
        ("probe: [1]", f"4:12: 'probe' must be a mapping, not a list ({PROBE})"),
        ("probe: {a: 1}", f"4:16: 'probe' of 'a' must be a list, not the number 1 ({PROBE})"),
        ("probe: {a: []}", f"4:16: 'probe' of 'a' is empty ({PROBE})"),
        ("expect: {rule: MC101, reason: x}", f"4:13: 'expect' must be a list, not a mapping ({EXPECT})"),
        ("expect: []", f"4:13: 'expect' is empty ({EXPECT})"),
        ("expect: [MC101]", f"4:14: an expectation must be a mapping, not the text 'MC101' ({HINT})"),
        ("expect: [{rule: MC101}]", f"4:14: an expectation has no 'reason' ({HINT})"),
        ("expect: [{reason: x}]", f"4:14: an expectation has no 'rule' ({HINT})"),
        ("expect: [{rule: MC101, reason: ''}]", f"4:36: 'reason' is blank ({HINT})"),
        ("expect: [{rule: 101, reason: x}]", f"4:21: 'rule' must be text, not the number 101 ({HINT})"),
        (
            "expect: [{rule: mc101, reason: x}]",
            "4:21: 'mc101' is not the code or name of a rule (write MC101)",
        ),
        (
            "expect: [{rule: MC1, reason: x}]",
            "4:21: 'MC1' is not the code or name of a rule (write a code or name such as MC101)",
        ),
        (
            "expect: [{rule: MC999, reason: x}]",
            "4:21: there is no rule 'MC999' (did you mean 'MC409'?)",
        ),
        (
            "expect: [{rule: argument-mising, reason: x}]",
            "4:21: there is no rule 'argument-mising' (did you mean 'argument-missing'?)",
        ),
        (
            "expect: [{rule: MC101, reasons: x}]",
            "4:28: unknown key 'reasons' in an expectation (did you mean 'reason'?)",
        ),
        ("expect: [{rule: MC101, reason: x, until: soon}]", f"4:46: 'soon' is not a date ({DATE})"),
        (
            "expect: [{rule: MC101, reason: x, until: 2027-02-29}]",
            f"4:46: '2027-02-29' is not a date ({DATE})",
        ),
        (
            "expect: [{rule: MC101, reason: x, until: 2027-W01-1}]",
            f"4:46: '2027-W01-1' is not a date ({DATE})",
        ),
        (
            "expect: [{rule: MC101, reason: x, until: 2027}]",
            f"4:46: 'until' must be text, not the number 2027 ({DATE})",
        ),
        (
            "expect: [{rule: MC101, reason: x, route: kears}]",
            "4:46: there is no route 'kears' (did you mean 'keras'?)",
        ),
        (
            "expect: [{rule: MC101, reason: x, case: b}]\n    init: {}",
            "4:45: there is no case 'b' (known: default)",
        ),
    ],
)
def test_faulty_entry(fail_entry: Fail, text: str, expected: str) -> None:
    assert fail_entry(f"    {text}") == expected


START = "start the file with version: 1"
BELOW = "write the classes below it, indented"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1]", f"1:1: the spec must be a mapping, not a list ({START})"),
        ("text", f"1:1: the spec must be a mapping, not the text 'text' ({START})"),
        ("layers: {}", f"1:1: the spec has no 'version' ({START})"),
        ("version: 2\nnew_key: 1", "1:10: version 2 of the spec is not known here (write version: 1)"),
        ('version: "1"', f"1:10: 'version' must be the number 1, not the text '1' ({START})"),
        ("version: true", f"1:10: 'version' must be the number 1, not true ({START})"),
        ("version: 1.0", f"1:10: 'version' must be the number 1, not the number 1.0 ({START})"),
        ("version: [1]", f"1:10: 'version' must be the number 1, not a list ({START})"),
        ("version:", f"1:9: 'version' must be the number 1, not null ({START})"),
        ("version: 1\n1: 2", "2:1: a key of the spec must be text, not the number 1 (put it in quotes)"),
        ("version: 1\nlayer: {}", "2:1: unknown key 'layer' in the spec (did you mean 'layers'?)"),
        ("version: 1\nMyMask: {}", "2:1: unknown key 'MyMask' in the spec (known: version, layers)"),
        ("version: 1", "1:1: the spec has no 'layers' (write layers: and below it the classes)"),
        ("version: 1\nlayers:", f"2:8: 'layers' must be a mapping, not null ({BELOW})"),
        ("version: 1\nlayers: {}", f"2:9: 'layers' is empty ({BELOW})"),
        ("version: 1\nlayers: [A]", f"2:9: 'layers' must be a mapping, not a list ({BELOW})"),
        (
            "version: 1\nlayers:\n  A:\n",
            "3:5: the entry 'A' must be a mapping, not null (give it init and input, or skip)",
        ),
        ("version: 1\nlayers:\n  A: {}\n  A: {}", "4:3: duplicate key 'A' (it is already on line 3)"),
        ("version: 1\nlayers: {m:A: {}}", "2:10: 'm:A' is not the name of a class (write m.A)"),
        ("version: 1\nlayers: {a/b.py:A: {}}", "2:10: 'a/b.py:A' is not the name of a class (write a.b.A)"),
        (
            "version: 1\nlayers: {my-mask: {}}",
            "2:10: 'my-mask' is not the name of a class (write Class, or module.Class)",
        ),
    ],
)
def test_faulty_frame(fail: Fail, text: str, expected: str) -> None:
    assert fail(text) == expected
