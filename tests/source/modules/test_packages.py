"""What the module of a file is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.source.modules.packages import module_name


@pytest.mark.parametrize(
    ("file", "root", "name"),
    [
        ("layers.py", ".", "layers"),
        ("pack/__init__.py", ".", "pack"),
        ("pack/inner/deep.py", ".", "pack.inner.deep"),
        ("pack/__main__.py", ".", "pack.__main__"),
        ("scripts/train.py", "scripts", "train"),
        ("scripts/__main__.py", ".", "scripts.__main__"),
        ("my-scripts/__main__.py", "my-scripts", "__main__"),
    ],
)
def test_a_module_has_its_name_from_its_packages(tmp_path: Path, file: str, root: str, name: str) -> None:
    for folder in ("pack/inner", "scripts", "my-scripts"):
        (tmp_path / folder).mkdir(parents=True)
    for package in ("pack", "pack/inner"):
        (tmp_path / package / "__init__.py").touch()
    assert module_name(str(tmp_path / file)) == (str(tmp_path / root).removesuffix("/."), name)
