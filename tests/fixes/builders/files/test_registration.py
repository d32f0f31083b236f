from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.rules.files.not_registered import NotRegistered
from maskcheck.rules.files.registration_collision import RegistrationCollision
from tests.fixes.builders.proposing import make, propose

HINT = '@keras.saving.register_keras_serializable(package="mine")'
CLASS = "class A(keras.layers.Layer):\n    pass\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "layers.py"


def test_class_gets_the_decorator_of_the_hint(file: Path) -> None:
    file.write_text(f"import keras\n\n\n{CLASS}")
    (edit,) = propose(NotRegistered, file, "A", "A", hint=HINT)
    assert make(edit, file) == f"import keras\n\n\n{HINT}\n{CLASS}"


def test_import_of_the_hint_is_added(file: Path) -> None:
    file.write_text(f"from .base import keras_of\n\n\n{CLASS}")
    (edit,) = propose(NotRegistered, file, "A", "A", hint=f"import keras\n{HINT}")
    assert make(edit, file).startswith("import keras\n")


def test_what_the_module_registers_others_with_comes_first(file: Path) -> None:
    (file.parent / "common.py").write_text("register = keras.saving.register_keras_serializable('mine')\n")
    text = f"from .common import register\n\n\n@register\nclass B: ...\n\n\n{CLASS}"
    file.write_text(text)
    first, second = propose(NotRegistered, file, "A", "A", hint=HINT)
    assert make(first, file) == text.replace(CLASS, f"@register\n{CLASS}")
    assert HINT in make(second, file)


def test_decorator_of_another_kind_does_not_register(file: Path) -> None:
    file.write_text(f"@final\nclass B: ...\n\n\n{CLASS}")
    (edit,) = propose(NotRegistered, file, "A", "A", hint=HINT)
    assert HINT in make(edit, file)


def test_function_of_another_module_is_registered_there(file: Path) -> None:
    other = file.parent / "functions.py"
    other.write_text("import tensorflow as tf\n\n\ndef wave(x):\n    return x\n")
    file.write_text(f"import keras\nfrom .functions import wave\n\n\n{CLASS}")
    (edit,) = propose(
        RegistrationCollision,
        file,
        "A",
        "wave",
        hint="@keras.saving.register_keras_serializable() above wave",
    )
    assert {change.file for change in edit.changes} == {str(other)}
    assert "\n@tf.keras.saving.register_keras_serializable()\ndef wave" in make(edit, other)


def test_function_that_is_nowhere_has_no_edit(file: Path) -> None:
    file.write_text(CLASS)
    assert (
        propose(RegistrationCollision, file, "A", "wave", hint="@k.register_keras_serializable() above wave")
        == ()
    )


def test_hint_in_words_has_no_edit(file: Path) -> None:
    file.write_text(CLASS)
    assert (
        propose(NotRegistered, file, "A", "B", hint="define and register B at the top level of the module")
        == ()
    )
