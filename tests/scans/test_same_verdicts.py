"""A layer is judged by itself: not by its neighbours, their order, or the number of processes."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.paths import FIXTURES
from tests.run_once import run_once

MODULES = (
    "attributes/mc203_identity_lost.py",
    "attributes/mc204_sublayer_changed.py",
    "calls/mc401_output_changed.py",
    "calls/mc404_training_changed.py",
    "config/mc108_config_impure.py",
    "masks/mc503_mask_changed.py",
    "run/mc007_unstable.py",
    "weights/mc301_weight_not_restored.py",
    "weights/mc308_state_not_saved.py",
)
# What says where something stands, how long it took, and which bytes were compared.
PLACES = frozenset({"line", "column", "seconds", "file", "fingerprint", "defined_at"})
LINES = re.compile(r"\.py:\d+")


def copy(folder: Path, *, reverse: bool) -> list[str]:
    """Copy the modules as they are, or each with its classes the other way round; return their paths."""
    names = [*reversed(MODULES)] if reverse else [*MODULES]
    (folder / "faults").mkdir(parents=True)
    (folder / "faults" / "__init__.py").write_text("")
    for name in names:
        path = folder / "faults" / name
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").write_text("")
        text = (FIXTURES / "faults" / name).read_text("utf-8")
        path.write_text(turn_round(text) if reverse else text, "utf-8")
    return [str(folder / "faults" / name) for name in names]


def turn_round(text: str) -> str:
    """Return the source with its last class first; a class that another extends stays above it."""
    tree, lines = ast.parse(text), text.splitlines()
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    rest = [node for node in tree.body if not isinstance(node, ast.ClassDef)]
    named = {node.name: node for node in classes}
    order: list[ast.ClassDef] = []

    def place(node: ast.ClassDef) -> None:
        for base in node.bases:
            if isinstance(base, ast.Name) and base.id in named:
                place(named[base.id])
        if node not in order:
            order.append(node)

    for node in reversed(classes):
        place(node)
    return "\n\n\n".join("\n".join(_own_lines(node, lines)) for node in (*rest, *order)) + "\n"


def _own_lines(node: ast.stmt, lines: list[str]) -> list[str]:
    decorators = node.decorator_list if isinstance(node, ast.ClassDef | ast.FunctionDef) else []
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return lines[first - 1 : node.end_lineno]


def scan(paths: list[str], folder: Path, *options: str) -> dict[str, Any]:
    """Return what is told of each layer, but for places and times."""
    spec = str(FIXTURES / "faults/maskcheck.yaml")
    done = run_once("-m", "maskcheck", "scan", *paths, "--spec", spec, "--format", "json", *options)
    assert done.exit_code == 1, done.stderr
    layers = json.loads(done.stdout.replace(str(folder), ""))["layers"]
    return {layer["id"].rpartition(".")[2]: strip(layer) for layer in layers}


def strip(value: Any) -> Any:
    """Leave out what says where something stands, and how long it took."""
    if isinstance(value, dict):
        return {key: strip(item) for key, item in value.items() if key not in PLACES}
    if isinstance(value, list):
        return [strip(item) for item in value]
    return LINES.sub(".py", value) if isinstance(value, str) else value


@pytest.mark.tensorflow
def test_reports_do_not_depend_on_order_neighbours_or_processes(tmp_path: Path) -> None:
    there, back = tmp_path / "there", tmp_path / "back"
    one = scan(copy(there, reverse=False), there, "--jobs", "2")
    other = scan(copy(back, reverse=True), back, "--jobs", "1")
    assert one.keys() == other.keys()
    assert [(name, one[name], other[name]) for name in one if one[name] != other[name]] == []


def test_turned_round_a_module_holds_the_same_in_another_order() -> None:
    moved = 0
    for name in MODULES:
        text = (FIXTURES / "faults" / name).read_text("utf-8")
        first, second = (
            [ast.dump(node) for node in ast.parse(each).body] for each in (text, turn_round(text))
        )
        assert sorted(first) == sorted(second)
        moved += first != second
    assert moved > len(MODULES) / 2
