"""The SARIF report, held against the schema of SARIF 2.1.0 as OASIS publishes it.

The schema beside this file is the one in version 0.2.3 of the package schemastore (Apache License 2.0).
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from hypothesis import given, settings

from maskcheck.model.finding import Replacement
from maskcheck.model.report import LayerReport, Report
from maskcheck.report.phrases import with_class_name, with_evidence
from maskcheck.rules.registry import RULES
from tests.report.compare import stored
from tests.report.hostile import reports
from tests.report.samples import ALL, BAD, GOOD, LOST, WARNED
from tests.report.writing import rewritten, written

SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)


def valid(text: str) -> dict[str, Any]:
    """The one run of a document that the schema accepts."""
    data = json.loads(text)
    VALIDATOR.validate(data)
    (run,) = data["runs"]
    return run


def results(*layers: LayerReport, **options: Any) -> list[dict[str, Any]]:
    return valid(written("sarif", *layers, **options))["results"]


def read(message: str) -> str:
    """A message without its escapes; none may hold what a viewer takes for a link."""
    assert not re.search(r"(?<!\\)(\\\\)*\[[^\]]*\]\(", message)
    text = re.sub(r"((?:\\\\)*)\\\[(?=[^\]]*\]\()", lambda match: match[1][::2] + "[", message)
    return text.replace("{{", "{").replace("}}", "}")


def test_whole_report() -> None:
    data = json.loads(written("sarif", *ALL))
    assert data["version"] == "2.1.0"
    # What changes with every new rule.
    del data["runs"][0]["tool"]["driver"]["rules"]
    for result in data["runs"][0]["results"]:
        del result["ruleIndex"]
    text = json.dumps(data, indent=2) + "\n"
    assert text == stored("report.sarif.json", text)


def test_every_rule_leads_to_its_page() -> None:
    for rule in valid(written("sarif", BAD))["tool"]["driver"]["rules"]:
        address = urlsplit(rule["helpUri"])
        assert address.scheme == "file"
        page = Path(unquote(address.path)).read_text("utf-8")
        assert page.startswith(f"# {rule['id']} {rule['name']}\n")


def test_schema_refuses_what_is_wrong() -> None:
    VALIDATOR.check_schema(SCHEMA)
    data = json.loads(written("sarif", *ALL))
    data["runs"][0]["results"][0]["level"] = "failed"
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(data)


def test_every_rule_explains_itself() -> None:
    rules = valid(written("sarif", GOOD))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    assert all(rule["help"]["text"].startswith(rule["shortDescription"]["text"]) for rule in rules)
    assert all(rule["help"]["markdown"].count("```") % 2 == 0 for rule in rules)
    lost = rules[[rule["id"] for rule in rules].index("MC101")]
    assert lost["defaultConfiguration"] == {"level": "error"}
    assert "## Bad\n\n```python\n@keras.saving" in lost["help"]["markdown"]
    assert lost["fullDescription"]["text"].startswith("An argument was given a value, ")


def test_results_name_their_rule_by_id_and_index() -> None:
    run = valid(written("sarif", *ALL))
    rules = run["tool"]["driver"]["rules"]
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == [
        each["ruleId"] for each in run["results"]
    ]
    (own,) = results(replace(BAD, findings=(replace(LOST, rule="MC999"),)))
    assert (own["ruleId"], "ruleIndex" in own) == ("MC999", False)


def test_levels_and_suppressions() -> None:
    found = [(each["ruleId"], each["level"], each["suppressions"]) for each in results(WARNED)]
    reason = {"kind": "external", "status": "accepted", "justification": "kept for old files, #42"}
    assert found == [("MC603", "warning", []), ("MC308", "note", []), ("MC101", "error", [reason])]
    unexplained = replace(WARNED, findings=(*WARNED.findings[:2], replace(WARNED.findings[2], reason="")))
    assert results(unexplained)[2]["suppressions"] == [{"kind": "external", "status": "accepted"}]


@pytest.mark.parametrize(
    ("file", "line", "location"),
    [
        ("a b/ü.py", 3, {"uri": "a%20b/%C3%BC.py", "uriBaseId": "%SRCROOT%"}),
        ("/elsewhere/m.py", 3, {"uri": "file:///elsewhere/m.py"}),
        (None, None, {"uri": "mymodule.py", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_paths(file: str | None, line: int | None, location: dict[str, str]) -> None:
    (found,) = results(replace(BAD, findings=(replace(LOST, file=file, line=line),)))
    physical = found["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": location, "region": {"startLine": line or BAD.line}}


def test_no_line_is_no_region() -> None:
    (found,) = results(replace(BAD, findings=(replace(LOST, line=None),)))
    assert "region" not in found["locations"][0]["physicalLocation"]


def test_message_holds_neither_placeholders_nor_links() -> None:
    (found,) = results(replace(BAD, findings=(replace(LOST, message="{0} [a](1) [2]"),)))
    assert found["message"]["text"].startswith(r"FixedShapeMask: {{0}} \[a](1) [2] (on config")


def test_how_the_scan_ended() -> None:
    (whole,) = valid(written("sarif", *ALL))["invocations"]
    assert (whole["executionSuccessful"], whole["exitCode"]) == (True, 1)
    assert whole["toolExecutionNotifications"] == []
    (broken,) = valid(written("sarif", GOOD, planned=9, code=130, interrupted=True))["invocations"]
    assert (broken["executionSuccessful"], broken["exitCode"]) == (False, 130)
    (notice,) = broken["toolExecutionNotifications"]
    assert notice == {"level": "error", "message": {"text": "interrupted after 1 of 9 layers"}}


@settings(deadline=None, max_examples=settings().max_examples // 2)
@given(reports())
def test_hostile_texts_make_a_valid_document(report: Report) -> None:
    text = rewritten("sarif", report)
    assert text.isascii()
    found = valid(text)["results"]
    told = [
        with_class_name(layer, with_evidence(finding))
        for layer in report.layers
        for finding in layer.findings
    ]
    assert [read(each["message"]["text"]) for each in found] == told
    for each in found:
        location = each["locations"][0]["physicalLocation"]["artifactLocation"]
        assert re.fullmatch(r"(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})+", location["uri"])


def test_edits_that_were_tried_are_fixes() -> None:
    edits = (
        Replacement("mymodule.py", 17, 17, "        return {}\n"),
        Replacement("other.py", 3, 2, "import keras\n"),
    )
    (result, *_) = results(replace(BAD, findings=(replace(LOST, edits=edits),)))
    (fix,) = result["fixes"]
    assert [
        (change["artifactLocation"]["uri"], each["deletedRegion"], each["insertedContent"]["text"])
        for change in fix["artifactChanges"]
        for each in change["replacements"]
    ] == [
        (
            "mymodule.py",
            {"startLine": 17, "startColumn": 1, "endLine": 18, "endColumn": 1},
            "        return {}\n",
        ),
        ("other.py", {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 1}, "import keras\n"),
    ]
