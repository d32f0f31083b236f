from __future__ import annotations

import pytest

from maskcheck.reproduction.reproduce import is_same_error
from tests.reproduction.requests import make_finding


@pytest.mark.parametrize(
    ("rule", "message", "said", "expected"),
    [
        ("MC602", "it does not load: ValueError: no", "the way back raises ValueError: no", True),
        ("MC602", "it does not load: ValueError: no", "the way back raises TypeError: what", False),
        ("MC103", "factor is not in the config", "the way back raises TypeError: factor", True),
        ("MC302", "shift did not come back", "the way back raises TypeError: factor", False),
    ],
)
def test_error_is_the_one_of_the_finding(rule: str, message: str, said: str, expected: bool) -> None:
    assert is_same_error(make_finding(rule, message=message), "the way back", said) == expected


def test_comparison_has_no_error() -> None:
    assert is_same_error(make_finding("MC201", message="TypeError"), "", "mean was 1 and comes back as 2")
