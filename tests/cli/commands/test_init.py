from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.model.case import Case, Inference
from maskcheck.settings import Settings
from maskcheck.specfile.read.load import load_spec
from tests.cli.conftest import Init
from tests.cli.proposals import DROP, GOOD, HARD, HEAD, OWN, SCALE, SKIPPED, UNREAD, Engine, spec_text


def test_a_new_file(init: Init) -> None:
    result = init({"Drop": HARD, "Scale": GOOD})
    assert (result.code, result.err) == (0, "")
    assert spec_text() == HEAD + SCALE + DROP
    assert result.out.splitlines() == [
        "to complete  Drop  no value was found for rate",
        "maskcheck.yaml: 1 entry written, 1 to complete, 0 kept",
    ]
    assert [layer.name for layer in load_spec("maskcheck.yaml").layers] == ["Scale"]


def test_names_are_dotted_where_they_repeat(init: Init) -> None:
    init({"a.Scale": GOOD, "b.Scale": GOOD, "b.Other": GOOD})
    assert [layer.name for layer in load_spec("maskcheck.yaml").layers] == ["a.Scale", "b.Scale", "Other"]


def test_what_the_file_has_stays_byte_for_byte(init: Init) -> None:
    Path("maskcheck.yaml").write_bytes(OWN.replace("\n", "\r\n").encode("utf-8-sig"))
    engine = Engine({"Scale": GOOD, "New": GOOD, "Drop": HARD})
    result = init(engine)
    added = "    New:\n        init: {units: 2}\n        input: {shape: [2, 3]}\n    # Drop could not"
    assert spec_text().startswith("\ufeff" + (OWN + added).replace("\n", "\r\n"))
    assert result.out.endswith("maskcheck.yaml: 1 entry written, 1 to complete, 1 kept\n")
    assert engine.spec.layers[0].cases[0].init == {"units": 7}


def test_the_second_time_nothing_changes(init: Init) -> None:
    classes = {"Scale": GOOD, "Drop": HARD}
    init(classes)
    before = spec_text()
    stamp = Path("maskcheck.yaml").stat()
    result = init(classes)
    assert spec_text() == before
    assert Path("maskcheck.yaml").stat().st_ino == stamp.st_ino
    assert result.out.endswith("maskcheck.yaml: 0 entries written, 1 to complete, 1 kept\n")


def test_what_can_be_inferred_later_is_added(init: Init) -> None:
    init({"Scale": GOOD, "Drop": HARD})
    result = init({"Scale": GOOD, "Drop": GOOD})
    assert spec_text() == HEAD + SCALE + DROP + SCALE.replace("Scale", "Drop")
    assert result.out == "maskcheck.yaml: 1 entry written, 0 to complete, 1 kept\n"


def test_force_rewrites_even_what_is_no_spec(init: Init) -> None:
    Path("maskcheck.yaml").write_text("layers: [\n")
    result = init({"Scale": GOOD}, "--force")
    assert (result.code, spec_text()) == (0, HEAD + SCALE)
    assert result.out == "maskcheck.yaml: 1 entry written, 0 to complete, 0 kept\n"


def test_the_file_of_a_parent_directory_is_the_one_that_a_scan_reads(
    init: Init, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("maskcheck.yaml").write_text("version: 1\nlayers:\n  Scale: {init: {}}\n")
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    result = init({"Scale": GOOD, "New": GOOD})
    assert result.out == "../maskcheck.yaml: 1 entry written, 0 to complete, 1 kept\n"
    assert [layer.name for layer in load_spec("../maskcheck.yaml").layers] == ["Scale", "New"]
    init({"Scale": GOOD}, "--output", "here.yaml")
    assert spec_text("here.yaml") == HEAD + SCALE


def test_without_any_case_there_is_no_spec_to_write(init: Init) -> None:
    result = init({"Drop": HARD})
    assert (result.code, result.err) == (1, "")
    assert not Path("maskcheck.yaml").exists()
    told, verdict, *rest = result.out.split("\n", 3)
    assert told == "to complete  Drop  no value was found for rate"
    assert verdict.startswith("maskcheck.yaml is not written, since it would hold no entry")
    assert rest[-1] == HEAD + DROP.split("\n", 1)[1].replace("  # ", "  ")


def test_a_file_of_entries_takes_comments_alone(init: Init) -> None:
    Path("maskcheck.yaml").write_text("version: 1\nlayers:\n  Scale: {init: {}}\n")
    assert init({"Scale": GOOD, "Drop": HARD}).code == 0
    assert spec_text() == "version: 1\nlayers:\n  Scale: {init: {}}\n" + DROP


def test_a_case_that_no_spec_can_hold_is_to_be_completed(init: Init) -> None:
    odd = Inference(Case("default", init={"when": object()}))
    result = init({"Odd": odd, "Empty": Inference(Case("default", args=([],))), "Scale": GOOD})
    assert "to complete  Odd    a object is no value that a spec knows" in result.out
    assert "to complete  Empty  the entry of Empty cannot be written: " in result.out
    assert "  # Odd:\n  #   input: {shape: [2, ...]}\n" in spec_text()


def test_reasons_are_made_fit_for_a_comment(init: Init) -> None:
    init({"Drop": Inference(None, reason="\x1b[31mbad\x00\u2028\x7f " + "word " * 200), "Scale": GOOD})
    lines = spec_text().removeprefix(HEAD + SCALE).split("\n")
    assert lines[0].startswith("  # Drop could not be inferred: \\x1b[31mbad\\x00 \\x7f word word")
    assert len(lines) < 10
    assert max(map(len, lines)) <= 100
    assert len(load_spec("maskcheck.yaml").layers) == 1


def test_verbose_and_quiet(init: Init) -> None:
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


def test_a_module_that_cannot_be_imported(init: Init) -> None:
    result = init(Engine({"Scale": GOOD}, (UNREAD,)))
    assert result.code == 1
    assert result.err == "maskcheck: error: bad.py:3: SyntaxError: invalid syntax\n"
    assert spec_text() == HEAD + SCALE


def test_only_skipped_classes(init: Init) -> None:
    result = init(Engine({}, (SKIPPED,)))
    assert (result.code, result.out) == (
        0,
        "maskcheck.yaml: 0 entries written, 0 to complete, 0 kept, 1 skipped\n",
    )
    assert not Path("maskcheck.yaml").exists()


def test_settings_come_from_the_options(init: Init) -> None:
    engine = Engine({"Scale": GOOD})
    args = "--only S* --only T* --imported --jobs 2 --timeout 3 --seed 4 --device cpu -q"
    init(engine, *args.split())
    assert engine.settings == Settings(
        ("mine",), imported=True, only=("S*", "T*"), jobs=2, timeout=3.0, seed=4, device="cpu", verbosity=-1
    )
