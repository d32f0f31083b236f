"""A module that does not import, however it fails, costs that module only."""

from pathlib import Path
from textwrap import indent

import pytest

from maskcheck.errors import NothingToCheck
from maskcheck.model.report import LayerFinished, LayerReport, ScanFinished, ScanStarted, Verdict
from tests.engine.scans import events, layer, reports, write

MODULES = {
    "__init__": "",
    "a_good": layer("Good") + "print('imported')\n",
    "b_raises": layer("Unreached") + "raise ValueError('no licence')\n",
    "c_segfaults": layer("Lost") + "os.kill(os.getpid(), signal.SIGSEGV)\n",
    "d_exits": "os._exit(4)\n" + layer("Lost2"),
    "e_hangs": "while True:\n    time.sleep(1)\n" + layer("Lost3"),
    "f_sysexits": "sys.exit('usage: ...')\n" + layer("Lost4"),
    "g_broken": "def (:\n",
    "h_conditional": "if os.environ.get('NEVER'):\n" + indent(layer("Sometimes"), "    "),
    "i_good": layer("AlsoGood"),
}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("imports")
    write(directory, **{f"pkg__IN__{name}": text for name, text in MODULES.items()})
    return directory


@pytest.fixture(scope="module")
def told(directory: Path) -> dict[str, LayerReport]:
    return reports(directory, "pkg", timeout=2.0)


def test_the_good_modules_are_checked(told: dict[str, LayerReport]) -> None:
    assert told["Good"].verdict is told["AlsoGood"].verdict is Verdict.CONFORM


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("b_raises", "ValueError: no licence; not checked: Unreached"),
        ("c_segfaults", "the process died of SIGSEGV (Segmentation fault) while importing pkg.c_segfaults"),
        ("d_exits", "the process ended with exit code 4 while importing pkg.d_exits"),
        ("e_hangs", "not done within the limit of 2 s while importing pkg.e_hangs"),
        ("f_sysexits", "ended by SystemExit: usage: ... while importing pkg.f_sysexits"),
        ("g_broken", "SyntaxError"),
    ],
)
def test_each_bad_module_is_one_finding(told: dict[str, LayerReport], module: str, message: str) -> None:
    report = told[f"pkg.{module}"]
    assert report.verdict is Verdict.UNCHECKED
    assert report.file.endswith(f"{module}.py")
    (finding,) = report.findings
    assert (finding.rule, finding.name, finding.subject) == ("MC001", "import-failed", f"pkg.{module}")
    assert finding.message.startswith(message)


def test_a_crash_at_import_points_at_its_line(told: dict[str, LayerReport]) -> None:
    (finding,) = told["pkg.c_segfaults"].findings
    assert finding.line == len(MODULES["c_segfaults"].splitlines()) + 2


def test_a_class_that_import_does_not_show_is_skipped_with_the_reason(told: dict[str, LayerReport]) -> None:
    assert told["Sometimes"].verdict is Verdict.SKIPPED
    assert "conditionally" in told["Sometimes"].skip


def test_classes_of_failed_modules_are_told_once_by_the_module(told: dict[str, LayerReport]) -> None:
    assert not {"Unreached", "Lost", "Lost2", "Lost3", "Lost4"} & set(told)


def test_reports_come_in_order_of_the_files(told: dict[str, LayerReport]) -> None:
    files = [report.file for report in told.values()]
    assert files == sorted(files)
    assert len(files) == len(MODULES) - 1


def test_a_package_that_fails_takes_its_modules_along_as_one_finding(tmp_path: Path) -> None:
    write(tmp_path, pkg__IN____init__="raise RuntimeError('not today')", pkg__IN__sub=layer("Sub"))
    told = reports(tmp_path, "pkg")
    assert list(told) == ["pkg"]
    assert told["pkg"].findings[0].message == (
        "RuntimeError: not today; lost with it: pkg.sub; not checked: Sub"
    )


def test_the_limit_is_for_each_module(tmp_path: Path) -> None:
    slow = {f"pkg__IN__m{n}": "time.sleep(1.2)\n" + layer(f"L{n}") for n in range(5)}
    write(tmp_path, pkg__IN____init__="", **slow)
    assert list(reports(tmp_path, "pkg", timeout=5.0)) == [f"L{n}" for n in range(5)]


def test_a_package_that_crashes_does_so_too(tmp_path: Path) -> None:
    write(tmp_path, pkg__IN____init__="os._exit(1)", pkg__IN__sub=layer("Sub"))
    assert list(reports(tmp_path, "pkg")) == ["pkg"]


def test_an_unreadable_module_alone_is_a_finding_without_a_worker(tmp_path: Path) -> None:
    write(tmp_path, bad="class (:\n")
    started, finished, end = events(tmp_path, "bad")
    assert isinstance(started, ScanStarted)
    assert (started.layers, started.device) == (1, "")
    assert set(started.versions) == {"maskcheck", "python", "tensorflow", "keras", "numpy"}
    assert finished
    assert isinstance(end, ScanFinished)
    assert end.exit_code == 1


def test_nothing_to_check_names_what_was_searched(tmp_path: Path) -> None:
    write(tmp_path, empty="x = 1\n")
    with pytest.raises(NothingToCheck, match=r"no Keras layer is defined in empty \(one module searched\)"):
        list(events(tmp_path, "empty"))


def test_what_is_printed_is_told_of_the_module_or_layer_that_printed_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        loud="print('loud')\n" + layer("Talks", "print('talks')") + layer("Silent"),
        quiet=layer("Hushed"),
        broken="print('before')\nraise ValueError('no')\n",
    )
    started, *told = events(tmp_path, "loud", "quiet", "broken", jobs=3)
    assert isinstance(started, ScanStarted)
    assert started.printed == {"loud": "loud\n"}
    found = {event.report.name: event.report.output for event in told if isinstance(event, LayerFinished)}
    assert found == {"Talks": "talks\n", "Silent": "", "Hushed": "", "broken": "before\n"}
