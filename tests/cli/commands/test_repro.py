from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import maskcheck.reproduction.reproduce  # imported with the real engine, before a fake one is there
from maskcheck.model.report import LayerFinished, ScanFinished
from maskcheck.reproduction.prove import Outcome, Place
from tests.cli.conftest import Run
from tests.cli.fakes import BAD, GOOD, LOST, STARTED, Engine

MODULE = "import keras\n\n\nclass Bad(keras.layers.Layer):\n    pass\n"
SPEC = "version: 1\nlayers:\n  Bad: {init: {rate: 0.5}, input: {shape: [2, 3]}}\n"
FOUND = replace(LOST, case="default", before="0.5")
REPORT = replace(BAD, id="m.Bad", findings=(FOUND,))
SCRIPT = """\
# MC101 argument-missing: rate is lost
import keras
import numpy as np

from m import Bad

rng = np.random.default_rng(0)
x = rng.standard_normal((2, 3)).astype("float32")
layer = Bad(rate=0.5)
layer(x)

config = layer.get_config()
assert "rate" in config, "the config has no rate, which was 0.5"
"""


def make_engine(report: object = REPORT) -> Engine:
    return Engine([STARTED, LayerFinished(report, 1, 1), ScanFinished(1.0, 1)])  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def module() -> None:
    Path("m.py").write_text(MODULE)
    Path("maskcheck.yaml").write_text(SPEC)


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """Take every script for one that fails as it should, and note where it was run."""
    found: list[Place] = []

    def prove(script: str, place: Place) -> Outcome:
        found.append(place)
        return Outcome("it is lost")

    monkeypatch.setattr(maskcheck.reproduction.reproduce, "prove_script", prove)
    return found


def test_script_goes_to_stdout(run: Run, places: list[Place]) -> None:
    result = run("repro", "m:Bad", engine=make_engine())
    assert (result.code, result.out, result.err) == (0, SCRIPT, "")
    assert [place.directory for place in places] == [str(Path.cwd())]


def test_script_goes_to_a_file(run: Run, places: list[Place]) -> None:
    result = run("repro", "m:Bad", "MC101", "--output", "repro.py", engine=make_engine())
    assert (result.code, result.out, result.err) == (0, "", "")
    assert Path("repro.py").read_text() == SCRIPT


def test_source_is_in_the_script(run: Run, places: list[Place]) -> None:
    result = run("repro", "m:Bad", "--inline", engine=make_engine())
    assert result.code == 0
    assert "class Bad(keras.layers.Layer):\n    pass\n" in result.out
    assert "from m import" not in result.out


def test_scan_has_the_options(run: Run, places: list[Place]) -> None:
    engine = make_engine()
    run("repro", "m:Bad", "--seed", "3", "--route", "keras", "--timeout", "5", engine=engine)
    assert engine.settings is not None
    assert (engine.settings.targets, engine.settings.seed) == (("m:Bad",), 3)
    assert (engine.settings.routes, engine.settings.timeout) == (("keras",), 5.0)
    assert places[0].timeout > 5.0


def test_script_that_proves_nothing_is_not_printed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = Outcome(reason="nothing is lost in it")
    monkeypatch.setattr(maskcheck.reproduction.reproduce, "prove_script", lambda script, place: lost)
    result = run("repro", "m:Bad", "--output", "repro.py", engine=make_engine())
    assert (result.code, result.out) == (2, "")
    assert "no script can show MC101 argument-missing of Bad: " in result.err
    assert "nothing is lost in it" in result.err
    assert not Path("repro.py").exists()


def test_rule_without_scripts_is_told(run: Run, places: list[Place]) -> None:
    unregistered = replace(FOUND, rule="MC603", name="not-registered")
    result = run("repro", "m:Bad", engine=make_engine(replace(REPORT, findings=(unregistered,))))
    assert (result.code, result.out) == (2, "")
    assert "no script can show MC603 not-registered of Bad: nothing in one process shows it" in result.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("m:Bad", "MC603"), 5, "Bad has no finding MC603"),
        (("m:Bad", "MC999"), 2, "no rule and no finding is 'MC999'"),
        (("m:Bad", "--output", "no/such/repro.py"), 2, "cannot write the script"),
        (("m:Bad", "MC101", "more"), 2, "unexpected extra argument"),
        ((), 2, "Missing argument"),
    ],
)
def test_other_ends(run: Run, places: list[Place], arguments: tuple[str, ...], code: int, said: str) -> None:
    result = run("repro", *arguments, engine=make_engine())
    assert (result.code, result.out) == (code, "")
    assert said in result.err


def test_layer_without_errors_is_nothing_to_reproduce(run: Run, places: list[Place]) -> None:
    result = run("repro", "m:Bad", engine=make_engine(GOOD))
    assert (result.code, result.out) == (5, "")
    assert "there is nothing to reproduce: Good has no error" in result.err


def test_interruption_prints_nothing(run: Run, places: list[Place]) -> None:
    result = run("repro", "m:Bad", engine=Engine([STARTED, KeyboardInterrupt()]))
    assert (result.code, result.out) == (130, "")


def test_own_fault_is_told(run: Run, places: list[Place]) -> None:
    engine = Engine([STARTED, ValueError("broken")])
    result = run("repro", "m:Bad", engine=engine)
    assert (result.code, result.out) == (3, "")
    assert "a fault of maskcheck" in result.err
