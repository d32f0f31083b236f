"""What an edit is: changes of the source that may mend a finding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from maskcheck.fixes.changes.change import Change
from maskcheck.model.case import Subject
from maskcheck.model.finding import Finding


class Applicability(str, Enum):
    """Safe edits leave what an unsaved layer does, and how it is made, as it was; unsafe ones need not."""

    SAFE = "safe"
    UNSAFE = "unsafe"


@dataclass(frozen=True)
class FileChange:
    """A change of one file, given by its path."""

    file: str
    change: Change


@dataclass(frozen=True)
class Edit:
    """Changes that belong together: with only some of them the finding would stay.

    ``title`` says what they do, as "Write factor to the config".
    """

    title: str
    changes: tuple[FileChange, ...]
    applicability: Applicability = Applicability.SAFE


@dataclass(frozen=True)
class Wanted:
    """A finding to mend, and the class in whose source that is done.

    ``file`` and ``owner`` (the qualname of a class in it) are where the finding points to: the class that is
    examined, or one of its bases.
    """

    finding: Finding
    subject: Subject
    file: str
    owner: str

    def edit(self, title: str, *changes: Change, safe: bool = True) -> Edit:
        """Return an edit of the file that the finding points to."""
        found = tuple(FileChange(self.file, change) for change in changes)
        return Edit(title, found, Applicability.SAFE if safe else Applicability.UNSAFE)
