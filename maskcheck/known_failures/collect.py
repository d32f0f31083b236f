"""What is known to fail in the layers of a scan: by the baseline, and by comments in the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from maskcheck.errors import UsageError
from maskcheck.known_failures.source_comments import read_expected_failures
from maskcheck.model.baseline import Baseline, Known
from maskcheck.model.case import Expectation, Subject
from maskcheck.model.target import ImportedWorld
from maskcheck.source.comments.comments import ClassSpan

IN_BASELINE = "known since the baseline was written"
_Comments = Mapping[ClassSpan, tuple[Expectation, ...]]


@dataclass(frozen=True)
class KnownFailures:
    """The known failures of a scan: by comments, by file and class; by the baseline, by id."""

    comments: Mapping[str, _Comments]
    baseline: Mapping[str, tuple[Expectation, ...]]

    def of(self, subject: Subject) -> tuple[Expectation, ...]:
        """Return the failures that are known of one class, those in comments first."""
        return (*_select_of_class(subject, self.comments.get(subject.file, {})), *self.of_id(subject.id))

    def of_id(self, name: str) -> tuple[Expectation, ...]:
        """Return the failures of a class or module that the baseline holds."""
        return self.baseline.get(name, ())


def collect_known_failures(worlds: Sequence[ImportedWorld], baseline: Baseline) -> KnownFailures:
    """Return what is known of the classes in ``worlds``.

    Raises:
        UsageError: a comment in the source is malformed, or is about a class that is no layer.
    """
    read = cache(read_expected_failures)
    comments: dict[str, _Comments] = {}
    for world in worlds:
        found = {module.file: read(module.file) for module in world.world.modules}
        _check_owners(world, found)
        comments |= {subject.file: read(subject.file) for subject in world.subjects} | found
    known: dict[str, tuple[Expectation, ...]] = {}
    for entry in baseline.entries:
        on_all = to_expectation(entry)
        expectations = [replace(on_all, route=route) for route in entry.routes] or [on_all]
        known[entry.id] = (*known.get(entry.id, ()), *expectations)
    return KnownFailures(comments, known)


def to_expectation(entry: Known) -> Expectation:
    """Return what an entry of the baseline expects, on whatever route."""
    return Expectation(
        entry.rule,
        IN_BASELINE,
        entry.subject or None,
        mark=entry.mark,
        origin="baseline",
        repeated=entry.repeated,
    )


def _select_of_class(subject: Subject, found: _Comments) -> tuple[Expectation, ...]:
    return tuple(e for owner, expectations in found.items() if _is_at(subject, owner) for e in expectations)


def _is_at(subject: Subject, owner: ClassSpan) -> bool:
    """Tell whether a class is the one; one that a function made has another name, but its place."""
    return owner.first <= subject.line <= owner.line


def _check_owners(world: ImportedWorld, found: Mapping[str, _Comments]) -> None:
    """Refuse what is expected of a class that no scan of its module checks."""
    for file, owners in found.items() if not world.world.only else ():
        for owner, expectations in owners.items():
            meant = [s for s in world.all_subjects if s.file == file and _is_at(s, owner)]
            if not meant:
                why = f"{owner.name} is no layer that a scan finds"
                raise UsageError(why, mark=expectations[0].mark, hint="remove this comment")
