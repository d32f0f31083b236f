"""The commands of the GitHub report, read as GitHub's runner reads the log of a step."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings

from maskcheck.model.finding import Severity, Status
from maskcheck.model.report import LayerReport, Report
from maskcheck.report.base import Look
from maskcheck.report.counts import count_noun, failed_findings
from maskcheck.report.formats.github import reporter
from maskcheck.report.phrases import with_advice
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.location import locate_finding
from tests.report.compare import stored
from tests.report.hostile import reports
from tests.report.samples import ALL, BAD, BROKEN, GOOD, LOST, START, WARNED
from tests.report.writing import rewritten, written

COMMAND = re.compile(r"::(?P<level>[a-z-]+)(?: (?P<properties>.*?))?::(?P<data>.*)")


@dataclass(frozen=True)
class Command:
    """What the runner makes of a line."""

    level: str
    properties: dict[str, str]
    message: str


def unescaped(text: str, **signs: str) -> str:
    for code, sign in {**signs, "0D": "\r", "0A": "\n", "25": "%"}.items():
        text = text.replace(f"%{code}", sign)
    return text


def commands(log: str) -> list[Command]:
    """What the runner obeys: a line that starts as one, unless commands are stopped."""
    found, token = [], ""
    for line in log.split("\n"):
        command = COMMAND.fullmatch(line.lstrip())
        if token or not command:
            token = "" if line.strip() == f"::{token}::" else token
            assert token or command or "##[" not in line
        elif command["level"] == "stop-commands":
            token = command["data"]
        else:
            pairs = [pair.split("=", 1) for pair in (command["properties"] or "").split(",") if pair]
            properties = {name: unescaped(value, **{"3A": ":", "2C": ","}) for name, value in pairs}
            found.append(Command(command["level"], properties, unescaped(command["data"])))
    assert not token, "commands stay stopped"
    return found


def test_whole_report() -> None:
    text = re.sub(r"[0-9a-f]{32}", "TOKEN", written("github", *ALL))
    assert text == stored("github.txt", text)


def test_text_report_stands_above() -> None:
    log = written("github", *ALL)
    (token,) = re.findall(r"^::stop-commands::([0-9a-f]{32})$", log, re.MULTILINE)
    assert log.partition(f"::{token}::\n")[0] == f"::stop-commands::{token}\n{written('text', *ALL)}"
    assert token not in written("github", *ALL)


def test_one_annotation_a_layer_where_its_gravest_finding_is() -> None:
    warned = replace(BAD, findings=(*WARNED.findings, LOST))
    (one,) = commands(written("github", warned))
    assert one.level == "error"
    assert one.properties == {
        "file": "mymodule.py",
        "line": "17",
        "title": "FixedShapeMask: 1 error, 1 warning",
    }
    assert one.message.split("\n") == [
        f"MC101 argument-missing: {LOST.message} (on config, keras, given (3, 3), came back (1, 1))",
        'write: config.update({"mask_shape": self.mask_shape})',
        "MC603 not-registered: loads only with custom_objects (on keras)",
        'write: @keras.saving.register_keras_serializable(package="mymodule")',
    ]


def test_notes_and_what_is_expected_are_not_annotated() -> None:
    _, note, known = WARNED.findings
    assert known.status is Status.EXPECTED
    assert commands(written("github", replace(WARNED, findings=(note, known)))) == []


def test_no_line_and_no_file() -> None:
    (one,) = commands(written("github", replace(BROKEN, line=0, findings=(replace(LOST, file=None),))))
    assert one.properties == {"file": "other.py", "title": "Crash: 1 error"}


@pytest.mark.parametrize(
    ("layers", "shown", "last"), [(10, 10, "MC101"), (11, 10, "2 more layers with errors")]
)
def test_no_more_than_github_shows(layers: int, shown: int, last: str) -> None:
    found = commands(written("github", *[BAD] * layers, *[WARNED] * 3))
    assert [command.level for command in found] == ["error"] * shown + ["warning"] * 3
    assert found[shown - 1].message.startswith(last)


def test_interrupted() -> None:
    found = commands(written("github", GOOD, *[BAD] * 12, planned=99, code=130, interrupted=True))
    assert found[0] == Command(
        "error", {"title": "maskcheck"}, "the scan was interrupted after 13 of 99 layers"
    )
    assert len(found) == 10


def test_interruption_takes_no_place_of_a_warning() -> None:
    layers = [replace(WARNED, name=str(number)) for number in range(10)]
    found = commands(written("github", *layers, planned=99, code=130, interrupted=True))
    assert [command.level for command in found] == ["error"] + ["warning"] * 10


def test_commands_are_obeyed_again_when_the_scan_breaks_off() -> None:
    stream = io.StringIO()
    broken = reporter(stream, Look())
    broken.handle(START)
    broken.close()
    broken.close()
    assert commands(stream.getvalue() + "::debug::yes\n") == [Command("debug", {}, "yes")]


def test_scan_that_never_started_prints_nothing() -> None:
    stream = io.StringIO()
    reporter(stream, Look()).close()
    assert stream.getvalue() == ""


def annotated(layer: LayerReport) -> Command:
    """The command for a layer with errors or warnings, put together anew."""
    errors, warnings = failed_findings(layer, Severity.ERROR), failed_findings(layer, Severity.WARNING)
    found = (*errors, *warnings)
    where = locate_finding(found[0], layer)
    line = {"line": str(where.line)} if where.line else {}
    parts = [count_noun(len(each), noun) for each, noun in ((errors, "error"), (warnings, "warning")) if each]
    title = f"{escape_text(layer.name)}: {', '.join(parts)}"
    message = "\n".join(f"{finding.rule} {finding.name}: {with_advice(finding)}" for finding in found)
    properties = {"file": escape_text(where.path), **line, "title": title}
    return Command("error" if errors else "warning", properties, message)


@settings(deadline=None)
@given(reports())
def test_hostile_texts_arrive_as_they_were_shown(report: Report) -> None:
    found = commands(rewritten("github", report))[report.finish.interrupted :]
    failing = [
        each
        for each in report.layers
        if failed_findings(each, Severity.ERROR) or failed_findings(each, Severity.WARNING)
    ]
    assert found == sorted(map(annotated, failing), key=lambda command: command.level)
