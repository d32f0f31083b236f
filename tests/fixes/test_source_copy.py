from __future__ import annotations

import os
from pathlib import Path

import pytest

from maskcheck.fixes.source_copy import copy_targets, find_tree
from maskcheck.source.modules.discovery import discover

LAYER = "import keras\nfrom .helper import x\n\n\nclass A(keras.layers.Layer):\n    pass\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "pkg" / "inner").mkdir(parents=True)
    (folder / "pkg" / "__init__.py").write_text("")
    (folder / "pkg" / "helper.py").write_text("x = 1\n")
    (folder / "pkg" / "layers.py").write_text(LAYER)
    (folder / "pkg" / "inner" / "__init__.py").write_text(LAYER.replace(".helper", "pkg.helper"))
    (folder / "pkg" / "__pycache__").mkdir()
    (folder / "alone.py").write_text(LAYER.replace("from .helper import x", ""))
    return folder


def make_copy(project: Path, target: str, contents: dict[str, bytes]) -> tuple[Path, tuple[str, ...]]:
    tree = find_tree(discover((target,), str(project)))
    folder = project.parent / "copy"
    folder.mkdir()
    tree.copy(str(folder), {str(project / name): data for name, data in contents.items()})
    return folder, copy_targets((target,), str(project), tree, str(folder))


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("pkg", "0/pkg"),
        ("pkg.layers", "0/pkg/layers.py"),
        ("pkg.layers:A", "0/pkg/layers.py:A"),
        ("pkg/layers.py:A", "0/pkg/layers.py:A"),
        ("pkg.inner", "0/pkg/inner"),
        ("alone.py", "0/alone.py"),
        ("pkg/inner/__init__.py:A", "0/pkg/inner/__init__.py:A"),
    ],
)
def test_targets_have_the_same_classes_in_the_copy(project: Path, target: str, place: str) -> None:
    folder, targets = make_copy(project, target, {})
    assert targets == (str(folder / place),)
    here, there = (
        [s.id for world in discover(names, str(project)) for s in world.subjects]
        for names in ((target,), targets)
    )
    assert here == there != []


def test_folder_of_scripts_has_the_same_classes_in_the_copy(project: Path) -> None:
    _, targets = make_copy(project, ".", {})
    found = {s.id for world in discover(targets, str(project)) for s in world.subjects}
    assert found == {"pkg.layers.A", "pkg.inner.A", "alone.A"}


def test_only_edited_files_are_copied(project: Path) -> None:
    folder, _ = make_copy(project, "pkg", {"pkg/layers.py": b"edited = True\n"})
    package = folder / "0" / "pkg"
    assert (package / "layers.py").read_bytes() == b"edited = True\n"
    assert not (package / "layers.py").is_symlink()
    assert os.path.realpath(package / "helper.py") == str(project / "pkg" / "helper.py")
    assert (package / "inner").is_symlink()
    assert not (package / "__pycache__").exists()
    assert (project / "pkg" / "layers.py").read_text() == LAYER


def test_files_are_found_in_the_copy_and_back(project: Path, tmp_path: Path) -> None:
    tree = find_tree(discover(("pkg",), str(project)))
    folder = str(tmp_path / "copy")
    file = str(project / "pkg" / "layers.py")
    assert tree.original(tree.place(file, folder), folder) == file
    assert (
        tree.place("/elsewhere/a.py", folder) == "/elsewhere/a.py" == tree.original("/elsewhere/a.py", folder)
    )


def test_only_what_was_named_may_be_edited(project: Path) -> None:
    tree = find_tree(discover(("pkg",), str(project)))
    assert tree.owns(str(project / "pkg" / "helper.py"))
    assert not tree.owns(str(project / "alone.py"))
    assert not tree.owns("/elsewhere/a.py")
