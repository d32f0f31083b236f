from __future__ import annotations

import subprocess
from collections.abc import Generator
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from maskcheck.fixes.edit import Edit, FileChange
from maskcheck.model.case import Subject
from maskcheck.model.finding import Check, Finding, Status
from maskcheck.model.report import Event, LayerFinished, LayerReport, ScanFinished, Verdict
from maskcheck.settings import Settings
from tests.cli.conftest import Run
from tests.cli.fakes import BAD, LOST, STARTED, Engine
from tests.fixes.reports import ReplaceText

MODULE = "import keras\n\n\nclass Bad(keras.layers.Layer):\n    rate = None\n    size = None\n"
RATE = replace(LOST, case="default")
SIZE = replace(RATE, subjects=("size",), message="size is lost")
TITLES = {"rate": "Write rate to the config", "size": "Write size to the config"}


class Engines(Engine):
    """Finds what the source that it is given still lacks."""

    def __init__(self, *, interrupted: int = 0) -> None:
        super().__init__()
        self.scans: list[Settings] = []
        self.interrupted = interrupted

    def scan(self, settings: Settings) -> Generator[Event, None, None]:
        self.scans.append(settings)
        number = len(self.scans)
        text = Path(settings.targets[0].partition(":")[0]).read_text()
        found = tuple(finding for finding in (RATE, SIZE) if f"{finding.subject} = None" in text)
        self.story = [
            STARTED,
            LayerFinished(make_report(found, settings.targets[0]), 1, 1),
            ScanFinished(1.0, int(bool(found)), interrupted=number == self.interrupted),
        ]
        yield from super().scan(settings)


def make_report(findings: tuple[Finding, ...], file: str) -> LayerReport:
    verdict = Verdict.FAIL if findings else Verdict.CONFORM
    checks = (Check("MC101", "config", "default", Status.FAILED if findings else Status.PASSED),)
    return replace(BAD, id="m.Bad", file=file, findings=findings, checks=checks, verdict=verdict, output="")


