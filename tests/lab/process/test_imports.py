"""Importing a world shows the classes that are really there, and what hides them."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from maskcheck.errors import NotImportable
from maskcheck.lab.process.imports import find_class, import_world
from maskcheck.model.case import Subject
from maskcheck.model.error import ErrorInfo
from maskcheck.model.target import Confirmation, ModuleFile, World

Write = Callable[..., World]
LAYER = "import keras\nclass {0}(keras.layers.Layer):\n    def call(self, x): return x\n"


@pytest.fixture(autouse=True)
def _untouched_interpreter() -> Iterator[None]:
    path, modules = list(sys.path), set(sys.modules)
    yield
    sys.path[:] = path
    for name in {*sys.modules} - modules:
        if name.startswith("world"):
            del sys.modules[name]


@pytest.fixture
def world(tmp_path: Path) -> Write:
    """Return a function that writes modules by dotted name and returns their world."""

    def write(**texts: str) -> World:
        files = []
        for name, text in texts.items():
            package = any(other.startswith(f"{name}__") for other in texts)
            path = tmp_path.joinpath(*name.split("__"))
            file = path / "__init__.py" if package else path.with_suffix(".py")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(text))
            files.append(ModuleFile(name.replace("__", "."), str(file), package))
        return World(str(tmp_path), tuple(files), ())

    return write


def names(found: Confirmation) -> list[str]:
    return [subject.id for subject in found.subjects]


def test_a_submodule_that_fails_does_not_stop_the_others(world: Write) -> None:
    there = world(
        world="",
        world__good=LAYER.format("Good"),
        world__broken="raise RuntimeError('not today')",
        world__leaves="import sys; sys.exit(2)",
        world__missing="import no_such_library",
        world__last=LAYER.format("Last"),
    )
    found = import_world(there)
    assert names(found) == ["world.good.Good", "world.last.Last"]
    assert {name: error.type for name, error in found.failures.items()} == {
        "world.broken": "RuntimeError",
        "world.leaves": "SystemExit",
        "world.missing": "ModuleNotFoundError",
    }
    assert found.failures["world.broken"].file == there.modules[2].file


def test_what_is_below_a_package_that_fails_is_not_there_even_if_python_holds_it(world: Write) -> None:
    there = world(
        world="import world.good, no_such_library",
        world__good=LAYER.format("Good"),
        world2=LAYER.format("Other"),
    )
    found = import_world(there)
    assert "world.good" in sys.modules
    assert names(found) == ["world2.Other"]
    assert [*found.failures] == ["world"]
    assert found.failures["world"].traceback.count("frozen") == 0
    assert "import world.good, no_such_library" in found.failures["world"].traceback


def test_an_unreadable_module_is_not_imported(world: Write) -> None:
    there = world(world=LAYER.format("Good"), world_other="raise RuntimeError")
    unreadable = replace(there.modules[1], error=ErrorInfo("SyntaxError", "bad"))
    found = import_world(replace(there, modules=(there.modules[0], unreadable)))
    assert (names(found), found.failures) == (["world.Good"], {})


MADE = """
    import keras

    def make(factor):
        class Made(keras.layers.Layer):
            def call(self, x): return x * factor
        return Made

    Double, Triple = make(2), make(3)
    Named = type("Named", (keras.layers.Layer,), {"call": lambda self, x: x})

    def register(cls):
        return keras.saving.register_keras_serializable(package="world")(cls)

    @register
    class Decorated(keras.layers.Layer):
        def call(self, x): return x

    class Outer:
        class Inner(keras.layers.Layer):
            def call(self, x): return x
            class Deep(keras.layers.Dense): pass
