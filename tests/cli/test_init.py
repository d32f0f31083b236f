from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from maskcheck.engine.fault import LabFault
from maskcheck.engine.propose import Outset
from maskcheck.errors import NothingToCheck, UsageError
from maskcheck.model.case import Case, Inference, Leaf, Spec, Subject
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.target import Proposal
from maskcheck.settings import Settings
from maskcheck.spec.load import load_spec

from .conftest import Result, Run

GOOD = Inference(Case("default", origin="inferred", init={"units": 2}, args=(Leaf((2, 3)),)))
HARD = Inference(None, ("rate",), {"units": 2}, "no value was found\nfor rate")
HEAD = """\
# yaml-language-server: $schema=maskcheck.schema.json
# How maskcheck builds and calls each layer. For an editor that checks it as you type, write the schema
# beside this file: maskcheck schema > maskcheck.schema.json
version: 1
layers:
"""
SCALE = "  Scale:\n    init: {units: 2}\n    input: {shape: [2, 3]}\n"
DROP = """\
  # Drop could not be inferred: no value was found for rate
  # Drop:
  #   init: {units: 2, rate: ...}
  #   input: {shape: [2, ...]}
"""


@dataclass
class Engine:
    """Stands in for the engine's ``proposing``; exceptions among what it gives are raised there."""

    classes: dict[str, Inference | BaseException]
    reports: tuple[LayerReport, ...] = ()
    before: BaseException | None = None
    after: Exception | None = None
    settings: Settings | None = None
    spec: Spec = field(default_factory=Spec)
    meanwhile: Callable[[], object] | None = None

    @contextmanager
    def proposing(self, settings: Settings, spec: Spec) -> Iterator[tuple[Outset, Iterator[Proposal]]]:
        self.settings, self.spec = settings, spec
        if self.before:
            raise self.before
        kept = {layer.name for layer in spec.layers}
        known = [_subject(name) for name in self.classes]
        wanted = [each for each in known if not {each.id, each.name} & kept]
        yield Outset(tuple(known), tuple(wanted), self.reports), self._proposals(wanted)

    def _proposals(self, wanted: list[Subject]) -> Iterator[Proposal]:
        for each in reversed(wanted):
            inference = self.classes[each.id] if each.id in self.classes else self.classes[each.name]
            if isinstance(inference, BaseException):
                raise inference
            yield Proposal(each, inference)
        if self.meanwhile:
            self.meanwhile()
        if self.after:
            raise self.after


def _subject(name: str) -> Subject:
    module, _, bare = name.rpartition(".")
    return Subject(module or "mine", bare, "mine.py", 1)


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def init(real_run: Run, monkeypatch: pytest.MonkeyPatch) -> Any:
    def runs(engine: Engine | dict[str, Any], *args: str) -> Result:
        engine = engine if isinstance(engine, Engine) else Engine(engine)
        monkeypatch.setattr("maskcheck.cli.gathering.proposing", engine.proposing)
        return real_run("init", "mine", *args)

    return runs


def spec_text(path: str = "maskcheck.yaml") -> str:
    return Path(path).read_bytes().decode()


def test_a_new_file(init: Any) -> None:
    result = init({"Drop": HARD, "Scale": GOOD})
    assert (result.code, result.err) == (0, "")
    assert spec_text() == HEAD + SCALE + DROP
    assert result.out.splitlines() == [
        "to complete  Drop  no value was found for rate",
        "maskcheck.yaml: 1 entry written, 1 to complete, 0 kept",
    ]
    assert [layer.name for layer in load_spec("maskcheck.yaml").layers] == ["Scale"]


def test_names_are_dotted_where_they_repeat(init: Any) -> None:
    init({"a.Scale": GOOD, "b.Scale": GOOD, "b.Other": GOOD})
    assert [layer.name for layer in load_spec("maskcheck.yaml").layers] == ["a.Scale", "b.Scale", "Other"]


OWN = """\
# mine
version: 1
layers:

    Scale:   {init: { units: 7 }}   # tuned

    # the end
"""


def test_what_the_file_has_stays_byte_for_byte(init: Any) -> None:
    Path("maskcheck.yaml").write_bytes(OWN.replace("\n", "\r\n").encode("utf-8-sig"))
    engine = Engine({"Scale": GOOD, "New": GOOD, "Drop": HARD})
    result = init(engine)
    added = "    New:\n        init: {units: 2}\n        input: {shape: [2, 3]}\n    # Drop could not"
    assert spec_text().startswith("\ufeff" + (OWN + added).replace("\n", "\r\n"))
    assert result.out.endswith("maskcheck.yaml: 1 entry written, 1 to complete, 1 kept\n")
    assert engine.spec.layers[0].cases[0].init == {"units": 7}


