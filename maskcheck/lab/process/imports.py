"""Imports the modules of a scan, and finds the Layer subclasses that are really in them."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from types import ModuleType
from typing import Any

from maskcheck import task_stage
from maskcheck.errors import NotImportable
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.error_info import error_info, first_line
from maskcheck.lab.layer.guarded import REFUSALS, is_class, is_subclass, read_state
from maskcheck.lab.layer.registration import describe_registration
from maskcheck.lab.layer_class.entry import bypasses_call
from maskcheck.lab.process.eager import EagerRequired
from maskcheck.model.case import Mark, Subject
from maskcheck.model.error import ErrorInfo
from maskcheck.model.target import Confirmation, ModuleFile, World


def import_world(world: World) -> Confirmation:
    """Import every readable module of ``world``; one that raises does not stop the others."""
    _put_first(world.root)
    modules: dict[str, ModuleType] = {}
    failures: dict[str, ErrorInfo] = {}
    for file in world.modules:
        if file.error is not None or _is_below(file.name, failures):
            continue
        task_stage.enter_import(file.name)
        try:
            modules[file.name] = import_module(file)
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            failures[file.name] = error_info(error)
    task_stage.finish_imports()
    known = {subject.id: subject for subject in world.subjects}
    found = tuple(_subjects(world, modules, known))
    there = {subject.id for subject in found}
    missing = tuple(s for s in world.subjects if s.id not in there and s.module not in failures)
    return Confirmation(found, failures, missing)


def _is_below(name: str, packages: Iterable[str]) -> bool:
    """Tell whether a module is in one of the packages.

    Python may hold modules of a package whose own import failed, but no other process can import them.
    """
    return any(name.startswith(f"{package}.") for package in packages)


def import_module(file: ModuleFile) -> ModuleType:
    """Import a module by name; one whose name is no identifier is loaded from its file.

    Raises:
        EagerDisabled: it switches eager execution off.
    """
    with EagerRequired():
        return _import_module(file)


def _import_module(file: ModuleFile) -> ModuleType:
    if all(part.isidentifier() for part in file.name.split(".")):
        return importlib.import_module(file.name)
    if file.name in sys.modules:
        return sys.modules[file.name]
    spec = importlib.util.spec_from_file_location(file.name, file.file)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {file.file}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[file.name]
        raise
    return module


def find_class(world: World, subject: Subject) -> type[keras.Layer]:
    """Import what is needed and return the class of a subject.

    Raises:
        NotImportable: the class is not there in this process.
    """
    _put_first(world.root)
    try:
        return _find_class(world, subject)
    except Exception as error:
        text = f"{subject.module} was imported in one process and cannot be in another: {first_line(error)}"
        raise NotImportable(text, mark=Mark(subject.file, subject.line)) from error


def _find_class(world: World, subject: Subject) -> type[keras.Layer]:
    names = {file.name: file for file in world.modules}
    if subject.module in names:
        import_module(names[subject.module])
    elif subject.module not in sys.modules:
        importlib.import_module(subject.module)
    task_stage.finish_imports()
    found: Any = sys.modules[subject.module]
    try:
        for part in subject.qualname.split("."):
            found = getattr(found, part) if part != "<locals>" else found
    except AttributeError:
        found = _runtime_class(subject)
    return found  # type: ignore[no-any-return]


def _runtime_class(subject: Subject) -> type[keras.Layer]:
    """Return a class that no attribute path leads to (made in a function) but a module holds."""
    for name, cls in _layer_classes(sys.modules[subject.module]):
        if subject.qualname in (cls.__qualname__, name):
            return cls
    raise LookupError(f"{subject.qualname} is not in {subject.module}")


def _put_first(root: str) -> None:
    if root and (not sys.path or sys.path[0] != root):
        sys.path.insert(0, root)


def _subjects(world: World, modules: dict[str, ModuleType], known: dict[str, Subject]) -> list[Subject]:
    found: list[Subject] = []
    seen: set[int] = set()
    for name, module in modules.items():
        for attribute, cls in _layer_classes(module):
            if id(cls) in seen or not _is_wanted(cls, name, world):
                continue
            seen.add(id(cls))
            # A class that refuses to be looked at is missing where its source shows it, else unknown.
            with suppress(*REFUSALS):
                subject = _describe_subject(cls, module, attribute, known)
                if not world.only or world.only & {subject.name, subject.qualname}:
                    found.append(subject)
    return found


def _is_wanted(cls: type[keras.Layer], module: str, world: World) -> bool:
    """Tell whether a class that ``module`` holds is to be checked as one of it."""
    if cls.__module__ == module or cls.__module__ not in sys.modules:
        return True
    return world.imported and all(cls.__module__ != file.name for file in world.modules)


def _describe_subject(
    cls: type[keras.Layer], module: ModuleType, attribute: str, known: dict[str, Subject]
) -> Subject:
    shown = known.get(f"{cls.__module__}.{cls.__qualname__}")
    subject = shown or _runtime_subject(cls, module, attribute)
    subject = replace(subject, skip=subject.skip or _incomplete(cls))
    entry = describe_registration(cls)
    return replace(subject, shadowed_by=entry.resolves_to) if entry.collides else subject


def _layer_classes(module: ModuleType) -> Iterator[tuple[str, type[keras.Layer]]]:
    """Yield the Layer subclasses in a module's namespace, and those nested in them."""
    pending = list(read_state(module).items())
    seen: set[int] = set()
    while pending:
        name, value = pending.pop(0)
        if not is_class(value) or id(value) in seen:
            continue
        seen.add(id(value))
        held = read_state(value)
        inside = held.get("__module__") == module.__name__
        pending += [(f"{name}.{n}", v) for n, v in held.items() if inside and is_class(v)]
        if is_subclass(value, keras.Layer) and value is not keras.Layer:
            yield name, value


def _runtime_subject(cls: type[keras.Layer], module: ModuleType, attribute: str) -> Subject:
    nameable = "<locals>" not in cls.__qualname__
    return Subject(
        module=cls.__module__ if cls.__module__ in sys.modules else module.__name__,
        qualname=cls.__qualname__ if nameable else attribute,
        file=_source_file(cls, module),
        line=_first_line(cls),
        origin="runtime",
    )


def _incomplete(cls: type[keras.Layer]) -> str | None:
    """Return why a class is only a base of others, which its source need not show."""
    if inspect.isabstract(cls):
        return "abstract: " + ", ".join(sorted(cls.__abstractmethods__))
    called = cls.call is not keras.Layer.call or bypasses_call(cls)
    return None if called else "no call method"


def _source_file(cls: type, module: ModuleType) -> str:
    try:
        return inspect.getsourcefile(cls) or os.fspath(module.__file__ or "")
    except (TypeError, OSError):
        return os.fspath(module.__file__ or "")


def _first_line(cls: type) -> int:
    try:
        return inspect.getsourcelines(cls)[1]
    except (TypeError, OSError, IndexError, SyntaxError):
        return 1
