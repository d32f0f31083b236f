"""One class or one live layer, checked in the process that it lives in."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Any

import tensorflow as tf

from maskcheck.errors import UsageError
from maskcheck.lab.api import keras
from maskcheck.lab.arguments import parameters
from maskcheck.lab.build import Built
from maskcheck.lab.describe import source_file
from maskcheck.lab.device import chosen_device
from maskcheck.lab.examine import examined
from maskcheck.lab.given import given_init, given_inputs
from maskcheck.lab.imports import first_line
from maskcheck.lab.live import called, with_construction
from maskcheck.lab.memory import remember
from maskcheck.lab.task import Task
from maskcheck.lab.undisturbed import undisturbed
from maskcheck.model.case import Case, LayerSpec, Mark, Subject
from maskcheck.model.report import LayerReport, Unproven
from maskcheck.model.target import World
from maskcheck.settings import Settings


def check_here(
    checked: object, inputs: Any, init: Mapping[str, Any] | None, call: Mapping[str, Any], settings: Settings
) -> LayerReport:
    """Check a Layer subclass, or a layer, which is afterwards as it was, as is the process.

    Args:
        inputs: the first argument of ``call``, None for a class whose case is to be inferred.
        init: constructor arguments, None where they are not told.
        call: keyword arguments of ``call``.

    Raises:
        UsageError: it cannot be checked here, or not with these arguments.
    """
    _check_process()
    live = isinstance(checked, keras.Layer)
    cls = type(checked) if live else checked
    if not (isinstance(cls, type) and issubclass(cls, keras.Layer)) or cls is keras.Layer:
        shown = (
            checked.__qualname__
            if isinstance(checked, type)
            else f"an object of type {type(checked).__name__}"
        )
        raise UsageError(f"{shown} is neither a layer of Keras nor a class of layers")
    if inputs is None and (live or init or call):
        raise UsageError("inputs are missing", hint="a case is inferred only for a class, and as a whole")
    case = None
    if inputs is not None:
        calls = {name: given_inputs(value) for name, value in call.items()}
        case = Case("default", "given", given_init(init or {}), (given_inputs(inputs),), calls)
    with (
        undisturbed(),
        chosen_device(settings.device) as device,
        TemporaryDirectory(prefix="maskcheck-") as scratch,
    ):
        task = Task(World("", (), ()), _subject(cls), None, settings, scratch)
        if isinstance(checked, keras.Layer) and case is not None:
            return _lent(task, checked, replace(case, origin="live"), device)
        return _timed(_with_case(task, case), cls, device)


def _lent(task: Task, layer: keras.Layer, case: Case, device: str) -> LayerReport:
    """Check a live layer, and put it back."""
    put_back = remember([layer])
    try:
        case, twin = with_construction(layer, case, task.settings.seed)

        def original() -> Built:
            put_back()
            return called(layer, case, task.settings.seed, twin)

        settings = replace(task.settings, probe=task.settings.probe and twin is not None)
        lent = replace(_with_case(task, case), settings=settings, original=original)
        report = _timed(lent, type(layer), device)
    finally:
        put_back()
    if twin is not None:
        return report
    return replace(report, unproven=tuple(Unproven(name, case.unknown) for name in _arguments(type(layer))))


def _timed(task: Task, cls: type[keras.Layer], device: str) -> LayerReport:
    start = time.perf_counter()
    report = examined(task, cls, device)
    return replace(report, seconds=time.perf_counter() - start)


def _with_case(task: Task, case: Case | None) -> Task:
    if case is None:
        return task
    return replace(
        task, spec=LayerSpec(task.subject.name, Mark(task.subject.file, task.subject.line), (case,))
    )


def _subject(cls: type[keras.Layer]) -> Subject:
    return Subject(cls.__module__, cls.__qualname__, source_file(cls) or "", first_line(cls), "runtime")


def _arguments(cls: type[keras.Layer]) -> Iterable[str]:
    variadic = ("VAR_POSITIONAL", "VAR_KEYWORD")
    return (name for name, parameter in parameters(cls).items() if parameter.kind.name not in variadic)


def _check_process() -> None:
    """Refuse a process in which nothing can be computed.

    Raises:
        UsageError: Keras has another backend, or a graph is being built.
    """
    backend = keras.backend.backend()
    if backend != "tensorflow":
        raise UsageError(f"Keras computes with {backend} here", hint="set KERAS_BACKEND=tensorflow")
    if not tf.executing_eagerly():
        raise UsageError("layers cannot be checked while a graph is built", hint="check outside tf.function")
