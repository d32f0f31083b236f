"""Modules with one class, and the edits that are proposed for findings on it."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent, indent

from maskcheck.fixes.edit import Edit
from maskcheck.rules.base.rule import Rule
from tests.fixes.builders.proposing import make, propose

# With a line that is as long as those that an edit may write.
HEAD = f"import keras\n\n# {'-' * 98}\n\n\nclass Scale(keras.layers.Layer):\n"


def propose_for(
    rule: type[Rule], folder: Path, body: str, *subjects: str, hint: str = "", message: str = ""
) -> tuple[list[str], tuple[Edit, ...]]:
    """Return what each edit makes of the body of a class with a finding, and the edits."""
    file = folder / "layers.py"
    file.write_text(HEAD + indent(dedent(body).strip(), "    ") + "\n")
    edits = propose(rule, file, "Scale", *subjects, hint=hint, message=message)
    return [make(each, file).partition(HEAD)[2] for each in edits], edits


def write_body(*lines: str) -> str:
    """Return the text of a class body, as edits leave it."""
    return "".join(f"    {line}\n" if line else "\n" for line in lines)
