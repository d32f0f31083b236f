"""What given cases changed outside the program is told with ``-v``."""

from __future__ import annotations

from dataclasses import replace

from tests.report.samples import GOOD
from tests.report.writing import written

LAYER = replace(GOOD, touched=("wrote out/log.txt", "removed a\x1b[2Jb"))


def test_what_was_touched_is_told_with_verbose_only() -> None:
    assert "touched   wrote out/log.txt, removed a" in written("text", LAYER, verbosity=1)
    assert "touched" not in written("text", LAYER)


def test_names_of_files_cannot_write_to_the_terminal() -> None:
    assert "\x1b" not in written("text", LAYER, verbosity=1)
