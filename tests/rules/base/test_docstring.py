from __future__ import annotations

import pytest

from maskcheck.rules.base.docstring import Block, Section, sections, summary

EXPECTED = [
    Section("What it finds", (Block(False, ("One thing,", "or another.")),)),
    Section("Bad", (Block(True, ("x = 1", "", "# Good", "y = 2")),)),
    Section("Fix", (Block(False, ("Write:",)), Block(True, ("y = 2",)))),
]
PLAIN = """What it is.

    What it finds
        One thing,
        or another.

    Bad
        ```python
        x = 1

        # Good
        y = 2
        ```

    Fix
        Write:

            y = 2
"""
MARKED = """What it is.

    ## What it finds

    One thing,
    or another.

    ## Bad

    ```
    x = 1

    # Good
    y = 2
    ```

    ## Fix

    Write:

        y = 2
"""
UNDERLINED = MARKED.replace("## What it finds", "What it finds\n    -------------").replace(
    "## Fix", "**Fix:**"
)


@pytest.mark.parametrize("text", [PLAIN, MARKED, UNDERLINED])
def test_three_ways_to_write_the_same(text: str) -> None:
    assert summary(text) == "What it is."
    assert list(sections(text)) == EXPECTED


def test_examples_need_no_fence() -> None:
    assert list(sections("S.\n\nGood\n    a = 1\n\n    b = 2\n")) == [
        Section("Good", (Block(True, ("a = 1",)), Block(True, ("b = 2",))))
    ]


def test_text_before_the_first_heading() -> None:
    assert list(sections("S.\n\nMore of it.\n")) == [Section("", (Block(False, ("More of it.",)),))]


def test_only_a_summary() -> None:
    assert list(sections("S.")) == []
