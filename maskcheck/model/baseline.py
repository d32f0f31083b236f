"""What was wrong when a team began to use maskcheck, so that only what is new fails."""

from __future__ import annotations

from dataclasses import dataclass

from maskcheck.model.case import Mark


@dataclass(frozen=True)
class Known:
    """One entry: ``rule`` finds ``subject`` lost by the class ``id`` on ``routes``.

    ``subject`` is "" where all subjects are meant, ``routes`` are empty for what precedes them.
    ``repeated`` if it shows only where a case is repeated, in a variant or on another device.
    """

    id: str
    rule: str
    subject: str = ""
    routes: tuple[str, ...] = ()
    repeated: bool = False
    mark: Mark | None = None


@dataclass(frozen=True)
class Baseline:
    """A whole file. ``path`` is None when there is none."""

    path: str | None = None
    entries: tuple[Known, ...] = ()