"""
RUNTIME = ["Double", "Triple", "Named", "Decorated", "Outer.Inner", "Outer.Inner.Deep"]


def test_classes_made_at_run_time_decorated_and_nested(world: Write) -> None:
    found = import_world(world(world=MADE))
    assert sorted(names(found)) == sorted(f"world.{name}" for name in RUNTIME)
    assert {subject.origin for subject in found.subjects} == {"runtime"}
    assert all(subject.file.endswith("world.py") for subject in found.subjects)


def test_every_class_is_found_again_in_another_process(world: Write) -> None:
    there = world(world=MADE)
    for subject in import_world(there).subjects:
        cls = find_class(there, subject)
        assert isinstance(cls, type)
    import world as module  # type: ignore[import-not-found]

    for name in ("Double", "Triple"):
        assert find_class(there, Subject("world", name, "", 1)) is getattr(module, name)
    assert find_class(there, Subject("world", "make.<locals>.Made", "", 1)) is module.Double


def test_a_class_that_is_not_there() -> None:
    with pytest.raises(NotImportable, match=r"NoSuchLayer is not in keras\.layers"):
        find_class(World("", (), ()), Subject("keras.layers", "NoSuchLayer", "", 1))


def test_what_source_text_showed_is_kept_and_what_import_did_not_show_is_told(world: Write) -> None:
    there = world(
        world=LAYER.format("Good") + "del Good\n" + LAYER.format("Kept"), world_broken="raise ValueError"
    )
    subjects = (
        Subject("world", "Good", "world.py", 2),
        Subject("world", "Kept", "world.py", 7),
        Subject("world_broken", "Lost", "world_broken.py", 1),
    )
    found = import_world(replace(there, subjects=subjects))
    assert found.subjects == (subjects[1],)
    assert found.missing == (subjects[0],)
    assert set(found.failures) == {"world_broken"}


REEXPORTS = "from keras.layers import Dense\nfrom world.own import Own\n"


@pytest.mark.parametrize("imported", [False, True])
def test_re_exports_count_where_they_are_wanted(world: Write, imported: bool) -> None:
    there = world(world=REEXPORTS, world__own=LAYER.format("Own"))
    found = import_world(replace(there, imported=imported))
    dense = ["keras.src.layers.core.dense.Dense"] if imported else []
    assert sorted(names(found)) == [*dense, "world.own.Own"]
    if imported:
        import keras

        assert find_class(there, found.subjects[0]) is keras.layers.Dense


def test_only_the_classes_that_were_named(world: Write) -> None:
    there = world(world=MADE)
    assert names(import_world(replace(there, only=frozenset({"Named"})))) == ["world.Named"]
    assert names(import_world(replace(there, only=frozenset({"Inner"})))) == ["world.Outer.Inner"]
    assert names(import_world(replace(there, only=frozenset({"Outer.Inner"})))) == ["world.Outer.Inner"]


SKIPPED = """
    import abc, keras

    class Abstract(keras.layers.Layer, abc.ABC):
        @abc.abstractmethod
        def scale(self): ...
        @abc.abstractmethod
        def call(self, x): ...

    class NoCall(keras.layers.Layer): pass
"""


def test_what_cannot_be_checked_says_why(world: Write) -> None:
    found = import_world(world(world=SKIPPED))
    assert {subject.name: subject.skip for subject in found.subjects} == {
        "Abstract": "abstract: call, scale",
        "NoCall": "no call method",
    }


def test_what_source_text_took_for_whole_may_be_a_base_only(world: Write) -> None:
    shown = Subject("world", "NoCall", "world.py", 10)
    found = import_world(replace(world(world=SKIPPED), subjects=(shown,)))
    assert replace(shown, skip="no call method") in found.subjects


def test_a_file_whose_name_is_no_identifier(world: Write, tmp_path: Path) -> None:
    file = tmp_path / "world-2.py"
    file.write_text(LAYER.format("Good"))
    there = World(str(tmp_path), (ModuleFile("world-2", str(file)),), ())
    found = import_world(there)
    assert names(found) == ["world-2.Good"]
    assert find_class(there, found.subjects[0]).__name__ == "Good"


def test_a_file_that_failed_is_not_taken_for_imported(tmp_path: Path) -> None:
    file = tmp_path / "world-3.py"
    file.write_text(LAYER.format("Good") + "raise RuntimeError('half way')")
    there = World(str(tmp_path), (ModuleFile("world-3", str(file)),), ())
    assert set(import_world(there).failures) == {"world-3"}
    assert "world-3" not in sys.modules
    with pytest.raises(NotImportable, match="in another: RuntimeError: half way"):
        find_class(there, Subject("world-3", "Good", str(file), 1))


def test_a_class_that_tells_nothing_of_itself_is_passed_over(world: Write) -> None:
    text = """
        import keras
        class Meta(type):
            def __getattribute__(cls, name):
                if name in ("__module__", "__qualname__", "__name__"): raise RuntimeError(name)
                return super().__getattribute__(name)
        class Strange(metaclass=Meta): pass
    """
    found = import_world(world(world=textwrap.dedent(text) + LAYER.format("Good")))
    assert names(found) == ["world.Good"]


def test_a_name_registered_twice_says_which_class_answers_to_it(world: Write) -> None:
    text = """
        import keras
        def make(factor):
            @keras.saving.register_keras_serializable(package="world_twice")
            class Made(keras.layers.Layer):
                def call(self, x): return x * factor
            return Made
        First, Second = make(1), make(2)
    """
    found = {subject.name: subject for subject in import_world(world(world=text)).subjects}
    assert found["First"].shadowed_by == "world.make.<locals>.Made"
    assert found["Second"].shadowed_by is None
