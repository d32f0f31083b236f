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
from maskcheck.source.modules.keras_imports import VARIABLE, legacy_by_environment

SAMPLE = os.path.join(PACKAGE, "lab", "sample.py")
_OLDEST = {"tensorflow": (2, 16), "keras": (3, 0), "numpy": (1, 26)}
_PYTHONS = ((3, 10), (3, 13))
# There wherever the driver of a GPU that TensorFlow can use is loaded.
_GPU_DRIVER = "/dev/nvidiactl"
_LEAST_SPACE = 200 * 2**20  # in bytes: files of one layer are small, TensorFlow's own temporary ones are not


class CheckState(str, Enum):
    """How sound one thing is: FAIL prevents a scan or a part of it."""

    PASS = "PASS"
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True)
class Diagnosis:
    """What was found of one thing, and what to do about it."""

    topic: str
    state: CheckState
    text: str
    remedy: str = ""


def diagnose(settings: Settings) -> Iterator[Diagnosis]:
    """Yield the diagnosis of each part of the set-up; the last ones come from a scan of the sample layer."""
    versions = installed_versions()
    yield check_python(platform.python_version())
    yield from check_packages(versions)
    yield from check_tf_keras(installed_version("tf_keras"), os.environ)
    yield from check_environment(os.environ)
    yield check_disk_space(tempfile.gettempdir())
    wanted = replace(settings, targets=(SAMPLE,), routes=ROUTES, probe=False)
    try:
        for event in scan(wanted):
            if isinstance(event, ScanStarted):
                yield from check_devices(event)
            elif isinstance(event, LayerFinished):
                yield from check_routes(event.report)
    except MaskcheckError as error:
        yield Diagnosis("scan", CheckState.FAIL, str(error), getattr(error, "hint", "") or "")


def check_python(version: str) -> Diagnosis:
    """Return whether this Python is one that maskcheck is made for."""
    oldest, newest = _PYTHONS
    if oldest <= _major_minor(version) <= newest:
        return Diagnosis("Python", CheckState.PASS, version)
    known = " to ".join(".".join(map(str, each)) for each in _PYTHONS)
    return Diagnosis("Python", CheckState.WARN, version, f"maskcheck is tested with Python {known}")


def check_packages(versions: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Yield whether what maskcheck rests on is there, and new enough."""
    for name, oldest in _OLDEST.items():
        found, wanted = versions.get(name, ""), ".".join(map(str, oldest))
        if not found:
            yield Diagnosis(name, CheckState.FAIL, "not installed", f"pip install '{name}>={wanted}'")
        elif _major_minor(found) < oldest:
            yield Diagnosis(name, CheckState.FAIL, found, f"pip install '{name}>={wanted}'")
        else:
            yield Diagnosis(name, CheckState.PASS, found)


def check_tf_keras(version: str, variables: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Yield whether tf_keras is there, and what it is for, where it is installed or asked for."""
    wanted = legacy_by_environment(variables)
    if version:
        use = f"{VARIABLE} is set, so tf.keras means this" if wanted else "for modules that import it"
        yield Diagnosis("tf_keras", CheckState.PASS, f"{version}, {use}")
    elif wanted:
        yield Diagnosis("tf_keras", CheckState.FAIL, f"not installed, and {VARIABLE} is set", INSTALL)


def check_environment(variables: Mapping[str, str]) -> Iterator[Diagnosis]:
    """Yield what the environment says that a scan does not follow."""
    backend = variables.get("KERAS_BACKEND", "tensorflow")
    if backend != "tensorflow":
        text = f"KERAS_BACKEND is {backend!r}, and layers are checked on TensorFlow"
        yield Diagnosis(
            "backend", CheckState.WARN, text, "a layer that needs another backend cannot be checked here"
        )


def check_disk_space(directory: str) -> Diagnosis:
    """Return whether there is room for temporary files in ``directory``."""
    try:
        free = shutil.disk_usage(directory).free
    except OSError as error:
        return Diagnosis("temporary files", CheckState.FAIL, f"{directory}: {error.strerror}", "set TMPDIR")
    text = f"{free / 2**30:.1f} GiB free in {directory}"
    if free < _LEAST_SPACE:
        return Diagnosis(
            "temporary files", CheckState.WARN, text, "make room, or set TMPDIR to another place"
        )
    return Diagnosis("temporary files", CheckState.PASS, text)


def check_devices(start: ScanStarted) -> Iterator[Diagnosis]:
    """Yield the devices that TensorFlow sees, and the one that a scan uses."""
    others = [name for name in start.devices if name != start.device]
    text = start.device + (f", also {', '.join(others)}" if others else "")
    if os.path.exists(_GPU_DRIVER) and not any(name.startswith("GPU") for name in start.devices):
        text += "; there is a GPU, which TensorFlow does not see"
        remedy = "pip install 'tensorflow[and-cuda]', and look whether CUDA_VISIBLE_DEVICES hides it"
        yield Diagnosis("device", CheckState.WARN, text, remedy)
    else:
        yield Diagnosis("device", CheckState.PASS, text)


def check_routes(report: LayerReport) -> Iterator[Diagnosis]:
    """Yield for each route whether the sample layer, which has no fault, came back on it."""
    for route in report.routes:
        yield Diagnosis(f"route {route}", *_check_route(report, route))


def _check_route(report: LayerReport, route: str) -> tuple[CheckState, str, str]:
    wrong = [finding for finding in report.findings if route in finding.routes]
    if wrong:
        return (
            CheckState.FAIL,
            f"{wrong[0].rule}: {wrong[0].message}",
            "run maskcheck scan with --route " + route,
        )
    checks = [check for check in report.checks if check.route == route]
    if any(check.status is Status.PASSED for check in checks):
        return CheckState.PASS, "a layer without a fault comes back whole", ""
    reason = next((check.reason for check in checks if check.reason), "it was not taken")
    return CheckState.FAIL, reason, "run maskcheck scan with --route " + route


def _major_minor(version: str) -> tuple[int, ...]:
    """Return major and minor of a version, which may end in letters."""
    parts = version.split(".")[:2]
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in parts)


def is_sound(remarks: Iterable[Diagnosis]) -> bool:
    """Tell whether nothing prevents a scan."""
    return all(remark.state is not CheckState.FAIL for remark in remarks)
