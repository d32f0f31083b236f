"""No expression of the tables takes more than one walk through a text, whatever the text is made of."""

from __future__ import annotations

import re

import pytest

from maskcheck.error_texts.kinds import KINDS
from maskcheck.error_texts.read import cut_text, read_error
from maskcheck.error_texts.requests import REQUESTS
from maskcheck.error_texts.row import Row
from maskcheck.model.error import ErrorKind

# A wildcard without an end, behind words that a text may repeat as often as it likes.
_ENDLESS = re.compile(r"(?<!\\)\.\*(?!\?)\(|\]\*\[")


def test_of_a_long_text_both_ends_are_read() -> None:
    text = f"first{' middle' * 1_000_000} last"
    cut = cut_text(text)
    assert len(cut) < 21_000
    assert cut.startswith("first middle")
    assert cut.endswith("middle last")
    assert f"{len(text) - 20_000} letters left out" in cut
    assert cut_text("short") == "short"


def test_what_a_long_text_says_at_its_end_is_found() -> None:
    found = read_error("TypeError", f"{'x' * 20_000_000} got an unexpected keyword argument 'rate'")
    assert found.kind is ErrorKind.UNEXPECTED_ARGUMENT
    assert found.meanings[0].names == ("rate",)
    assert len(found.message) < 21_000
    assert len(found.sentence) < 21_000


def test_words_of_a_million_lines_are_few() -> None:
    found = read_error("ValueError", "a line\n" * 1_000_000, "why\n" * 1_000_000)
    assert {"a", "line", "letters", "left", "out"} <= found.words
    assert len(found.words) < 10
    assert len(found.cause) < 21_000


@pytest.mark.parametrize("row", [*KINDS, *REQUESTS], ids=lambda row: row.pattern[:40])
def test_patterns_begin_anew_only_where_a_word_begins(row: Row) -> None:  # type: ignore[type-arg]
    assert not _ENDLESS.search(row.pattern), row.pattern
    assert not _ENDLESS.search(row.given), row.given
