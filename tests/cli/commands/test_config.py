from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.options.test_sources import PARAMS

TEXT = """\
[tool.maskcheck]
targets = ["mypkg"]
min-proven = 80
report = ["junit=r.xml"]
[[tool.maskcheck.overrides]]
layers = ["*Mask*"]
timeout = 120
route = ["config"]
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_each_setting_is_told_with_its_origin(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "pyproject.toml").write_text(TEXT)
    monkeypatch.setenv("MASKCHECK_JOBS", "2")
    monkeypatch.setenv("MASKCHECK_FORMAT", "concise")
    result = run("config", "--seed", "3", "--only", "A", "--only", "B")
    lines = [line.split("  ") for line in result.out.splitlines()]
    told = {words[0]: [word.strip() for word in words[1:] if word] for words in lines if words[0]}
    assert (result.code, result.err) == (0, "")
    assert told["targets"] == ['["mypkg"]', "pyproject.toml:2"]
    assert told["min-proven"] == ["80.0", "pyproject.toml:3"]
    assert told["report"] == ['["junit=r.xml"]', "pyproject.toml:4"]
    assert told["jobs"] == ["2", "MASKCHECK_JOBS"]
    assert told["format"] == ['"concise"', "MASKCHECK_FORMAT"]
    assert told["seed"] == ["3", "command line"]
    assert told["only"] == ['["A", "B"]', "command line"]
    assert told["spec"] == ["maskcheck.yaml here or in a parent directory", "default"]
    assert told["probe"] == ["true", "default"]
    end = ["", "for layers *Mask*  pyproject.toml:5", "  timeout  120.0", '  route    ["config"]']
    assert result.out.splitlines()[-4:] == end


def test_as_json(run: Run, here: Path) -> None:
    (here / "pyproject.toml").write_text(TEXT)
    document = json.loads(run("config", "--format", "json", "--timeout", "9").out)
    assert (document["schema"], document["file"]) == ("maskcheck-config/1", "pyproject.toml")
    assert len(document["settings"]) == len(PARAMS)
    assert document["settings"]["timeout"] == {"value": 9.0, "from": "command line"}
    assert document["settings"]["format"] == {"value": "text", "from": "default"}
    assert document["settings"]["spec"] == {"value": None, "from": "default"}
    override = {"layers": ["*Mask*"], "settings": {"route": ["config"]}, "from": "pyproject.toml:5"}
    assert document["overrides"] == [override]


def test_without_a_project(run: Run) -> None:
    document = json.loads(run("config", "--format", "json").out)
    assert (document["file"], document["overrides"]) == (None, [])
    assert {each["from"] for each in document["settings"].values()} == {"default"}
    assert document["settings"]["targets"]["value"] == []


def test_an_override_of_which_nothing_is_left_says_so(run: Run, here: Path) -> None:
    (here / "pyproject.toml").write_text(TEXT)
    told = run("config", "--timeout", "9", "--route", "keras").out
    assert told.endswith("pyproject.toml:5\n  nothing that is not given otherwise\n")


def test_what_is_wrong_is_wrong_here_too(run: Run, here: Path) -> None:
    (here / "pyproject.toml").write_text(TEXT.replace("120", "0"))
    result = run("config")
    assert (result.code, result.out) == (2, "")
    assert "pyproject.toml:7:1: 'timeout': 0.0 is not in the range" in result.err
