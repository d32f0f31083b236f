from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.rules.files.load_failed import LoadFailed
from tests.fixes.builders.proposing import make, propose

LINE = "self.dense.build(input_shape)"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "layers.py"


def test_lines_of_the_hint_are_built(file: Path) -> None:
    file.write_text("class A:\n    def build(self, input_shape):\n        x = 1\n")
    (edit,) = propose(LoadFailed, file, "A", "build", hint=LINE)
    assert make(edit, file).endswith(f"        x = 1\n        {LINE}\n")


def test_lines_for_another_class_go_to_that_one(file: Path) -> None:
    other = file.parent / "inner.py"
    other.write_text("class Inner:\n    def build(self, input_shape): pass\n")
    file.write_text("from .inner import Inner\n\n\nclass A:\n    def build(self, input_shape): pass\n")
    hint = f"self.block.build(input_shape)\n# in Inner:\n{LINE}"
    (edit,) = propose(LoadFailed, file, "A", "build", hint=hint)
    assert make(edit, file).endswith("        self.block.build(input_shape)\n")
    assert make(edit, other).endswith(f"        {LINE}\n")


@pytest.mark.parametrize("hint", ["", "hold it in the layer", "# in Unknown:\nself.x.build(s)"])
def test_what_is_no_code_or_has_no_place_has_no_edit(file: Path, hint: str) -> None:
    file.write_text("class A: ...\n")
    assert propose(LoadFailed, file, "A", "build", hint=hint) == ()


def test_variable_that_the_base_class_does_not_save_is_saved_too(file: Path) -> None:
    text = "class A(Dense):\n    def call(self, x):\n        return x\n"
    file.write_text(text)
    (edit,) = propose(LoadFailed, file, "A", "scale", hint="hold a layer of that class instead")
    assert make(edit, file) == text + (
        "\n    def save_own_variables(self, store):\n        super().save_own_variables(store)\n"
        '        store["scale"] = self.scale\n'
        "\n    def load_own_variables(self, store):\n        super().load_own_variables(store)\n"
        '        self.scale.assign(store["scale"])\n'
    )


def test_class_that_saves_by_itself_is_left_alone(file: Path) -> None:
    file.write_text("class A(Dense):\n    def save_own_variables(self, store): ...\n")
    assert propose(LoadFailed, file, "A", "scale", hint="hold a layer of that class instead") == ()


def test_function_that_keras_cannot_find_is_registered(file: Path) -> None:
    file.write_text("import keras\n\n\ndef wave(x):\n    return x\n\n\nclass A: ...\n")
    message = "the saved file does not load: TypeError: Could not locate function 'wave'. Make sure"
    (edit,) = propose(LoadFailed, file, "A", "load", message=message)
    assert "\n@keras.saving.register_keras_serializable()\ndef wave" in make(edit, file)
