"""Applies a change to a text, as every test of one does."""

from __future__ import annotations

import ast
from textwrap import dedent

import libcst as cst

from maskcheck.fixes.changes.change import Change


def apply(change: Change, text: str) -> str:
    """Return what a change makes of a text; made once more, it makes nothing else of that."""
    changed = change.apply(cst.parse_module(text))
    ast.parse(changed.code)
    assert change.apply(changed).code == changed.code
    return changed.code


def expect(change: Change, before: str, after: str) -> None:
    """See to it that a change makes one text, indented as in a test, of another."""
    assert apply(change, dedent(before)) == dedent(after)
