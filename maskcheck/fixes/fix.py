"""From targets to edits that were seen to work: scan, propose, try in a copy, scan again."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from tempfile import TemporaryDirectory

from maskcheck.fixes.apply import apply_edits
from maskcheck.fixes.bench import Bench, Scan
from maskcheck.fixes.choice import Choice, choose_findings
from maskcheck.fixes.edit import Edit
from maskcheck.fixes.git import find_repository
from maskcheck.fixes.judge import is_same, list_open
from maskcheck.fixes.mend import Mended, mend_layer
from maskcheck.fixes.patch import write_patch
from maskcheck.fixes.source_copy import find_tree
from maskcheck.model.finding import Finding
from maskcheck.model.report import Report
from maskcheck.settings import Settings
from maskcheck.source.modules.discovery import discover

# Is given what can be mended, and returns the edits that are wanted.
Choose = Callable[["Fixes"], tuple[Edit, ...]]


@dataclass(frozen=True)
class Fixes:
    """What can be mended: one `Mended` for each layer of the ``report`` that has anything to mend.

    ``contents`` are those of all files that edits name, as they were read. ``choice`` says what was to be
    mended.
    """

    report: Report
    layers: tuple[Mended, ...]
    contents: Mapping[str, bytes]
    choice: Choice

    @property
    def edits(self) -> tuple[Edit, ...]:
        """Return all edits, in the order in which they are made; one that mends several layers once."""
        return tuple(dict.fromkeys(proved.edit for mended in self.layers for proved in mended.edits))

    @cached_property
    def edited(self) -> Mapping[str, bytes]:
        """Return the contents of these files with all edits made."""
        return apply_edits(self.contents, self.edits)

    def to_patch(self, directory: str = ".") -> bytes:
        """Return the edits as a patch that ``git apply`` takes in a directory, in a repository or not."""
        top = find_repository(directory) or os.path.abspath(directory)
        return write_patch(self.contents, self.edited, top)

    def count_mended(self) -> int:
        """Return how many findings are gone with the edits."""
        return sum(
            not any(is_same(finding, other) for other in list_open(mended.after))
            for mended in self.layers
            for finding in self.choice.list_wanted(mended.before)
        )

    def list_remaining(self, *, written: bool) -> tuple[Finding, ...]:
        """Return the findings that are there with the edits written, or without them."""
        reports = [mended.after if written else mended.before for mended in self.layers]
        return tuple(finding for report in reports for finding in self.choice.list_wanted(report))


def find_fixes(
    settings: Settings,
    scan: Scan,
    *,
    findings: Sequence[str] = (),
    unsafe: bool = False,
    choose: Choose | None = None,
) -> Fixes:
    """Scan, and return the edits that mend what is found; nothing of the user's is changed.

    Args:
        settings: of the scan; ``select`` and ``ignore`` say which findings are to be mended.
        scan: makes a scan, such as one that shows its progress.
        findings: the ids of those to be mended, or how they begin; by default all are.
        unsafe: also try edits that change what an unsaved layer does, or how it is made.
        choose: says which edits are wanted; what is left is scanned once more if not all are.

    Raises:
        MaskcheckError: something that the user can fix prevents the scan.
    """
    settings = replace(settings, directory=os.path.abspath(settings.directory), keep_outputs=True)
    whole = replace(settings, select=(), ignore=())
    report = scan(whole, "")
    choice = choose_findings(report, settings, findings)
    worlds = discover(settings.targets, settings.directory, settings.imported)
    subjects = {subject.id: subject for world in worlds for subject in world.subjects}
    with TemporaryDirectory(prefix="maskcheck-", ignore_cleanup_errors=True) as folder:
        inferred = {layer.id: layer.inferred for layer in report.layers if layer.inferred}
        bench = Bench(
            replace(whole, inferred=inferred), scan, find_tree(worlds), subjects, os.path.realpath(folder)
        )
        open_ = [layer for layer in report.layers if choice.list_wanted(layer)]
        mendings = {
            layer.id: mend_layer(layer, bench.propose, choice.list_wanted, unsafe=unsafe) for layer in open_
        }
        mended = bench.check_together(report, bench.run(mendings))
        fixes = Fixes(report, tuple(mended[layer.id] for layer in open_), bench.contents, choice)
        wanted = choose(fixes) if choose and fixes.edits else fixes.edits
        if wanted == fixes.edits:
            return fixes
        chosen = {layer.before.id: _keep_edits(layer, wanted) for layer in fixes.layers}
        bench.update_reports(chosen)
        checked = bench.check_together(report, chosen)
    return replace(fixes, layers=tuple(checked.values()))


def _keep_edits(mended: Mended, wanted: tuple[Edit, ...]) -> Mended:
    return replace(mended, edits=tuple(proved for proved in mended.edits if proved.edit in wanted))
