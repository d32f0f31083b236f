"""What the lab hands back instead of a report."""

from collections.abc import Generator
from pathlib import Path

import pytest

from maskcheck.engine.processes.lab_error import LabFault
from maskcheck.errors import SpecError
from maskcheck.model.report import Event, LayerFinished, LayerReport, ScanFinished, Verdict
from tests.engine.scans import events, layer, reports, write

SPEC_ERROR = """
from maskcheck.errors import SpecError
from maskcheck.model.case import Mark
raise SpecError('no module named nowhere', mark=Mark('maskcheck.yaml', 4, 2), hint='write another')
"""


def told_until_error(stream: Generator[Event, None, None]) -> tuple[list[Event], Exception]:
    told: list[Event] = []
    try:
        for event in stream:
            told.append(event)
    except Exception as error:
        return told, error
    pytest.fail("no error came")


def layers(told: list[Event]) -> dict[str, LayerReport]:
    return {event.report.name: event.report for event in told if isinstance(event, LayerFinished)}


def end(told: list[Event]) -> ScanFinished:
    assert isinstance(told[-1], ScanFinished)
    return told[-1]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("raise KeyError('x')", "ended by KeyError: 'x' while calling the layer (case default)"),
        ("raise RecursionError", "ended by RecursionError while"),
        ("return lambda: None", "ended by "),
        ("return type('Own', (), {})()", "ended by "),
        ("return 7", "ended by the result is a int"),
        (
            "import decimal; return decimal.Decimal(1)",
            "ended by the result cannot be read: UnpicklingError: ",
        ),
    ],
)
def test_a_fault_of_the_lab_is_told_and_ends_the_scan_with_3(tmp_path: Path, body: str, message: str) -> None:
    write(tmp_path, mod=layer("Odd", body) + layer("Good"))
    told, error = told_until_error(events(tmp_path, "mod"))
    assert isinstance(error, LabFault)
    assert "mod.Odd" in str(error)
    odd, good = layers(told).values()
    assert odd.verdict is Verdict.UNCHECKED
    assert odd.findings[0].message.startswith(f"not checked, by a fault of maskcheck: {message}")
    assert good.verdict is Verdict.CONFORM
    assert end(told).exit_code == 3


def test_the_traceback_in_the_worker_is_kept(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Odd", "print('hello'); raise KeyError('x')"))
    told, error = told_until_error(events(tmp_path, "mod"))
    assert layers(told)["Odd"].output.startswith("hello\n")
    assert "in call" in layers(told)["Odd"].output
    assert "in call" in str(error.__cause__)


def test_a_wrong_spec_found_in_the_worker_ends_the_scan_with_2_after_all_layers(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Odd", SPEC_ERROR) + layer("Good"))
    told, error = told_until_error(events(tmp_path, "mod"))
    assert isinstance(error, SpecError)
    assert str(error) == "maskcheck.yaml:4:2: no module named nowhere (write another)"
    (finding,) = layers(told)["Odd"].findings
    assert (finding.rule, finding.file, finding.line) == ("MC002", "maskcheck.yaml", 4)
    assert layers(told)["Good"].verdict is Verdict.CONFORM
    assert end(told).exit_code == 2


def test_a_full_disk_ends_the_scan_with_2(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Saves", "import errno; raise OSError(errno.ENOSPC, 'full', '/tmp/x.keras')"))
    told, error = told_until_error(events(tmp_path, "mod"))
    assert str(error) == ("no space left for /tmp/x.keras (TMPDIR names another place for temporary files)")
    assert end(told).exit_code == 2


def test_a_fault_of_the_lab_outweighs_a_wrong_spec(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Odd", SPEC_ERROR) + layer("Crashes", "raise KeyError"))
    told, error = told_until_error(events(tmp_path, "mod"))
    assert isinstance(error, LabFault)
    assert end(told).exit_code == 3


def test_a_wrong_setting_found_at_import_is_raised_before_any_event(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Good"))
    told, error = told_until_error(events(tmp_path, "mod", device="abacus"))
    assert (told, str(error)) == ([], "no device 'abacus'")


def test_a_fault_of_the_lab_at_import_is_raised_before_any_event(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Good"))
    told, error = told_until_error(events(tmp_path, "mod", device="broken"))
    assert told == []
    assert isinstance(error, LabFault)
    assert str(error) == "importing the targets: KeyError: 'broken'"


def test_what_user_code_prints_and_the_time_it_took_are_in_the_report(tmp_path: Path) -> None:
    write(tmp_path, mod=layer("Talks", "print('a'); os.system('echo b'); sys.stderr.write('ä\\udc80')"))
    (report,) = reports(tmp_path, "mod").values()
    assert report.output == "a\nb\nä\\udc80"
    assert report.seconds > 0