@pytest.fixture(autouse=True)
def module(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a module, and know an edit for each finding of it."""

    def propose(finding: Finding, subject: Subject) -> tuple[Edit, ...]:
        name = finding.subject
        change = ReplaceText(f"{name} = None", f"{name} = 1")
        return (Edit(TITLES[name], (FileChange(subject.file, change),)),)

    monkeypatch.setattr("maskcheck.fixes.bench.propose_edits", propose)
    file = Path("m.py")
    file.write_text(MODULE)
    return file


def test_edits_are_shown_and_nothing_is_changed(run: Run, module: Path) -> None:
    result = run("fix", "m.py", "--quiet", engine=Engines())
    assert result.code == 1
    assert result.err == ""
    assert result.out == (
        "Bad  m.py:9\n"
        "  MC101 argument-missing   Write rate to the config\n"
        "  MC101 argument-missing   Write size to the config\n"
        "    --- a/m.py\n"
        "    +++ b/m.py\n"
        "    @@ -2,5 +2,5 @@\n"
        "\n"
        "\n"
        "     class Bad(keras.layers.Layer):\n"
        "    -    rate = None\n"
        "    -    size = None\n"
        "    +    rate = 1\n"
        "    +    size = 1\n"
        "\n"
        "2 findings: 2 mended by 2 edits of 1 file, each seen to work\n"
        "--write writes these edits\n"
    )
    assert module.read_text() == MODULE


def test_edits_are_tried_in_a_copy_with_the_same_settings(run: Run, module: Path) -> None:
    engine = Engines()
    run("fix", "m.py", "--seed", "3", "--select", "MC101", engine=engine)
    first, second = engine.scans
    assert (first.seed, second.seed) == (3, 3)
    assert first.select == second.select == ()
    assert first.keep_outputs
    assert second.last_failed == ("m.Bad",)
    assert second.targets != first.targets
    assert not Path(second.targets[0]).exists()


def test_edits_are_written(run: Run, module: Path) -> None:
    result = run("fix", "m.py", "--write", engine=Engines())
    assert (result.code, result.out.splitlines()[-1]) == (0, "m.py is written")
    assert module.read_text() == MODULE.replace("None", "1")


def test_second_run_finds_nothing_to_fix(run: Run, module: Path) -> None:
    run("fix", "m.py", "--write", engine=Engines())
    changed = module.stat().st_mtime_ns
    result = run("fix", "m.py", "--write", engine=Engines())
    assert (result.code, result.out) == (0, "nothing to fix\n")
    assert module.stat().st_mtime_ns == changed


def test_patch_is_written(run: Run, module: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    result = run("fix", "m.py", "--output", "fix.patch", engine=Engines())
    assert (result.code, result.out.splitlines()[-1]) == (1, "fix.patch is written")
    assert module.read_text() == MODULE
    subprocess.run(["git", "apply", "fix.patch"], check=True)
    assert module.read_text() == MODULE.replace("None", "1")


@pytest.mark.parametrize(
    ("answers", "left"), [("n\ny\n", ["rate"]), ("y\nn\n", ["size"]), ("a\n", []), ("y\nq\n", ["size"])]
)
def test_only_edits_that_are_wanted_are_written(
    run: Run, module: Path, monkeypatch: pytest.MonkeyPatch, answers: str, left: list[str]
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(answers))
    result = run("fix", "m.py", "--interactive", engine=Engines())
    assert result.code == int(bool(left))
    assert [name for name in TITLES if f"{name} = None" in module.read_text()] == left


def test_nothing_is_written_where_no_edit_is_wanted(
    run: Run, module: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("q\n"))
    assert run("fix", "m.py", "--interactive", engine=Engines()).code == 1
    assert module.read_text() == MODULE


def test_uncommitted_changes_are_kept(run: Run, module: Path) -> None:
    subprocess.run(["git", "init", "-q"], check=True)
    result = run("fix", "m.py", "--write", engine=Engines())
    assert result.code == 2
    assert "m.py has changes that git does not have" in result.err
    assert module.read_text() == MODULE
    assert run("fix", "m.py", "--write", "--force", engine=Engines()).code == 0


@pytest.mark.parametrize("number", [1, 2])
def test_interruption_writes_nothing(run: Run, module: Path, number: int) -> None:
    result = run("fix", "m.py", "--write", engine=Engines(interrupted=number))
    assert (result.code, result.out) == (130, "")
    assert module.read_text() == MODULE


def test_only_selected_findings_are_mended(run: Run, module: Path) -> None:
    result = run("fix", "m.py", "--ignore", "MC101", engine=Engines())
    assert (result.code, result.out) == (0, "nothing to fix\n")


def test_reason_of_what_stays_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maskcheck.fixes.bench.propose_edits", lambda finding, subject: ())
    result = run("fix", "m.py", engine=Engines())
    assert (result.code, result.out) == (1, "2 findings: none mended\n2 findings stay; -v says why\n")
    told = run("fix", "m.py", "-v", engine=Engines()).out
    assert "MC101 argument-missing   rate: no edit is known for it" in told


@pytest.mark.parametrize("other", ["--write", "--interactive"])
def test_patch_and_writing_exclude_each_other(run: Run, other: str) -> None:
    result = run("fix", "m.py", "--output", "fix.patch", other, engine=Engines())
    assert (result.code, result.out) == (2, "")
    assert "--output writes a patch" in result.err


def test_patch_that_cannot_be_written_is_told_before_the_scan(run: Run) -> None:
    engine = Engines()
    result = run("fix", "m.py", "--output", "nowhere/fix.patch", engine=engine)
    assert (result.code, engine.scans) == (2, [])
    assert "cannot write the patch to 'nowhere/fix.patch'" in result.err
