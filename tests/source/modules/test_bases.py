"""Which classes are layers, by the ways in which a base class can be named."""

from __future__ import annotations

import pytest

CALL = "\n    def call(self, x):\n        return x\n"


@pytest.mark.parametrize(
    ("imports", "base"),
    [
        ("import keras", "keras.Layer"),
        ("import keras", "keras.layers.Layer"),
        ("import keras as k", "k.layers.Dense"),
        ("import keras.layers", "keras.layers.Dense"),
        ("import keras.layers as kl", "kl.Layer"),
        ("from keras import layers", "layers.Layer"),
        ("from keras.layers import Dense as D", "D"),
        ("from keras.layers import *", "LSTM"),
        ("from keras import Model", "Model"),
        ("from keras.src.layers.layer import Layer", "Layer"),
        ("import tensorflow as tf", "tf.keras.layers.Layer"),
        ("import tensorflow as tf", "tf.keras.Model"),
        ("import tensorflow", "tensorflow.compat.v2.keras.layers.Dense"),
        ("import tensorflow.keras as k", "k.layers.Dense"),
        ("import tensorflow.keras.layers", "tensorflow.keras.layers.Dense"),
        ("from tensorflow import keras", "keras.layers.Layer"),
        ("from tensorflow.keras import layers as kl", "kl.Layer"),
        ("from tensorflow.keras.layers import Layer", "Layer"),
        ("from tensorflow.keras.layers import *", "Conv2D"),
        ("import tf_keras", "tf_keras.layers.Layer"),
        ("from tf_keras.layers import Dense", "Dense"),
        ("import keras\nBase = keras.layers.Layer", "Base"),
        ("import tensorflow as tf\nkl = tf.keras.layers\nBase = kl.Layer", "Base"),
        ("import keras\nBase: type = keras.Layer", "Base"),
        ("import keras\nBase = keras.Layer if keras else object", "Base"),
        ("import keras\nfrom typing import Generic, TypeVar\nT = TypeVar('T')", "Generic[T], keras.Layer"),
        ("import keras\nclass Mixin: ...", "Mixin, keras.Layer"),
        ("import keras\nimport unknown_library", "unknown_library.Mixin, keras.Layer"),
        ("import keras\ndef make(): ...", "make(), keras.Layer"),
        ("import keras\nclass Outer:\n    class Base(keras.Layer): ...", "Outer.Base"),
    ],
)
def test_a_layer_is_known_however_its_base_is_named(layers_of, imports, base):
    assert "A" in layers_of(("module.py", f"{imports}\nclass A({base}):{CALL}"))


@pytest.mark.parametrize(
    ("imports", "base"),
    [
        ("", "object"),
        ("", "Layer"),
        ("import keras", "keras.losses.Loss"),
        ("import keras", "keras.layers.InputSpec"),
        ("import tensorflow as tf", "tf.Module"),
        ("import unknown_library", "unknown_library.Layer"),
        ("from keras.callbacks import *", "Callback"),
        ("class Layer: ...", "Layer"),
        ("from keras import Layer\nclass Layer: ...", "object"),
        ("from keras import Layer as Kept\ndef make(): ...", "make()"),
    ],
)
def test_other_classes_are_no_layers(layers_of, imports, base):
    assert layers_of(("module.py", f"{imports}\nclass A({base}):{CALL}")) == {}


def test_bases_are_followed_through_modules_and_packages(layers_of):
    found = layers_of(
        ("pkg/base/core.py", f"import keras\nclass Base(keras.Layer):{CALL}"),
        ("pkg/base/__init__.py", "from .core import Base as Renamed"),
        ("pkg/shared.py", "from .base import *"),
        ("pkg/__init__.py", "from pkg.shared import Renamed"),
        (
            "pkg/deep/module.py",
            """
            from .. import Renamed
            from ..base import core
            from pkg import shared
            import pkg.base.core
            class A(Renamed): ...
            class B(core.Base): ...
            class C(shared.Renamed): ...
            class D(pkg.base.core.Base): ...
            """,
        ),
    )
    assert found == {"A": None, "B": None, "C": None, "D": None}


