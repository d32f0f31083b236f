from __future__ import annotations

import pytest

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.config.attributes import LeaveAttribute, SetAttribute
from maskcheck.fixes.changes.config.constructor import FreeKeywords, RenameKeywords, TakeKeywords
from tests.fixes.changes.config.layers import change_body
from tests.fixes.changing import apply

TAKE = TakeKeywords("Scale")
KEEP = SetAttribute("Scale", "a", "a")


def init(parameters: str, *lines: str) -> str:
    """Return an ``__init__``."""
    return "\n    ".join([f"def __init__({parameters}):", *lines])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (init("self", "super().__init__()"), init("self, **kwargs", "super().__init__(**kwargs)")),
        (
            init("self, a", "super().__init__(a, name='x')"),
            init("self, a, **kwargs", "super().__init__(a, name='x', **kwargs)"),
        ),
        (
            init("self, a=1, *, b", "'''Text.'''", "self.a = a"),
            init("self, a=1, *, b, **kwargs", "'''Text.'''", "super().__init__(**kwargs)", "self.a = a"),
        ),
        (
            init("self, a, /", "super(Scale, self).__init__()"),
            init("self, a, /, **kwargs", "super(Scale, self).__init__(**kwargs)"),
        ),
        (
            init("self, *args", "Base.__init__(self, *args)"),
            init("self, *args, **kwargs", "Base.__init__(self, *args, **kwargs)"),
        ),
        (init("self, **kw", "super().__init__()"), init("self, **kw", "super().__init__(**kw)")),
        (init("self, **kw", "super().__init__(**kw)"), init("self, **kw", "super().__init__(**kw)")),
        (
            init("self, name=None, **kw", "super().__init__(name=name)", "self.d = Dense(**kw)"),
            init(
                "self, name=None, *, trainable=True, dtype=None, **kw",
                "super().__init__(name=name, trainable=trainable, dtype=dtype)",
                "self.d = Dense(**kw)",
            ),
        ),
        (
            init("\n        self,\n        a=1,  # first\n    ", "super().__init__()"),
            init(
                "\n        self,\n        a=1,  # first\n        **kwargs,\n    ",
                "super().__init__(**kwargs)",
            ),
        ),
        (
            init("\n        self,\n        a=1\n    ", "super().__init__()"),
            init("\n        self,\n        a=1,\n        **kwargs\n    ", "super().__init__(**kwargs)"),
        ),
        (
            init("self", "super().__init__(\n        name='x',\n    )"),
            init("self, **kwargs", "super().__init__(\n        name='x',\n        **kwargs,\n    )"),
        ),
        (
            "def __init__(self): super().__init__()",
            "def __init__(self, **kwargs): super().__init__(**kwargs)",
        ),
    ],
)
def test_keywords_reach_the_base_class(before: str, after: str) -> None:
    assert change_body(TAKE, before) == after


def test_keywords_are_typed_where_the_module_knows_the_type() -> None:
    text = (
        "from typing import Any\n\n\nclass Scale(L):\n    def __init__(self, a: int) -> None:\n        pass\n"
    )
    assert "(self, a: int, **kwargs: Any) -> None:" in apply(TAKE, text)


def test_keywords_get_the_name_that_keras_looks_for() -> None:
    before = init(
        "self, **options", "options.pop('x')", "super().__init__(**options)", "self.options = f(options=1)"
    )
    after = init(
        "self, **kwargs", "kwargs.pop('x')", "super().__init__(**kwargs)", "self.options = f(options=1)"
    )
    assert change_body(RenameKeywords("Scale"), before) == after


@pytest.mark.parametrize(
    ("names", "before", "after"),
    [
        (
            (),
            init("self, **kwargs", "super().__init__(units=5, activation='tanh', **kwargs)"),
            init(
                "self, units=5, activation='tanh', **kwargs",
                "super().__init__(units=units, activation=activation, **kwargs)",
            ),
        ),
        (
            ("name",),
            init("self, a, **kwargs", "super().__init__(name='x', dtype='float32', **kwargs)"),
            init("self, a, name='x', **kwargs", "super().__init__(name=name, dtype='float32', **kwargs)"),
        ),
        (
            (),
            init("self, name=None", "super().__init__(name=name, dtype=f())"),
            init("self, name=None", "super().__init__(name=name, dtype=f())"),
        ),
    ],
)
def test_what_is_fixed_becomes_an_argument(names: tuple[str, ...], before: str, after: str) -> None:
    assert change_body(FreeKeywords("Scale", names), before) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            init("self, a, **kw", "super().__init__(**kw)", "f()"),
            init("self, a, **kw", "super().__init__(**kw)", "self.a = a", "f()"),
        ),
        (
            init("self, a", "super().__init__()", "self.b = b", "self.c = f(a)"),
            init("self, a", "super().__init__()", "self.b = b", "self.a = a", "self.c = f(a)"),
        ),
        (init("self, a", "self.a = f(a)  # why"), init("self, a", "self.a = a  # why")),
        (init("self, a", "self.a: int = f(a)"), init("self, a", "self.a: int = a")),
        (init("self, a", "'''Text.'''"), init("self, a", "'''Text.'''", "self.a = a")),
        (init("self, a", "if a:", "    self.a = f(a)"), init("self, a", "if a:", "    self.a = a")),
    ],
)
def test_argument_is_kept(before: str, after: str) -> None:
    assert change_body(KEEP, before) == after


def test_attribute_of_several_places_is_left() -> None:
    with pytest.raises(CannotChange, match="in several places"):
        change_body(KEEP, init("self, a", "self.a = 1", "self.a = 2"))


def test_attribute_is_left_alone() -> None:
    before = "def get_config(self):\n    self.a = 1\n    self.a += 1\n    self.b = 2\n    return {}"
    after = "def get_config(self):\n    self.b = 2\n    return {}"
    assert change_body(LeaveAttribute("Scale", "a", "get_config"), before) == after
