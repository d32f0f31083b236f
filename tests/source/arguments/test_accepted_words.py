"""The words that a class accepts for an argument."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from maskcheck.source.arguments.accepted_words import accepted_words


@pytest.mark.parametrize(
    "body",
    [
        "if mode == 'sum': pass\nelif 'mean' == mode: pass",
        "if mode not in ('sum', 'mean'): raise ValueError",
        "if mode.lower() in {'sum', 'mean'}: pass",
        "match mode:\n    case 'sum' | 'mean': pass",
        "self.f = {'sum': 1, 'mean': 2}[mode]",
        "self.mode = mode\nif self.mode in ['sum', 'mean']: pass",
    ],
)
def test_words_that_an_argument_is_tested_against(source: Callable[[str], str], body: str) -> None:
    inner = textwrap.indent(body, "        ")
    text = f"class A:\n    def __init__(self, mode, other):\n{inner}\n        if other == 1: pass\n"
    assert accepted_words(source(text), "A") == {"mode": ("sum", "mean")}


def test_words_of_the_docstring(source: Callable[[str], str]) -> None:
    text = """
    class A:
        '''Reduces.

        Args:
            mode: Either "sum" or 'mean'.
            other: Not "a word".
        '''
        def __init__(self, mode): self.mode = mode
        def call(self, x): return x if self.mode == "none" else -x
    """
    assert accepted_words(source(text), "A") == {"mode": ("none", "sum", "mean")}


def test_no_such_class(source: Callable[[str], str]) -> None:
    assert accepted_words(source("A = 1\n"), "A") == {}
