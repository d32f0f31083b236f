"""The location of a finding as reports give it: relative to the working directory, with forward slashes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport
from maskcheck.report.terminal.escape import escape_text, shorten_path


@dataclass(frozen=True)
class Location:
    """A file, and a line of it if one is known. As text it is what editors and terminals make a link of."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return escape_text(self.path) + (f":{self.line}" if self.line else "")


def make_location(file: str, line: int | None) -> Location:
    """Return the location of a file as the engine names it; line 0 means no line, "" no file."""
    return Location(PurePath(shorten_path(file)).as_posix() if file else "<no source>", line or None)


def locate_finding(finding: Finding, layer: LayerReport) -> Location:
    """Return the location of a finding; that of the layer if it has none."""
    if finding.file is None:
        return make_location(layer.file, layer.line)
    return make_location(finding.file, finding.line)
