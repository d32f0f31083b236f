"""The code quality report, held against what GitLab documents of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from maskcheck.model.report import LayerReport, Report
from maskcheck.report.terminal.escape import escape_text
from tests.report.compare import stored
from tests.report.hostile import reports
from tests.report.samples import ALL, BAD, GOOD, LOST, WARNED
from tests.report.writing import rewritten, written

TEXT = {"type": "string", "minLength": 1}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": TEXT,
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


def valid(text: str) -> list[dict[str, Any]]:
    """The issues of a document that the schema accepts; GitLab shows only the first of one fingerprint."""
    issues: list[dict[str, Any]] = json.loads(text)
    jsonschema.Draft202012Validator(SCHEMA).validate(issues)
    prints = [issue["fingerprint"] for issue in issues]
    assert len(set(prints)) == len(prints)
    return issues


def issues(*layers: LayerReport, **options: Any) -> list[dict[str, Any]]:
    return valid(written("gitlab", *layers, **options))


def test_whole_report() -> None:
    text = written("gitlab", *ALL)
    valid(text)
    assert text == stored("report.gitlab.json", text)


@pytest.mark.parametrize("part", ["fingerprint", "location"])
def test_schema_refuses_what_lacks_a_part(part: str) -> None:
    data = json.loads(written("gitlab", BAD))
    del data[0][part]
    with pytest.raises(jsonschema.ValidationError):
        valid(json.dumps(data))


def test_severities() -> None:
    found = [(issue["check_name"], issue["severity"]) for issue in issues(BAD, WARNED)]
    assert found[0] == ("MC101", "major")
    assert found[3:] == [("MC603", "minor"), ("MC308", "info"), ("MC101", "info")]


def test_what_is_expected_says_so() -> None:
    assert issues(WARNED)[2]["description"].endswith(" came back (1, 1)) (expected)")


def test_finding_without_a_place_is_where_its_layer_is() -> None:
    found = issues(replace(BAD, findings=(replace(LOST, file=None, line=None),)))
    assert found[0]["location"] == {"path": "mymodule.py", "lines": {"begin": 8}}
    found = issues(replace(BAD, line=0, findings=(replace(LOST, file="./m.py", line=None),)))
    assert found[0]["location"] == {"path": "m.py", "lines": {"begin": 1}}


def test_interrupted_scan_is_no_clean_one() -> None:
    assert issues(GOOD, code=0) == []
    (issue,) = issues(GOOD, planned=9, code=130, interrupted=True)
    assert issue["description"] == "the scan was interrupted after 1 of 9 layers"
    assert (issue["severity"], issue["location"]["path"]) == ("blocker", "maskcheck.yaml")


@settings(deadline=None)
@given(reports())
def test_hostile_texts_make_a_valid_document(report: Report) -> None:
    text = rewritten("gitlab", report)
    assert text.isascii()
    told = [escape_text(layer.name) for layer in report.layers for _ in layer.findings]
    found = [issue["description"] for issue in valid(text)][report.finish.interrupted :]
    assert [each[: len(name)] for each, name in zip(found, told, strict=True)] == told
