"""Targets of every kind, the worlds and subjects they give, and what is said of wrong ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from maskcheck.errors import UsageError
from maskcheck.model.target import World
from maskcheck.source.modules.discovery import discover

LAYER = "from keras.layers import Layer\nclass {}(Layer):\n    def call(self, x): return x\n"
FILES = {
    "loose.py": LAYER.format("Loose"),
    "my-layers.py": LAYER.format("Dashed"),
    "folder/one.py": "from two import Two\nclass One(Two): ...\n",
    "folder/two.py": LAYER.format("Two"),
    "folder/setup.py": LAYER.format("Setup"),
    "folder/.hidden.py": LAYER.format("Hidden"),
    "folder/inner/pkg/__init__.py": LAYER.format("InPackage"),
    "folder/build/copy.py": LAYER.format("Copy"),
    "folder/venv/pyvenv.cfg": "",
    "folder/venv/lib.py": LAYER.format("Installed"),
    "pkg/__init__.py": "from .core import Core\nfrom keras.layers import Dense as Renamed\nmade = object()\n",
    "pkg/__main__.py": "raise SystemExit\n",
    "pkg/conftest.py": LAYER.format("Conftest"),
    "pkg/core.py": "import keras\n" + LAYER.format("Core") + "class _Private(Core): ...\nclass Plain: ...\n",
    "pkg/sub/__init__.py": "",
    "pkg/sub/deep.py": "from ..core import Core\nclass Deep(Core):\n    class Nested(Core): ...\n",
    "pkg/bare/module.py": "from pkg.core import Core\nclass Bare(Core): ...\n",
    "pkg/__pycache__/old.py": LAYER.format("Cached"),
    "pkg/.git/hook.py": LAYER.format("Hook"),
    "src/mypkg/__init__.py": "from .layers import *\nfrom .layers import Source\n",
    "src/mypkg/layers.py": LAYER.format("Source"),
    "ns/part/__init__.py": LAYER.format("Part"),
    "broken/__init__.py": "",
    "broken/syntax.py": "x = 1\nclass A(\n",
    "broken/good.py": LAYER.format("Good"),
    "empty/note.txt": "",
    "README.md": "# text\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    (tmp_path / "broken/latin.py").write_bytes(b"\n# \xff\n")
    (tmp_path / "broken/null.py").write_bytes(b"\0")
    return tmp_path


def found(project: Path, *targets: str, imported: bool = False) -> list[str]:
    worlds = discover(targets, str(project), imported)
    return [subject.id for world in worlds for subject in world.subjects]


def only(worlds: tuple[World, ...]) -> World:
    assert len(worlds) == 1
    return worlds[0]


PACKAGE = [
    "pkg.core.Core",
    "pkg.core._Private",
    "pkg.bare.module.Bare",
    "pkg.sub.deep.Deep",
    "pkg.sub.deep.Deep.Nested",
]


@pytest.mark.parametrize(
    ("targets", "ids"),
    [
        (["loose"], ["loose.Loose"]),
        (["loose.py"], ["loose.Loose"]),
        (["./loose.py"], ["loose.Loose"]),
        (["my-layers.py"], ["my-layers.Dashed"]),
        (["folder"], ["one.One", "two.Two", "pkg.InPackage"]),
        (["folder/"], ["one.One", "two.Two", "pkg.InPackage"]),
        (["folder/one.py"], ["one.One"]),
        (["folder.two"], ["folder.two.Two"]),
        (["pkg"], PACKAGE),
        (["pkg/"], PACKAGE),
        (["pkg.core"], ["pkg.core.Core", "pkg.core._Private"]),
        (["pkg/core.py"], ["pkg.core.Core", "pkg.core._Private"]),
        (["pkg/__init__.py"], []),
        (["pkg.sub"], ["pkg.sub.deep.Deep", "pkg.sub.deep.Deep.Nested"]),
        (["pkg/sub/deep.py"], ["pkg.sub.deep.Deep", "pkg.sub.deep.Deep.Nested"]),
        (["mypkg"], ["mypkg.layers.Source"]),
        (["mypkg.layers"], ["mypkg.layers.Source"]),
        (["src/mypkg/layers.py"], ["mypkg.layers.Source"]),
        (["src"], ["mypkg.layers.Source"]),
        (["ns.part"], ["ns.part.Part"]),
        (["loose", "pkg.sub"], ["loose.Loose", "pkg.sub.deep.Deep", "pkg.sub.deep.Deep.Nested"]),
        (["loose", "loose.py", "./loose.py"], ["loose.Loose"]),
        (["mypkg", "src/mypkg/layers.py"], ["mypkg.layers.Source"]),
        (["pkg.core:Core"], ["pkg.core.Core"]),
        (["pkg/core.py:Core", "pkg.core:_Private"], ["pkg.core.Core", "pkg.core._Private"]),
        (["pkg.core:Core", "pkg.core"], ["pkg.core.Core", "pkg.core._Private"]),
        (["pkg:Core"], ["pkg.core.Core"]),
        (["pkg:Renamed"], ["keras.src.layers.core.dense.Dense"]),
        (["keras.layers:Dense"], ["keras.src.layers.core.dense.Dense"]),
        (["pkg.sub.deep:Deep.Nested"], ["pkg.sub.deep.Deep.Nested"]),
        (["pkg.sub.deep:Nested"], ["pkg.sub.deep.Deep.Nested"]),
        (["pkg:made"], []),
    ],
)
def test_what_targets_name(project, targets, ids):
    assert found(project, *targets) == ids


def test_a_subject_says_where_it_is_defined(project):
    world = only(discover(("pkg",), str(project)))
    assert world.root == str(project)
    assert [module.name for module in world.modules if module.is_package] == ["pkg", "pkg.sub"]
    nested = world.subjects[-1]
    assert (nested.module, nested.qualname, nested.line) == ("pkg.sub.deep", "Deep.Nested", 3)
    assert nested.file == str(project / "pkg/sub/deep.py")
    assert nested.origin == "source"


def test_modules_with_one_top_level_name_share_a_world(project):
    worlds = discover(("pkg.core", "loose", "pkg.sub"), str(project))
    assert [[module.name for module in world.modules] for world in worlds] == [
        ["pkg.core", "pkg.sub", "pkg.sub.deep"],
        ["loose"],
    ]


def test_loose_files_have_a_world_each_with_their_folder_as_root(project):
    worlds = discover(("folder",), str(project))
    roots = [str(project / "folder")] * 2 + [str(project / "folder/inner")]
    assert [world.root for world in worlds] == roots


@pytest.mark.parametrize(
    ("target", "names", "imported"),
    [("pkg.core:Core", {"Core"}, False), ("pkg:Core", {"Core"}, True), ("pkg:Renamed", {"Dense"}, True)],
)
def test_a_class_target_narrows_its_world(project, target, names, imported):
    world = only(discover((target,), str(project)))
    assert (world.only, world.imported) == (names, imported)
    assert len(world.modules) == 1


def test_reexported_classes_count_when_they_are_asked_for(project):
    (project / "user.py").write_text("from keras.layers import *\nfrom mypkg import *\nmine = Source\n")
    ids = found(project, "user", imported=True)
    assert "mypkg.layers.Source" in ids
    assert "keras.src.layers.core.dense.Dense" in ids
    assert len(ids) == len({*ids})
    assert found(project, "user") == []


def test_a_class_belongs_to_the_world_that_defines_it(project):
    first, second = discover(("mypkg", "src/mypkg", "loose"), str(project), imported=True)
    assert [subject.id for subject in first.subjects] == ["mypkg.layers.Source"]
    (project / "user.py").write_text("from loose import Loose\n")
    user, loose = discover(("user", "loose"), str(project), imported=True)
    assert (user.subjects, [subject.id for subject in loose.subjects]) == ((), ["loose.Loose"])
    assert [subject.id for subject in second.subjects] == ["loose.Loose"]


def test_modules_that_cannot_be_parsed_carry_their_error(project):
    world = only(discover(("broken",), str(project)))
    errors = {module.name: module.error for module in world.modules if module.error}
    assert {name: (error.type, error.line) for name, error in errors.items()} == {
        "broken.latin": ("UnicodeDecodeError", 2),
        "broken.null": ("SyntaxError", 1),
        "broken.syntax": ("SyntaxError", 2),
    }
    assert [subject.id for subject in world.subjects] == ["broken.good.Good"]


def test_a_class_of_a_module_that_cannot_be_parsed_is_left_to_its_error(project):
    world = only(discover(("broken/syntax.py:A",), str(project)))
    assert world.modules[0].error is not None
    assert world.only == {"A"}


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("", "names no module"),
        (":A", "names no module"),
        ("losse", "did you mean 'loose'?"),
        ("losse.py", "did you mean 'loose.py'?"),
        ("pkg/cor.py", "did you mean 'core.py'?"),
        ("nowhere/at/all.py", "has no nowhere"),
        ("pkg.cora", "the package pkg has no module 'cora' (did you mean 'core'?)"),
        ("pkg.core.Core", "write pkg.core:Core"),
        ("pkg.Core", "write pkg:Core"),
        ("pkg.core:Cora", "did you mean 'Core'?"),
        ("pkg.core:Plain", "core.py:6:1: Plain is not a subclass of a Keras layer"),
        ("keras.layers:InputSpec", "InputSpec is not a subclass of a Keras layer"),
        ("keras.layers:Layer", "Layer is not a subclass of a Keras layer"),
        ("pkg.core:", "names no class of one module"),
        ("folder:One", "names no class of one module"),
        ("README.md", "README.md is not Python source"),
        ("README.md:A", "README.md is not Python source"),
        ("empty", "no Python files in"),
        (sys.executable, "is not Python source"),
        ("sys", "sys is not Python source"),
        ("/dev/null", "is not Python source"),
        ("two words", "no module, file or folder 'two words'"),
        (".core", "no module, file or folder '.core'"),
        ("pkg.", "the package pkg has no module ''"),
        ("a\0b", "no module, file or folder"),
    ],
)
def test_wrong_targets_are_explained(project, target, message):
    with pytest.raises(UsageError) as raised:
        discover((target,), str(project))
    assert message in str(raised.value)


def test_relative_and_absolute_targets_give_the_same(project, monkeypatch):
    monkeypatch.chdir(project / "pkg")
    assert discover(("core.py",), ".") == discover((str(project / "pkg/core.py"),), "/")
    assert discover((".",), ".") == discover(("pkg",), str(project))


def test_links_in_a_circle_end(project):
    (project / "pkg/sub/loop").symlink_to(project / "pkg", target_is_directory=True)
    (project / "folder/loop").symlink_to(project / "folder", target_is_directory=True)
    assert found(project, "pkg") == PACKAGE
    assert "one.One" in found(project, "folder")


def test_installed_packages_have_no_root(project):
    world = only(discover(("keras.layers",), str(project), imported=True))
    assert world.root == ""
    assert len(world.subjects) > 100
    skipped = {subject.name: subject.skip for subject in world.subjects if subject.skip}
    assert skipped == {"Wrapper": "no call method"}
    assert world == only(discover((world.modules[0].file,), str(project), imported=True))


def test_a_project_file_hides_an_installed_module_and_a_plain_folder_does_not(project):
    (project / "keras").mkdir()
    assert found(project, "keras.src.layers.core.dense") == ["keras.src.layers.core.dense.Dense"]
    (project / "yaml.py").write_text(LAYER.format("Mine"))
    assert found(project, "yaml") == ["yaml.Mine"]


def test_nothing_of_the_user_is_imported(project):
    (project / "acts.py").write_text("raise SystemExit('imported')\n" + LAYER.format("Acts"))
    script = (
        "import sys\nfrom maskcheck.source.modules.discovery import discover\n"
        "worlds = discover(('acts', 'pkg', 'keras.layers'), '.', True)\n"
        "assert worlds[0].subjects\n"
        "print({'tensorflow', 'keras', 'pkg', 'acts'} & {*sys.modules})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("set()\n", "")
