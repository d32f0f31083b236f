"""The code of a rule stands as text in the rule's own file and in the table of causes, and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from maskcheck.rules.registry import RULES
from tests.paths import ROOT

PACKAGE = ROOT / "maskcheck"
TABLE = PACKAGE / "rules" / "causes.py"
# A code, or the beginning of several; sentences for users that hold one as an example are longer.
CODE = re.compile(r"MC\d{0,3}")


def constants(file: Path) -> Iterator[str]:
    """Yield the texts in a file that are no docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in statements:
            yield node.value


def codes_in(file: Path) -> list[str]:
    return [text for text in constants(file) if CODE.fullmatch(text)]


def test_no_other_file_names_a_rule_by_its_code() -> None:
    own = {file_of(type(rule)): rule.code for rule in RULES}
    found = {file: codes_in(file) for file in PACKAGE.rglob("*.py") if file != TABLE}
    assert {file: codes for file, codes in found.items() if codes and codes != [own.get(file)]} == {}


def file_of(kind: type) -> Path:
    return ROOT.joinpath(*kind.__module__.split(".")).with_suffix(".py")


def test_a_code_is_seen_unless_it_stands_in_a_docstring(tmp_path: Path) -> None:
    file = tmp_path / "module.py"
    file.write_text(
        '"""MC101"""\nSET = {"MC102"}\ndef f(x):\n    """MC103"""\n    return x.startswith("MC1")\n'
    )
    assert sorted(codes_in(file)) == ["MC1", "MC102"]
