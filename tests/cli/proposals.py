"""An engine that proposes what it is told to, for the tests of ``maskcheck init``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from maskcheck.engine.propose import ProposalPlan
from maskcheck.model.case import Case, Inference, Leaf, Spec, Subject
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.report import LayerReport, Verdict
from maskcheck.model.target import Proposal
from maskcheck.settings import Settings

GOOD = Inference(Case("inferred", origin="inferred", init={"units": 2}, args=(Leaf((2, 3)),)))
HARD = Inference(None, ("rate",), {"units": 2}, "no value was found\nfor rate")
HEAD = """\
# yaml-language-server: $schema=maskcheck.schema.json
# How maskcheck builds and calls each layer. For an editor that checks it as you type, write the schema
# beside this file: maskcheck schema > maskcheck.schema.json
version: 1
layers:
"""
SCALE = "  Scale:\n    init: {units: 2}\n    input: {shape: [2, 3]}\n"
DROP = """\
  # Drop could not be inferred: no value was found for rate
  # Drop:
  #   init: {units: 2, rate: ...}
  #   input: {shape: [2, ...]}
"""


OWN = """\
# mine
version: 1
layers:

    Scale:   {init: { units: 7 }}   # tuned

    # the end
"""
SKIPPED = LayerReport("mine.Base", "Base", "mine.py", 1, Verdict.SKIPPED, skip="abstract")
FINDING = Finding("MC001", "import-failed", Severity.ERROR, ("bad",), "SyntaxError: invalid syntax")
UNREAD = LayerReport("bad", "bad", "bad.py", 3, Verdict.UNCHECKED, findings=(FINDING,))


@dataclass
class Engine:
    """Stands in for the engine's ``proposing``; exceptions among what it gives are raised there."""

    classes: dict[str, Inference | BaseException]
    reports: tuple[LayerReport, ...] = ()
    before: BaseException | None = None
    after: Exception | None = None
    settings: Settings | None = None
    spec: Spec = field(default_factory=Spec)
    meanwhile: Callable[[], object] | None = None

    @contextmanager
    def proposing(self, settings: Settings, spec: Spec) -> Iterator[tuple[ProposalPlan, Iterator[Proposal]]]:
        self.settings, self.spec = settings, spec
        if self.before:
            raise self.before
        kept = {layer.name for layer in spec.layers}
        known = [_subject(name) for name in self.classes]
        wanted = [each for each in known if not {each.id, each.name} & kept]
        yield ProposalPlan(tuple(known), tuple(wanted), self.reports), self._proposals(wanted)

    def _proposals(self, wanted: list[Subject]) -> Iterator[Proposal]:
        for each in reversed(wanted):
            inference = self.classes[each.id] if each.id in self.classes else self.classes[each.name]
            if isinstance(inference, BaseException):
                raise inference
            yield Proposal(each, inference)
        if self.meanwhile:
            self.meanwhile()
        if self.after:
            raise self.after


def _subject(name: str) -> Subject:
    module, _, bare = name.rpartition(".")
    return Subject(module or "mine", bare, "mine.py", 1)


def spec_text(path: str = "maskcheck.yaml") -> str:
    """Return what the file holds, line breaks as they are."""
    return Path(path).read_bytes().decode()
