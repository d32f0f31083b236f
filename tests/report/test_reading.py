"""A JSON report is read back to what it was written from."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given

from maskcheck.errors import UsageError
from maskcheck.model.finding import ArrayDelta, Replacement
from maskcheck.model.report import Report, Shard
from maskcheck.report.formats.json import render
from maskcheck.report.reading import read_report
from maskcheck.report.terminal.escape import shorten_path
from tests.report.formats.test_json import valid
from tests.report.hostile import reports
from tests.report.samples import ALL, BAD, GOOD, LOST, report

PATHS = frozenset({"file", "origin"})
FULL = replace(
    report(
        *ALL,
        replace(
            GOOD,
            id="m.make.<locals>.A",
            name="make.A",
            lost_by_keras=("Dense.rank",),
            touched=("wrote out/log.txt",),
            position=0,
            findings=(replace(LOST, edits=(Replacement("mymodule.py", 17, 16, "import keras\n"),)),),
        ),
    ),
    start=replace(
        report().start,
        layers=9,
        devices=("CPU:0", "CPU:1"),
        baseline="maskcheck-baseline.yaml",
        shard=Shard(1, 2, 12),
        remarks=("none failed",),
        printed={"m": "hello\n"},
    ),
)


def as_json(value: Any, name: str = "") -> Any:
    """Return what JSON makes of plain data: halves of one character are joined, paths shortened."""
    if isinstance(value, dict):
        return {key: as_json(item, key) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(as_json(item) for item in value)
    if isinstance(value, str):
        return json.loads(json.dumps(shorten_path(value) if name in PATHS else value))
    return value


@given(reports())
def test_nothing_is_lost(written: Report) -> None:
    read = read_report(render(written), "r.json")
    assert as_json(asdict(read)) == as_json(asdict(written))
    assert render(read) == render(written)


def test_what_only_some_reports_have() -> None:
    valid(render(FULL))
    assert read_report(render(FULL), "r.json") == FULL
    interrupted = replace(FULL, finish=replace(FULL.finish, interrupted=True, exit_code=130))
    valid(render(interrupted))
    assert read_report(render(interrupted), "r.json") == interrupted


def test_what_was_lost_together_is_one_text_in_json() -> None:
    both = report(replace(BAD, findings=(replace(LOST, subjects=("dtype", "name")),)))
    written = json.loads(render(both))
    assert written["layers"][0]["findings"][0]["subject"] == "dtype, name"
    assert "subjects" not in written["layers"][0]["findings"][0]
    read = read_report(render(both), "r.json")
    assert read.layers[0].findings[0].subjects == ("dtype", "name")


def test_figures_that_json_lacks_are_none() -> None:
    delta = ArrayDelta("w", (1,), (1,), "float32", "float32", 1, 1, float("nan"), float("inf"), (0,))
    layer = replace(BAD, findings=(replace(LOST, deltas=(delta,)),))
    read = read_report(render(report(layer)), "r.json").layers[0].findings[0].deltas
    assert read == (replace(delta, max_absolute=None, max_relative=None),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "r.json:1:1: not JSON: Expecting value"),
        ('{\n"a": }', "r.json:2:6: not JSON: Expecting value"),
        ("[" * 100_000, "r.json is no JSON: it is nested too deeply"),
        ("[]", "r.json is no report with the schema 'maskcheck-report/1'"),
        ('{"schema": "maskcheck-report/2"}', "r.json is no report with the schema 'maskcheck-report/1'"),
        (
            '{"schema": "maskcheck-report/1"}',
            "r.json was not written by maskcheck: the report has no 'versions'",
        ),
    ],
)
def test_what_is_no_report(text: str, message: str) -> None:
    with pytest.raises(UsageError) as raised:
        read_report(text, "r.json")
    assert str(raised.value).startswith(message)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("seed",), "0", "the report.seed is not an integer"),
        (("seed",), True, "the report.seed is not an integer"),
        (("targets",), "m", "the report.targets is not a list"),
        (("versions", "keras"), 3, "the report.versions.keras is not a text"),
        (("summary", "seconds"), "1", "the report.summary.seconds is not a number"),
        (("shard",), {"number": 1, "of": 2}, "the report.shard has no 'whole'"),
        (("layers", 0, "verdict"), "good", "the report.layers[0].verdict is not one of conform, warn, fail"),
        (("layers", 0, "colour"), 1, "the report.layers[0] has an unknown key 'colour'"),
        (("layers", 0, "findings"), {}, "the report.layers[0].findings is not a list"),
        (
            ("layers", 0, "findings", 1, "line"),
            1.5,
            "the report.layers[0].findings[1].line is not an integer",
        ),
        (("layers", 0, "checks", 0), 1, "the report.layers[0].checks[0] is not an object"),
    ],
)
def test_what_a_report_would_not_hold(path: tuple[Any, ...], value: object, message: str) -> None:
    data = json.loads(render(report(BAD)))
    inner = data
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(UsageError) as raised:
        read_report(json.dumps(data), "r.json")
    assert str(raised.value).startswith(f"r.json was not written by maskcheck: {message}")
