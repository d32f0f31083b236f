from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.specfile.read.find import find_spec


def test_directory_itself_comes_before_its_parents(tmp_path: Path) -> None:
    inner = tmp_path / "a"
    inner.mkdir()
    for directory in (tmp_path, inner):
        (directory / "maskcheck.yaml").touch()
    assert find_spec(str(inner)) == str(inner / "maskcheck.yaml")


def test_parents_are_searched_up_to_the_root(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "maskcheck.yaml").touch()
    assert find_spec(str(inner)) == str(tmp_path / "maskcheck.yaml")


def test_relative_directory_gives_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "a"
    inner.mkdir()
    (tmp_path / "maskcheck.yaml").touch()
    monkeypatch.chdir(tmp_path)
    assert find_spec(".") == "maskcheck.yaml"
    monkeypatch.chdir(inner)
    assert find_spec(".") == "../maskcheck.yaml"


def test_what_cannot_be_read_is_found_too(tmp_path: Path) -> None:
    (tmp_path / "maskcheck.yaml").symlink_to(tmp_path / "gone")
    assert find_spec(str(tmp_path)) == str(tmp_path / "maskcheck.yaml")


def test_none_where_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maskcheck.specfile.read.find.SPEC_NAME", "no-such-name.yaml")
    assert find_spec(str(tmp_path)) is None
