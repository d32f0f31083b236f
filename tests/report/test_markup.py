"""User text in Markdown, read by a parser of Markdown."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from maskcheck.report.markup import escape_prose, format_code, format_code_block, format_html
from maskcheck.report.terminal.escape import escape_lines, escape_text
from tests.report.hostile import TEXTS

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = TEXTS | st.text(st.sampled_from("\\`*_[]()<>&|~$@#!:;-+=1 a\n"), max_size=12)


def cell(text: str) -> list[Token]:
    """The tokens of the one cell in the one row of a table that holds the text between two letters."""
    tokens = PARSER.parse(f"| a |\n| --- |\n| x{text}x |\n")
    head, found = (token.children or [] for token in tokens if token.type == "inline")
    assert [token.content for token in head] == ["a"]
    return found


def shown(tokens: list[Token]) -> str:
    return "".join(token.content for token in tokens if token.type != "html_inline")


@given(SIGNS)
def test_prose_is_nothing_but_text(text: str) -> None:
    tokens = cell(escape_prose(text))
    assert {token.type for token in tokens} == {"text"}
    assert shown(tokens) == f"x{escape_text(text)}x".replace("@", "@\u200b")


@given(SIGNS)
def test_code_is_one_piece_of_code(text: str) -> None:
    tokens = cell(format_code(text))
    assert {token.type for token in tokens} <= {"text", "code_inline", "html_inline"}
    tags = [token.content for token in tokens if token.type == "html_inline"]
    assert tags in ([], ["<code>", "</code>"])
    assert shown(tokens) == f"x{escape_text(text)}x"


@given(SIGNS)
def test_html_has_no_sign_that_could_end_it(text: str) -> None:
    body = format_html(text).removeprefix("<code>").removesuffix("</code>")
    assert not re.search(r"[^\w&#;]", re.sub(r"[^\x00-\x7f]", "", body))


@given(SIGNS)
def test_fence_holds_all_lines(text: str) -> None:
    first, *more = PARSER.parse(format_code_block(text, "python") + "\nafter")
    assert (first.type, first.info) == ("fence", "python")
    assert first.content == "\n".join(escape_lines(text)) + "\n"
    assert [token.content for token in more if token.content] == ["after"]


def test_words_stay_readable() -> None:
    assert (
        escape_prose("mask_shape of __init__ is (3, 3)") == "mask_shape of &#95;&#95;init&#95;&#95; is (3, 3)"
    )
    assert (format_code("a_b[0]"), format_code("a|b"), format_code("")) == (
        "`a_b[0]`",
        "<code>a&#124;b</code>",
        "<code></code>",
    )
