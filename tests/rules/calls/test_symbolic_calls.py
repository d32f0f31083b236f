"""MC409: what a layer raises on symbolic inputs, and what is no word about them."""

from __future__ import annotations

import pytest

from maskcheck.error_texts.read import read_error
from tests.judging.judging import found, one
from tests.rules.evidence import evidence


def test_the_line_that_raises_is_told() -> None:
    error = read_error("TypeError", "no number", file="pkg/help.py", line=7, function="mean")
    finding = one("MC409", evidence(untraceable=error))
    assert (finding.file, finding.line) == ("pkg/help.py", 7)
    assert finding.message.endswith("so no functional model can hold it: TypeError: no number")


@pytest.mark.parametrize(
    ("kind", "function"),
    [("ImportError", "call"), ("ModuleNotFoundError", "call"), ("RuntimeError", "__hash__")],
)
def test_what_has_another_reason_is_not_told(kind: str, function: str) -> None:
    assert found("MC409", evidence(untraceable=read_error(kind, "no", function=function))) == ()
