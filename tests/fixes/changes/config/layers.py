"""Classes around the methods that the tests of this folder change."""

from __future__ import annotations

from textwrap import dedent, indent

from maskcheck.fixes.changes.change import Change
from tests.fixes.changing import apply


def write_class(code: str, *, name: str = "Scale") -> str:
    """Return a class with code in its body."""
    return f"class {name}(Layer):\n{indent(dedent(code).strip(), '    ')}\n"


def change_body(change: Change, code: str) -> str:
    """Return what a change makes of the body of the class ``Scale``."""
    text = apply(change, write_class(code))
    return dedent(text.partition("\n")[2]).strip()


def change_config(change: Change, code: str) -> str:
    """Return what a change makes of the statements of ``get_config`` of the class ``Scale``."""
    method = "def get_config(self):\n" + indent(dedent(code).strip(), "    ")
    return dedent(change_body(change, method).partition("\n")[2]).strip()
