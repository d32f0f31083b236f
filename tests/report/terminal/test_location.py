from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from maskcheck.report.terminal.location import Location, locate_finding, make_location
from tests.report.samples import BAD, LOST


def test_relative_to_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert make_location(str(tmp_path / "a" / "m.py"), 3) == Location("a/m.py", 3)
    assert make_location("./m.py", 0) == Location("m.py")
    assert make_location("/m.py", None) == Location("/m.py")
    assert make_location("", 3) == Location("<no source>", 3)


def test_as_text() -> None:
    assert str(Location("a b\n.py", 3)) == "a b\\n.py:3"
    assert str(Location("m.py")) == "m.py"


def test_finding_without_a_file_is_where_its_layer_is() -> None:
    assert locate_finding(LOST, BAD) == Location("mymodule.py", 17)
    assert locate_finding(replace(LOST, line=None), BAD) == Location("mymodule.py")
    assert locate_finding(replace(LOST, file=None), BAD) == Location("mymodule.py", 8)
