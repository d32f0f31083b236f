from __future__ import annotations

import pytest

from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.changes.config.build_once import BuildOnce
from maskcheck.fixes.changes.config.copied import CopyAttribute
from maskcheck.fixes.changes.config.deserialize_key import DeserializeKey
from maskcheck.fixes.changes.config.pass_on import PassOnConfig
from maskcheck.fixes.changes.config.statements import BeginMethod, ReturnValue
from tests.fixes.changes.config.layers import change_body, change_config

READ = "keras.saving.deserialize_keras_object"
PASS = PassOnConfig("Scale")
PART = DeserializeKey("Scale", "a")


def make(*lines: str) -> str:
    """Return a ``from_config``."""
    return "\n    ".join(["@classmethod\ndef from_config(cls, config):", *lines])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["return cls(a=config['a'])  # own"], ["return cls(**config)  # own"]),
        (["return Dense(**config)"], ["return cls(**config)"]),
        (["known = ('a',)", "return cls(**{k: config[k] for k in known})"], ["return cls(**config)"]),
        (
            ["layer = cls(config['a'])", "layer.b = 1", "return layer"],
            ["layer = cls(**config)", "layer.b = 1", "return layer"],
        ),
        (["return super().from_config({**config, 'a': 1})"], ["return super().from_config(config)"]),
        (["a = config.pop('a')", "return cls(a)"], ["a = config.pop('a')", "return cls(**config)"]),
        (["return cls(**config)"], ["return cls(**config)"]),
    ],
)
def test_config_is_passed_on(before: list[str], after: list[str]) -> None:
    assert change_body(PASS, make(*before)) == make(*after)


def test_what_makes_no_layer_is_left() -> None:
    with pytest.raises(CannotChange, match="makes no layer"):
        change_body(PASS, make("pass"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            ["return cls(**config)"],
            [f'config = {{**config, "a": {READ}(config["a"])}}', "return cls(**config)"],
        ),
        (
            ["a = config.pop('a')", "return cls(a, **config)"],
            [f"a = {READ}(config.pop('a'))", "return cls(a, **config)"],
        ),
        (
            ["return cls(**{**config, 'a': Dense(**config['a'])})"],
            [f"return cls(**{{**config, 'a': {READ}(config['a'])}})"],
        ),
        (["return cls(a=config['a'], b=1)"], [f"return cls(a={READ}(config['a']), b=1)"]),
        (
            ["layer = cls(a=Dense(**config['a']))", "return layer"],
            [f"layer = cls(a={READ}(config['a']))", "return layer"],
        ),
        (
            ["layer = cls(config['a'], **config)", "return layer"],
            [
                f"config = {{**config, 'a': {READ}(config['a'])}}",
                "layer = cls(config['a'], **config)",
                "return layer",
            ],
        ),
        (
            ["return cls(a=saving.deserialize_keras_object(config['a']))"],
            ["return cls(a=saving.deserialize_keras_object(config['a']))"],
        ),
    ],
)
def test_entry_is_read(before: list[str], after: list[str]) -> None:
    assert change_body(PART, make(*before)) == make(*after)


def test_class_without_the_method_gets_one_of_all_keys() -> None:
    body = change_body(PART, "def get_config(self):\n    return {}")
    first = make(f'config = {{**config, "a": {READ}(config["a"])}}', "return cls(**config)")
    assert body == f"def get_config(self):\n    return {{}}\n\n{first}"
    lines = ["config = {", "    **config,", *(f'    "{key}": {READ}(config["{key}"]),' for key in "ab"), "}"]
    both = change_body(DeserializeKey("Scale", "b"), body)
    assert both == f"def get_config(self):\n    return {{}}\n\n{make(*lines, 'return cls(**config)')}"


def test_method_that_takes_no_config_is_left() -> None:
    with pytest.raises(CannotChange, match="takes no config"):
        change_body(PART, "@classmethod\ndef from_config(cls):\n    return cls()")


def test_method_begins_below_its_docstring() -> None:
    copy = BeginMethod("Scale", "from_config", "config = dict(config)")
    before = make('"""Make one."""', "return cls(config.pop('a'))")
    after = make('"""Make one."""', "config = dict(config)", "return cls(config.pop('a'))")
    assert change_body(copy, before) == after
    test = BeginMethod("Scale", "from_config", "if not config:\n    return None")
    after = make("if not config:", "    return None", "return cls(config)")
    assert change_body(test, make("return cls(config)")) == after


@pytest.mark.parametrize(
    ("value", "before", "after"),
    [
        ("c", "c = super().get_config()\nc.update(a=1)", "c = super().get_config()\nc.update(a=1)\nreturn c"),
        ("{**c}", "x = 1\n{**c}  # all", "x = 1\nreturn {**c}  # all"),
    ],
)
def test_value_is_returned(value: str, before: str, after: str) -> None:
    assert change_config(ReturnValue("Scale", "get_config", value), before) == after


def test_parts_are_built_once() -> None:
    before = (
        "def build(self, shape):\n    # parts\n    self.a.build(shape)\n    super().build(shape)\n    x = 1"
    )
    after = (
        "def build(self, shape):\n    # parts\n    if not self.a.built:\n        self.a.build(shape)\n"
        "    super().build(shape)\n    x = 1"
    )
    assert change_body(BuildOnce("Scale"), before) == after


def test_dict_of_the_layer_is_copied() -> None:
    copy = CopyAttribute("Scale", "get_config", "cfg", "config")
    before = "self.cfg.update(super().get_config())\nreturn self.cfg"
    after = "config = dict(self.cfg)\nconfig.update(super().get_config())\nreturn config"
    assert change_config(copy, before) == after
    assert change_config(copy, "return {}") == "return {}"
