"""Which method a line stands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.source.method_at import find_method_at

SOURCE = """\
def alone():
    pass


class Outer:
    size = 3

    @property
    def shape(self):
        return [n for n in
                range(self.size)]

    def make(self):
        class Inner:
            async def call(self):
                return lambda: 1
        return Inner
"""


@pytest.mark.parametrize(
    ("line", "method"),
    [
        (2, ""),
        (6, ""),
        (11, "Outer.shape"),
        (14, "Outer.make"),
        (16, "Inner.call"),
        (17, "Outer.make"),
        (99, ""),
    ],
)
def test_the_innermost_method_around_a_line(tmp_path: Path, line: int, method: str) -> None:
    file = tmp_path / "mine.py"
    file.write_text(SOURCE)
    assert find_method_at(str(file), line) == method


def test_a_file_that_cannot_be_read_has_no_methods(tmp_path: Path) -> None:
    assert find_method_at(str(tmp_path / "gone.py"), 1) == ""
