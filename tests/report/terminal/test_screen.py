from __future__ import annotations

import io
import os
import pty
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from maskcheck.report.terminal.glyphs import ASCII, UNICODE, glyphs_for
from maskcheck.report.terminal.lines import Line
from maskcheck.report.terminal.screen import Screen
from maskcheck.report.terminal.stream import is_live, wants_color
from tests.report.streams import Terminal

LINUX = {"TERM": "xterm"}


@pytest.mark.parametrize(
    ("mode", "terminal", "environ", "expected"),
    [
        ("auto", True, LINUX, True),
        ("auto", False, LINUX, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {}, False),
        ("auto", True, {**LINUX, "NO_COLOR": "1"}, False),
        ("auto", True, {**LINUX, "NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": ""}, False),
        ("auto", True, {**LINUX, "NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {**LINUX, "FORCE_COLOR": "1"}, False),
    ],
)
def test_colors(mode: str, terminal: bool, environ: dict[str, str], expected: bool) -> None:
    stream = Terminal() if terminal else io.StringIO()
    assert wants_color(mode, stream, environ) is expected
    screen = Screen(stream, color=mode, environ=environ)
    screen.write([Line(Text("word", "red"))])
    assert stream.getvalue() == ("\x1b[31mword\x1b[0m\n" if expected else "word\n")


def test_lines_are_rewritten_on_terminals_only() -> None:
    assert is_live(Terminal(), LINUX)
    assert not is_live(Terminal(), {"TERM": "dumb"})
    assert not is_live(io.StringIO(), LINUX)


def test_width_is_the_terminals(tmp_path: Path) -> None:
    outer, inner = pty.openpty()
    try:
        with open(inner, "w", closefd=False) as stream:
            import fcntl
            import struct
            import termios

            fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 57, 0, 0))
            assert Screen(stream, environ=LINUX).page.width == 57
            assert Screen(stream, environ={**LINUX, "COLUMNS": "99"}).page.width == 99
    finally:
        os.close(outer)
        os.close(inner)
    assert Screen(Terminal(), environ=LINUX).page.width == 80
    assert Screen(Terminal(), environ={**LINUX, "COLUMNS": "0"}).page.width == 80
    assert Screen(Terminal(), environ={**LINUX, "COLUMNS": "1"}).page.width == 20
    assert Screen(io.StringIO(), environ={"COLUMNS": "40"}).page.width is None


def test_long_lines_hang_on_a_terminal_and_stay_whole_elsewhere() -> None:
    line = Line(Text("one two three four five six seven eight nine ten"), 2, hang=3)
    terminal, file = Terminal(), io.StringIO()
    Screen(terminal, environ={"COLUMNS": "24"}).write([line])
    Screen(file, environ={}).write([line])
    assert terminal.getvalue() == "  one two three four\n     five six seven\n     eight nine ten\n"
    assert file.getvalue() == "  one two three four five six seven eight nine ten\n"


def test_a_report_is_wrapped_everywhere_and_never_wider() -> None:
    for stream, columns, width in (
        (Terminal(), "200", 80),
        (io.StringIO(), "", 80),
        (io.StringIO(), "60", 60),
    ):
        assert Screen(stream, widest=80, environ={"COLUMNS": columns}).page.width == width


def rows(line: Line, columns: int = 24) -> list[str]:
    file = io.StringIO()
    Screen(file, widest=columns, environ={}).write([line])
    return file.getvalue().splitlines()


def test_parts_are_kept_together_as_long_as_there_is_room() -> None:
    parts = Line(Text("on config, keras   given (3, 3)   came back (1, 1)"), 2, gap="   ")
    assert rows(parts, 60) == ["  on config, keras   given (3, 3)   came back (1, 1)"]
    assert rows(parts, 40) == ["  on config, keras   given (3, 3)", "    came back (1, 1)"]
    long = Line(Text("short   one that is too long for one row   end"), gap="   ")
    assert rows(long) == ["short", "  one that is too long", "  for one row   end"]
    assert rows(Line(Text("1 layer · 9 checks · 4.2 s"), gap=" · "), 20) == [
        "1 layer · 9 checks ·",
        "  4.2 s",
    ]


def test_a_path_is_never_broken_and_words_are() -> None:
    path = "/a/long/path/to/some/module.py:16"
    heading = Line(Text(f"✗ Name  {path}"), gap="  ")
    assert rows(heading) == ["✗ Name", f"  {path}"]
    assert rows(Line(Text(f"see   {path}   words that follow"), gap="   ")) == [
        "see",
        f"  {path}",
        "  words that follow",
    ]
    assert rows(Line(Text("x" * 30))) == ["x" * 22, "  " + "x" * 8]


def test_text_to_copy_is_never_broken() -> None:
    assert rows(Line(Text("return {**super().get_config(), 1: 2}"), 2, gap="")) == [
        "  return {**super().get_config(), 1: 2}"
    ]


@given(
    st.lists(st.text("ab漢é", max_size=30), min_size=1).map(" ".join),
    st.sampled_from([" ", "  ", "   ", " · "]),
    st.integers(20, 90),
    st.integers(0, 6),
)
def test_every_row_fits_and_nothing_is_lost(text: str, gap: str, columns: int, indent: int) -> None:
    told = rows(Line(Text(text), indent, gap=gap), columns)
    # What stands alone between two gaps may be a path, and stays whole.
    alone = {part for part in text.split(gap) if gap != " " and " " not in part}
    assert all(cell_len(row) <= columns or row.strip().removesuffix(" ·") in alone for row in told)
    assert "".join("".join(told).split()) == "".join(text.split())


def test_markup_is_text() -> None:
    stream = io.StringIO()
    Screen(stream, color="always", environ={}).write([Line(Text("[bold]x[/bold] :smile: [/]"))])
    assert stream.getvalue() == "[bold]x[/bold] :smile: [/]\n"


@pytest.mark.parametrize(
    ("encoding", "glyphs"),
    [("utf-8", UNICODE), (None, UNICODE), ("ascii", ASCII), ("latin-1", ASCII), ("nonsense", ASCII)],
)
def test_marks_that_the_encoding_has(encoding: str | None, glyphs: object) -> None:
    assert glyphs_for(encoding) is glyphs


def test_broken_pipe_is_an_error_of_ours_to_handle() -> None:
    class Left(io.StringIO):
        def write(self, text: str, /) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        Screen(Left(), environ={}).write([Line(Text("word"))])
