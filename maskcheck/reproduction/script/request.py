"""What a script is to show, and one way to show it."""

from __future__ import annotations

from dataclasses import dataclass

from maskcheck.model.case import Case, Subject
from maskcheck.model.finding import Finding


@dataclass(frozen=True)
class Inline:
    """The source of a class with what it needs of its module, the lines of imports apart."""

    imports: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Request:
    """One finding of one class, with the case that shows it.

    ``root`` is the directory from which the module is imported, "" where it is on Python's own path
    or the script is run there. ``custom`` are names of the module that Keras finds only if it is given
    them. ``policy`` is the global dtype policy, "" for the usual one. ``inline`` is the source of
    the class, None where it is imported.
    """

    subject: Subject
    case: Case
    finding: Finding
    root: str = ""
    custom: tuple[str, ...] = ()
    policy: str = ""
    legacy: bool = False
    is_model: bool = False
    inline: Inline | None = None


@dataclass(frozen=True)
class Plan:
    """One way to show a finding: what is compared, on which trip."""

    check: str
    trip: str
