"""Writes the scripts of every error in a folder of fixtures, and runs them in this process."""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace

from maskcheck.model.case import Spec, Subject
from maskcheck.model.finding import Finding, Severity, Status
from maskcheck.model.report import LayerReport, Report
from maskcheck.model.target import World
from maskcheck.reproduction.find import find_case, make_request
from maskcheck.reproduction.reproduce import is_same_error
from maskcheck.reproduction.script.checks import CHECKS
from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.plans import list_plans
from maskcheck.reproduction.script.request import Plan, Request
from maskcheck.reproduction.script.write import write_script
from maskcheck.rules.registry import find_rule
from maskcheck.source.modules.discovery import discover
from maskcheck.specfile.read.load import load_spec
from tests.paths import FIXTURES, ROOT

_FILE = "<repro>"
TWIN = "Healthy"


@dataclass(frozen=True)
class Trial:
    """What came of one finding: the script that failed as it should, and how the same ended on the twin."""

    layer: str
    rule: str
    script: str = ""
    plan: Plan | None = None
    twin: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class Folder:
    """All that is known of a folder of fixtures without a scan."""

    worlds: tuple[World, ...]
    spec: Spec

    def find(self, name: str) -> Subject | None:
        """Return the class of a dotted name."""
        found = (subject for world in self.worlds for subject in world.subjects)
        return next((subject for subject in found if subject.id == name), None)


def read_folder(name: str) -> Folder:
    """Return what the source text and the spec of a folder say."""
    place = FIXTURES / name
    return Folder(discover((str(place),), str(ROOT)), load_spec(str(place / "maskcheck.yaml")))


def list_errors(report: Report) -> Iterator[tuple[LayerReport, Finding]]:
    """Yield each error of a report with its layer."""
    for layer in report.layers:
        for finding in layer.findings:
            if finding.severity is Severity.ERROR and finding.status is Status.FAILED:
                yield layer, finding


def try_finding(layer: LayerReport, finding: Finding, folder: Folder) -> Trial:
    """Write scripts of a finding until one fails as it should, and run that on the twin if there is one."""
    trial = Trial(layer.id, finding.rule)
    rule = find_rule(finding.rule)
    if not rule.shown_by:
        return replace(trial, reason=rule.no_script)
    try:
        request = make_request(layer, finding, folder.worlds, folder.spec, str(ROOT), inline=False)
    except NotWritable as error:
        return replace(trial, reason=str(error))
    reasons: list[str] = []
    for plan in list_plans(finding):
        try:
            script = write_script(request, plan)
        except NotWritable as error:
            reasons.append(str(error))
            continue
        ended = run_script(script)
        proved = ended.startswith("AssertionError") and is_same_error(
            finding, CHECKS[plan.check].raises, ended
        )
        if proved:
            trial = trial if trial.script else replace(trial, script=script, plan=plan)
            trial = replace(trial, twin=_try_twin(request, plan, layer, folder))
            # A healthy twin may have no attribute of the name.
            if not (trial.twin or "").startswith("AttributeError"):
                return trial
            continue
        reasons.append(f"[{plan.check}/{plan.trip}] {ended[:160] or 'passes'}")
    return trial if trial.script else replace(trial, reason=" | ".join(reasons) or "no route")


def _try_twin(request: Request, plan: Plan, layer: LayerReport, folder: Folder) -> str | None:
    """Return how the same script ends on the twin, None where there is none."""
    twin = folder.find(f"{layer.id}{TWIN}")
    if twin is None:
        return None
    case = find_case(replace(layer, id=twin.id), request.finding, twin, folder.spec)
    return run_script(write_script(replace(request, subject=twin, case=case), plan))


def run_script(script: str) -> str:
    """Return how a script ends: "" where it runs through, else the type of the error and what it says."""
    import keras

    image_format = keras.config.image_data_format()
    if str(FIXTURES) not in sys.path:
        sys.path.insert(0, str(FIXTURES))
    policy = keras.config.dtype_policy()
    here = os.getcwd()
    os.chdir(ROOT)
    try:
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
            tempfile.tempdir = folder
            exec(compile(script, _FILE, "exec"), {"__name__": "__main__"})
    except BaseException as error:
        own = traceback.extract_tb(error.__traceback__)[-1].filename == _FILE
        name = type(error).__name__ if own or not isinstance(error, AssertionError) else "foreign assertion"
        return f"{name}: {error}"
    finally:
        tempfile.tempdir = None
        keras.config.set_dtype_policy(policy)
        keras.config.set_image_data_format(image_format)
        os.chdir(here)
    return ""
