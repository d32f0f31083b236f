"""A lab without TensorFlow: a stand-in for keras, and a layer is "checked" by calling it once."""

import importlib
import sys
import types
from collections.abc import Mapping
from dataclasses import dataclass, replace

from maskcheck import task_stage
from maskcheck.errors import UsageError
from maskcheck.model.case import Case, Expectation, Inference, LayerSpec, Subject
from maskcheck.model.error import ErrorInfo
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.helper_request import Ask
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.target import Confirmation, Proposal, World
from maskcheck.settings import Settings


@dataclass(frozen=True)
class Task:
    world: World
    subject: Subject
    spec: LayerSpec | None
    settings: Settings
    scratch: str
    ask: Ask
    keras_settings: Mapping[str, str]
    expect: tuple[Expectation, ...]


def confirm(world: World, settings: Settings) -> Confirmation:
    if settings.device == "abacus":
        raise UsageError("no device 'abacus'")
    if settings.device == "broken":
        raise KeyError("broken")
    _stand_in()
    failures = {}
    for module in world.modules:
        task_stage.enter_import(module.name)
        try:
            importlib.import_module(module.name)
        except Exception as error:
            failures[module.name] = ErrorInfo(type(error).__name__, str(error))
    task_stage.finish_imports()
    there = {subject: _is_there(subject) for subject in world.subjects}
    return Confirmation(
        subjects=tuple(subject for subject in there if there[subject]),
        failures=failures,
        missing=tuple(subject for subject in there if not there[subject]),
        device="FAKE:0",
        versions={"tensorflow": "2.0"},
    )


def examine(task: Task) -> object:
    answer = _call(task, "calling the layer (case default)")
    return report(task.subject) if answer is None else answer


def propose(task: Task) -> object:
    answer = _call(task, "inferring a case") or Inference(Case("default", origin="inferred"))
    return Proposal(task.subject, answer) if isinstance(answer, Inference) else answer


def answer_request(world: World, settings: Settings, request: str) -> object:
    """Do what ``request`` says, as a module's own code; the answer is its ``answer``."""
    task_stage.enter("answering a request")
    names: dict[str, object] = {}
    exec("import os, signal, sys, threading, time\n" + request, names)
    return names.get("answer")


def _call(task: Task, stage: str) -> object:
    _stand_in()
    module = importlib.import_module(task.subject.module)
    task_stage.finish_imports()
    task_stage.enter(stage)
    answer: object = getattr(module, task.subject.name)().call(task)
    return answer


def report(subject: Subject, *findings: Finding) -> LayerReport:
    verdict = Verdict.FAIL if findings else Verdict.CONFORM
    return LayerReport(subject.id, subject.name, subject.file, subject.line, verdict, findings=findings)


def failing(subject: Subject) -> LayerReport:
    return report(subject, Finding("MC101", "argument-missing", Severity.ERROR, ("units",), "units is lost"))


def unchecked(task: Task, *cases: tuple[str, str]) -> LayerReport:
    return replace(report(task.subject), verdict=Verdict.UNCHECKED, cases=cases)


def _is_there(subject: Subject) -> bool:
    return hasattr(sys.modules.get(subject.module), subject.name)


def _stand_in() -> None:
    keras = types.ModuleType("keras")
    keras.layers = types.SimpleNamespace(Layer=object)  # type: ignore[attr-defined]
    sys.modules.setdefault("keras", keras)
