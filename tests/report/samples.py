"""Events made by hand, as an engine would send them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from maskcheck.model.finding import ArrayDelta, Check, Finding, MaskRow, Severity, Status
from maskcheck.model.report import (
    Event,
    LayerFinished,
    LayerReport,
    Report,
    ScanFinished,
    ScanStarted,
    Unproven,
    Verdict,
)

VERSIONS = {
    "maskcheck": "0.1.0",
    "python": "3.11.7",
    "tensorflow": "2.21.0",
    "keras": "3.15.1",
    "numpy": "2.0.0",
}
START = ScanStarted(VERSIONS, "CPU:0", 0, ("mymodule",), "maskcheck.yaml", 1)
ROUTES = ("config", "keras", "weights")


def checks(rule: str, status: Status, *routes: str, reason: str = "") -> tuple[Check, ...]:
    return tuple(Check(rule, route, "default", status, reason) for route in routes)


GOOD = LayerReport(
    id="mymodule.TrainableMask",
    name="TrainableMask",
    file="mymodule.py",
    line=30,
    verdict=Verdict.CONFORM,
    cases=(("default", "spec"),),
    routes=ROUTES,
    checks=checks("MC101", Status.PASSED, *ROUTES)
    + checks("MC702", Status.SKIPPED, "config", reason="there is only one device"),
    proven=("units",),
    seconds=0.11,
)

DIFF = """--- config as built
+++ config as restored
@@ -1,3 +1,2 @@
 {
-  "mask_shape": [3, 3],
   "name": "m"
"""
LOST = Finding(
    rule="MC101",
    name="argument-missing",
    severity=Severity.ERROR,
    subjects=("mask_shape",),
    message="mask_shape never reaches the config: the restored layer falls back to its default",
    case="default",
    routes=("config", "keras"),
    before="(3, 3)",
    after="(1, 1)",
    diff=DIFF,
    hint='config.update({"mask_shape": self.mask_shape})',
    file="mymodule.py",
    line=17,
    consequences=("outputs then differ in 6 of 9 values, by at most 0.83 (at [0, 2])",),
)

BAD = LayerReport(
    id="mymodule.FixedShapeMask",
    name="FixedShapeMask",
    file="mymodule.py",
    line=8,
    verdict=Verdict.FAIL,
    cases=(("default", "spec"), ("causal", "spec")),
    routes=ROUTES,
    findings=(
        LOST,
        Finding(
            rule="MC301",
            name="weight-not-restored",
            severity=Severity.ERROR,
            subjects=("kernel",),
            message="2 weights come back with other values",
            case="causal",
            routes=("weights",),
            deltas=(
                ArrayDelta(
                    "dense.kernel", (3, 4), (3, 4), "float32", "float32", 12, 12, 0.83412, 2.1, (0, 2)
                ),
                ArrayDelta("dense.bias", (4,), (5,), "float32", "float16"),
            ),
        ),
        Finding(
            rule="MC503",
            name="mask-changed",
            severity=Severity.ERROR,
            subjects=("mask",),
            message="another mask comes out",
            case="default",
            routes=("keras",),
            masks=(MaskRow("row 0", "TTFFT", "TTTFF"), MaskRow("row 1", "TTTTT", "")),
            hint="def compute_mask(self, inputs, mask=None):\n    return mask",
            file="mymodule.py",
            line=22,
        ),
    ),
    checks=checks("MC101", Status.FAILED, "config", "keras")
    + checks("MC201", Status.BLOCKED, "config", reason="follows from MC101"),
    proven=(),
    unproven=(Unproven("mode", "no second value is known; name some under probe"),),
    output="building\n\x1b[31mred\x1b[0m [bold]not markup[/bold]\n",
    seconds=0.14,
)

WARNED = LayerReport(
    id="mymodule.SequenceMask",
    name="SequenceMask",
    file="mymodule.py",
    line=40,
    verdict=Verdict.WARN,
    cases=(("default", "inferred"),),
    routes=ROUTES,
    findings=(
        Finding(
            rule="MC603",
            name="not-registered",
            severity=Severity.WARNING,
            subjects=("SequenceMask",),
            message="loads only with custom_objects",
            routes=("keras",),
            hint='@keras.saving.register_keras_serializable(package="mymodule")',
            file="mymodule.py",
            line=40,
        ),
        Finding(
            rule="MC308",
            name="state-not-saved",
            severity=Severity.NOTE,
            subjects=("seed",),
            message="the position of the seed generator is never saved",
        ),
        replace(
            LOST,
            status=Status.EXPECTED,
            subjects=("dropout",),
            diff="",
            consequences=(),
            reason="kept for old files, #42",
            origin="maskcheck.yaml:12",
        ),
    ),
    checks=checks("MC603", Status.FAILED, "keras")
    + checks("MC101", Status.EXPECTED, "keras", reason="kept for old files, #42")
    + checks("MC401", Status.INCONCLUSIVE, "config", "keras", reason="the outputs are constant"),
    proven=("max_length",),
    seconds=0.21,
)

SKIPPED = LayerReport(
    "mymodule.BaseMask", "BaseMask", "mymodule.py", 3, Verdict.SKIPPED, skip="it is abstract"
)

BROKEN = LayerReport(
    id="other.Crash",
    name="Crash",
    file="other.py",
    line=5,
    verdict=Verdict.UNCHECKED,
    findings=(
        Finding(
            rule="MC005",
            name="crashed",
            severity=Severity.ERROR,
            subjects=("Crash",),
            message="the worker died by signal 11 (SIGSEGV)",
            file="other.py",
            line=5,
        ),
    ),
    checks=checks("MC005", Status.FAILED, "build"),
    output="\n".join(f"line {number}" for number in range(30)),
    seconds=1.0,
)

ALL = (GOOD, BAD, WARNED, SKIPPED, BROKEN)


def events(
    *layers: LayerReport,
    code: int = 1,
    seconds: float = 4.2,
    planned: int | None = None,
    interrupted: bool = False,
) -> Iterator[Event]:
    total = len(layers) if planned is None else planned
    yield replace(START, layers=total)
    for number, layer in enumerate(layers, 1):
        yield LayerFinished(layer, number, total)
    yield ScanFinished(seconds, code, interrupted)


def unknown(name: str, line: int) -> LayerReport:
    """Return a class of one module that nobody registered, as its neighbours."""
    told = replace(
        WARNED.findings[0], subjects=(name,), message=f"{name} is not registered with Keras", line=line
    )
    return replace(WARNED, id=f"mymodule.{name}", name=name, line=line, findings=(told,))


# Two faults that several classes have: an inherited get_config, and a module that registers nothing.
SHARED = (unknown("A", 40), unknown("B", 50), replace(BAD, id="mymodule.Base", name="Base"), BAD)

TALKS = replace(START, printed={"mymodule": "漢字 é\n漢字 é\n\x1b[1m"})


def report(*layers: LayerReport, code: int = 1) -> Report:
    return Report(replace(START, layers=len(layers)), layers, ScanFinished(4.2, code))
