from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.rules.config.argument_altered import ArgumentAltered
from maskcheck.rules.config.argument_missing import ArgumentMissing
from maskcheck.rules.environment.dtype_behaviour_changed import DtypeBehaviourChanged
from tests.fixes.builders.config.layers import propose_for, write_body

INIT = ("def __init__(self, gain=1.0, bias=0.0, **kwargs):", "    super().__init__(**kwargs)")
KEEP = ("    self.gain = gain", "    self.bias = bias")
WRITE = ("def get_config(self):", '    return {**super().get_config(), "bias": self.bias}')
BOTH = ("def get_config(self):", '    return {**super().get_config(), "bias": self.bias, "gain": self.gain}')


@pytest.mark.parametrize(
    "hint",
    [
        '"gain": self.gain,',
        "gain=self.gain,",
        'config.update({"gain": self.gain})',
        'return {**super().get_config(), "gain": self.gain}',
        "def get_config(self):\n    c = super().get_config()\n    c.update(gain=self.gain)\n    return c",
    ],
)
def test_the_entry_of_the_hint_is_written_in_the_style_of_the_method(tmp_path: Path, hint: str) -> None:
    body = write_body(*INIT, *KEEP, "", *WRITE)
    texts, _ = propose_for(ArgumentMissing, tmp_path, body, "gain", hint=hint)
    assert texts == [write_body(*INIT, *KEEP, "", *BOTH)]


def test_get_config_of_its_own_writes_all_arguments(tmp_path: Path) -> None:
    hint = 'def get_config(self):\n    return {**super().get_config(), "gain": self.gain}'
    texts, _ = propose_for(ArgumentMissing, tmp_path, write_body(*INIT, *KEEP), "gain", hint=hint)
    lines = ["def get_config(self):", "    config = super().get_config()"]
    for text, entries in zip(
        texts, ('"gain": self.gain, "bias": self.bias', '"gain": self.gain'), strict=True
    ):
        update = f"    config.update({{{entries}}})"
        assert text == write_body(*INIT, *KEEP, "", *lines, update, "    return config")


def test_what_the_hint_keeps_is_kept(tmp_path: Path) -> None:
    body = write_body(*INIT, "    self.gain = f(gain)", "", *WRITE)
    hint = '"gain": self.gain_given,  # and in __init__: self.gain_given = gain'
    texts, _ = propose_for(ArgumentMissing, tmp_path, body, "gain", hint=hint)
    assert "        self.gain_given = gain\n        self.gain = f(gain)\n" in texts[0]
    assert '"gain": self.gain_given}' in texts[0]


def test_what_is_serialized_is_read_where_init_does_not(tmp_path: Path) -> None:
    hint = '"gain": keras.saving.serialize_keras_object(self.gain),'
    body = write_body(*INIT, *KEEP, "", *WRITE)
    texts, _ = propose_for(ArgumentMissing, tmp_path, body, "gain", hint=hint)
    assert ["def from_config" in text for text in texts] == [True, False, False]
    body = body.replace("self.gain = gain", "self.gain = keras.regularizers.get(gain)")
    texts, _ = propose_for(ArgumentMissing, tmp_path, body, "gain", hint=hint)
    assert ["def from_config" in text for text in texts] == [False, True, False]


def test_part_that_comes_back_built_is_not_built_again(tmp_path: Path) -> None:
    hint = '"gain": keras.saving.serialize_keras_object(self.gain),'
    build = ("", "def build(self, shape):", "    self.gain.build(shape)")
    body = write_body(*INIT, *KEEP, *build, "", *WRITE)
    texts, _ = propose_for(ArgumentMissing, tmp_path, body, "gain", hint=hint)
    assert ["if not self.gain.built:" in text for text in texts] == [True, False, False]


def test_what_is_taken_out_is_left_in(tmp_path: Path) -> None:
    body = write_body(
        "def get_config(self):", "    c = super().get_config()", '    del c["gain"]', "    return c"
    )
    texts, _ = propose_for(ArgumentMissing, tmp_path, body, "gain", hint='c.update({"gain": self.gain})')
    assert texts[0] == write_body("def get_config(self):", "    c = super().get_config()", "    return c")


def test_altered_argument_is_kept_and_written(tmp_path: Path) -> None:
    body = write_body(*INIT, "    self.keep = 1 - gain", "", *BOTH).replace("self.gain}", "self.keep}")
    texts, _ = propose_for(ArgumentAltered, tmp_path, body, "gain")
    assert texts[0] == write_body(*INIT, "    self.gain = gain", "    self.keep = 1 - gain", "", *BOTH)


def test_attribute_that_is_taken_is_left(tmp_path: Path) -> None:
    body = write_body(*INIT, "    self.gain = 1 - gain", "", *BOTH)
    (text,), _ = propose_for(ArgumentAltered, tmp_path, body, "gain")
    assert "        self.gain_given = gain\n        self.gain = 1 - gain\n" in text
    assert '"gain": self.gain_given}' in text


def test_swapped_values_are_put_right(tmp_path: Path) -> None:
    body = write_body(
        *INIT, *KEEP, "", "def get_config(self):", "    return dict(bias=self.gain, gain=self.bias)"
    )
    texts, _ = propose_for(ArgumentAltered, tmp_path, body, "gain", "bias")
    assert texts == [body.replace("bias=self.gain, gain=self.bias", "bias=self.bias, gain=self.gain")]


def test_list_that_the_automatic_config_holds_is_copied(tmp_path: Path) -> None:
    body = write_body(*INIT, "    gain.append(1)", *KEEP)
    texts, _ = propose_for(ArgumentAltered, tmp_path, body, "gain")
    assert texts[0] == body.replace("        super()", "        gain = list(gain)\n        super()")


def test_from_config_that_gives_another_value_passes_all_on(tmp_path: Path) -> None:
    body = write_body("@classmethod", "def from_config(cls, config):", "    return cls(gain=1)")
    texts, _ = propose_for(ArgumentAltered, tmp_path, body, "gain", hint="return cls(**config)")
    assert texts == [body.replace("gain=1", "**config")]
    assert propose_for(ArgumentAltered, tmp_path, "pass", "gain", hint="return cls(**config)") == ([], ())


def test_autocast_is_written_and_dtype_left_to_the_base_class(tmp_path: Path) -> None:
    hint = 'config.update({"autocast": self.autocast})'
    texts, _ = propose_for(DtypeBehaviourChanged, tmp_path, write_body(*WRITE), "autocast", hint=hint)
    assert texts[0] == write_body(*WRITE).replace("self.bias}", 'self.bias, "autocast": self.autocast}')
    body = write_body(*WRITE).replace('"bias": self.bias', '"dtype": self.dtype')
    texts, _ = propose_for(DtypeBehaviourChanged, tmp_path, body, "dtype")
    assert texts == [write_body("def get_config(self):", "    return super().get_config()")]
    assert propose_for(DtypeBehaviourChanged, tmp_path, "pass", "part.dtype_policy") == ([], ())
