from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.errors import UsageError
from maskcheck.project.read import find_project, read_project


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder below another one; the working directory."""
    folder = tmp_path / "inside"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_the_nearest_with_the_table_is_found(inside: Path) -> None:
    (inside.parent / "pyproject.toml").write_text("[tool.maskcheck]\njobs = 1\n")
    (inside / "pyproject.toml").write_text('[project]\nname = "maskcheck"\n')
    found = find_project(".")
    assert found is not None
    assert (found.path, found.directory, found.table) == ("../pyproject.toml", "..", {"jobs": 1})
    (inside / "pyproject.toml").write_text("[tool.maskcheck]\n")
    nearer = find_project(".")
    assert nearer is not None
    assert (nearer.path, nearer.directory, nearer.table) == ("pyproject.toml", "", {})


def test_there_may_be_none(inside: Path) -> None:
    (inside / "pyproject.toml").mkdir()
    assert find_project(".") is None


def test_a_file_that_is_broken_is_an_error_only_if_it_speaks_of_maskcheck(inside: Path) -> None:
    file = inside / "pyproject.toml"
    for broken in (b"[tool\n", b"x = '\xff'\n"):
        file.write_bytes(broken)
        assert find_project(".") is None
    file.write_text("[tool.maskcheck]\njobs = = 1\n")
    with pytest.raises(UsageError) as caught:
        find_project(".")
    assert str(caught.value) == "pyproject.toml:2:8: this is not TOML: Invalid value"
    file.write_text("[tool.maskcheck]\njobs = [1\n")
    with pytest.raises(UsageError, match=r"pyproject.toml:3:1: this is not TOML: "):
        find_project(".")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"x = 1\n", "other.toml has no table [tool.maskcheck]"),
        (b"[tool]\nx = 1\nmaskcheck = 3\n", "other.toml:3:1: tool.maskcheck must be a table (write [tool."),
        (b"tool = 1\n", "other.toml has no table [tool.maskcheck]"),
        (b"[[tool.maskcheck]]\n", "other.toml:1:1: tool.maskcheck must be a table"),
        (b"x = 1\ny = '\xff'\n", "other.toml:2: this is not UTF-8"),
        (None, "cannot read other.toml: No such file or directory"),
    ],
)
def test_a_file_that_is_named_must_be_one(inside: Path, content: bytes | None, message: str) -> None:
    if content is not None:
        (inside / "other.toml").write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_project("other.toml")
    assert str(caught.value).startswith(message)
