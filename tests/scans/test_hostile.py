"""Whatever a module does, the command ends with a report, and the healthy layers beside it are proven."""

from __future__ import annotations

import pytest

from tests.scans.fixture_scan import Layer, Scan, codes, scan, told

CONFORM = ""
# What each layer, or module that cannot be imported, must be told of; healthy layers have nothing.
EXPECTED = {
    "argparse_optional.Beside": CONFORM,
    "argparse_required": "MC001",
    "builtin_names.Dense": "MC603",
    "builtin_names.Dropout": CONFORM,
    "builtin_names.HoldsBoth": CONFORM,
    "circular.first": "MC001",
    "circular.second": "MC001",
    "circular.third.Third": CONFORM,
    "computes_at_import.Beside": CONFORM,
    "crashes.Aborts": "MC005",
    "crashes.Beside": CONFORM,
    "crashes.IsKilled": "MC005",
    "crashes.Recurses": "MC004",
    "crashes.RunsOutOfMemory": "MC004",
    "crashes.Segfaults": "MC005",
    "disturbs.ChangesDirectory": CONFORM,
    "disturbs.ChangesEnvironment": CONFORM,
    "disturbs.ChangesPolicy": CONFORM,
    "disturbs.ChangesPython": CONFORM,
    "disturbs.ClosesOutput": CONFORM,
    "disturbs.Undisturbed": CONFORM,
    "exits.Beside": CONFORM,
    "exits.ExitsInCall": "MC004",
    "exits.ExitsInInit": "MC003",
    "exits.Interrupts": "MC004",
    "exits.LeavesInCall": "MC005",
    "exits.LeavesInInit": "MC005",
    "exits_at_import": "MC001",
    "factory.ShiftedByOne": "MC603",
    "factory.ShiftedByThree": CONFORM,
    "factory.ShiftedByTwo": "MC603",
    "forks.Beside": CONFORM,
    "forks.ForksAndWaits": CONFORM,
    "forks.ForksOnce": CONFORM,
    "forks.LeavesAChild": CONFORM,
    "hangs.Beside": CONFORM,
    "hangs.HangsInCall": "MC006",
    "hangs.HangsInInit": "MC006",
    "hangs_at_import": "MC001",
    "latin1.Café": CONFORM,
    "leaves_at_import": "MC001",
    "logical_devices.Beside": CONFORM,
    "many.Beside": CONFORM,
    "metaclass.Counted": CONFORM,
    "metaclass.Vetoed": "MC003",
    "not_utf8": "MC001",
    "null_byte": "MC001",
    "prints.Beside": CONFORM,
    "prints.PrintsEndlessly": "MC006",
    "prints.PrintsMuch": CONFORM,
    "sets_backend.Beside": CONFORM,
    "specials.Beside": CONFORM,
    "specials.EqRaises": "MC004",
    "specials.GetattrRaises": CONFORM,
    "specials.HashRaises": "MC603",
    "specials.HoldsAHolder": CONFORM,
    "specials.PropertyRaises": CONFORM,
    "specials.ReprRaises": CONFORM,
    "specials.SetattrRaises": CONFORM,
    "steady.Steady": CONFORM,
    "syntax_error": "MC001",
    "texts.Beside": CONFORM,
    "texts.HugeRepr": CONFORM,
    "texts.LosesColours": "MC101",
    "texts.RaisesColours": "MC004",
    "texts.RaisesMuch": "MC004",
    "texts.RaisesUnspeakable": "MC004",
    "threads_at_import.Beside": CONFORM,
}
HEALTHY = [name for name, expected in EXPECTED.items() if expected == CONFORM]


@pytest.fixture(scope="module")
def scanned() -> Scan:
    """One scan of all modules, with a limit that the layers which hang use up."""
    return scan("hostile", options=("--format", "json", "--timeout", "8"))


@pytest.fixture(scope="module")
def layers(scanned: Scan) -> dict[str, Layer]:
    return scanned.layers


def test_the_command_ends_with_findings_and_without_a_traceback(scanned: Scan) -> None:
    assert scanned.exit_code == 1, scanned.stderr
    assert scanned.report["exit_code"] == 1
    assert "Traceback" not in scanned.stderr


def test_every_layer_and_failed_module_is_in_the_report(layers: dict[str, Layer]) -> None:
    assert {name for name in layers if not name.startswith("many.Layer")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_told(layers: dict[str, Layer], name: str) -> None:
    assert codes(layers[name], "error", "warning") == EXPECTED[name].split()


@pytest.mark.parametrize("name", HEALTHY)
def test_healthy_layer_is_proven(layers: dict[str, Layer], name: str) -> None:
    assert layers[name]["verdict"] == "conform"
    assert "factor" in layers[name]["arguments"]["proven"]


def test_classes_made_in_a_loop_are_found_and_each_is_proven(layers: dict[str, Layer]) -> None:
    made = [layer for name, layer in layers.items() if name.startswith("many.Layer")]
    assert len(made) == 200
    assert {layer["verdict"] for layer in made} == {"conform"}
    assert all("factor" in layer["arguments"]["proven"] for layer in made)


def test_messages_are_short_and_whole_text(layers: dict[str, Layer]) -> None:
    for name in ("texts.RaisesColours", "texts.RaisesMuch", "texts.RaisesUnspeakable"):
        (finding,) = told(layers[name], "error")
        assert 0 < len(finding["message"]) < 5000, name


def test_unimportable_module_names_what_is_not_checked(layers: dict[str, Layer]) -> None:
    (finding,) = told(layers["exits_at_import"])
    assert "NeverSeen" in finding["message"]
    assert finding["file"] == "fixtures/hostile/exits_at_import.py"


def test_syntax_error_is_told_with_its_line() -> None:
    alone = scan("hostile", "syntax_error.py", options=("--color", "never"))
    assert alone.exit_code == 1
    assert "MC001" in alone.stdout
    assert "syntax_error.py:6" in alone.stdout
    assert "Traceback" not in alone.stdout + alone.stderr


def test_no_escape_of_a_layer_reaches_the_terminal() -> None:
    alone = scan("hostile", "texts.py", options=("--color", "never", "--only", "*Colours", "-v"))
    assert alone.exit_code == 1
    assert "[bold]markup[/bold]" in alone.stdout
    assert not {"\x1b", "\x07", "\x00", "\u202e"} & set(alone.stdout)
