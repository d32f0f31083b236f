from __future__ import annotations

from collections.abc import Sequence

import pytest

from maskcheck.fixes.bench import _find_culprits


@pytest.mark.parametrize(
    ("guilty", "found"),
    [({"c"}, "c"), ({"a", "e"}, "ae"), ({"b", "c"}, "bc")],
)
def test_culprits_are_found_by_halves(guilty: set[str], found: str) -> None:
    asked: list[Sequence[str]] = []

    def makes_worse(suspects: Sequence[str]) -> bool:
        asked.append(suspects)
        return bool(guilty & {*suspects})

    assert "".join(_find_culprits([*"abcde"], makes_worse)) == found


def test_all_are_to_blame_where_none_is_alone() -> None:
    assert _find_culprits([*"abcd"], lambda suspects: {"a", "d"} <= {*suspects}) == [*"abcd"]
