"""What is known of why a config is refused."""

from __future__ import annotations

from dataclasses import dataclass

from maskcheck.rules.base.source_location import Place


@dataclass(frozen=True)
class Reason:
    """What is refused and why, what to write, and where if not in the config's own methods."""

    subjects: tuple[str, ...]
    meaning: str
    hint: str
    place: Place | None = None
