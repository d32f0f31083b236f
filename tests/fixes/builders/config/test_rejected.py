from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.fixes.edit import Applicability
from maskcheck.rules.config.class_degraded import ClassDegraded
from maskcheck.rules.config.config_ignored import ConfigIgnored
from maskcheck.rules.config.config_rejected import ConfigRejected
from tests.fixes.builders.config.layers import propose_for, write_body

INIT = (
    "def __init__(self, gain=1.0, **kwargs):",
    "    super().__init__(**kwargs)",
    "    self.gain = gain",
    "",
)
BASE = "    super().__init__()"
READ = '    config = {**config, "gain": keras.saving.deserialize_keras_object(config["gain"])}'
FROM = ("", "@classmethod", "def from_config(cls, config):")
RAW = ("def get_config(self):", '    return {"gain": self.gain}')
DONE = ("def get_config(self):", '    return {"gain": keras.saving.serialize_keras_object(self.gain)}')


@pytest.mark.parametrize(
    ("subjects", "hint", "before", "after"),
    [
        (
            ("name", "dtype"),
            "def __init__(self, **kwargs):\n    super().__init__(**kwargs)",
            ("def __init__(self):", BASE),
            ("def __init__(self, **kwargs):", "    super().__init__(**kwargs)"),
        ),
        (
            ("name", "dtype"),
            "def __init__(self, **kwargs):\n    super().__init__(name='a', **kwargs)",
            ("def __init__(self):", '    super().__init__(name="a")'),
            ('def __init__(self, name="a", **kwargs):', "    super().__init__(name=name, **kwargs)"),
        ),
        (
            ("units",),
            'config.pop("units") in get_config, or let __init__ take units',
            ("def __init__(self, **kwargs):", "    super().__init__(units=5, **kwargs)"),
            ("def __init__(self, units=5, **kwargs):", "    super().__init__(units=units, **kwargs)"),
        ),
        (
            ("gain",),
            'config.update({"gain": self.gain})',
            (*INIT, "def get_config(self):", "    return super().get_config()"),
            (*INIT, "def get_config(self):", '    return {**super().get_config(), "gain": self.gain}'),
        ),
        (
            ("gain",),
            'config.update({"gain": self.gain})',
            (
                "def __init__(self, gain):",
                BASE,
                "    self.x = 2 * gain",
                "",
                "def get_config(self):",
                "    return {}",
            ),
            ("def __init__(self, gain):", BASE, "    self.gain = gain", "    self.x = 2 * gain", "", *RAW),
        ),
        (
            ("area",),
            "leave area out of what get_config returns",
            (*INIT, "def get_config(self):", '    return {"gain": self.gain, "area": 2}'),
            (*INIT, *RAW),
        ),
        (
            ("n_gain",),
            "write the key under the name of the argument, or leave it out",
            (*INIT, "def get_config(self):", '    return {"n_gain": self.gain}'),
            (*INIT, *RAW),
        ),
        (
            ("built",),
            "if not self.inner.built: self.inner.build(input_shape)",
            ("def build(self, shape):", "    self.gain.build(shape)"),
            ("def build(self, shape):", "    if not self.gain.built:", "        self.gain.build(shape)"),
        ),
        (
            ("gain",),
            '"gain": keras.saving.serialize_keras_object(self.gain),  # in get_config\n' + READ.strip(),
            (*INIT, *RAW, *FROM, "    return cls(**config)"),
            (*INIT, *DONE, *FROM, READ, "    return cls(**config)"),
        ),
        (
            ("gain",),
            "",
            (
                *INIT,
                *RAW,
                *FROM,
                '    gain = Dense.from_config(config["gain"]["config"])',
                "    return cls(gain)",
            ),
            (
                *(*INIT, *DONE, *FROM),
                '    gain = keras.saving.deserialize_keras_object(config["gain"])',
                "    return cls(gain)",
            ),
        ),
        (
            ("units",),
            "",
            (
                *INIT,
                "def get_config(self):",
                '    return {"gain": self.gain.get_config()}',
                *FROM,
                "    return cls(**config)",
            ),
            (*INIT, *DONE, *FROM, READ, "    return cls(**config)"),
        ),
        (
            ("shape",),
            "shape = tuple(shape) if isinstance(shape, list) else shape",
            ("def __init__(self, shape):", BASE),
            (
                "def __init__(self, shape):",
                "    shape = tuple(shape) if isinstance(shape, list) else shape",
                BASE,
            ),
        ),
        (
            ("build",),
            "shape = tuple(shape)",
            ("def build(self, shape):", "    self.w = shape + (1,)"),
            ("def build(self, shape):", "    shape = tuple(shape)", "    self.w = shape + (1,)"),
        ),
        (
            ("layers",),
            "\n".join((*RAW, *FROM, "    return cls(**config)")),
            (*INIT, "def get_config(self):", "    return {}"),
            (*INIT, *RAW, *FROM, "    return cls(**config)"),
        ),
        (
            ("Dense",),
            "keras.saving.serialize_keras_object(...) of it, instead of a dict of your own",
            (
                *INIT,
                "def get_config(self):",
                '    return {"gain": {"class_name": "D", "config": self.gain.get_config()}}',
            ),
            (*INIT, *DONE),
        ),
    ],
)
def test_first_edit_for_a_refused_config(
    tmp_path: Path, subjects: tuple[str, ...], hint: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    texts, edits = propose_for(ConfigRejected, tmp_path, write_body(*before), *subjects, hint=hint)
    assert texts[0] == write_body(*after)
    assert edits[0].applicability is Applicability.SAFE


def test_graph_of_a_model_is_left_to_its_author(tmp_path: Path) -> None:
    assert propose_for(ConfigRejected, tmp_path, write_body(*INIT), "inputs", "outputs") == ([], ())


def test_from_config_is_left_out_at_last(tmp_path: Path) -> None:
    body = (*INIT, *RAW, *FROM, '    return cls(**config.pop("config"))')
    texts, edits = propose_for(ConfigRejected, tmp_path, write_body(*body), "config")
    assert texts == [write_body(*INIT, *RAW)]
    assert edits[0].applicability is Applicability.UNSAFE


@pytest.mark.parametrize("line", ["cls()", 'cls(**{k: config[k] for k in ("name",)})'])
def test_whole_config_is_passed_on(tmp_path: Path, line: str) -> None:
    body = (*INIT, *RAW, *FROM, f"    return {line}")
    texts, _ = propose_for(ConfigIgnored, tmp_path, write_body(*body), "gain", hint="return cls(**config)")
    assert texts == [write_body(*INIT, *RAW, *FROM, "    return cls(**config)"), write_body(*INIT, *RAW)]


def test_key_is_written_under_the_name_of_its_argument(tmp_path: Path) -> None:
    body = write_body(*INIT, *RAW).replace('"gain"', '"g"')
    texts, _ = propose_for(ConfigIgnored, tmp_path, body, "gain", hint='"gain" instead of "g"')
    assert texts == [write_body(*INIT, *RAW)]


def test_own_class_is_made(tmp_path: Path) -> None:
    body = write_body(*INIT, *RAW, *FROM, "    return Other(**config)")
    texts, _ = propose_for(ClassDegraded, tmp_path, body, "Scale", hint="return cls(**config)")
    assert texts == [body.replace("Other", "cls")]


def test_part_keeps_its_class(tmp_path: Path) -> None:
    body = write_body(*INIT, *RAW, *FROM, '    return cls(gain=Dense(**config["gain"]))')
    texts, _ = propose_for(ClassDegraded, tmp_path, body, "gain", hint="return cls(**config)")
    after = '    return cls(gain=keras.saving.deserialize_keras_object(config["gain"]))'
    assert texts[0] == write_body(*INIT, *DONE, *FROM, after)
