"""``pytest --maskcheck=...``, with the engine as it is and a lab without TensorFlow."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.engine.scans import layer
from tests.paths import ROOT
from tests.plugin.runs import Run, project, run

FAILS = "return fakelab.failing(task.subject)"
# A layer of two cases: one fails, one fails as expected.
PAIR = """
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import Verdict
from dataclasses import replace
new = Finding("MC101", "argument-missing", Severity.ERROR, ("units",), "units is lost", case="one")
known = replace(new, subjects=("rate",), case="two", status=Status.EXPECTED)
checks = (
    Check("MC101", "config", "one", Status.FAILED),
    Check("MC101", "config", "two", Status.EXPECTED, "kept for old files"),
    Check("MC101", "config", "three", Status.PASSED),
    Check("MC101", "config", "four", Status.SKIPPED, "there is only one device"),
)
return replace(fakelab.report(task.subject, new, known), checks=checks)
"""
PASSES = """
from maskcheck.model.finding import Check, Status
from dataclasses import replace
return replace(fakelab.report(task.subject), checks=(Check("MC101", "config", "inferred", Status.PASSED),))
"""
WARNS = """
from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import Verdict
from dataclasses import replace
case = "inferred"
finding = Finding("MC603", "not-registered", Severity.WARNING, ("Warns",), "it is not registered", case)
checks = (Check("MC603", "config", "inferred", Status.FAILED),)
return replace(fakelab.report(task.subject, finding), verdict=Verdict.WARN, checks=checks)
"""
SPEC = """\
  Pair: {cases: [{id: one}, {id: two}, {id: three}, {id: four}]}
  Licensed: {skip: needs a licence}
