"""``maskcheck merge``: reports in files to one report and exit code."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from maskcheck.model.report import LayerReport, Report, ScanFinished
from maskcheck.report.formats.json import render
from tests.cli.conftest import Run
from tests.cli.fakes import BAD, GOOD, STARTED


def write(name: str, *layers: LayerReport, code: int = 0) -> str:
    start = replace(STARTED, layers=len(layers))
    Path(name).write_text(render(Report(start, layers, ScanFinished(1.5, code))), "utf-8")
    return name


def test_one_report_in_any_format(run: Run) -> None:
    paths = write("1.json", GOOD), write("2.json", BAD, code=1)
    result = run("merge", *paths, "--report", "json=all.json", "--report", "junit=all.xml")
    assert result.code == 1
    assert result.out.startswith("maskcheck 0.1.0 · ")
    assert "\n2 layers: 1 conforms, 1 fails · " in result.out
    written = json.loads(Path("all.json").read_text("utf-8"))
    assert [layer["id"] for layer in written["layers"]] == ["m.Good", "m.Bad"]
    assert Path("all.xml").exists()
    assert not Path(".maskcheck_cache").exists()


def test_the_merged_report_can_be_merged(run: Run) -> None:
    first = run("merge", write("1.json", GOOD), "--format", "json", "-q")
    assert (first.code, first.out) == (0, Path("1.json").read_text("utf-8"))


def test_what_cannot_be_merged(run: Run) -> None:
    path = write("1.json", GOOD)
    assert run("merge", path, "nix.json").err.startswith(
        "maskcheck: error: cannot read the report: No such file"
    )
    Path("2.json").write_bytes(b"\xff")
    assert "2.json is no JSON: it is not UTF-8" in run("merge", path, "2.json").err
    result = run("merge", path, write("3.json", GOOD))
    assert (result.code, result.out) == (2, "")
    assert "m.Good is in 1.json and in 3.json" in result.err
    assert run("merge").code == 2


def test_one_report_twice_is_not_two(run: Run) -> None:
    path = write("1.json", GOOD)
    assert "1.json is named twice" in run("merge", path, path).err
