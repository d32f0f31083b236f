from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from maskcheck.report.terminal.location import Place, place, place_of
from tests.report.samples import BAD, LOST


def test_relative_to_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert place(str(tmp_path / "a" / "m.py"), 3) == Place("a/m.py", 3)
    assert place("./m.py", 0) == Place("m.py")
    assert place("/m.py", None) == Place("/m.py")
    assert place("", 3) == Place("<no source>", 3)


def test_as_text() -> None:
    assert str(Place("a b\n.py", 3)) == "a b\\n.py:3"
    assert str(Place("m.py")) == "m.py"


def test_finding_without_a_file_is_where_its_layer_is() -> None:
    assert place_of(LOST, BAD) == Place("mymodule.py", 17)
    assert place_of(replace(LOST, line=None), BAD) == Place("mymodule.py")
    assert place_of(replace(LOST, file=None), BAD) == Place("mymodule.py", 8)
