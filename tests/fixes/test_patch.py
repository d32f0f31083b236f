from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from maskcheck.fixes.git import find_repository
from maskcheck.fixes.patch import write_diff, write_patch


def test_diff_names_the_file() -> None:
    assert (
        write_diff(b"a\nb\n", b"a\nc\n", "m.py") == b"--- a/m.py\n+++ b/m.py\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n"
    )


def test_equal_contents_have_no_diff() -> None:
    assert write_diff(b"a\n", b"a\n", "m.py") == b""
    assert write_patch({"/p/m.py": b"a\n"}, {"/p/m.py": b"a\n"}, "/p") == b""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"a\nb\n", b"a\nc\n"),
        (b"a\r\nb\r\n", b"a\r\nc\r\n"),
        (b"a\nb", b"a\nc"),
        (b"a\nb", b"a\nb\n"),
        (b"a = '\xe9'\x0c\nb\n", b"a = '\xe9'\x0c\nc\n"),
        (b"", b"a\n"),
    ],
)
def test_git_applies_the_patch(tmp_path: Path, before: bytes, after: bytes) -> None:
    folder = tmp_path / "folder"
    file = folder / "m.py"
    file.parent.mkdir(parents=True)
    file.write_bytes(before)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    patch = write_patch({str(file): before}, {str(file): after}, find_repository(str(folder)))
    command = ["git", "apply", "--whitespace=nowarn", "-"]
    done = subprocess.run(command, cwd=folder, input=patch, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert file.read_bytes() == after
