"""MC409: what a layer raises on symbolic inputs, and what is no word about them."""

from __future__ import annotations

import pytest

from maskcheck.error_texts.read import read_error
from tests.judging.judging import found, one
from tests.rules.evidence import evidence

NO_VALUE = "Using a symbolic `tf.Tensor` as a Python `bool` is not allowed"


def test_the_line_that_raises_is_told() -> None:
    error = read_error(
        "OperatorNotAllowedInGraphError", NO_VALUE, file="pkg/help.py", line=7, function="mean"
    )
    finding = one("MC409", evidence(untraceable=error))
    assert (finding.file, finding.line) == ("pkg/help.py", 7)
    assert finding.message.endswith(f"can hold it: OperatorNotAllowedInGraphError: {NO_VALUE}")


@pytest.mark.parametrize(
    ("kind", "words"),
    [("ImportError", "install text"), ("ValueError", "sizes do not fit"), ("RuntimeError", "")],
)
def test_what_has_another_reason_is_not_told(kind: str, words: str) -> None:
    assert found("MC409", evidence(untraceable=read_error(kind, words))) == ()
