from __future__ import annotations

from itertools import pairwise

import pytest
from markdown_it import MarkdownIt

from maskcheck.report.explanation import rule_markdown, rule_paragraph
from maskcheck.rules.base.docstring import SECTIONS
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.registry import RULES, find_rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_headings_and_code_of_every_rule(rule: Rule) -> None:
    tokens = MarkdownIt("commonmark").parse(rule_markdown(rule))
    after = [second for first, second in pairwise(tokens) if first.type == "heading_open"]
    assert [token.content for token in after] == list(SECTIONS)
    assert {token.info for token in tokens if token.type == "fence"} <= {"python", "yaml"}
    assert not [token for token in tokens if token.type in {"code_block", "html_block"}]


def test_paragraph_is_prose_on_one_line() -> None:
    fix = rule_paragraph(find_rule("MC101"), "Fix")
    assert fix.startswith(
        "Write the argument to the config, as the finding's last line shows. A class that adds"
    )
    assert "\n" not in fix
    assert rule_paragraph(find_rule("MC101"), "Nothing") == ""
