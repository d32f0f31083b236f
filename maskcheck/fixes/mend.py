"""One layer is mended: its edits are tried together, then apart, each with a scan that is made elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

from maskcheck.fixes.edit import Applicability, Edit
from maskcheck.fixes.judge import Outcome, is_same, judge_edits
from maskcheck.model.finding import Finding
from maskcheck.model.report import LayerReport


@dataclass(frozen=True)
class ProvedEdit:
    """An edit that was seen to mend ``findings`` of a layer."""

    edit: Edit
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Refusal:
    """A finding that no edit mends, and why."""

    finding: Finding
    reason: str


@dataclass(frozen=True)
class Mended:
    """What came of one layer: its reports before and after the edits, and the findings that stay."""

    before: LayerReport
    after: LayerReport
    edits: tuple[ProvedEdit, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Trial:
    """The report on a layer with edits; ``fault`` says why there is none."""

    report: LayerReport | None = None
    fault: str = ""


@dataclass(frozen=True)
class Attempt:
    """Edits to try on a layer together with those that are ``kept``."""

    kept: tuple[Edit, ...]
    tried: tuple[Edit, ...]


# Gives the edits that may mend a finding of a report, the plainest first.
Propose = Callable[[LayerReport, Finding], Sequence[Edit]]
ListWanted = Callable[[LayerReport], Sequence[Finding]]

NO_EDIT = "no edit is known for it: what is right has to be decided"
_UNSAFE = "only an edit that changes more than what is saved may mend it: --unsafe tries it"


def mend_layer(
    before: LayerReport, propose: Propose, list_wanted: ListWanted, *, unsafe: bool
) -> Generator[Attempt, Trial, Mended]:
    """Find edits that mend a layer, until nothing is left that any edit mends.

    Yields what to try, and is sent what came of it.

    Args:
        before: the report on the layer as it is.
        list_wanted: gives the findings of a report that are to be mended.
        unsafe: also try edits that change what an unsaved layer does, or how it is made.
    """
    state = Mended(before, before)
    while True:
        wanted = [f for f in list_wanted(state.after) if not _is_refused(state, f)]
        proposals = [(f, _select_edits(propose(state.after, f), unsafe=unsafe)) for f in wanted]
        for finding, (edits, reason) in proposals:
            if not edits:
                state = _refuse(state, finding, reason)
        open_ = [(finding, edits) for finding, (edits, _) in proposals if edits]
        if not open_:
            return state
        together = tuple(ProvedEdit(edits[0], (finding,)) for finding, edits in open_)
        tried, outcome = yield from _try_edits(state, together)
        if not outcome.fault:
            state = tried
            continue
        state = yield from _mend_apart(state, open_, tried_alone=outcome.fault if len(open_) == 1 else "")


def _mend_apart(
    state: Mended, wanted: Sequence[tuple[Finding, Sequence[Edit]]], tried_alone: str
) -> Generator[Attempt, Trial, Mended]:
    """Try the edits of one finding after the other, up to the first finding that one of them mends.

    Args:
        tried_alone: why the first edit of the only finding is no cure, "" if it was not tried by itself.
    """
    for finding, edits in wanted:
        reason = tried_alone
        for edit in edits[1:] if tried_alone else edits:
            tried, outcome = yield from _try_edits(state, (ProvedEdit(edit, (finding,)),))
            if not outcome.fault:
                return tried
            reason = reason or outcome.fault
        state = _refuse(state, finding, f"the edit that was tried is no cure: {reason}")
    return state


def _try_edits(
    state: Mended, edits: tuple[ProvedEdit, ...]
) -> Generator[Attempt, Trial, tuple[Mended, Outcome]]:
    """Return the state with more edits, and whether a scan shows them to be a cure."""
    trial = yield Attempt(tuple(e.edit for e in state.edits), tuple(e.edit for e in edits))
    if trial.fault:
        return state, Outcome(trial.fault)
    mended = [finding for each in edits for finding in each.findings]
    outcome = judge_edits(state.after, trial.report, mended)
    if not outcome.fault and outcome.outputs_changed and all(_is_safe(each.edit) for each in edits):
        outcome = Outcome("calls of a layer that was never saved give something else with it")
    if outcome.fault or trial.report is None:
        return state, outcome
    return replace(state, after=trial.report, edits=(*state.edits, *edits)), outcome


def _select_edits(edits: Sequence[Edit], *, unsafe: bool) -> tuple[tuple[Edit, ...], str]:
    """Return the edits that may be tried, safe ones first, or why there are none."""
    chosen = [edit for edit in edits if _is_safe(edit)] + [e for e in edits if unsafe and not _is_safe(e)]
    return tuple(chosen), _UNSAFE if edits else NO_EDIT


def _is_safe(edit: Edit) -> bool:
    return edit.applicability is Applicability.SAFE


def _is_refused(state: Mended, finding: Finding) -> bool:
    return any(is_same(finding, refusal.finding) for refusal in state.refusals)


def _refuse(state: Mended, finding: Finding, reason: str) -> Mended:
    return replace(state, refusals=(*state.refusals, Refusal(finding, reason)))
