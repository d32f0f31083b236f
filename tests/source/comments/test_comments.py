"""Which class a comment is about."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from maskcheck.source.comments.comments import read_comments


def owners(text: str) -> dict[str, str]:
    text = dedent(text)
    return {
        remark.text.strip("# "): remark.owner.name if remark.owner else ""
        for remark in read_comments(text, ast.parse(text))
    }


def test_on_above_and_inside() -> None:
    assert owners(
        """
        # first above
        # second above
        @register  # beside the decorator
        # below the decorator
        class A(Base):  # on the line
            # at the start
            x = [
                1,  # in a value
            ]

            # between
            def call(self):
                return 1
                # at the end of the method
            # at the end
        """
    ) == dict.fromkeys(
        [
            "first above",
            "second above",
            "beside the decorator",
            "below the decorator",
            "on the line",
            "at the start",
            "in a value",
            "between",
            "at the end of the method",
            "at the end",
        ],
        "A",
    )


def test_of_nested_classes_the_innermost() -> None:
    assert owners(
        """
        class A:
            x = 1
            # above the inner

            # right above the inner
            class B:  # on the inner
                y = 1
                # end of the inner
            # end of the outer

        def make():
            class C:
                pass  # in a function
            return C
        """
    ) == {
        "above the inner": "A",
        "right above the inner": "A.B",
        "on the inner": "A.B",
        "end of the inner": "A.B",
        "end of the outer": "A",
        "in a function": "make.C",
    }


@pytest.mark.parametrize(
    "text",
    [
        "# alone\n\nclass A:\n    pass\n",
        "class A:\n    pass\n# alone\n",
        "class A:\n    pass\n# alone\n\nx = 1\n",
        "x = 1  # alone\n",
        "    # alone\nclass A:\n    pass\n",
        "# alone",
    ],
)
def test_comments_about_no_class(text: str) -> None:
    assert owners(text) == {"alone": ""}


def test_texts_are_no_comments() -> None:
    assert owners('class A:\n    "# not one"\n') == {}
