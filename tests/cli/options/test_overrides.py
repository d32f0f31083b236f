"""Settings of single layers, from the file to the settings of the scan."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.model.case import Mark
from maskcheck.settings import Override
from tests.cli.conftest import Run
from tests.cli.options.test_sources import settings_of

TEXT = """\
[tool.maskcheck]
timeout = 5

[[tool.maskcheck.overrides]]
layers = ["mypkg.*.Attention", "*Mask*"]
timeout = 120
rtol = 1e-5
route = ["keras", "config"]

[[tool.maskcheck.overrides]]
layers = ["Old*"]
ignore = ["MC603"]
min-proven = 0
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text(TEXT)


def test_they_are_checked_and_named_as_the_settings_are(run: Run) -> None:
    given = settings_of(run, "m")
    assert given.timeout == 5
    first = {"timeout": 120.0, "rtol": 1e-5, "routes": ("config", "keras")}
    assert given.overrides == (
        Override(("mypkg.*.Attention", "*Mask*"), first, Mark("pyproject.toml", 4)),
        Override(("Old*",), {"ignore": ("MC603",), "min_proven": 0.0}, Mark("pyproject.toml", 10)),
    )


def test_the_command_line_and_the_environment_prevail(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MASKCHECK_RTOL", "0")
    given = settings_of(run, "m", "--timeout", "9", "--ignore", "MC101", "--min-proven", "1")
    assert (given.timeout, given.rtol, given.ignore) == (9, 0, ("MC101",))
    assert [dict(override.values) for override in given.overrides] == [{"routes": ("config", "keras")}, {}]
