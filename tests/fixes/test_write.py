from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from maskcheck.errors import UsageError
from maskcheck.fixes.write import check_files, list_changed, write_files

GIT = ["git", "-c", "user.name=a", "-c", "user.email=a@b"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "m.py"
    file.write_bytes(b"a = 1\n")
    return file


def contents(file: Path, data: bytes) -> dict[str, bytes]:
    return {str(file): data}


def commit(folder: Path) -> None:
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"]):
        subprocess.run([*GIT, *words], cwd=folder, check=True)


def test_changed_file_is_written(file: Path) -> None:
    file.chmod(0o750)
    before, after = contents(file, b"a = 1\n"), contents(file, b"a = 2\r\n")
    check_files(before, after, force=False)
    assert write_files(before, after) == (str(file),)
    assert file.read_bytes() == b"a = 2\r\n"
    assert file.stat().st_mode & 0o777 == 0o750
    assert os.listdir(file.parent) == ["m.py"]


def test_unchanged_file_is_not_touched(file: Path) -> None:
    before = contents(file, b"a = 1\n")
    changed = file.stat().st_mtime_ns
    assert write_files(before, before) == () == list_changed(before, before)
    assert file.stat().st_mtime_ns == changed


def test_file_that_changed_meanwhile_is_refused(file: Path) -> None:
    with pytest.raises(UsageError, match="changed while its layers were checked"):
        check_files(contents(file, b"a = 0\n"), contents(file, b"a = 2\n"), force=True)


def test_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "gone.py"
    with pytest.raises(UsageError, match=r"gone\.py cannot be written: No such file"):
        check_files(contents(file, b"a = 1\n"), contents(file, b"a = 2\n"), force=True)


def test_changes_that_git_does_not_have_are_refused(file: Path) -> None:
    commit(file.parent)
    file.write_bytes(b"a = 3\n")
    before, after = contents(file, b"a = 3\n"), contents(file, b"a = 2\n")
    with pytest.raises(UsageError, match="has changes that git does not have") as error:
        check_files(before, after, force=False)
    assert "--force" in error.value.hint
    check_files(before, after, force=True)


def test_committed_file_is_accepted(file: Path) -> None:
    commit(file.parent)
    check_files(contents(file, b"a = 1\n"), contents(file, b"a = 2\n"), force=False)


def test_file_of_a_link_is_written(file: Path) -> None:
    link = file.parent / "link.py"
    link.symlink_to(file)
    write_files(contents(link, b"a = 1\n"), contents(link, b"a = 2\n"))
    assert link.is_symlink()
    assert file.read_bytes() == b"a = 2\n"
