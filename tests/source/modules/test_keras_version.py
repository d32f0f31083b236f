"""Which Keras the targets are written for, told from text alone."""

from __future__ import annotations

from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from maskcheck.engine.tf_keras import needs_tf_keras
from maskcheck.errors import UsageError
from maskcheck.model.target import World
from maskcheck.source.modules.discovery import discover

LAYER = "class A(keras.layers.Layer):\n    def call(self, inputs):\n        return inputs\n"
VARIABLE = "TF_USE_LEGACY_KERAS"
ENVIRON = f"import os\nos.environ['{VARIABLE}'] = '1'\n"
TRIED = "try:\n    import {}\nexcept ImportError:\n    import {}\n"


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return the packages that are installed as far as these tests go, to be changed by them."""
    found = {"keras", "tf_keras", "tensorflow"}

    def find(name: str) -> ModuleSpec | None:
        return ModuleSpec(name, None) if name in found else None

    monkeypatch.setattr("maskcheck.source.modules.keras_version.find_spec", find)
    monkeypatch.setattr("maskcheck.engine.tf_keras.find_spec", find)
    monkeypatch.delenv(VARIABLE, raising=False)
    return found


def reason(folder: Path, *targets: str, **modules: str) -> str:
    """Return why the modules of a folder need tf_keras, "" if they do not."""
    for name, text in modules.items():
        (folder / f"{name}.py").write_text(text)
    worlds = discover(targets or tuple(modules), str(folder))
    found = {world.legacy for world in worlds}
    assert len(found) == 1
    return found.pop().replace(f"{folder}/", "")


@pytest.mark.parametrize(
    ("imports", "line"),
    [
        ("import tf_keras as keras\n", 1),
        ("import os\nfrom tf_keras import layers\nimport tf_keras as keras\n", 2),
        ("from tf_keras.layers import Layer\nimport tensorflow as tf\nkeras = tf.keras\n", 1),
        ("import os\n\n\nimport tf_keras.layers\nkeras = tf_keras\n", 4),
    ],
)
def test_imports_of_tf_keras_are_found_with_their_lines(tmp_path: Path, imports: str, line: int) -> None:
    assert reason(tmp_path, m=imports + LAYER) == f"m.py:{line} imports tf_keras, which is Keras 2"


@pytest.mark.parametrize(
    "imports",
    [
        "import keras\n",
        "from tensorflow import keras\n",
        "import tensorflow.keras as keras\n",
        "import tensorflow as tf\nkeras = tf.keras\n",
        "import keras\nimport os\nif os.environ.get('OLD'):\n    import tf_keras\n",
        "import keras\ndef convert():\n    import tf_keras\n",
        "from . import tf_keras as keras\n",
    ],
)
def test_all_else_is_keras_3(tmp_path: Path, imports: str) -> None:
    assert reason(tmp_path, m=imports + LAYER) == ""


@pytest.mark.parametrize("value", ["1", "true", "True"])
def test_the_environment_says_what_keras_of_tensorflow_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv(VARIABLE, value)
    expected = f"m.py:1 imports tensorflow.keras, which is Keras 2 as {VARIABLE} is set"
    assert reason(tmp_path, m="from tensorflow import keras\n" + LAYER) == expected
    assert reason(tmp_path, n=f"import tensorflow as tf\nkeras = tf.keras\n{LAYER}") == f"{VARIABLE} is set"
    assert reason(tmp_path, o="import keras\n" + LAYER) == ""


def test_the_environment_may_say_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "0")
    assert reason(tmp_path, m="from tensorflow import keras\n" + LAYER) == ""


@pytest.mark.parametrize(
    "choice", [ENVIRON, f"from os import environ\nenviron.setdefault('{VARIABLE}', 'True')\n"]
)
def test_a_module_may_choose_for_itself(tmp_path: Path, choice: str) -> None:
    assert reason(tmp_path, m=f"{choice}import tensorflow as tf\nkeras = tf.keras\n{LAYER}")
    assert reason(tmp_path, n=f"{choice}import keras\n{LAYER}") == ""


def test_of_several_imports_that_are_tried_the_first_that_is_installed_counts(
    tmp_path: Path, installed: set[str]
) -> None:
    text = TRIED.format("tf_keras as keras", "keras") + LAYER
    assert reason(tmp_path, m=text) == "m.py:2 imports tf_keras, which is Keras 2"
    assert reason(tmp_path, n=TRIED.format("keras", "tf_keras as keras") + LAYER) == ""
    installed.remove("tf_keras")
    assert reason(tmp_path, o=text) == ""


def test_a_layer_has_the_keras_of_what_it_derives_from(tmp_path: Path) -> None:
    modules = {
        "base": "import tf_keras as keras\n" + LAYER,
        "derived": "from base import A\nclass B(A): ...\n",
    }
    expected = "base.py:1 imports tf_keras, which is Keras 2"
    assert reason(tmp_path, "derived", **modules) == expected


def test_modules_that_hold_no_layer_do_not_matter_where_others_do(tmp_path: Path) -> None:
    modules = {"convert": "import tf_keras\nimport keras\n", "layers": "import keras\n" + LAYER}
    assert reason(tmp_path, **modules) == ""
    made = "import tf_keras\nA = type('A', (tf_keras.layers.Layer,), {})\n"
    assert reason(tmp_path, made=made) == "made.py:1 imports tf_keras, which is Keras 2"


def test_both_at_once_are_refused_with_their_lines(tmp_path: Path) -> None:
    modules = {"new": "\nimport keras\n" + LAYER, "old": "import tf_keras as keras\n" + LAYER}
    with pytest.raises(UsageError) as raised:
        reason(tmp_path, **modules)
    told = str(raised.value)
    assert f"{tmp_path}/new.py:2 imports keras, which is Keras 3" in told
    assert f"{tmp_path}/old.py:1 imports tf_keras, which is Keras 2" in told
    assert raised.value.hint == "scan them apart"
    assert reason(tmp_path, "new") == ""


def test_one_module_with_both_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"m.py:1 imports keras.* and .*m.py:2 imports tf_keras") as raised:
        reason(tmp_path, m="import keras\nimport tf_keras\n" + LAYER)
    assert raised.value.hint == "import one of them"


def test_without_tf_keras_the_command_is_told_that_installs_it(installed: set[str]) -> None:
    world = World("", (), (), legacy="m.py:1 imports tf_keras, which is Keras 2")
    assert needs_tf_keras([World("", (), ()), world])
    installed.remove("tf_keras")
    with pytest.raises(UsageError, match=r"m.py:1 imports tf_keras.*not installed") as raised:
        needs_tf_keras([world])
    assert raised.value.hint == "pip install 'maskcheck[tf-keras]'"
    assert not needs_tf_keras([World("", (), ())])
