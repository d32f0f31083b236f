"""The lines that keep what Keras' own Layer takes and writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.source.edits.base_arguments import find_dropped_key, write_constructor, write_super_config


def write(folder: Path, text: str) -> str:
    file = folder / "m.py"
    file.write_text("class A(Base):\n" + "".join(f"    {line}\n" for line in text.splitlines()))
    return str(file)


@pytest.mark.parametrize(
    ("text", "signature", "call"),
    [
        ("def __init__(self, units):\n    super().__init__()", "self, units, **kwargs", "**kwargs"),
        (
            "def __init__(self, name=None):\n    super(A, self).__init__(name=name)",
            "self, name=None, **kwargs",
            "name=name, **kwargs",
        ),
        ("def __init__(self, **more):\n    super().__init__()", "self, **more", "**more"),
        ("def __init__(self, units):\n    self.units = units", "self, units, **kwargs", "**kwargs"),
    ],
)
def test_a_constructor_that_takes_and_hands_on(tmp_path: Path, text: str, signature: str, call: str) -> None:
    found = write_constructor(write(tmp_path, text), "A")
    assert found
    edit, user = found
    first, second = edit.text.splitlines()
    assert (first, user, edit.line) == (f"def __init__({signature}):", "", 2)
    assert second.endswith(f".__init__({call})")


def test_keywords_that_belong_to_a_part_are_taken_apart(tmp_path: Path) -> None:
    text = "def __init__(self, kind, **kw):\n    super().__init__()\n    self.conv = Conv(kind, **kw)"
    found = write_constructor(write(tmp_path, text), "A")
    assert found
    edit, user = found
    assert user == "conv"
    assert edit.text == (
        "def __init__(self, kind, *, name=None, trainable=True, dtype=None, **kw):\n"
        "    super().__init__(name=name, trainable=trainable, dtype=dtype)"
    )


@pytest.mark.parametrize(
    "text", ["def __init__(self, **kwargs):\n    super().__init__(**kwargs)", "units = 2"]
)
def test_a_constructor_that_lacks_nothing(tmp_path: Path, text: str) -> None:
    assert write_constructor(write(tmp_path, text), "A") is None


@pytest.mark.parametrize(
    ("body", "line", "edit"),
    [
        ('return {"a": 1}', 3, 'return {**super().get_config(), "a": 1}'),
        ("return dict(a=1)", 3, "return {**super().get_config(), **dict(a=1)}"),
        ('config = {"a": 1}\nreturn config', 3, 'config = {**super().get_config(), "a": 1}'),
        ('x = 1\nconfig = {"a": x}\nreturn config', 4, 'config = {**super().get_config(), "a": x}'),
    ],
)
def test_a_config_that_starts_from_super(tmp_path: Path, body: str, line: int, edit: str) -> None:
    text = "def get_config(self):\n" + "".join(f"    {each}\n" for each in body.splitlines())
    found = write_super_config(write(tmp_path, text), "A")
    assert found
    assert (found.line, found.text) == (line, edit)


@pytest.mark.parametrize(
    "text",
    [
        'def get_config(self):\n    return {**super().get_config(), "a": 1}',
        "def get_config(self):\n    config = super(A, self).get_config()\n    return config",
        "def get_config(self):\n    if self.a:\n        return {}\n    return dict(b=1)",
        "units = 2",
    ],
)
def test_a_config_that_needs_no_such_line_or_has_no_place_for_it(tmp_path: Path, text: str) -> None:
    assert write_super_config(write(tmp_path, text), "A") is None


@pytest.mark.parametrize(
    ("statement", "dropped"),
    [
        ('config.pop("trainable")', True),
        ('config.pop("trainable", None)', True),
        ('del config["trainable"]', True),
        ('config = {k: v for k, v in config.items() if k not in ("trainable", "dtype")}', True),
        ('config.pop("dtype")', False),
        ('config["trainable"] = True', False),
    ],
)
def test_what_takes_a_key_out(tmp_path: Path, statement: str, dropped: bool) -> None:
    text = f"def get_config(self):\n    config = super().get_config()\n    {statement}\n    return config"
    found = find_dropped_key(write(tmp_path, text), "A", "trainable")
    assert (found.line if found else None) == (4 if dropped else None)
