"""Every rule explains itself: a docstring with all headings, and examples that are whole."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from maskcheck.cli.docstring import SECTIONS, Section, sections, summary
from maskcheck.rules.registry import RULES
from maskcheck.rules.rule import Rule
from maskcheck.spec.load import load_spec

WIDTH = 80  # of a terminal; prose is indented by two columns there
# Rules on the spec itself: their examples are specs.
SPECS = {"MC002", "MC008"}


def documentation(rule: Rule) -> str:
    return type(rule).__doc__ or ""


def section(rule: Rule, title: str) -> Section:
    (found,) = (part for part in sections(documentation(rule)) if part.title == title)
    return found


def example(rule: Rule, title: str) -> str:
    (block,) = section(rule, title).blocks
    assert block.code
    return "\n".join(block.lines)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
class TestDocumentation:
    def test_summary_is_one_sentence_on_one_line(self, rule: Rule) -> None:
        line = summary(documentation(rule))
        assert line.endswith(".")
        assert 20 < len(line) <= WIDTH

    def test_has_all_headings_in_order(self, rule: Rule) -> None:
        assert [part.title for part in sections(documentation(rule))] == list(SECTIONS)

    def test_prose_fits_a_terminal(self, rule: Rule) -> None:
        lines = [line for part in sections(documentation(rule)) for block in part.blocks for line in block.lines]
        assert max(map(len, lines)) <= WIDTH - 2

    def test_names_only_rules_that_there_are(self, rule: Rule) -> None:
        words = documentation(rule).replace("(", " ").replace(")", " ").replace(",", " ").split()
        named = {word.strip(".:") for word in words if word.startswith("MC")}
        assert named <= {other.code for other in RULES}

    @pytest.mark.parametrize("title", ["Bad", "Good"])
    def test_examples_compile(self, rule: Rule, title: str) -> None:
        if rule.code in SPECS:
            pytest.skip("its examples are specs")
        text = example(rule, title)
        compile(text, f"<{rule.code} {title}>", "exec")
        classes = [node for node in ast.parse(text).body if isinstance(node, ast.ClassDef)]
        assert len(classes) == 1
        assert "call" in [part.name for part in classes[0].body if isinstance(part, ast.FunctionDef)]

    def test_bad_and_good_are_about_the_same_class(self, rule: Rule) -> None:
        if rule.code in SPECS:
            pytest.skip("its examples are specs")
        bad, good = (
            [node.name for node in ast.parse(example(rule, title)).body if isinstance(node, ast.ClassDef)]
            for title in ("Bad", "Good")
        )
        assert bad == good
        assert example(rule, "Bad") != example(rule, "Good")


@pytest.mark.parametrize("code", sorted(SPECS))
@pytest.mark.parametrize("title", ["Bad", "Good"])
def test_example_specs_load(code: str, title: str, tmp_path: Path) -> None:
    (rule,) = (rule for rule in RULES if rule.code == code)
    path = tmp_path / "maskcheck.yaml"
    path.write_text(example(rule, title), encoding="utf-8")
    layers = load_spec(str(path)).layers
    assert [layer.name for layer in layers] == ([] if (code, title) == ("MC002", "Bad") else ["SequenceMask"])


def test_no_two_rules_share_a_summary() -> None:
    assert len({summary(documentation(rule)) for rule in RULES}) == len(RULES)


def test_rule_files_stay_small() -> None:
    sizes = {rule.code: len(inspect.getsource(inspect.getmodule(rule) or type(rule)).splitlines()) for rule in RULES}
    assert {code: size for code, size in sizes.items() if size > 200} == {}