"""
MODULE = "".join(
    layer(name, body)
    for name, body in {
        "Pair": PAIR,
        "Fails": FAILS,
        "Good": PASSES,
        "Warns": WARNS,
        "Licensed": PASSES,
        "Dies": "os._exit(3)",
    }.items()
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("project")
    project(directory, SPEC, mine=MODULE, broken="import nothing_there\n" + layer("Lost"))
    (directory / "test_own.py").write_text("def test_own(): pass\n", "utf-8")
    return directory


@pytest.fixture(scope="module")
def whole(place: Path) -> Run:
    return run(place, "--maskcheck=mine")


def test_each_case_of_each_layer_is_a_test(whole: Run) -> None:
    assert whole.outcomes == {
        "test_own.py::test_own": "PASSED",
        "maskcheck::mine.Pair::one": "FAILED",
        "maskcheck::mine.Pair::two": "XFAIL",
        "maskcheck::mine.Pair::three": "PASSED",
        "maskcheck::mine.Fails::inferred": "FAILED",
        "maskcheck::mine.Good::inferred": "PASSED",
        "maskcheck::mine.Warns::inferred": "PASSED",
        "maskcheck::mine.Dies::inferred": "FAILED",
    }
    assert whole.code == pytest.ExitCode.TESTS_FAILED


def test_failure_is_the_report_and_no_traceback(whole: Run) -> None:
    assert "FAILED maskcheck::mine.Pair::one - MC101 argument-missing: units\n" in whole.text
    assert "\n✗ Pair  mine.py:3\n  MC101 argument-missing   units is lost\n" in whole.text
    assert "the process ended with exit code 3" in whole.text
    assert "runtest" not in whole.text
    assert "rate" not in whole.text


def test_reasons_are_told(whole: Run) -> None:
    assert "XFAIL maskcheck::mine.Pair::two - kept for old files\n" in whole.text
    assert "there is only one device\n" in whole.text
    assert "mine.py:" in whole.text.partition("needs a licence")[0].splitlines()[-1]
    assert "LayerWarning: mine.Warns: MC603 not-registered: it is not registered\n" in whole.text


def test_selection_and_runxfail(place: Path) -> None:
    chosen = run(place, "--maskcheck=mine:Pair,mine:Good", "-k", "two or Good", "--runxfail")
    assert chosen.outcomes == {
        "maskcheck::mine.Pair::two": "FAILED",
        "maskcheck::mine.Good::inferred": "PASSED",
    }


def test_broken_module_is_an_error_of_collection(place: Path) -> None:
    broken = run(place, "--maskcheck=broken", "--maskcheck=mine:Good")
    assert broken.outcomes == {"maskcheck::broken": "ERROR"}
    assert "ModuleNotFoundError: No module named 'nothing_there'" in broken.text
    assert broken.code == pytest.ExitCode.INTERRUPTED


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--maskcheck=mne",), "maskcheck: no module, file or folder 'mne'"),
        (("--maskcheck=mine:Goof",), "maskcheck: no class 'Goof'"),
        (("--maskcheck=test_own",), "maskcheck: no Keras layer is defined in test_own"),
        (("--maskcheck=mine,",), "maskcheck: Invalid value for 'TARGET...': it is empty"),
    ],
)
def test_wrong_target_is_an_error_of_collection(
    place: Path, arguments: tuple[str, ...], message: str
) -> None:
    wrong = run(place, *arguments)
    assert wrong.code == pytest.ExitCode.INTERRUPTED
    assert f"\n{message}" in wrong.text
    assert "Traceback" not in wrong.text


def test_what_the_baseline_holds_is_an_xfail(tmp_path: Path) -> None:
    project(tmp_path, mine=layer("Dies", "os._exit(1)"), broken="import nothing_there\n")
    known = "mine.Dies: [{rule: MC005, subject: Dies}], broken: [{rule: MC001, subject: broken}]"
    baseline = tmp_path / "maskcheck-baseline.yaml"
    baseline.write_text(f"version: 1\nfindings: {{{known}}}\n", "utf-8")
    found = run(tmp_path, "--maskcheck=mine,broken")
    assert found.outcomes == dict.fromkeys(
        ["maskcheck::mine.Dies::inferred", "maskcheck::broken::unchecked"], "XFAIL"
    )
    assert found.text.count(" - known since the baseline was written") == 2
    baseline.write_text(f"version: 1\nfindings: {{{known}, mine.Gone: [{{rule: MC101}}]}}\n", "utf-8")
    told = run(tmp_path, "--maskcheck=mine").text.split()
    assert "which is about what is no longer there" in " ".join(told)


def test_wrong_spec_is_an_error_of_collection(tmp_path: Path) -> None:
    project(tmp_path, "  Good: {inpt: {shape: [2]}}\n", mine=layer("Good", PASSES))
    wrong = run(tmp_path, "--maskcheck=mine")
    assert "maskcheck.yaml:3:10: " in wrong.text
    assert wrong.outcomes == {"maskcheck": "ERROR"}


def test_settings_are_those_of_the_project(tmp_path: Path) -> None:
    project(tmp_path, mine=MODULE)
    (tmp_path / "pyproject.toml").write_text('[tool.maskcheck]\nonly = ["G*"]\nfail-fast = true\n', "utf-8")
    assert run(tmp_path, "--maskcheck=mine").outcomes == {"maskcheck::mine.Good::inferred": "PASSED"}


def test_is_silent_unless_asked(tmp_path: Path) -> None:
    heavy = "{'click', 'rich', 'yaml', 'numpy', 'tensorflow'}"
    code = f"import sys\ndef test_modules(): assert not {heavy} & sys.modules.keys()\n"
    (tmp_path / "test_silent.py").write_text(code, "utf-8")
    silent = run(tmp_path)
    assert silent.outcomes == {"test_silent.py::test_modules": "PASSED"}
    assert "maskcheck" not in silent.text.replace("maskcheck.plugin", "")


def test_under_xdist(place: Path, whole: Run) -> None:
    pytest.importorskip("xdist")
    spread = run(place, "--maskcheck=mine", "-n", "2", plugins=("xdist",))
    assert spread.outcomes == whole.outcomes
    assert spread.code == whole.code


def test_is_found_by_its_entry_point() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    assert '[project.entry-points.pytest11]\nmaskcheck = "maskcheck.plugin"\n' in text
    assert "maskcheck.plugin.collect" not in sys.modules


@pytest.mark.parametrize(("option", "told"), [((), False), (("--maskcheck-fix",), True)])
def test_message_ends_with_the_edits_where_they_are_asked_for(
    tmp_path: Path, option: tuple[str, ...], told: bool
) -> None:
    project(tmp_path, mine=layer("Fails", FAILS))
    with (tmp_path / "conftest.py").open("a") as file:
        file.write("from maskcheck.plugin import items\n")
        file.write(
            "items.describe_edits = lambda subject, settings: f'mend {subject.id} {settings.targets}'\n"
        )
    done = run(tmp_path, "--maskcheck=mine", *option)
    assert done.code == 1
    assert ("mend mine.Fails ('mine',)" in done.text) == told
