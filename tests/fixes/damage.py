"""What edits must not do: make a file worse for its linter, or touch a healthy twin."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping

TWIN = "Healthy"


def list_damage(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a sentence for each new complaint of the linter, and each healthy twin that changed."""
    for file, data in after.items():
        if data != before[file]:
            new = _lint(file, data) - _lint(file, before[file])
            yield from (f"{file}: the linter now says {complaint}" for complaint in new)
            twins = _read_twins(before[file]).items() - _read_twins(data).items()
            yield from (f"{file}: {name} was changed" for name, _ in twins)


def _lint(file: str, data: bytes) -> Counter[str]:
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--stdin-filename",
        file,
        "--output-format",
        "json",
        "-",
    ]
    done = subprocess.run(command, input=data, capture_output=True, check=False)
    return Counter(f"{each['code']} {each['message']}" for each in json.loads(done.stdout))


def _read_twins(data: bytes) -> dict[str, str]:
    classes = (node for node in ast.walk(ast.parse(data)) if isinstance(node, ast.ClassDef))
    return {node.name: ast.dump(node) for node in classes if node.name.endswith(TWIN)}
