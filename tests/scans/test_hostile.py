"""Whatever a module does, the command ends with a report, and the healthy layers beside it are proven."""

from __future__ import annotations

import pytest

from tests.scans.expected import read
from tests.scans.fixture_scan import Layer, Scan, failed_findings, scan
from tests.scans.test_fixtures import scanned as folder_scan

HEALTHY = [name for name, fixture in read("hostile").items() if not fixture.shows]
pytestmark = pytest.mark.xdist_group("hostile")


@pytest.fixture(scope="module")
def scanned() -> Scan:
    return folder_scan("hostile")


@pytest.fixture(scope="module")
def layers(scanned: Scan) -> dict[str, Layer]:
    return scanned.layers


def test_the_command_ends_with_findings_and_without_a_traceback(scanned: Scan) -> None:
    assert scanned.exit_code == 1, scanned.stderr
    assert scanned.report["exit_code"] == 1
    assert "Traceback" not in scanned.stderr


@pytest.mark.parametrize("name", HEALTHY)
def test_argument_of_a_healthy_layer_is_proven(layers: dict[str, Layer], name: str) -> None:
    assert "factor" in layers[name]["arguments"]["proven"]


def test_classes_made_in_a_loop_are_found_and_each_is_proven(layers: dict[str, Layer]) -> None:
    made = [layer for name, layer in layers.items() if name.startswith("many.Layer")]
    assert len(made) == 60
    assert {layer["verdict"] for layer in made} == {"conform"}
    assert all("factor" in layer["arguments"]["proven"] for layer in made)


def test_messages_are_short_and_whole_text(layers: dict[str, Layer]) -> None:
    for name in ("texts.RaisesColours", "texts.RaisesMuch", "texts.RaisesUnspeakable"):
        (finding,) = failed_findings(layers[name], "error")
        assert 0 < len(finding["message"]) < 5000, name


def test_unimportable_module_names_what_is_not_checked(layers: dict[str, Layer]) -> None:
    (finding,) = failed_findings(layers["at_import.exits_at_import"])
    assert "NeverSeen" in finding["message"]
    assert finding["file"] == "fixtures/hostile/at_import/exits_at_import.py"


def test_syntax_error_is_told_with_its_line() -> None:
    alone = scan("hostile", "unusual_text/syntax_error.py", options=("--color", "never"))
    assert alone.exit_code == 1
    assert "MC001" in alone.stdout
    assert "syntax_error.py:7" in alone.stdout
    assert "Traceback" not in alone.stdout + alone.stderr


def test_no_escape_of_a_layer_reaches_the_terminal() -> None:
    alone = scan("hostile", "texts.py", options=("--color", "never", "--only", "*Colours", "-v"))
    assert alone.exit_code == 1
    assert "[bold]markup[/bold]" in alone.stdout
    assert not {"\x1b", "\x07", "\x00", "\u202e"} & set(alone.stdout)
