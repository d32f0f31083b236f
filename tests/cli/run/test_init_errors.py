"""What keeps ``maskcheck init`` from writing, and what it then leaves as it was."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from maskcheck.cli.run.init_draft import BaseSpec, NewEntry, extend_spec
from maskcheck.engine.processes.lab_error import LabFault
from maskcheck.errors import NothingToCheck, UsageError
from maskcheck.model.case import Inference
from maskcheck.specfile.read.load import parse_spec
from maskcheck.specfile.write.edit import InsertionPoint
from tests.cli.conftest import Init
from tests.cli.proposals import DROP, GOOD, HARD, HEAD, OWN, SCALE, Engine, spec_text


def test_a_fault_of_maskcheck_comes_after_the_file_is_written(init: Init) -> None:
    result = init(Engine({"Scale": GOOD, "Drop": HARD}, after=LabFault("mine.Drop: oh")))
    assert result.code == 3
    assert "this is a fault of maskcheck, not of your layers: LabFault: mine.Drop: oh" in result.err
    assert result.out.endswith("maskcheck.yaml: 1 entry written, 1 to complete, 0 kept\n")
    assert spec_text() == HEAD + SCALE + DROP


def test_a_fault_of_maskcheck_before_the_first_class(init: Init) -> None:
    result = init(Engine({"Scale": GOOD}, before=LabFault("importing the targets: oh")))
    assert (result.code, result.out) == (3, "")
    assert not Path("maskcheck.yaml").exists()


@pytest.mark.parametrize("there", [True, False])
def test_a_file_that_changes_meanwhile_is_left_alone(init: Init, there: bool) -> None:
    if there:
        Path("maskcheck.yaml").write_text(OWN)
    result = init(
        Engine({"New": GOOD}, meanwhile=lambda: Path("maskcheck.yaml").write_text("# new")), "--force"
    )
    assert (result.code, result.out) == (2, "")
    assert (
        result.err
        == "maskcheck: error: maskcheck.yaml was changed meanwhile, so it is left alone (start again)\n"
    )
    assert spec_text() == "# new"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("layers: [\n", "maskcheck.yaml:2:1: not YAML"),
        ("version: 1\nlayers:\n  Scale: {int: {}}\n", "maskcheck.yaml:3:11: unknown key 'int'"),
        ("version: 1\nlayers: {Scale: {init: {}}}\n", "maskcheck.yaml:2:9: entries cannot be added here"),
    ],
)
def test_a_file_that_is_no_spec_is_left_alone(init: Init, text: str, message: str) -> None:
    Path("maskcheck.yaml").write_text(text)
    engine = Engine({"New": GOOD})
    result = init(engine)
    assert (result.code, result.out, engine.settings) == (2, "", None)
    assert message in result.err
    assert spec_text() == text


def test_entries_are_not_added_where_the_result_would_be_no_spec() -> None:
    text = "version: 1\nlayers:\n  Scale: {init: {}}\n"
    spec = parse_spec(text, "maskcheck.yaml")
    with pytest.raises(UsageError, match="entries cannot be added to maskcheck"):
        extend_spec(
            BaseSpec(text, spec, InsertionPoint(len(text) - 3, 2, 2)), [NewEntry("New", "  New: {init: {}}")]
        )


@pytest.mark.parametrize("path", ["-", ".", "missing/spec.yaml", "/dev/null"])
def test_what_is_no_file_is_refused_before_anything_is_done(init: Init, path: str) -> None:
    engine = Engine({"New": GOOD})
    result = init(engine, "--output", path)
    assert (result.code, result.out, engine.settings) == (2, "", None)
    assert f"cannot write the spec to {path!r}: " in result.err


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (NothingToCheck("no Keras layer is defined in mine"), 5, "no Keras layer is defined in mine"),
        (UsageError("no device 'x'"), 2, "no device 'x'"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
)
@pytest.mark.parametrize("stage", ["before", "Scale"])
def test_errors_leave_the_file_alone(
    init: Init, stage: str, error: Exception, code: int, message: str
) -> None:
    Path("maskcheck.yaml").write_text(OWN)
    classes: dict[str, Inference | BaseException] = {
        "Scale": GOOD,
        "New": error if stage == "Scale" else GOOD,
    }
    result = init(Engine(classes, before=error if stage == "before" else None))
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert spec_text() == OWN
    assert list(Path().iterdir()) == [Path("maskcheck.yaml")]


def test_a_file_that_cannot_be_written(init: Init, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: str, text: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", path)

    monkeypatch.setattr("maskcheck.cli.run.init.write_atomically", full)
    result = init({"Scale": GOOD})
    assert (result.code, result.out) == (2, "")
    message = "cannot write the spec: No space left on device: maskcheck.yaml"
    assert result.err == f"maskcheck: error: {message}\n"
