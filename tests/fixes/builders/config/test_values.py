from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.fixes.builders.keras_names import find_saving
from maskcheck.fixes.edit import Applicability
from maskcheck.rules.config.base_config_lost import BaseConfigLost
from maskcheck.rules.config.config_drift import ConfigDrift
from maskcheck.rules.config.config_impure import ConfigImpure
from maskcheck.rules.config.config_unserializable import ConfigUnserializable
from tests.fixes.builders.config.layers import propose_for, write_body

INIT = ("def __init__(self, a=(), **kwargs):", "    super().__init__(**kwargs)", "    self.a = a")
GET = ("", "def get_config(self):")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            ("def get_config(self):", '    return {"a": 1}'),
            ("def get_config(self):", '    return {**super().get_config(), "a": 1}'),
        ),
        (
            ("def __init__(self, **kwargs):", "    super().__init__()"),
            ("def __init__(self, **kwargs):", "    super().__init__(**kwargs)"),
        ),
        (
            ("def __init__(self, **options):", "    super().__init__(**options)"),
            ("def __init__(self, **kwargs):", "    super().__init__(**kwargs)"),
        ),
        (
            ("def __init__(self, **kwargs):", '    super().__init__(name="x", **kwargs)'),
            ('def __init__(self, name="x", **kwargs):', "    super().__init__(name=name, **kwargs)"),
        ),
        (
            ("def get_config(self):", '    return {**super().get_config(), "name": "x"}'),
            ("def get_config(self):", "    return super().get_config()"),
        ),
        (
            ("def get_config(self):", "    c = super().get_config()", '    c.pop("name")', "    return c"),
            ("def get_config(self):", "    c = super().get_config()", "    return c"),
        ),
    ],
)
def test_base_config_is_kept(tmp_path: Path, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    texts, edits = propose_for(BaseConfigLost, tmp_path, write_body(*before), "name", "trainable")
    assert texts[0] == write_body(*after)
    assert edits[0].applicability is Applicability.SAFE


def test_config_and_constructor_are_mended_together(tmp_path: Path) -> None:
    body = ("def __init__(self):", "    super().__init__()", *GET, "    return {}")
    texts, _ = propose_for(BaseConfigLost, tmp_path, write_body(*body), "name")
    after = (
        "def __init__(self, **kwargs):",
        "    super().__init__(**kwargs)",
        *GET,
        "    return super().get_config()",
    )
    assert texts[0] == write_body(*after)
    assert len(texts) == 3


@pytest.mark.parametrize(
    ("line", "value"),
    [("    self.a = Kind(a)", "self.a.value"), ("    self.a = Kind[a]", "self.a.name")],
)
def test_member_of_an_enumeration_is_written_plainly(tmp_path: Path, line: str, value: str) -> None:
    (tmp_path / "kinds.py").write_text("from enum import Enum\n\n\nclass Kind(Enum):\n    A = 1\n")
    body = write_body(*INIT[:2], line, *GET, '    return {"a": self.a}')
    texts, _ = propose_for(ConfigUnserializable, tmp_path, body, "a")
    assert texts[0] == body.replace('"a": self.a}', f'"a": {value}}}')


def test_object_of_the_automatic_config_is_serialized(tmp_path: Path) -> None:
    texts, _ = propose_for(ConfigUnserializable, tmp_path, write_body(*INIT), "a")
    assert texts[0] == write_body(
        *(*INIT, *GET, "    config = super().get_config()"),
        '    config.update({"a": keras.saving.serialize_keras_object(self.a)})',
        *("    return config", "", "@classmethod", "def from_config(cls, config):"),
        '    config = {**config, "a": keras.saving.deserialize_keras_object(config["a"])}',
        "    return cls(**config)",
    )


def test_forgotten_return_is_written(tmp_path: Path) -> None:
    body = write_body("def get_config(self):", "    c = super().get_config()", "    c.update(a=1)")
    texts, _ = propose_for(ConfigUnserializable, tmp_path, body, "config")
    assert texts == [body + "        return c\n"]


def test_model_that_is_not_compiled_tells_of_nothing(tmp_path: Path) -> None:
    body = write_body("def get_compile_config(self):", '    return {"a": self.a}')
    hint = "if not self.compiled:\n    return None"
    texts, _ = propose_for(ConfigUnserializable, tmp_path, body, "get_compile_config", hint=hint)
    assert texts == [
        body.replace(
            "        return", f"        {hint.replace(chr(10), chr(10) + ' ' * 8)}\n        return", 1
        )
    ]


@pytest.mark.parametrize(
    ("kept", "hint", "first"),
    [
        ("self.a = a", "self.a = tuple(a)", "self.a = tuple(a)"),
        ("self.a = dict(a)", INTS := "self.a = {int(key): value for key, value in a.items()}", INTS),
        ("self.a = dict(a or {})", INTS, INTS.replace("a.items()", "(a or {}).items()")),
    ],
)
def test_type_is_made_in_the_attribute(tmp_path: Path, kept: str, hint: str, first: str) -> None:
    body = write_body(*INIT[:2], f"    {kept}")
    texts, _ = propose_for(ConfigDrift, tmp_path, body, "a", hint=hint)
    assert texts[0] == body.replace(kept, first)
    assert "        a = " in texts[1]


def test_none_stays_none(tmp_path: Path) -> None:
    body = write_body(*INIT).replace("a=()", "a=None")
    texts, _ = propose_for(ConfigDrift, tmp_path, body, "a", hint="self.a = tuple(a)")
    assert texts[0] == body.replace("self.a = a", "self.a = None if a is None else tuple(a)")


def test_what_an_attribute_is_computed_of_gets_its_type_first(tmp_path: Path) -> None:
    body = write_body(*INIT[:2], "    self.a = a + (1,)")
    texts, _ = propose_for(ConfigDrift, tmp_path, body, "a", hint="self.a = tuple(a)")
    assert texts[0] == body.replace("        super()", "        a = tuple(a)\n        super()")


def test_order_of_a_dict_is_kept(tmp_path: Path) -> None:
    body = write_body("def get_config(self):", '    return {"a": dict(sorted(self.a.items()))}')
    texts, _ = propose_for(ConfigDrift, tmp_path, body, "a")
    assert texts == [body.replace("dict(sorted(self.a.items()))", "dict(self.a)")]


@pytest.mark.parametrize(
    ("subject", "hint", "before", "after"),
    [
        ("a", "", ("    self.a = None", "    return {}"), ("    return {}",)),
        (
            "a",
            "",
            ("    self.a.update(super().get_config())", "    return self.a"),
            ("    config = dict(self.a)", "    config.update(super().get_config())", "    return config"),
        ),
        ("a", "", ('    return {"a": f()}',), ('    return {"a": self.a}',)),
        ("a", '"a": list(self.a)', ('    return {"a": self.a}',), ('    return {"a": list(self.a)}',)),
    ],
)
def test_get_config_leaves_the_layer_alone(
    tmp_path: Path, subject: str, hint: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    texts, _ = propose_for(ConfigImpure, tmp_path, write_body(*INIT, *GET, *before), subject, hint=hint)
    assert texts[0] == write_body(*INIT, *GET, *after)


def test_from_config_leaves_the_config_alone(tmp_path: Path) -> None:
    body = write_body("@classmethod", "def from_config(cls, cfg):", '    return cls(cfg.pop("a"))')
    texts, _ = propose_for(ConfigImpure, tmp_path, body, "a", hint="config = dict(config)")
    assert texts == [body.replace("        return", "        cfg = dict(cfg)\n        return")]


@pytest.mark.parametrize(
    ("statement", "module"),
    [
        ("import keras", "keras.saving"),
        ("import tf_keras as k", "k.saving"),
        ("import tensorflow as tf", "tf.keras.utils"),
        ("import tensorflow.keras", "tensorflow.keras.utils"),
        ("from tensorflow import keras", "keras.utils"),
        ("from keras import ops, saving", "saving"),
        ("import numpy", "keras.saving"),
    ],
)
def test_keras_is_written_as_the_module_names_it(tmp_path: Path, statement: str, module: str) -> None:
    file = tmp_path / "layers.py"
    file.write_text(f"{statement}\n")
    saving = find_saving(str(file))
    assert saving.module == module
    assert bool(saving.imports) == ("numpy" in statement)
