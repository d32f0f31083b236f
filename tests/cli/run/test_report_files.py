"""All reports of one real scan: of layers that kill their process or throw hard texts about."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xunitparser

from maskcheck.report.reporters import FORMATS
from tests.paths import ROOT

pytestmark = pytest.mark.tensorflow

PLACE = ROOT / "fixtures/hostile"
FATAL = {"Segfaults": 19, "Aborts": 27}
Read = Callable[[str], str]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Read:
    """Read a report of a scan that was run once, in the folder of the fixtures."""
    folder = tmp_path_factory.mktemp("reports")
    reports = [word for name in FORMATS for word in ("--report", f"{name}={folder / name}")]
    targets = ["crashes.py", "texts.py", "unusual_text/syntax_error.py"]
    command = [sys.executable, "-m", "maskcheck", "scan", *targets, *reports, "--format", "concise"]
    done = subprocess.run(command, cwd=PLACE, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (folder / "concise").read_text("utf-8")
    assert sorted(path.name for path in folder.iterdir()) == sorted(FORMATS)
    return lambda name: (folder / name).read_text("utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_no_report_lets_control_characters_through(read: Read, name: str) -> None:
    text = read(name)
    assert not [sign for sign in text if not sign.isprintable() and sign not in "\n\t"]
    assert "[bold]markup[/bold]" in text or name == "concise"


@pytest.mark.parametrize("name", FORMATS)
def test_every_report_tells_of_crashes_and_of_what_cannot_be_imported(read: Read, name: str) -> None:
    text = read(name)
    assert all(word in text for word in ("MC005", "Segfaults", "SIGABRT", "MC001", "SyntaxError"))
    assert str(PLACE) not in text


def test_concise(read: Read) -> None:
    lines = read("concise").splitlines()
    for name, line in FATAL.items():
        assert [
            each
            for each in lines
            if each.startswith(f"crashes.py:{line}: MC005 {name}: the process died of ")
        ]
    assert lines[-1].endswith(" · exit code 1")


def test_junit(read: Read, tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(read("junit"), "utf-8")
    suite, result = xunitparser.parse(str(tmp_path / "report.xml"))
    errors = {test.classname.rpartition(".")[2] for test in suite if test.errored}
    assert errors >= {*FATAL, "RaisesColours", "syntax_error"}
    assert {test.classname for test in suite if test.failed} == {"texts.LosesColours"}
    assert result.time.total_seconds() > 0


def test_sarif_and_gitlab_name_the_same_places(read: Read) -> None:
    results = json.loads(read("sarif"))["runs"][0]["results"]
    physical = [result["locations"][0]["physicalLocation"] for result in results]
    places = [(each["artifactLocation"]["uri"], each["region"]["startLine"]) for each in physical]
    issues = [issue["location"] for issue in json.loads(read("gitlab"))]
    assert [(each["path"], each["lines"]["begin"]) for each in issues] == places
    assert {("crashes.py", line) for line in FATAL.values()} < set(places)


def test_github(read: Read) -> None:
    commands = [line for line in read("github").splitlines() if line.startswith("::error")]
    assert len(commands) == len({line.partition(",title=")[2] for line in commands}) > 5


def test_markdown(read: Read) -> None:
    assert f"`crashes.py:{FATAL['Segfaults']}`" in read("markdown")
