from __future__ import annotations

import io
import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from maskcheck.model.finding import ArrayDelta
from maskcheck.model.report import LayerReport, Report, ScanFinished, ScanStarted
from maskcheck.report.base import Look
from maskcheck.report.formats.json import reporter, to_document
from tests.report.compare import stored
from tests.report.samples import ALL, BAD, GOOD, LOST, SHARED, START, events, report

SCHEMA = json.loads((files("maskcheck.report") / "report.schema.json").read_text(encoding="utf-8"))


def written(*layers: LayerReport, **options: Any) -> str:
    stream = io.StringIO()
    writes = reporter(stream, Look())
    for event in events(*layers, **options):
        assert stream.getvalue() == ""
        writes.handle(event)
    return stream.getvalue()


def valid(text: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    jsonschema.Draft202012Validator(SCHEMA).validate(data)
    return data


def objects(schema: Any) -> list[dict[str, Any]]:
    if isinstance(schema, list):
        return [found for each in schema for found in objects(each)]
    if not isinstance(schema, dict):
        return []
    here = [schema] if schema.get("type") == "object" else []
    return here + [found for each in schema.values() for found in objects(each)]


def test_whole_report() -> None:
    text = written(*ALL)
    valid(text)
    assert text == stored("report.json", text)


def test_a_fault_of_several_classes_points_at_their_findings() -> None:
    text = written(*SHARED)
    data = valid(text)
    causes = data["causes"]
    assert [cause["rule"] for cause in causes] == ["MC603", "MC101", "MC503", "MC301"]
    assert causes[0]["classes"] == ["mymodule.A", "mymodule.B"]
    for cause in causes:
        for place in cause["findings"]:
            finding = data["layers"][place["layer"]]["findings"][place["finding"]]
            assert all(finding[key] == cause[key] for key in ("rule", "name", "severity"))
    assert "causes" not in valid(written(BAD, GOOD))


def test_schema_is_a_strict_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    found = objects(SCHEMA)
    assert len(found) > 10
    assert all("additionalProperties" in each and "required" in each for each in found)


@pytest.mark.parametrize("breaks", ["extra", "missing", "verdict", "rule"])
def test_schema_refuses_what_is_wrong(breaks: str) -> None:
    data = json.loads(written(*ALL))
    layer = data["layers"][1]
    if breaks == "extra":
        layer["findings"][0]["surprise"] = 1
    elif breaks == "missing":
        del layer["findings"][0]["hint"]
    elif breaks == "verdict":
        layer["verdict"] = "passed"
    else:
        layer["findings"][0]["rule"] = "X1"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(data)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_numbers_that_json_lacks_become_null(number: float) -> None:
    delta = ArrayDelta("kernel", (2,), (2,), "float32", "float32", 1, 2, number, number, (1,))
    bad = replace(BAD, findings=(replace(LOST, deltas=(delta,)),))
    data = valid(written(bad))
    found = data["layers"][0]["findings"][0]["deltas"][0]
    assert (found["max_absolute"], found["max_relative"], found["where"]) == (None, None, [1])


def test_any_text_survives() -> None:
    nasty = '\x00\x1b[31m"\\\u2028é\ud800'
    text = written(replace(BAD, findings=(replace(LOST, message=nasty),), output=nasty))
    assert text.isascii()
    assert valid(text)["layers"][0]["findings"][0]["message"] == nasty


def test_empty_parts_are_left_out() -> None:
    data = valid(written(replace(GOOD, routes=(), checks=())))
    assert {"routes", "skip", "output"}.isdisjoint(data["layers"][0])


def test_no_layers() -> None:
    summary = valid(written(code=5))["summary"]
    assert (summary["layers"], summary["fail"], summary["statuses"]["passed"]) == (0, 0, 0)


def test_interrupted() -> None:
    data = valid(written(GOOD, planned=9, code=130, interrupted=True))
    assert (data["exit_code"], data["summary"]["layers"]) == (130, 1)


def test_paths_are_relative_where_shorter(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.chdir(tmp_path)
    data = to_document(report(replace(GOOD, file=str(tmp_path / "m.py"))))
    assert data["layers"][0]["file"] == "m.py"


def test_whole_numbers_of_exit_codes() -> None:
    whole = Report(START, (), ScanFinished(1.0, 0))
    assert isinstance(whole.start, ScanStarted)
    assert to_document(whole)["exit_code"] == 0
