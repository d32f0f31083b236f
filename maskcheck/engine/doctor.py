"""Is the set-up sound: versions, settings, devices, and every route with a layer that has no fault."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from maskcheck.engine.run import scan
from maskcheck.engine.tf_keras import INSTALL
from maskcheck.engine.versions import installed_version, installed_versions
from maskcheck.errors import MaskcheckError
from maskcheck.model.finding import Status
from maskcheck.model.report import LayerFinished, LayerReport, ScanStarted
from maskcheck.model.route import ROUTES
from maskcheck.paths import PACKAGE
from maskcheck.settings import Settings
from maskcheck.source.modules.keras_imports import VARIABLE, legacy_in

SAMPLE = os.path.join(PACKAGE, "lab", "sample.py")
_OLDEST = {"tensorflow": (2, 16), "keras": (3, 0), "numpy": (1, 26)}
_PYTHONS = ((3, 10), (3, 13))
# There wherever the driver of a GPU that TensorFlow can use is loaded.
_GPU_DRIVER = "/dev/nvidiactl"
_ROOM = 200 * 2**20  # in bytes: files of one layer are small, TensorFlow's own temporary ones are not


class State(str, Enum):
    """How sound one thing is: FAIL prevents a scan or a part of it."""

    PASS = "PASS"
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True)
class Remark:
    """What was found of one thing, and what to do about it."""

    topic: str
    state: State
    text: str
    remedy: str = ""


def diagnose(settings: Settings) -> Iterator[Remark]:
    """Yield the diagnosis of each part of the set-up; the last ones come from a scan of the sample layer."""
    versions = installed_versions()
    yield python(platform.python_version())
    yield from packages(versions)
    yield from legacy(installed_version("tf_keras"), os.environ)
    yield from environment(os.environ)
    yield room(tempfile.gettempdir())
    wanted = replace(settings, targets=(SAMPLE,), routes=ROUTES, probe=False)
    try:
        for event in scan(wanted):
            if isinstance(event, ScanStarted):
                yield from devices(event)
            elif isinstance(event, LayerFinished):
                yield from routes(event.report)
    except MaskcheckError as error:
        yield Remark("scan", State.FAIL, str(error), getattr(error, "hint", "") or "")


def python(version: str) -> Remark:
    """Return whether this Python is one that maskcheck is made for."""
    oldest, newest = _PYTHONS
    if oldest <= _numbers(version) <= newest:
        return Remark("Python", State.PASS, version)
    known = " to ".join(".".join(map(str, each)) for each in _PYTHONS)
    return Remark("Python", State.WARN, version, f"maskcheck is tested with Python {known}")


def packages(versions: Mapping[str, str]) -> Iterator[Remark]:
    """Yield whether what maskcheck rests on is there, and new enough."""
    for name, oldest in _OLDEST.items():
        found, wanted = versions.get(name, ""), ".".join(map(str, oldest))
        if not found:
            yield Remark(name, State.FAIL, "not installed", f"pip install '{name}>={wanted}'")
        elif _numbers(found) < oldest:
            yield Remark(name, State.FAIL, found, f"pip install '{name}>={wanted}'")
        else:
            yield Remark(name, State.PASS, found)


def legacy(version: str, variables: Mapping[str, str]) -> Iterator[Remark]:
    """Yield whether tf_keras is there, and what it is for, where it is installed or asked for."""
    wanted = legacy_in(variables)
    if version:
        use = f"{VARIABLE} is set, so tf.keras means this" if wanted else "for modules that import it"
        yield Remark("tf_keras", State.PASS, f"{version}, {use}")
    elif wanted:
        yield Remark("tf_keras", State.FAIL, f"not installed, and {VARIABLE} is set", INSTALL)


def environment(variables: Mapping[str, str]) -> Iterator[Remark]:
    """Yield what the environment says that a scan does not follow."""
    backend = variables.get("KERAS_BACKEND", "tensorflow")
    if backend != "tensorflow":
        text = f"KERAS_BACKEND is {backend!r}, and layers are checked on TensorFlow"
        yield Remark("backend", State.WARN, text, "a layer that needs another backend cannot be checked here")


def room(directory: str) -> Remark:
    """Return whether there is room for temporary files in ``directory``."""
    try:
        free = shutil.disk_usage(directory).free
    except OSError as error:
        return Remark("temporary files", State.FAIL, f"{directory}: {error.strerror}", "set TMPDIR")
    text = f"{free / 2**30:.1f} GiB free in {directory}"
    if free < _ROOM:
        return Remark("temporary files", State.WARN, text, "make room, or set TMPDIR to another place")
    return Remark("temporary files", State.PASS, text)


def devices(start: ScanStarted) -> Iterator[Remark]:
    """Yield the devices that TensorFlow sees, and the one that a scan uses."""
    others = [name for name in start.devices if name != start.device]
    text = start.device + (f", also {', '.join(others)}" if others else "")
    if os.path.exists(_GPU_DRIVER) and not any(name.startswith("GPU") for name in start.devices):
        text += "; there is a GPU, which TensorFlow does not see"
        remedy = "pip install 'tensorflow[and-cuda]', and look whether CUDA_VISIBLE_DEVICES hides it"
        yield Remark("device", State.WARN, text, remedy)
    else:
        yield Remark("device", State.PASS, text)


def routes(report: LayerReport) -> Iterator[Remark]:
    """Yield for each route whether the sample layer, which has no fault, came back on it."""
    for route in report.routes:
        yield Remark(f"route {route}", *_taken(report, route))


def _taken(report: LayerReport, route: str) -> tuple[State, str, str]:
    wrong = [finding for finding in report.findings if route in finding.routes]
    if wrong:
        return State.FAIL, f"{wrong[0].rule}: {wrong[0].message}", "run maskcheck scan with --route " + route
    checks = [check for check in report.checks if check.route == route]
    if any(check.status is Status.PASSED for check in checks):
        return State.PASS, "a layer without a fault comes back whole", ""
    reason = next((check.reason for check in checks if check.reason), "it was not taken")
    return State.FAIL, reason, "run maskcheck scan with --route " + route


def _numbers(version: str) -> tuple[int, ...]:
    """Return major and minor of a version, which may end in letters."""
    parts = version.split(".")[:2]
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in parts)


def is_sound(remarks: Iterable[Remark]) -> bool:
    """Tell whether nothing prevents a scan."""
    return all(remark.state is not State.FAIL for remark in remarks)
