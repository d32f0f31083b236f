"""What is no source text is left out of folders, and refused where it is named."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from maskcheck.engine.unmatched import find_unknown_entries
from maskcheck.errors import UsageError
from maskcheck.model.case import LayerSpec, Mark
from maskcheck.model.error import ErrorInfo
from maskcheck.source.modules.discovery import discover
from maskcheck.source.regular import find_obstacle, list_left_out
from maskcheck.source.syntax_tree import read_tree

Make = Callable[[Path], None]
LAYER = """import keras


class Steady(keras.layers.Layer):
    def call(self, inputs):
        return inputs
"""


def _bind(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.relpath(path))


def _make_huge(path: Path) -> None:
    huge = path.with_suffix(".bin")
    with huge.open("wb") as file:
        file.truncate(10**12)
    path.symlink_to(huge)


ATTACKS: dict[str, tuple[Make, str]] = {
    "a pipe": (os.mkfifo, "no regular file"),
    "a socket": (_bind, "no regular file"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "no regular file"),
    "a link to itself": (lambda path: path.symlink_to(path), "a link that leads to itself"),
    "a huge file": (_make_huge, "1000000 MB are more than any source text has"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "steady.py").write_text(LAYER)
    return tmp_path


@pytest.mark.parametrize("attack", ATTACKS)
class TestNoSource:
    def test_it_is_left_out_of_its_folder(self, folder: Path, attack: str) -> None:
        make, why = ATTACKS[attack]
        make(folder / "x.py")
        (world,) = discover((str(folder),), str(folder))
        assert [module.name for module in world.modules] == ["steady"]
        assert list_left_out(str(folder)) == [f"left out: {folder}/x.py ({why})"]

    def test_it_is_left_out_of_its_package(self, folder: Path, attack: str) -> None:
        (folder / "__init__.py").touch()
        ATTACKS[attack][0](folder / "x.py")
        (world,) = discover((str(folder),), str(folder.parent))
        assert [module.name.rpartition(".")[2] for module in world.modules] == [folder.name, "steady"]

    @pytest.mark.parametrize("target", ["x.py", "x.py:Steady", "x"])
    def test_named_as_a_target_it_is_refused(self, folder: Path, attack: str, target: str) -> None:
        make, why = ATTACKS[attack]
        make(folder / "x.py")
        with pytest.raises(UsageError, match=why):
            discover((target,), str(folder))

    def test_it_is_never_opened(self, folder: Path, attack: str) -> None:
        make, why = ATTACKS[attack]
        make(folder / "x.py")
        found = read_tree(str(folder / "x.py"))
        assert isinstance(found, ErrorInfo)
        assert why in found.message
        entry = LayerSpec("Lost", Mark("maskcheck.yaml", 1), ())
        assert find_unknown_entries([entry], str(folder)) == [entry]


def test_what_can_be_read_or_is_missing_is_no_obstacle(folder: Path) -> None:
    assert find_obstacle(str(folder / "steady.py")) == ""
    assert find_obstacle(str(folder / "missing.py")) == ""
    assert find_obstacle("a\0b.py") == ""
    assert list_left_out(str(folder)) == []
