"""What user code printed is told once, however often it was printed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maskcheck.report.printed import fold_repeated


def fold(text: str) -> list[str]:
    return fold_repeated(text.splitlines(), str.upper)


WARNING = "mine.py:16: UserWarning: not so\n  warnings.warn('not so')\n"


def test_a_warning_is_told_once_with_a_count_and_its_source() -> None:
    assert fold(f"{WARNING}between\n{WARNING}") == [
        "MINE.PY:16: UserWarning: not so   (2 times)",
        "  warnings.warn('not so')",
        "between",
    ]


def test_warnings_of_two_places_are_two() -> None:
    other = WARNING.replace(":16:", ":17:")
    assert fold(WARNING + other) == [
        line.replace("mine.py", "MINE.PY") for line in (WARNING + other).splitlines()
    ]


@given(st.lists(st.sampled_from(["", "a", "  b", "F.PY:1: W: m"]), min_size=1))
def test_no_line_is_lost(lines: list[str]) -> None:
    told = {line.partition("   (")[0] for line in fold("\n".join(lines))}
    assert {line for line in lines if line} <= told | {""}


def test_lines_that_differ_in_numbers_alone_count_as_one_where_they_are_several() -> None:
    lines = [*(f"12:00:0{n} built with {n / 4}" for n in range(4)), "[[0.5 1]]", "[[-2.5 3]]", "done"]
    assert fold_repeated(lines, str, alike=True) == [
        "12:00:00 built with 0.0   (4 times, with other numbers)",
        "[[0.5 1]]",
        "[[-2.5 3]]",
        "done",
    ]
    assert fold_repeated(lines, str) == lines
