"""What a layer does to its process costs that layer only."""

import signal
from pathlib import Path

import pytest

from maskcheck.engine.isolation.capture import SHOWN
from maskcheck.model.report import LayerReport, Verdict
from tests.engine.scans import layer, limit, reports, write

LAYERS = {
    "First": "print('all is well')",
    "Segfault": "print('so long'); os.kill(os.getpid(), signal.SIGSEGV)",
    "Killed": "os.kill(os.getpid(), signal.SIGKILL)",
    "Aborts": "os.abort()",
    "ExitsZero": "os._exit(0)",
    "ExitsThree": "os.write(2, b'cannot go on'); os._exit(3)",
    "Hangs": "print('zzz')\nwhile True:\n    time.sleep(1)",
    "HangsDeaf": """
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            try:
                time.sleep(1)
            except BaseException:
                pass
        """,
    "PrintsForEver": "while True:\n    print('spam ' * 1000)",
    "PrintsALot": "print('x' * 3_000_000); print('end')",
    "ClosesAllFiles": "os.closerange(0, 4096)",
    "ClosesStreams": "sys.stdout.close(); sys.stderr.close(); sys.stdout = sys.stderr = None",
    "RunsOutOfMemory": "raise MemoryError",
    "SysExits": "sys.exit('no more')",
    "Interrupts": "raise KeyboardInterrupt",
    "SignalsItself": "os.kill(os.getpid(), signal.SIGINT); time.sleep(5)",
    "KillsItsGroup": "os.killpg(0, signal.SIGTERM); time.sleep(5)",
    "Last": "print('still well')",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LayerReport]:
    directory = tmp_path_factory.mktemp("hostile")
    write(directory, hostile="".join(layer(name, body) for name, body in LAYERS.items()))
    return reports(directory, "hostile", overrides=(limit("Hangs*", "PrintsForEver", seconds=2.0),))


def message(report: LayerReport) -> str:
    assert report.verdict is Verdict.UNCHECKED
    (finding,) = report.findings
    (check,) = report.checks
    assert check.rule == finding.rule
    return f"{finding.rule} {finding.name}: {finding.message}"


def test_every_layer_is_told_in_order_of_the_source(told: dict[str, LayerReport]) -> None:
    assert list(told) == list(LAYERS)


def test_healthy_neighbours_conform(told: dict[str, LayerReport]) -> None:
    assert [told[name].verdict for name in ("First", "ClosesAllFiles", "Last")] == [Verdict.CONFORM] * 3
    assert [told[name].output for name in ("First", "Last")] == ["all is well\n", "still well\n"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Segfault", "MC005 crashed: the process died of SIGSEGV (Segmentation fault)"),
        ("Killed", "MC005 crashed: the process died of SIGKILL (Killed) in Killed.call"),
        ("Aborts", "MC005 crashed: the process died of SIGABRT (Aborted)"),
        ("ExitsZero", "MC005 crashed: the process ended with exit code 0"),
        ("ExitsThree", "MC005 crashed: the process ended with exit code 3"),
        ("Hangs", "MC006 timed-out: not done within the limit of 2 s"),
        ("HangsDeaf", "MC006 timed-out: not done within the limit of 2 s"),
        ("PrintsForEver", "MC006 timed-out: not done within the limit of 2 s"),
        ("RunsOutOfMemory", "MC005 crashed: ended by MemoryError"),
        ("SysExits", "MC005 crashed: ended by SystemExit: no more"),
        ("Interrupts", "MC005 crashed: ended by KeyboardInterrupt"),
        ("SignalsItself", "MC005 crashed: ended by KeyboardInterrupt"),
        ("KillsItsGroup", "MC005 crashed: the process died of SIGTERM (Terminated)"),
    ],
)
def test_the_finding_says_how_it_ended(told: dict[str, LayerReport], name: str, expected: str) -> None:
    assert message(told[name]).startswith(expected)


def test_the_finding_says_at_which_stage_and_what_was_printed_last(told: dict[str, LayerReport]) -> None:
    assert message(told["Segfault"]).endswith(
        " in Segfault.call while calling the layer (case default); it printed last: so long"
    )
    assert message(told["ExitsThree"]).endswith("it printed last: cannot go on")
    assert told["Hangs"].output == "zzz\n"


@pytest.mark.parametrize(
    "name", ["Segfault", "Killed", "Aborts", "ExitsZero", "ExitsThree", "Hangs", "HangsDeaf", "KillsItsGroup"]
)
def test_the_finding_names_the_method_that_ran(told: dict[str, LayerReport], name: str) -> None:
    assert f" in {name}.call while calling the layer (case default)" in message(told[name])


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Segfault", "os.kill"),
        ("Killed", "os.kill"),
        ("Aborts", "os.abort"),
        ("ExitsThree", "os._exit"),
        ("Hangs", "time.sleep"),
        ("HangsDeaf", "time.sleep"),
    ],
)
def test_the_finding_points_at_the_line(told: dict[str, LayerReport], name: str, code: str) -> None:
    (finding,) = told[name].findings
    assert finding.file is not None
    assert finding.line is not None
    assert code in Path(finding.file).read_text(encoding="utf-8").splitlines()[finding.line - 1]
    assert finding.line > told[name].line


def test_endless_output_is_cut(told: dict[str, LayerReport]) -> None:
    assert "output truncated" in told["PrintsForEver"].output
    assert "characters left out" in told["PrintsForEver"].output
    assert len(told["PrintsForEver"].output) < 2 * SHOWN
    assert told["PrintsALot"].verdict is Verdict.CONFORM
    assert len(told["PrintsALot"].output) < 2 * SHOWN


def test_lost_streams_are_there_again_for_the_next(told: dict[str, LayerReport]) -> None:
    assert told["ClosesStreams"].verdict is Verdict.CONFORM


def test_signal_numbers_without_a_name_are_told(tmp_path: Path) -> None:
    write(tmp_path, odd=layer("Odd", f"os.kill(os.getpid(), {signal.SIGRTMIN + 3})"))
    assert "the process died of" in message(reports(tmp_path, "odd")["Odd"])
