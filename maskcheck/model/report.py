"""The events of a scan and the report made of them; every report format reads these."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from maskcheck.model.finding import Check, Finding, Severity, Status

if TYPE_CHECKING:  # it brings NumPy, which the first words of a scan do not wait for
    from maskcheck.model.snapshot import CallResult


class Verdict(str, Enum):
    """The outcome for one layer: ``unchecked`` when no case of it could be judged."""

    CONFORM = "conform"
    WARN = "warn"
    FAIL = "fail"
    UNCHECKED = "unchecked"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Unproven:
    """A constructor argument whose survival was not shown, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class LayerReport:
    """All that was learnt about one subject (or one module that failed to import).

    ``cases`` are pairs of id and origin. ``inferred`` is the entry of a spec that holds the case
    that was inferred. ``output`` is what user code printed. ``lost_by_keras`` are arguments of
    Keras' own classes, as "Dense.lora_alpha", which is no fault of a subclass. ``touched`` is what
    its given cases wrote, removed, ran or connected to outside the program. ``seconds`` is the time
    the layer took in its worker. ``position`` is its index in the whole scan if this is a shard.
    ``outputs`` are what a layer gives that was never saved, by case and mode; no report tells them.
    """

    id: str
    name: str
    file: str
    line: int
    verdict: Verdict
    cases: tuple[tuple[str, str], ...] = ()
    inferred: str = ""
    routes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    checks: tuple[Check, ...] = ()
    proven: tuple[str, ...] = ()
    unproven: tuple[Unproven, ...] = ()
    lost_by_keras: tuple[str, ...] = ()
    touched: tuple[str, ...] = ()
    skip: str = ""
    output: str = ""
    seconds: float = 0.0
    position: int | None = None
    outputs: Mapping[str, CallResult] = field(default_factory=dict)


@dataclass(frozen=True)
class Shard:
    """The part ``number``, from 1, ``of`` so many into which a scan of ``whole`` layers was divided."""

    number: int
    of: int
    whole: int


@dataclass(frozen=True)
class ScanStarted:
    """The header. ``versions`` has maskcheck, python, tensorflow, keras and numpy.

    ``device`` is the one that layers run on, ``devices`` are all that there are. ``layers``
    counts those of the ``shard`` if this is one. ``remarks`` say what else the user should know.
    ``printed`` is what modules printed while they were imported; that of one which fails is in its report.
    """

    versions: Mapping[str, str]
    device: str
    seed: int
    targets: tuple[str, ...]
    spec: str | None
    layers: int
    devices: tuple[str, ...] = ()
    baseline: str | None = None
    shard: Shard | None = None
    remarks: tuple[str, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LayerFinished:
    """One more layer is done; ``done`` of ``total`` are."""

    report: LayerReport
    done: int
    total: int


@dataclass(frozen=True)
class ScanProgress:
    """What a scan does between its reports: the names of the layers that are being checked now.

    ``done`` of ``total`` are finished, also those whose report waits for that of a layer before them.
    """

    running: tuple[str, ...]
    done: int
    total: int


@dataclass(frozen=True)
class ScanFinished:
    """The end; ``interrupted`` when not all layers were reached."""

    seconds: float
    exit_code: int
    interrupted: bool = False


Event = ScanStarted | ScanProgress | LayerFinished | ScanFinished


@dataclass(frozen=True)
class Report:
    """The whole scan, gathered from its events."""

    start: ScanStarted
    layers: tuple[LayerReport, ...]
    finish: ScanFinished

    def verdicts(self) -> Mapping[Verdict, int]:
        """Return how many layers ended with each verdict."""
        return Counter(layer.verdict for layer in self.layers)

    def statuses(self) -> Mapping[Status, int]:
        """Return how many checks of the ledger ended with each status."""
        return Counter(check.status for layer in self.layers for check in layer.checks)

    def lost_by_keras(self) -> tuple[str, ...]:
        """Return the arguments that Keras itself loses for the layers of this scan, sorted."""
        return tuple(sorted({name for layer in self.layers for name in layer.lost_by_keras}))

    def severities(self) -> Mapping[Severity, int]:
        """Return how many findings there are of each severity."""
        return Counter(finding.severity for layer in self.layers for finding in layer.findings)