def test_a_name_in_a_package_may_hide_its_submodule(layers_of):
    found = layers_of(
        ("pkg/thing.py", f"import keras\nclass thing(keras.Layer):{CALL}"),
        ("pkg/__init__.py", "from .thing import thing"),
        ("user.py", "from pkg import thing\nclass A(thing): ..."),
    )
    assert found == {"A": None}


def test_what_a_name_means_depends_on_the_line(layers_of):
    text = f"""
from keras.layers import Dense
class Dense(Dense): ...
class Second(Dense): ...
Layer = object
class Plain(Layer):{CALL}
from keras import Layer
class Late(Layer):{CALL}
"""
    assert layers_of(("module.py", text)) == {"Dense": None, "Second": None, "Late": None}


def test_the_branch_that_gives_a_layer_counts(layers_of):
    text = f"""
try:
    from keras import Layer
except ImportError:
    Layer = object
if Layer:
    class A(Layer):{CALL.replace(chr(10), chr(10) + "    ")}
else:
    class A:
        pass
"""
    assert layers_of(("module.py", text)) == {"A": None}


def test_nested_classes_count_and_classes_in_functions_do_not(layers_of):
    text = """
    import keras
    class Outer:
        class Base(keras.Layer):
            def call(self, x): return x
        class Inner(Base): ...
        class Dense(keras.layers.Dense): ...
        def method(self):
            class Hidden(keras.layers.Dense): ...
    def make():
        class Made(keras.layers.Dense): ...
        return Made
    with open("x"):
        class InWith(keras.layers.Dense): ...
    if __name__ == "__main__":
        class Script(keras.layers.Dense): ...
    if __name__ != "__main__":
        class Imported(keras.layers.Dense): ...
    """
    found = layers_of(("module.py", text))
    assert set(found) == {"Outer.Base", "Outer.Inner", "Outer.Dense", "InWith", "Imported"}


@pytest.mark.parametrize(
    "text",
    [
        "class A(B): ...\nclass B(A): ...\n",
        "class A(A): ...\n",
        "A = B\nB = A\nclass C(A): ...\n",
        "from module import *\nclass A(B): ...\n",
        "from module import A\nclass B(A): ...\n",
        "import module.a.b as a\nclass B(a.c): ...\n",
    ],
)
def test_definitions_that_go_in_circles_end(layers_of, text):
    found = layers_of(("module.py", f"import keras\n{text}class Good(keras.layers.Dense): ...\n"))
    assert found == {"Good": None}


def test_modules_that_import_each_other_end(layers_of):
    found = layers_of(
        ("a.py", "from b import *\nfrom b import B\nclass A(B): ..."),
        (
            "b.py",
            "from a import *\nfrom a import A\nfrom keras import layers\n"
            "class B(layers.Dense): ...\nclass C(A): ...\n",
        ),
    )
    assert found == {"B": None, "C": None}


def test_a_circular_base_does_not_hide_a_layer(layers_of):
    text = "import keras\nclass A(B): ...\nclass B(A, keras.layers.Dense): ...\n"
    assert "B" in layers_of(("module.py", text))


def test_long_chains_of_classes_and_names_are_followed(layers_of):
    chain = "".join(f"class C{number}(C{number - 1}): ...\n" for number in range(1, 1500))
    found = layers_of(
        ("chain.py", f"import keras\nclass C0(keras.layers.Dense): ...\n{chain}"),
        ("module.py", "from chain import C1499\nclass A(C1499): ..."),
    )
    assert found == {"A": None}


def test_names_without_end_are_given_up(layers_of):
    names = "".join(f"a{number} = a{number - 1}\n" for number in range(1, 3000))
    text = (
        f"import keras\na0 = keras.Layer\n{names}class Lost(a2999): ...\nclass Good(keras.layers.Dense): ..."
    )
    assert layers_of(("module.py", text)) == {"Good": None}
