"""Why a layer is listed but not checked."""

from __future__ import annotations

import pytest

HEAD = (
    "import abc\nfrom abc import ABC, ABCMeta, abstractmethod\nimport keras\nfrom keras import Layer, Model\n"
)
CALL = "def call(self, x): return x"
REFUSES = "class {}(Layer):\n    def call(self, x):\n        raise NotImplementedError\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"class A(Layer):\n    {CALL}", None),
        ("class A(Layer): ...", "no call method"),
        ("class A(keras.layers.Dense): ...", None),
        ("class A(keras.layers.Wrapper): ...", "no call method"),
        ("class A(keras.layers.RNN): ...", None),
        ("class A(keras.Sequential): ...", None),
        ("class A(Layer):\n    call = print", None),
        ("class A(Layer):\n    def __call__(self, x): return x", None),
        ("class M:\n    def call(self, x): return x\nclass A(M, Layer): ...", None),
        ("import unknown_library\nclass A(unknown_library.Mixin, Layer): ...", None),
        ("import enum\nclass A(enum.Enum, Layer): ...", "no call method"),
        ("class A(Layer):\n    if True:\n        def call(self, x): return x", None),
        (REFUSES.format("A"), "abstract: call"),
        (REFUSES.format("A").replace("raise", "'Doc.'\n        raise"), "abstract: call"),
        (REFUSES.format("A").replace("Error", "Error('why')"), "abstract: call"),
        (REFUSES.format("A").replace("Error", ""), "abstract: call"),
        (REFUSES.format("A").replace("NotImplemented", "Value"), None),
        (REFUSES.format("A").replace("raise", "x += 1\n        raise"), None),
        (REFUSES.format("B") + "class A(B): ...", "abstract: call"),
        (REFUSES.format("B") + f"class A(B):\n    {CALL}", None),
    ],
)
def test_a_class_without_call_is_skipped(layers_of, text, reason):
    assert layers_of(("module.py", HEAD + text))["A"] == reason


ABSTRACT = """
class Base({base}):
    @abstractmethod
    def score(self): ...
    @property
    @abc.abstractmethod
    def width(self): ...
    def call(self, x): return x
"""


@pytest.mark.parametrize("base", ["Layer, ABC", "Layer, abc.ABC", "Layer, metaclass=ABCMeta", "ABC, Layer"])
def test_abstract_methods_are_named(layers_of, base):
    found = layers_of(
        (
            "module.py",
            HEAD
            + ABSTRACT.format(base=base)
            + """
class Half(Base):
    def score(self): ...
class Whole(Half):
    width = 3
""",
        )
    )
    assert found == {"Base": "abstract: score, width", "Half": "abstract: width", "Whole": None}


def test_a_metaclass_derived_from_abcmeta_enforces_too(layers_of):
    text = (
        "class Meta(ABCMeta): ...\n" + ABSTRACT.format(base="Layer, metaclass=Meta") + "class A(Base): ...\n"
    )
    assert layers_of(("module.py", HEAD + text))["A"] == "abstract: score, width"


def test_without_abcmeta_only_the_class_that_says_so_is_abstract(layers_of):
    found = layers_of(("module.py", HEAD + ABSTRACT.format(base="Layer") + "class A(Base): ...\n"))
    assert found == {"Base": "abstract: score, width", "A": None}


def test_a_sibling_base_may_implement_what_another_leaves_open(layers_of):
    text = """
class Open(ABC):
    @abstractmethod
    def call(self, x): ...
class First(Layer, Open): ...
class Closed(Open):
    def call(self, x): return x
class Second(First, Closed): ...
class Third(keras.layers.Dense, Open): ...
"""
    found = layers_of(("module.py", HEAD + text))
    assert found == {"First": "abstract: call", "Second": None, "Third": None}


def test_an_unknown_base_may_implement_anything(layers_of):
    text = (
        ABSTRACT.format(base="Layer, ABC")
        + "import unknown_library\nclass A(unknown_library.Mixin, Base): ...\n"
    )
    assert layers_of(("module.py", HEAD + text))["A"] is None


@pytest.mark.parametrize(
    ("init", "reason"),
    [
        ("", None),
        ("def __init__(self, a, b): super().__init__(a, b)", None),
        ("def __init__(self): super().__init__(inputs=1, outputs=2)", None),
        ("def __init__(self, *args): super().__init__(*args)", None),
        ("def __init__(self, **kwargs): super().__init__(**kwargs)", "no call method"),
        ("def __init__(self, name): super().__init__(name)", "no call method"),
    ],
)
def test_a_model_without_call_may_be_functional(layers_of, init, reason):
    text = f"class A(Model):\n    {init}\n    def train_step(self, data): ...\n"
    assert layers_of(("module.py", HEAD + text)) == {"A": reason}
