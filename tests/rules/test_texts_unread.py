"""What errors say is shown by rules, not read: they switch on kinds."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import ROOT

JUDGES = [*(ROOT / "maskcheck" / "rules").rglob("*.py"), *(ROOT / "maskcheck" / "judging").rglob("*.py")]
# The texts of an ErrorInfo.
TEXTS = ("message", "cause", "sentence", "traceback")
# What else has attributes of these names: the sentence of a finding, the paths that make a trip differ.
OTHERS = ("finding", "both", "trip")
# Where the sentence of an error is made ready to be shown.
SHOWN = ("text.py", "describe_error")


def reads(tree: ast.AST, function: str = "") -> Iterator[tuple[str, int, str]]:
    """Yield each place that matches texts or takes the text of an error: function, line and what it is."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.Import(names=names) if any(name.name == "re" for name in names):
                yield function, node.lineno, "import re"
            case ast.ImportFrom(module="re"):
                yield function, node.lineno, "import re"
            case ast.Attribute(value=owner, attr=name) if name in TEXTS and _name(owner) not in OTHERS:
                yield function, node.lineno, name
        inside = node.name if isinstance(node, ast.FunctionDef) else function
        yield from reads(node, inside)


def _name(owner: ast.expr) -> str:
    return owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""


@pytest.mark.parametrize("file", JUDGES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_no_rule_reads_what_an_error_says(file: Path) -> None:
    found = reads(ast.parse(file.read_text("utf-8")))
    assert [(line, what) for function, line, what in found if (file.name, function) != SHOWN] == []


@pytest.mark.parametrize(
    "text",
    [
        "import re",
        "from re import search",
        "if 'safe_mode' in failure.error.message: pass",
        "if 'safe_mode' in errors[0].cause: pass",
        "words = error.sentence.split()",
        "text = f'{error.message}'",
        "known = reason(error) if look.trip.failure.error.traceback else ''",
    ],
)
def test_a_rule_that_reads_it_is_found(text: str) -> None:
    assert [*reads(ast.parse(text))] != []
