"""Every rule explains itself: a docstring with all headings, and examples that are whole."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from maskcheck.rules.base.docstring import SECTIONS, Section, sections, summary
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.registry import RULES, find_rule
from maskcheck.specfile.read.load import load_spec

WIDTH = 80  # of a terminal, where prose is indented by two columns and code by four
# Rules on the spec itself: their examples are specs.
SPECS = {"MC002", "MC008", "MC009"}


def documentation(rule: Rule) -> str:
    return type(rule).__doc__ or ""


def section(rule: Rule, title: str) -> Section:
    (found,) = (part for part in sections(documentation(rule)) if part.title == title)
    return found


def example(rule: Rule, title: str) -> str:
    (block,) = section(rule, title).blocks
    assert block.code
    return "\n".join(block.lines)


def layers(text: str) -> list[ast.ClassDef]:
    return [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestDocumentation:
    def test_summary_is_one_sentence_on_one_line(self, rule: Rule) -> None:
        line = summary(documentation(rule))
        assert line.endswith(".")
        assert 20 < len(line) <= WIDTH

    def test_has_all_headings_in_order(self, rule: Rule) -> None:
        assert [part.title for part in sections(documentation(rule))] == list(SECTIONS)

    def test_fits_a_terminal(self, rule: Rule) -> None:
        blocks = [block for part in sections(documentation(rule)) for block in part.blocks]
        lines = [(4 if block.code else 2) * " " + line for block in blocks for line in block.lines]
        assert [line for line in lines if len(line) > WIDTH] == []

    def test_names_only_rules_that_there_are(self, rule: Rule) -> None:
        words = documentation(rule).replace("(", " ").replace(")", " ").replace(",", " ").split()
        named = {word.strip(".:") for word in words if word.startswith("MC")}
        assert named <= {other.code for other in RULES}


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.code not in SPECS], ids=lambda rule: rule.code
)
class TestExamples:
    def test_are_whole_layers_of_one_name(self, rule: Rule) -> None:
        names = []
        for title in ("Bad", "Good"):
            compile(example(rule, title), f"<{rule.code} {title}>", "exec")
            (layer,) = layers(example(rule, title))
            assert "call" in [part.name for part in layer.body if isinstance(part, ast.FunctionDef)]
            names.append(layer.name)
        assert names[0] == names[1]

    def test_differ(self, rule: Rule) -> None:
        assert example(rule, "Bad") != example(rule, "Good")


@pytest.mark.parametrize(
    ("code", "title", "names"),
    [
        ("MC002", "Bad", ["PaddingMask"]),
        ("MC002", "Good", ["PaddingMask", "SequenceMask"]),
        ("MC008", "Bad", ["SequenceMask"]),
        ("MC008", "Good", ["SequenceMask"]),
        ("MC009", "Bad", ["Pool"]),
        ("MC009", "Good", ["Pool"]),
    ],
)
def test_example_specs_load(code: str, title: str, names: list[str], tmp_path: Path) -> None:
    path = tmp_path / "maskcheck.yaml"
    path.write_text(example(find_rule(code), title), encoding="utf-8")
    assert [entry.name for entry in load_spec(str(path)).layers] == names


def test_no_two_rules_share_a_summary() -> None:
    assert len({summary(documentation(rule)) for rule in RULES}) == len(RULES)


def test_rule_files_stay_small() -> None:
    sizes = {
        rule.code: len(inspect.getsource(inspect.getmodule(rule) or type(rule)).splitlines())
        for rule in RULES
    }
    assert {code: size for code, size in sizes.items() if size > 200} == {}
