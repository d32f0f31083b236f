"""A scan says what it does before there is anything to report, and takes that away again."""

from __future__ import annotations

import io

import pytest

from maskcheck.report.terminal.waiting import WaitingLine
from tests.cli.fakes import STARTED


@pytest.mark.parametrize("ends", ["event", "close"])
def test_the_first_words_go_away(ends: str) -> None:
    stream = io.StringIO()
    line = WaitingLine(stream, 80)
    assert stream.getvalue().startswith("importing TensorFlow")
    first = stream.getvalue()
    if ends == "event":
        line.handle(STARTED)
    line.close()
    line.close()
    assert stream.getvalue() == f"{first}\r\x1b[K"


def test_the_first_words_stay_in_one_row() -> None:
    stream = io.StringIO()
    WaitingLine(stream, 24)
    assert stream.getvalue() == "importing TensorFlow an"
