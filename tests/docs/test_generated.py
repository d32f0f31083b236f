"""What is made of the code in the documentation is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.rules.registry import RULES, find_rule
from tests.docs.causes import explanations, picture, reduced
from tests.docs.generate import generated, unknown
from tests.docs.pages import DOCS
from tests.docs.rule_pages import rule_index
from tests.docs.tables import TABLES, filled, scan_options


def test_pages_are_as_the_code_says() -> None:
    wanted = generated()
    old = [path.name for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    assert old == [], "run `make docs`"


def test_every_rule_has_a_page_and_no_other_is_there() -> None:
    assert unknown() == []
    assert {path.stem for path in (DOCS / "rules").glob("MC*.md")} == {rule.code for rule in RULES}


def test_a_page_of_no_rule_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules/MC999.md").touch()
    monkeypatch.setattr("tests.docs.generate.DOCS", tmp_path)
    assert [path.name for path in unknown()] == ["MC999.md"]


def test_only_what_stands_between_marks_is_written() -> None:
    text = "a\n<!-- begin: exit codes -->\nold\n<!-- end -->\nb\n<!-- end -->\n"
    new = filled(text)
    assert new.startswith("a\n<!-- begin: exit codes -->\n\n| code |")
    assert new.endswith("|\n\n<!-- end -->\nb\n<!-- end -->\n")
    assert "old" not in new
    assert filled(new) == new


def test_every_table_stands_in_a_page() -> None:
    texts = "".join(path.read_text("utf-8") for path in DOCS.glob("*.md"))
    assert [name for name in TABLES if f"<!-- begin: {name} -->" not in texts] == []


def test_every_option_is_in_the_table() -> None:
    table = TABLES["options of scan"]()
    names = [name for option in scan_options() for name in (*option.opts, *option.secondary_opts)]
    assert [name for name in names if name not in table] == []


def test_pairs_that_follow_from_others_are_not_drawn() -> None:
    assert reduced([("A", "B"), ("B", "C"), ("A", "C"), ("A", "D")]) == [("A", "B"), ("A", "D"), ("B", "C")]


def test_the_picture_has_a_box_for_each_family() -> None:
    rules = [find_rule("MC101"), find_rule("MC102"), find_rule("MC401"), find_rule("MC502")]
    assert picture(rules, [("MC101", "MC401"), ("MC102", "MC401")]).splitlines() == [
        "flowchart LR",
        "  subgraph config",
        '    MC101["MC101 argument-missing"]',
        '    MC102["MC102 argument-altered"]',
        "  end",
        "  subgraph calls",
        '    MC401["MC401 output-changed"]',
        "  end",
        "  MC101 & MC102 --> MC401",
    ]


def test_no_rule_explains_itself() -> None:
    assert [cause for cause, effect in explanations() if cause == effect] == []
    assert rule_index(RULES, explanations()).count("\n| [MC") == len(RULES)
