"""Entries of a spec that match no class of the scan: which of them another scan may be for."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.engine.unmatched import find_unknown_entries
from maskcheck.model.case import LayerSpec, Mark

TEXT = """\
class Layer:
    class Part:
        pass

if x:
    class Perhaps(Base): pass

Made: type = make()
call(Called, is_equal == 3)
Called(3)
"""


def unknown(where: Path, name: str, *searched: str) -> bool:
    (where / "pkg").mkdir()
    (where / "pkg" / "mod.py").write_text(TEXT)
    entry = LayerSpec(name, Mark("maskcheck.yaml", 3))
    return bool(find_unknown_entries([entry], str(where), [str(where / one) for one in searched]))


@pytest.mark.parametrize("name", ["Layer", "mod.Layer", "pkg.mod.Layer", "Layer.Part", "Perhaps", "Made"])
def test_what_another_scan_may_find(tmp_path: Path, name: str) -> None:
    assert not unknown(tmp_path, name)


@pytest.mark.parametrize("name", ["Called", "is_equal", "Lyer", "other.Layer", "mod.Other.Part", "pkg"])
def test_what_nothing_defines(tmp_path: Path, name: str) -> None:
    assert unknown(tmp_path, name)


@pytest.mark.parametrize(("name", "lost"), [("Layer", True), ("Made", True), ("Perhaps", False)])
def test_what_this_scan_would_have_found(tmp_path: Path, name: str, lost: bool) -> None:
    assert unknown(tmp_path, name, "pkg/mod.py") is lost
