"""Where keys are written, in all the ways in which TOML lets them be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maskcheck.project.lines import Path, key_lines, line_of
from maskcheck.project.toml import loads

TABLE = ("tool", "maskcheck")


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("[tool.maskcheck]\njobs = 1\n", "jobs", 2),
        ("[tool.maskcheck]\n# jobs = 2\n\n  jobs = 1\n", "jobs", 4),
        ("[tool]\nother = 1\nmaskcheck.jobs = 1\n", "jobs", 3),
        ("tool.maskcheck.only = []\ntool.maskcheck.jobs = 1\n", "jobs", 2),
        ("[tool]\n\nmaskcheck = {only = ['jobs'], jobs = 1}\n", "jobs", 3),
        ('[ tool . "maskcheck" ]\n"jobs"=1\n', "jobs", 2),
        ('[tool.maskcheck]\nonly = []\n"j\\u006Fbs" = 1\n', "jobs", 3),
        ("[tool.maskcheck]\r\nonly = []\r\njobs = 1\r\n", "jobs", 3),
        ('[a]\nx = """\n[tool.maskcheck]\njobs = 1"""\n[tool.maskcheck]\njobs = 2', "jobs", 6),
        ("[tool.maskcheck]\nonly = [  # jobs = 1\n 'a',\n 'b',\n]\njobs = 1", "jobs", 6),
        ("[tool.maskcheck]\nx = '\x85\u2028'\njobs = 1", "jobs", 3),
        ("[tool.maskcheck]\nonly = [\n 'a',\n 'b',\n]\n", "only", 2),
    ],
)
def test_line_of_a_key(text: str, key: str, line: int) -> None:
    assert key in loads(text)["tool"]["maskcheck"]
    assert line_of(text, (*TABLE, key)) == line


OVERRIDES = """\
[[tool.maskcheck.overrides]]
layers = ["a"]
[[tool.other]]
timeout = 0
[[tool.maskcheck.overrides]]
layers = ["b"]

timeout = 1
"""
INLINE = """\
[tool.maskcheck]
overrides = [
    {layers = ["a"]},
    {layers = ["b"], timeout = 1},
]
"""


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        (OVERRIDES, ("overrides", 0), 1),
        (OVERRIDES, ("overrides", 0, "layers"), 2),
        (OVERRIDES, ("overrides", 1), 5),
        (OVERRIDES, ("overrides", 1, "timeout"), 8),
        (INLINE, ("overrides", 1, "timeout"), 2),
    ],
)
def test_tables_of_an_array_are_counted(text: str, path: Path, line: int) -> None:
    assert line_of(text, (*TABLE, *path)) == line


def test_what_is_not_written_is_looked_for_in_the_table_around_it() -> None:
    assert line_of("\n[tool.maskcheck]\n", (*TABLE, "jobs")) == 2
    assert line_of("jobs = 1", TABLE) is None


@given(st.lists(st.sampled_from([*OVERRIDES.splitlines(), *INLINE.splitlines(), "[tool]", "a.b = 1", ""])))
def test_every_key_of_a_valid_document_has_a_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        document = loads(text)
    except ValueError:
        return
    found = key_lines(text)
    assert {path for path in found if len(path) == 1} == {(key,) for key in document}
    assert all(1 <= line <= len(lines) for line in found.values())
