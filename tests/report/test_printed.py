"""What user code printed is told once, however often it was printed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from maskcheck.report.printed import fold_repeated

WARNING = "/elsewhere/mine.py:16: UserWarning: not so\n  warnings.warn('not so')\n"


def test_a_warning_is_told_once_with_a_count_and_its_source() -> None:
    assert fold_repeated(f"{WARNING}between\n{WARNING}") == [
        "/elsewhere/mine.py:16: UserWarning: not so   (2 times)",
        "  warnings.warn('not so')",
        "between",
    ]


def test_warnings_of_two_places_are_two() -> None:
    other = WARNING.replace(":16:", ":17:")
    assert fold_repeated(WARNING + other) == [*WARNING.splitlines(), *other.splitlines()]


def test_letters_of_any_script_stay_and_what_moves_the_cursor_does_not() -> None:
    assert fold_repeated("осторожно é 漢字\n\x1b[1m\u202e") == ["осторожно é 漢字", "\\x1b[1m\\u202e"]


@given(st.lists(st.sampled_from(["", "a", "  b", "f.py:1: W: m"]), min_size=1))
def test_no_line_is_lost(lines: list[str]) -> None:
    told = {line.partition("   (")[0] for line in fold_repeated("\n".join(lines))}
    assert {line for line in lines if line} <= told | {""}
