"""One class or one live layer, checked in the process that it lives in."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from tempfile import TemporaryDirectory
from typing import Any

import tensorflow as tf

from maskcheck.errors import InternalFault, MaskcheckError, UsageError
from maskcheck.lab.calls.build import Built
from maskcheck.lab.examine import examine_layer
from maskcheck.lab.in_process.recover_init import call_as_built, recover_init
from maskcheck.lab.in_process.to_case import init_to_case, inputs_to_case
from maskcheck.lab.keras_api import is_keras, keras
from maskcheck.lab.layer.error_info import first_line, is_raised_by_user
from maskcheck.lab.layer.guarded import is_class, is_layer, is_subclass
from maskcheck.lab.layer_class.constructor import parameters
from maskcheck.lab.layer_class.describe import source_file
from maskcheck.lab.process.device import use_device
from maskcheck.lab.process.preserved import allow_interrupt, preserve_process
from maskcheck.lab.process.restore import remember
from maskcheck.lab.task import Task
from maskcheck.model.case import Case, LayerSpec, Mark, Subject
from maskcheck.model.report import LayerReport, Unproven
from maskcheck.model.target import World
from maskcheck.settings import Settings
from maskcheck.source.edits.methods import class_source

# Far from the seeds under which people make layers: what one has drawn must not be drawn again.
_FAR = 0x5EED_0000


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
        InternalFault: maskcheck itself fails.
    """
    _check_process()
    cls = _find_class(checked)
    try:
        return _check(checked, cls, inputs, init, call, settings)
    except MaskcheckError:
        raise
    except Exception as error:
        if not is_raised_by_user(error):
            text = f"this is a fault of maskcheck, not of the layer: {first_line(error)}"
            raise InternalFault(text, hint="please report it with the traceback") from error
        raise UsageError(f"{cls.__name__} cannot be looked at: it raises {first_line(error)}") from error


def _check(
    checked: Any,
    cls: type[keras.Layer],
    inputs: Any,
    init: Mapping[str, Any] | None,
    call: Mapping[str, Any],
    settings: Settings,
) -> LayerReport:
    case = _make_case(inputs, init or {}, call)
    if case is None and (init or call or not is_class(checked)):
        raise UsageError("inputs are missing", hint="a case is inferred only for a class, and as a whole")
    with ExitStack() as stack:
        stack.enter_context(preserve_process())
        device = stack.enter_context(use_device(settings.device))
        scratch = stack.enter_context(TemporaryDirectory(prefix="maskcheck-"))
        task = Task(World("", (), ()), _make_subject(cls), None, settings, scratch)
        if case is not None and is_layer(checked):
            return _check_live(task, checked, replace(case, origin="live"), device, told=init is not None)
        with allow_interrupt():
            return _examine_timed(_add_case(task, case), cls, device)


def _check_live(task: Task, layer: keras.Layer, case: Case, device: str, *, told: bool) -> LayerReport:
    """Check a live layer, and put it back, come what may."""
    seed = (task.settings.seed + _FAR) % 2**32
    put_back = remember([layer])
    try:
        with allow_interrupt():
            known, twin = recover_init(layer, case, seed, told=told)

            def original() -> Built:
                put_back()
                return call_as_built(layer, known, seed, twin)

            settings = replace(task.settings, seed=seed, probe=task.settings.probe and twin is not None)
            lent = replace(_add_case(task, known), settings=settings, original=original)
            report = _examine_timed(lent, type(layer), device)
    finally:
        put_back()
    if twin is not None:
        return report
    return replace(
        report, unproven=tuple(Unproven(name, known.unknown) for name in _list_arguments(type(layer)))
    )


def _examine_timed(task: Task, cls: type[keras.Layer], device: str) -> LayerReport:
    start = time.perf_counter()
    report = examine_layer(task, cls, device)
    return replace(report, seconds=time.perf_counter() - start)


def _add_case(task: Task, case: Case | None) -> Task:
    if case is None:
        return task
    return replace(
        task, spec=LayerSpec(task.subject.name, Mark(task.subject.file, task.subject.line), (case,))
    )


def _make_subject(cls: type[keras.Layer]) -> Subject:
    file = source_file(cls) or ""
    source = class_source(file, cls.__qualname__)
    return Subject(cls.__module__, cls.__qualname__, file, source.line if source else 0, "runtime")


def _list_arguments(cls: type[keras.Layer]) -> Iterable[str]:
    variadic = ("VAR_POSITIONAL", "VAR_KEYWORD")
    return (name for name, parameter in parameters(cls).items() if parameter.kind.name not in variadic)


def _find_class(checked: object) -> type[keras.Layer]:
    """Return the class that is to be checked, or that of the layer.

    Raises:
        UsageError: it is something else.
    """
    cls: type = checked if is_class(checked) else type(checked)  # type: ignore[assignment]
    if not is_subclass(cls, keras.Layer):
        what = cls.__qualname__ if cls is checked else f"an object of type {cls.__qualname__}"
        if any(is_keras(base) and base.__name__ == "Layer" for base in cls.__mro__):
            raise UsageError(
                f"{what} is of another Keras than the first layer that was checked in this process",
                hint="check it in another process",
            )
        raise UsageError(f"{what} is neither a layer of Keras nor a class of layers")
    return cls


def _make_case(inputs: Any, init: Mapping[str, Any], call: Mapping[str, Any]) -> Case | None:
    if inputs is None:
        return None
    calls = {name: inputs_to_case(value) for name, value in call.items()}
    return Case("default", "given", init_to_case(init), (inputs_to_case(inputs),), calls)


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
