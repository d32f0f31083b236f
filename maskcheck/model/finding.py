"""What the rules conclude, and how every single check ended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

# Stands between names in the texts that reports show and users write.
SEPARATOR = ", "


class Severity(str, Enum):
    """Error fails the run, warning is shown, note is shown with ``-v``."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Status(str, Enum):
    """How one class x case x route x rule ended."""

    PASSED = "passed"
    FAILED = "failed"
    EXPECTED = "expected"
    SKIPPED = "skipped"
    INCONCLUSIVE = "inconclusive"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class ArrayDelta:
    """How two arrays differ; shapes include the batch dimension.

    ``where`` is the index of the largest absolute difference; the figures are
    None where shapes differ or the dtype has no subtraction.
    """

    path: str
    before_shape: tuple[int, ...]
    after_shape: tuple[int, ...]
    before_dtype: str
    after_dtype: str
    differing: int | None = None
    total: int | None = None
    max_absolute: float | None = None
    max_relative: float | None = None
    where: tuple[int, ...] | None = None


@dataclass(frozen=True)
class MaskRow:
    """One row of a mask before and after, as a text of T and F; "" where there is none."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Replacement:
    """Lines of a file, from ``line`` to ``end_line``, and the ``text`` to put in their place.

    ``end_line`` is one less than ``line`` where the text goes before that line and replaces none.
    """

    file: str
    line: int
    end_line: int
    text: str


@dataclass(frozen=True)
class Finding:
    """What is wrong, with all that a report needs to explain it.

    ``subjects`` are the bare names of what was lost, several where they were lost together.
    ``diff`` is a unified JSON diff of the config or "". ``consequences`` are the sentences of checks
    that failed because of it. ``file`` and ``line`` say where to write ``hint``. Where it is expected,
    ``reason`` says why, and ``origin`` in which line of which file that is written. ``limit`` is what
    the format of the route cannot carry, where that is the reason. ``edits`` are those that were tried and
    seen to mend it.
    """

    rule: str
    name: str
    severity: Severity
    subjects: tuple[str, ...]
    message: str
    case: str | None = None
    routes: tuple[str, ...] = ()
    status: Status = Status.FAILED
    before: str = ""
    after: str = ""
    diff: str = ""
    hint: str = ""
    file: str | None = None
    line: int | None = None
    deltas: tuple[ArrayDelta, ...] = ()
    masks: tuple[MaskRow, ...] = ()
    consequences: tuple[str, ...] = ()
    reason: str = ""
    origin: str = ""
    limit: str = ""
    edits: tuple[Replacement, ...] = ()

    @property
    def subject(self) -> str:
        """Return the names of what was lost as one text, as reports show it."""
        return SEPARATOR.join(self.subjects)


@dataclass(frozen=True)
class Check:
    """One entry of the ledger. ``route`` is "build" for what precedes the routes."""

    rule: str
    route: str
    case: str
    status: Status
    reason: str = ""