def test_the_second_time_nothing_changes(init: Any) -> None:
    classes = {"Scale": GOOD, "Drop": HARD}
    init(classes)
    before = spec_text()
    stamp = Path("maskcheck.yaml").stat()
    result = init(classes)
    assert spec_text() == before
    assert Path("maskcheck.yaml").stat().st_ino == stamp.st_ino
    assert result.out.endswith("maskcheck.yaml: 0 entries written, 1 to complete, 1 kept\n")


def test_what_can_be_inferred_later_is_added(init: Any) -> None:
    init({"Scale": GOOD, "Drop": HARD})
    result = init({"Scale": GOOD, "Drop": GOOD})
    assert spec_text() == HEAD + SCALE + DROP + SCALE.replace("Scale", "Drop")
    assert result.out == "maskcheck.yaml: 1 entry written, 0 to complete, 1 kept\n"


def test_force_rewrites_even_what_is_no_spec(init: Any) -> None:
    Path("maskcheck.yaml").write_text("layers: [\n")
    result = init({"Scale": GOOD}, "--force")
    assert (result.code, spec_text()) == (0, HEAD + SCALE)
    assert result.out == "maskcheck.yaml: 1 entry written, 0 to complete, 0 kept\n"


def test_the_file_of_a_parent_directory_is_the_one_that_a_scan_reads(
    init: Any, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("maskcheck.yaml").write_text("version: 1\nlayers:\n  Scale: {init: {}}\n")
    (project / "sub").mkdir()
    monkeypatch.chdir(project / "sub")
    result = init({"Scale": GOOD, "New": GOOD})
    assert result.out == "../maskcheck.yaml: 1 entry written, 0 to complete, 1 kept\n"
    assert [layer.name for layer in load_spec("../maskcheck.yaml").layers] == ["Scale", "New"]
    init({"Scale": GOOD}, "--output", "here.yaml")
    assert spec_text("here.yaml") == HEAD + SCALE


def test_without_any_case_there_is_no_spec_to_write(init: Any) -> None:
    result = init({"Drop": HARD})
    assert (result.code, result.err) == (1, "")
    assert not Path("maskcheck.yaml").exists()
    told, verdict, *rest = result.out.split("\n", 3)
    assert told == "to complete  Drop  no value was found for rate"
    assert verdict.startswith("maskcheck.yaml is not written, since it would hold no entry")
    assert rest[-1] == HEAD + DROP.split("\n", 1)[1].replace("  # ", "  ")


def test_a_file_of_entries_takes_comments_alone(init: Any) -> None:
    Path("maskcheck.yaml").write_text("version: 1\nlayers:\n  Scale: {init: {}}\n")
    assert init({"Scale": GOOD, "Drop": HARD}).code == 0
    assert spec_text() == "version: 1\nlayers:\n  Scale: {init: {}}\n" + DROP


def test_a_case_that_no_spec_can_hold_is_to_be_completed(init: Any) -> None:
    odd = Inference(Case("default", init={"when": object()}))
    result = init({"Odd": odd, "Empty": Inference(Case("default", args=([],))), "Scale": GOOD})
    assert "to complete  Odd    a object is no value that a spec knows" in result.out
    assert "to complete  Empty  the entry of Empty cannot be written: " in result.out
    assert "  # Odd:\n  #   input: {shape: [2, ...]}\n" in spec_text()


def test_reasons_are_made_fit_for_a_comment(init: Any) -> None:
    init({"Drop": Inference(None, reason="\x1b[31mbad\x00\u2028\x7f " + "word " * 200), "Scale": GOOD})
    lines = spec_text().removeprefix(HEAD + SCALE).split("\n")
    assert lines[0].startswith("  # Drop could not be inferred: \\x1b[31mbad\\x00 \\x7f word word")
    assert len(lines) < 10
    assert max(map(len, lines)) <= 100
    assert len(load_spec("maskcheck.yaml").layers) == 1


SKIPPED = LayerReport("mine.Base", "Base", "mine.py", 1, Verdict.SKIPPED, skip="abstract")
FINDING = Finding("MC001", "import-failed", Severity.ERROR, "bad", "SyntaxError: invalid syntax")
UNREAD = LayerReport("bad", "bad", "bad.py", 3, Verdict.UNCHECKED, findings=(FINDING,))


def test_verbose_and_quiet(init: Any) -> None:
    engine = Engine({"Scale": GOOD, "Drop": HARD}, (SKIPPED,))
    assert init(engine, "-v").out.splitlines() == [
        "written      Scale",
        "to complete  Drop   no value was found for rate",
        "skipped      Base   abstract",
        "maskcheck.yaml: 1 entry written, 1 to complete, 0 kept, 1 skipped",
    ]
    last = "maskcheck.yaml: 1 entry written, 1 to complete, 0 kept, 1 skipped\n"
    assert init(engine, "-q", "--force").out == last
    result = init(engine, "-q", "-v")
    assert (result.code, result.out) == (2, "")


def test_a_module_that_cannot_be_imported(init: Any) -> None:
    result = init(Engine({"Scale": GOOD}, (UNREAD,)))
    assert result.code == 1
    assert result.err == "maskcheck: error: bad.py:3: SyntaxError: invalid syntax\n"
    assert spec_text() == HEAD + SCALE


def test_only_skipped_classes(init: Any) -> None:
    result = init(Engine({}, (SKIPPED,)))
    assert (result.code, result.out) == (
        0,
        "maskcheck.yaml: 0 entries written, 0 to complete, 0 kept, 1 skipped\n",
    )
    assert not Path("maskcheck.yaml").exists()


def test_settings_come_from_the_options(init: Any) -> None:
    engine = Engine({"Scale": GOOD})
    args = "--only S* --only T* --imported --jobs 2 --timeout 3 --seed 4 --device cpu -q"
    init(engine, *args.split())
    assert engine.settings == Settings(
        ("mine",), imported=True, only=("S*", "T*"), jobs=2, timeout=3.0, seed=4, device="cpu", verbosity=-1
    )


def test_a_fault_of_maskcheck_comes_after_the_file_is_written(init: Any) -> None:
    result = init(Engine({"Scale": GOOD, "Drop": HARD}, after=LabFault("mine.Drop: oh")))
    assert result.code == 3
    assert "this is a fault of maskcheck, not of your layers: LabFault: mine.Drop: oh" in result.err
    assert result.out.endswith("maskcheck.yaml: 1 entry written, 1 to complete, 0 kept\n")
    assert spec_text() == HEAD + SCALE + DROP


def test_a_fault_of_maskcheck_before_the_first_class(init: Any) -> None:
    result = init(Engine({"Scale": GOOD}, before=LabFault("importing the targets: oh")))
    assert (result.code, result.out) == (3, "")
    assert not Path("maskcheck.yaml").exists()


@pytest.mark.parametrize("there", [True, False])
def test_a_file_that_changes_meanwhile_is_left_alone(init: Any, there: bool) -> None:
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
def test_a_file_that_is_no_spec_is_left_alone(init: Any, text: str, message: str) -> None:
    Path("maskcheck.yaml").write_text(text)
    engine = Engine({"New": GOOD})
    result = init(engine)
    assert (result.code, result.out, engine.settings) == (2, "", None)
    assert message in result.err
    assert spec_text() == text


def test_entries_are_not_added_where_the_result_would_be_no_spec(init: Any) -> None:
    text = "version: 1\nlayers:\n  Scale: {init: {}}\n    # the last line is too deep\n   \n"
    Path("maskcheck.yaml").write_text(text)
    assert init({"New": GOOD}).code == 0
    assert [layer.name for layer in load_spec("maskcheck.yaml").layers] == ["Scale", "New"]


@pytest.mark.parametrize("path", ["-", ".", "missing/spec.yaml", "/dev/null"])
def test_what_is_no_file_is_refused_before_anything_is_done(init: Any, path: str) -> None:
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
    init: Any, stage: str, error: Exception, code: int, message: str
) -> None:
    Path("maskcheck.yaml").write_text(OWN)
    classes: dict[str, Any] = {"Scale": GOOD, "New": error if stage == "Scale" else GOOD}
    result = init(Engine(classes, before=error if stage == "before" else None))
    assert (result.code, result.out) == (code, "")
    assert message in result.err
    assert spec_text() == OWN
    assert list(Path().iterdir()) == [Path("maskcheck.yaml")]
