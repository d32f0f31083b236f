"""What user code touches outside is noted and, where that is asked for, forbidden."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
import tensorflow as tf

from maskcheck.lab.process.audit import Forbidden, in_step, listening, unwatched, watched
from maskcheck.lab.process.workplace import invent_values, work_in
from maskcheck.model.touch import Touch, tell_changes


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the temporary directory be another one than that of the tests."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's directory, in which the process is."""
    found = tmp_path / "home"
    (found / "folder").mkdir(parents=True)
    (found / "file.txt").write_text("precious", encoding="utf-8")
    monkeypatch.chdir(found)
    return found


@tf.function(autograph=False)  # type: ignore[misc]
def _write_in_graph(path: str) -> None:
    tf.io.write_file(path, "x")


WAYS: dict[str, Callable[[Path], Any]] = {
    "open": lambda home: open(home / "new", "w").close(),
    "open to add": lambda home: open("file.txt", "a").close(),
    "os.open": lambda home: os.close(os.open("new", os.O_WRONLY | os.O_CREAT)),
    "write_text": lambda home: (home / "new").write_text("x"),
    "remove": lambda home: os.remove("file.txt"),
    "unlink": lambda home: (home / "file.txt").unlink(),
    "rmtree": lambda home: shutil.rmtree("folder"),
    "rmdir": lambda home: os.rmdir("folder"),
    "rename": lambda home: os.rename("file.txt", "other"),
    "move": lambda home: shutil.move(home / "file.txt", home / "other"),
    "copy": lambda home: shutil.copy("file.txt", "other"),
    "link": lambda home: os.link("file.txt", "other"),
    "symlink": lambda home: os.symlink("file.txt", "other"),
    "mkdir": lambda home: os.makedirs("a/b"),
    "chmod": lambda home: os.chmod("file.txt", 0o600),
    "utime": lambda home: os.utime("file.txt"),
    "truncate": lambda home: os.truncate("file.txt", 0),
    "from an open folder": lambda home: os.mkdir("new", dir_fd=os.open(home, os.O_RDONLY)),
    "temporary file": lambda home: tempfile.NamedTemporaryFile(dir=home),  # noqa: SIM115
    "array": lambda home: np.save("array.npy", np.ones(2)),
    "database": lambda home: sqlite3.connect("base.db"),
    "archive": lambda home: zipfile.ZipFile("x.zip", "w"),
    "log": lambda home: logging.FileHandler("x.log"),
    "hdf5": lambda home: h5py.File("x.h5", "w"),
    "tensorflow's files": lambda home: tf.io.gfile.makedirs("new"),
    "tensorflow's removal": lambda home: tf.io.gfile.rmtree("folder"),
    "tensorflow's copy": lambda home: tf.io.gfile.copy("file.txt", "other"),
    "op of tensorflow": lambda home: tf.io.write_file("new", "x"),
    "graph of tensorflow": lambda home: _write_in_graph(str(home / "new")),
    "summary": lambda home: tf.summary.create_file_writer("logs"),
    "storage of another machine": lambda home: tf.io.gfile.GFile("gs://no-such-bucket/x", "w").write("x"),
    "run": lambda home: subprocess.run(["touch", "new"], check=True),
    "system": lambda home: os.system("touch new"),
    "connect": lambda home: socket.create_connection(("127.0.0.1", 9)),
    "bind": lambda home: socket.socket().bind(("127.0.0.1", 0)),
    "signal": lambda home: os.kill(os.getppid(), 0),
    "descriptor": lambda home: open(1, "w", closefd=False).close(),
}


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_touched_with_invented_values(way: str, home: Path, tmp_path: Path) -> None:
    before = {path: path.lstat().st_mtime_ns for path in sorted(home.rglob("*"))}
    with watched(str(home), str(tmp_path / "scratch"), forbid=True) as watch, pytest.raises(Forbidden):
        WAYS[way](home)
    assert {path: path.lstat().st_mtime_ns for path in sorted(home.rglob("*"))} == before
    assert [touch.file for touch in watch.refused][-1:] == [__file__]


def test_scratch_and_temporary_files_are_free(home: Path, tmp_path: Path) -> None:
    with invent_values(str(tmp_path / "scratch")) as watch:
        Path("new").write_text("x", encoding="utf-8")
        with tempfile.TemporaryFile() as file:
            file.write(b"x")
        number, path = tempfile.mkstemp()
        os.fdopen(number, "w").close()
        os.remove(path)
        os.makedirs("a/b")
        shutil.rmtree("a")
        with open(os.devnull, "w", encoding="utf-8") as nowhere:
            nowhere.write("x")
    assert [touch for touch in watch.touches if not touch.missing] == []
    assert Path.cwd() == home
    assert sorted(path.name for path in home.iterdir()) == ["file.txt", "folder"]


def test_the_search_path_and_the_directory_are_put_back(home: Path, tmp_path: Path) -> None:
    sys.path.insert(0, "")
    try:
        with work_in(str(tmp_path)):
            assert sys.path[0] == str(home)
            os.chdir("/")
        assert sys.path[0] == ""
    finally:
        sys.path.remove("")
    assert Path.cwd() == home


def test_what_a_given_case_does_is_told(home: Path) -> None:
    with watched(str(home)) as watch:
        Path("new").write_text("x", encoding="utf-8")
        os.remove("new")
        os.makedirs("folder", exist_ok=True)
        with in_step("load"):
            Path("file.txt").read_text(encoding="utf-8")
    assert tell_changes(watch.touches) == ("wrote new", "removed new")
    (read,) = (touch for touch in watch.touches if touch.act == "read")
    assert (read.name, read.relative, read.missing, read.step) == ("file.txt", True, False, "load")
    assert read.file == __file__


def test_only_data_is_read(home: Path) -> None:
    with watched(str(home)) as watch:
        Path(__file__).read_text(encoding="utf-8")
        Path(np.__file__).with_name("version.py").read_text(encoding="utf-8")
        os.listdir(home)
        Path("/proc/self/status").read_text(encoding="utf-8")
        tf.io.read_file(str(home / "file.txt"))
    assert [touch.present for touch in watch.touches] == ["reads file.txt"]


def test_a_file_that_is_not_there_is_noted(home: Path) -> None:
    with watched(str(home)) as watch, pytest.raises(FileNotFoundError):
        Path("no.txt").read_text(encoding="utf-8")
    assert [(touch.name, touch.missing) for touch in watch.touches] == [("no.txt", True)]


def test_inside_a_watch_another_may_listen(home: Path) -> None:
    with watched(str(home), forbid=True) as watch:
        with listening() as heard, pytest.raises(Forbidden):
            Path("new").write_text("x", encoding="utf-8")
        with unwatched():
            Path("file.txt").write_text("y", encoding="utf-8")
    assert [touch.present for touch in heard.touches] == [touch.present for touch in watch.refused]


def test_without_a_watch_there_is_nothing_to_hear() -> None:
    with listening() as heard:
        Path(__file__).read_text(encoding="utf-8")
    assert heard.touches == ()


def test_many_changes_are_counted() -> None:
    touches = [Touch("write", f"{number}.txt") for number in range(12)]
    assert tell_changes(touches)[-2:] == ("wrote 9.txt", "and 2 more")
