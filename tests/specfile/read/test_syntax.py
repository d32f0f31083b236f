"""What is not YAML, or is YAML that a spec does not use."""

from __future__ import annotations

import pytest

from tests.specfile.conftest import Fail, LoadEntry

QUOTES_OPEN = "not YAML: found unexpected end of stream (close the quotes opened on line {})"
TAGS = "the tags are !tuple, !array, !tensor, !import, !object"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "{",
            "1:2: not YAML: expected the node content, but found '<stream end>'"
            " (close the bracket opened on line 1)",
        ),
        ('"', f"1:2: {QUOTES_OPEN.format(1)}"),
        ('a: "b\nc: d\n', f"3:1: {QUOTES_OPEN.format(1)}"),
        ("a: [1, 2}", "1:9: not YAML: expected ',' or ']', but got '}' (close the bracket opened on line 1)"),
        (
            "a: {b: c: d}",
            "1:9: not YAML: expected ',' or '}', but got ':' (put text that holds ':' in quotes)",
        ),
        (
            "a:\n\tb: 1",
            "2:1: not YAML: found character '\\t' that cannot start any token (indent with spaces, not tabs)",
        ),
        (
            "a: @b",
            "1:4: not YAML: found character '@' that cannot start any token"
            " (put text that begins with this character in quotes)",
        ),
        (
            "a b\n c: d",
            "2:3: not YAML: mapping values are not allowed here"
            " (check the indentation; put text that holds ': ' in quotes)",
        ),
        (
            "a:\n  b: 1\n c: 2",
            "3:2: not YAML: expected <block end>, but found '<block mapping start>'"
            " (check the indentation: what belongs together starts in the same column)",
        ),
        (
            "%YAML 9.9\n---\na: 1",
            "1:1: not YAML: found incompatible YAML document (version 1.* is required)"
            " (check quotes and brackets here)",
        ),
        ("a: {b: !tuple}", "1:14: not YAML: expected ' ', but found '}' (write a space after the tag)"),
        (
            "a: 1\nb\n",
            "3:1: not YAML: could not find expected ':' (write key: value, with a space after the colon)",
        ),
        (
            "a: 1\nb: \a",
            "2:4: the character U+0007 is not allowed in YAML"
            " (remove it, or write it as an escape in quotes)",
        ),
        (
            'a: "\\UFFFFFFFF"',
            "1:7: not YAML: an escape or directive with a number out of range (write the character itself)",
        ),
        ('a: "\\ud800"', "1:4: half of a surrogate pair is no character (write the character itself)"),
        ("a: 1\n---\nb: 2", "2:1: a second document starts here (remove the line ---)"),
    ],
)
def test_syntax_error(fail: Fail, text: str, expected: str) -> None:
    assert fail(text) == expected


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("!!python/object:os.system", TAGS),
        ("!!python/object/apply:os.system", TAGS),
        ("!!python/name:os.system", TAGS),
        ("!!python/tuple", TAGS),
        ("!tupel", "did you mean '!tuple'?"),
        ("!!set", TAGS),
        ("!!binary", TAGS),
        ("!!str", TAGS),
        ("!", TAGS),
    ],
)
@pytest.mark.parametrize("content", ["[]", "{}", "a"])
def test_other_tags_are_refused_by_name(fail_entry: Fail, tag: str, hint: str, content: str) -> None:
    text = f"    init: {{a: {tag} {content}}}"
    assert fail_entry(text) == f"4:15: the tag {tag} is not allowed ({hint})"


def test_redefined_tag_handle_gives_no_way_in(fail: Fail) -> None:
    text = "%TAG !e! tag:yaml.org,2002:python/\n---\n!e!name:os.system x"
    assert fail(text) == f"3:1: the tag !!python/name:os.system is not allowed ({TAGS})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{a: 1, a: 2}", "4:18: duplicate key 'a' (it is already on line 4)"),
        ("{a: {1: x, 1.0: y}}", "4:22: duplicate key 1.0 (it is already on line 4)"),
        ("{[a]: 1}", "4:12: a key must be a single value, not a list (put text in quotes)"),
        (
            "{!import a.b: 1}",
            "4:12: a key must be a single value, not a value tagged !import (put text in quotes)",
        ),
        ("{a: *b}", "4:15: no anchor is named 'b' (define it first, as &b)"),
        ("{a: &base 1, b: *bsae}", "4:27: no anchor is named 'bsae' (did you mean 'base'?)"),
        ("&x {a: *x}", "4:18: the value named 'x' contains itself (write it out)"),
        ("{a: 1, <<: 3}", "4:22: << merges mappings, not the number 3 (write <<: *name)"),
        ("{<<: [{}, 4]}", "4:21: << merges mappings, not the number 4 (write <<: *name)"),
        ("{<<: {}, <<: {}}", "4:20: duplicate key '<<' (write <<: [*one, *other])"),
    ],
)
def test_keys_and_aliases(fail_entry: Fail, text: str, expected: str) -> None:
    assert fail_entry(f"    init: {text}") == expected


@pytest.mark.parametrize("brackets", ["[" * 60 + "]" * 60, "[" * 5000])
def test_deep_nesting(fail_entry: Fail, brackets: str) -> None:
    assert (
        fail_entry(f"    init: {{a: {brackets}}}")
        == "4:61: nested more than 50 levels deep (write it flatter)"
    )


def test_the_deepest_nesting_that_is_read(load_entry: LoadEntry) -> None:
    value = load_entry(f"    init: {{a: {'[' * 46 + ']' * 46}}}").cases[0].init["a"]
    for _ in range(45):
        (value,) = value
    assert value == []


def test_deep_nesting_through_aliases(fail_entry: Fail) -> None:
    lines = [f"      a{i}: &a{i} [[[[*a{i - 1}]]]]" for i in range(1, 30)]
    text = "\n".join(["    init:", "      a0: &a0 [x]", *lines])
    assert fail_entry(text) == "17:21: nested more than 50 levels deep (write it flatter)"


def test_aliases_that_multiply(fail_entry: Fail) -> None:
    lines = [f"      a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
    text = "\n".join(["    init:", "      a0: &a0 [x]", *lines])
    assert fail_entry(text) == "11:11: this holds more than 1000000 values (use fewer aliases)"


def test_aliases_give_equal_values_that_share_nothing(load_entry: LoadEntry) -> None:
    init = load_entry("    init: {a: &a [1, {b: 2}], c: *a}").cases[0].init
    assert init == {"a": [1, {"b": 2}], "c": [1, {"b": 2}]}
    assert init["a"] is not init["c"]
    assert init["a"][1] is not init["c"][1]


def test_merge_keys(load_entry: LoadEntry) -> None:
    layer = load_entry("    init: {<<: [{a: 1, b: 2}, {b: 3, c: 4}], c: 5, d: 6}")
    assert layer.cases[0].init == {"a": 1, "b": 2, "c": 5, "d": 6}


def test_merge_key_in_quotes_is_text(load_entry: LoadEntry) -> None:
    assert load_entry("    init: {a: {'<<': 1}}").cases[0].init == {"a": {"<<": 1}}


def test_surrogate_pairs_as_json_writes_them(load_entry: LoadEntry) -> None:
    assert load_entry('    init: {a: "\\ud83d\\ude00"}').cases[0].init == {"a": "\U0001f600"}
