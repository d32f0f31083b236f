"""Has the engine infer cases, and shows a progress bar on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from maskcheck.engine.processes.lab_error import LabFault
from maskcheck.engine.propose import ProposalPlan, propose_cases
from maskcheck.model.case import Spec
from maskcheck.model.target import Proposal
from maskcheck.report.terminal.progress import Bar
from maskcheck.report.terminal.screen import Screen
from maskcheck.report.terminal.stream import is_live
from maskcheck.settings import Settings


@dataclass(frozen=True)
class InferredCases:
    """All proposals in the order of a report; ``fault`` is one of maskcheck that cost a class its case."""

    outset: ProposalPlan
    proposals: tuple[Proposal, ...]
    fault: LabFault | None = None


def infer_cases(settings: Settings, spec: Spec) -> InferredCases:
    """Infer a case for each class of the targets that has no entry in ``spec``.

    Raises:
        MaskcheckError: settings, targets or ``spec`` are wrong, or there is no layer.
        LabFault: maskcheck failed before the first class.
        KeyboardInterrupt: the user interrupted.
    """
    fault = None
    found: dict[tuple[str, str], Proposal] = {}
    with (
        propose_cases(settings, spec) as (outset, proposals),
        _open_bar(settings, len(outset.wanted)) as advance,
    ):
        try:
            for proposal in proposals:
                found[proposal.subject.id, proposal.subject.file] = proposal
                advance(len(found))
        except LabFault as error:
            fault = error
    ordered = tuple(found[subject.id, subject.file] for subject in outset.wanted)
    return InferredCases(outset, ordered, fault)


@contextmanager
def _open_bar(settings: Settings, total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function that shows how many classes are done."""
    if settings.verbosity < 0 or sys.stderr is None or not is_live(sys.stderr, os.environ):
        yield lambda done: None
        return
    with Bar(Screen(sys.stderr).console, total) as bar:
        yield lambda done: bar.advance(done, total)
