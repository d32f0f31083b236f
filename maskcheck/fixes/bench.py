"""Where edits are tried: in copies of the user's source, which are scanned."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from maskcheck.errors import MaskcheckError
from maskcheck.fixes.apply import apply_edits
from maskcheck.fixes.changes.change import CannotChange
from maskcheck.fixes.edit import Edit, FileChange
from maskcheck.fixes.judge import judge_edits
from maskcheck.fixes.mend import Attempt, Mended, Refusal, Trial
from maskcheck.fixes.propose import propose_edits
from maskcheck.fixes.source_copy import SourceTree, copy_targets
from maskcheck.model.case import Subject
from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport, Report
from maskcheck.settings import Settings

# Makes a scan, and says what it tries: "" if nothing.
Scan = Callable[[Settings, str], Report]
_TOGETHER = "with the edits of other classes it is no cure"
# How many classes the line on a trial names.
_SHOWN = 6
_GONE = "the class cannot be found any more"


@dataclass
class Bench:
    """Where edits are tried."""

    settings: Settings
    scan: Scan
    tree: SourceTree
    subjects: Mapping[str, Subject]
    folder: str
    # Of the files that edits name, as they were read.
    contents: dict[str, bytes] = field(default_factory=dict)
    _rounds: int = 0

    def propose(self, report: LayerReport, finding: Finding) -> tuple[Edit, ...]:
        """Return the edits for a finding, by the paths of the user's files, where these may be edited."""
        subject = self.subjects.get(report.id)
        if subject is None:
            return ()
        found = []
        for edit in propose_edits(finding, replace(subject, file=report.file)):
            changes = tuple(FileChange(self._find_original(c.file), c.change) for c in edit.changes)
            if all(self._read(change.file) for change in changes):
                found.append(replace(edit, changes=changes))
        return tuple(found)

    def _find_original(self, file: str) -> str:
        place = os.path.abspath(file)
        if os.path.commonpath((self.folder, place)) != self.folder:
            return place
        number = os.path.relpath(place, self.folder).partition(os.sep)[0]
        return self.tree.original(place, os.path.join(self.folder, number))

    def _read(self, file: str) -> bool:
        """Read a file for editing; tell whether it is one that may be edited."""
        if file not in self.contents:
            if not self.tree.owns(file):
                return False
            try:
                with open(file, "rb") as stream:
                    self.contents[file] = stream.read()
            except OSError:
                return False
        return True

    def run(self, mendings: Mapping[str, Generator[Attempt, Trial, Mended]]) -> dict[str, Mended]:
        """Run all layers side by side: one scan tries an edit of each of them."""
        done: dict[str, Mended] = {}
        attempts: dict[str, Attempt] = {}

        def advance(name: str, trial: Trial | None) -> None:
            try:
                attempts[name] = next(mendings[name]) if trial is None else mendings[name].send(trial)
            except StopIteration as stop:
                attempts.pop(name, None)
                done[name] = stop.value

        for name in mendings:
            advance(name, None)
        while attempts:
            for name, trial in self._try_all(dict(attempts), _list_edits(done.values())).items():
                advance(name, trial)
        return done

    def _try_all(self, attempts: Mapping[str, Attempt], kept: Iterable[Edit]) -> dict[str, Trial]:
        """Return what came of the attempts of several layers."""
        trials: dict[str, Trial] = {}
        edits = base = [*kept, *(edit for attempt in attempts.values() for edit in attempt.kept)]
        for name, attempt in attempts.items():
            fault = self._find_fault(base, edits, attempt)
            if fault:
                trials[name] = Trial(fault=fault)
            else:
                edits = [*edits, *attempt.tried]
        # Those without a place are asked for something else before anything is scanned.
        return trials or self._scan_edits(edits, tuple(attempts), attempts)

    def _find_fault(self, base: list[Edit], edits: list[Edit], attempt: Attempt) -> str:
        """Return why edits cannot be made on top of others, "" if they can."""
        files = {change.file for edit in attempt.tried for change in edit.changes}

        def apply(edits: Iterable[Edit]) -> dict[str, bytes]:
            return apply_edits(self.contents, edits, files)

        try:
            if apply([*base, *attempt.tried]) == apply(base):
                return "the source has it already"
            apply([*edits, *attempt.tried])
        except CannotChange as error:
            return str(error)
        return ""

    def _scan_edits(
        self, edits: list[Edit], names: tuple[str, ...], attempts: Mapping[str, Attempt]
    ) -> dict[str, Trial]:
        try:
            report = self.scan_with(edits, names)
        except MaskcheckError as error:
            if len(names) > 1:
                return {name: self._try_alone(edits, name, attempts) for name in names}
            return dict.fromkeys(names, Trial(fault=str(error)))
        found = {layer.id: Trial(layer) for layer in report.layers}
        if len(names) == 1:
            return {name: found.get(name, Trial(fault=_GONE)) for name in names}
        return {name: found.get(name) or self._try_alone(edits, name, attempts) for name in names}

    def _try_alone(self, edits: list[Edit], name: str, attempts: Mapping[str, Attempt]) -> Trial:
        """Return what came of an attempt without those of other layers."""
        others = {id(e) for other, attempt in attempts.items() if other != name for e in attempt.tried}
        own = [edit for edit in edits if id(edit) not in others]
        return self._scan_edits(own, (name,), attempts)[name]

    def scan_with(self, edits: Iterable[Edit], names: tuple[str, ...] | None) -> Report:
        """Scan a copy in which edits are made; only the layers of these names, or all."""
        changed = {
            file: data
            for file, data in apply_edits(self.contents, edits).items()
            if data != self.contents[file]
        }
        self._rounds += 1
        folder = os.path.join(self.folder, str(self._rounds))
        os.mkdir(folder)
        self.tree.copy(folder, changed)
        targets = copy_targets(self.settings.targets, self.settings.directory, self.tree, folder)
        trial = "checking all classes with all edits" if names is None else _describe_trial(names)
        return self.scan(replace(self.settings, targets=targets, last_failed=names), trial)

    def update_reports(self, mended: dict[str, Mended]) -> None:
        """Scan the layers again with the edits that they have now, and keep what they come out as."""
        edits = _list_edits(mended.values())
        found = {layer.id: layer for layer in self.scan_with(edits, tuple(mended)).layers}
        for name, each in mended.items():
            mended[name] = replace(each, after=found.get(name, each.before))

    def check_together(self, report: Report, mended: dict[str, Mended]) -> dict[str, Mended]:
        """Scan all layers with all edits; take back those of layers by which any comes out worse."""
        while True:
            edits = _list_edits(mended.values())
            if not edits or len(report.layers) == 1:
                return mended
            expected = {layer.id: layer for layer in report.layers} | {n: m.after for n, m in mended.items()}
            worse = self._find_worse(edits, expected, None)
            blamed = self._find_blamed(worse, expected, mended)
            if not blamed:
                return mended
            for name in blamed:
                mended[name] = _take_back(mended[name])

    def _find_worse(
        self, edits: Iterable[Edit], expected: Mapping[str, LayerReport], names: tuple[str, ...] | None
    ) -> tuple[str, ...]:
        """Return the layers that come out worse with these edits than is expected, of ``names`` or of all."""
        found = {layer.id: layer for layer in self.scan_with(edits, names).layers}
        return tuple(n for n in names or expected if judge_edits(expected[n], found.get(n), ()).fault)

    def _find_blamed(
        self, worse: tuple[str, ...], expected: Mapping[str, LayerReport], mended: Mapping[str, Mended]
    ) -> set[str]:
        """Return the layers whose edits make others worse, by halves; what is not worse twice is chance."""
        blamed: set[str] = set()
        for name in worse:

            def makes_worse(suspects: Sequence[str], name: str = name) -> bool:
                edits = _list_edits(mended[suspect] for suspect in suspects)
                return bool(self._find_worse(edits, expected, (name,)))

            suspects = [each.before.id for each in mended.values() if each.edits]
            if makes_worse(suspects):
                blamed.update(_find_culprits(suspects, makes_worse))
        return blamed


def _find_culprits(suspects: Sequence[str], makes_worse: Callable[[Sequence[str]], bool]) -> Sequence[str]:
    """Return those of the suspects, who together make a layer worse, that do so alone; else all."""
    if len(suspects) == 1:
        return suspects
    middle = len(suspects) // 2
    guilty = [half for half in (suspects[:middle], suspects[middle:]) if makes_worse(half)]
    return [each for half in guilty for each in _find_culprits(half, makes_worse)] or suspects


def _list_edits(mended: Iterable[Mended]) -> list[Edit]:
    return [proved.edit for each in mended for proved in each.edits]


def _describe_trial(names: tuple[str, ...]) -> str:
    shown = [name.rpartition(".")[2] for name in names[:_SHOWN]]
    more = [f"{len(names) - _SHOWN} more"] if len(names) > _SHOWN else []
    return f"trying edits of {', '.join((*shown, *more))}"


def _take_back(mended: Mended) -> Mended:
    refused = tuple(Refusal(f, _TOGETHER) for proved in mended.edits for f in proved.findings)
    return replace(mended, after=mended.before, edits=(), refusals=(*mended.refusals, *refused))
