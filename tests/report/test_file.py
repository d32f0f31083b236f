from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from maskcheck.report.base import Look
from maskcheck.report.file import FileReport, write_atomically
from tests.report.samples import GOOD, events


def test_written_at_the_end_only(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    report = FileReport("text", str(path), Look())
    *before, last = events(GOOD, code=0)
    for event in before:
        report.handle(event)
    assert list(tmp_path.iterdir()) == []
    report.handle(last)
    report.close()
    assert path.read_text(encoding="utf-8").startswith("maskcheck 0.1.0 · ")
    assert list(tmp_path.iterdir()) == [path]


def test_failure_leaves_the_old_file_and_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.txt"
    path.write_text("old")

    def fails(source: object, target: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(os, "replace", fails)
    with pytest.raises(OSError, match="no"):
        write_atomically(str(path), "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_permissions_are_those_of_a_plain_write(tmp_path: Path) -> None:
    plain, ours, old = tmp_path / "plain", tmp_path / "ours", tmp_path / "old"
    plain.write_text("")
    write_atomically(str(ours), "")
    assert ours.stat().st_mode == plain.stat().st_mode
    old.write_text("")
    old.chmod(0o640)
    write_atomically(str(old), "")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    write_atomically(str(link), "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    write_atomically(str(pipe), "text")
    reader.join()
    assert read == ["text"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_text_that_no_encoding_has(tmp_path: Path) -> None:
    path = tmp_path / "r"
    write_atomically(str(path), "\ud800é")
    assert path.read_text(encoding="utf-8") == "\\ud800é"
