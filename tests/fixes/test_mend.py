from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from maskcheck.fixes.edit import Edit
from maskcheck.fixes.judge import list_open
from maskcheck.fixes.mend import NO_EDIT, Mended, Trial, mend_layer
from maskcheck.model.report import LayerReport
from maskcheck.model.snapshot import CallResult
from maskcheck.model.value import ArrayValue
from tests.fixes.reports import make_edit, make_finding, make_report

FACTOR, SHIFT = make_finding("MC101", "factor"), make_finding("MC101", "shift")
A, B, C = make_edit("A"), make_edit("B"), make_edit("C")


def mend(
    before: LayerReport,
    edits: Mapping[str, Sequence[Edit]],
    trials: Mapping[str, LayerReport | str],
    *,
    unsafe: bool = False,
) -> tuple[Mended, list[str]]:
    """Mend a layer of which ``trials`` say what a scan shows with edits, by their titles."""
    tried: list[str] = []
    mending = mend_layer(before, lambda _, f: edits.get(f.subject, ()), list_open, unsafe=unsafe)
    trial: Trial | None = None
    while True:
        try:
            attempt = next(mending) if trial is None else mending.send(trial)
        except StopIteration as stop:
            mended: Mended = stop.value
            return mended, tried
        titles = "".join(edit.title for edit in (*attempt.kept, *attempt.tried))
        tried.append(titles)
        result = trials[titles]
        trial = Trial(fault=result) if isinstance(result, str) else Trial(result)


def titles(mended: Mended) -> str:
    return "".join(proved.edit.title for proved in mended.edits)


def reasons(mended: Mended) -> dict[str, str]:
    return {refusal.finding.subject: refusal.reason for refusal in mended.refusals}


def test_edits_are_tried_together() -> None:
    mended, tried = mend(make_report(FACTOR, SHIFT), {"factor": [A], "shift": [B]}, {"AB": make_report()})
    assert (titles(mended), tried, mended.refusals) == ("AB", ["AB"], ())
    assert [each.findings for each in mended.edits] == [(FACTOR,), (SHIFT,)]


def test_edits_are_tried_apart_where_together_they_are_no_cure() -> None:
    trials = {"AB": "no Python", "A": make_report(SHIFT), "AB ": "", "AC": make_report()}
    mended, tried = mend(make_report(FACTOR, SHIFT), {"factor": [A], "shift": [B, C]}, trials)
    assert tried == ["AB", "A", "AB", "AC"]
    assert (titles(mended), mended.refusals) == ("AC", ())


def test_second_edit_is_tried_where_the_first_is_no_cure() -> None:
    mended, tried = mend(
        make_report(FACTOR), {"factor": [A, B]}, {"A": make_report(FACTOR), "B": make_report()}
    )
    assert (titles(mended), tried) == ("B", ["A", "B"])


def test_finding_that_nothing_mends_stays_with_the_first_reason() -> None:
    trials = {"A": make_report(FACTOR), "B": "no Python"}
    mended, _ = mend(make_report(FACTOR), {"factor": [A, B]}, trials)
    assert mended.edits == ()
    assert reasons(mended) == {"factor": "the edit that was tried is no cure: MC101 stays: factor is lost"}


def test_finding_without_an_edit_is_a_matter_of_decision() -> None:
    mended, tried = mend(make_report(FACTOR), {}, {})
    assert (tried, reasons(mended)) == ([], {"factor": NO_EDIT})


def test_what_comes_to_light_is_mended_too() -> None:
    refused = make_finding("MC103", "name")
    before = make_report(refused, checks=())
    trials = {"A": make_report(FACTOR), "AB": make_report()}
    mended, tried = mend(before, {"name": [A], "factor": [B]}, trials)
    assert (titles(mended), tried, mended.after.findings) == ("AB", ["A", "AB"], ())


def test_unsafe_edit_is_tried_only_if_wanted() -> None:
    edits = {"factor": [make_edit("U", safe=False)]}
    mended, tried = mend(make_report(FACTOR), edits, {})
    assert (tried, mended.edits) == ([], ())
    assert "--unsafe" in reasons(mended)["factor"]
    mended, tried = mend(make_report(FACTOR), edits, {"U": make_report()}, unsafe=True)
    assert (titles(mended), tried) == ("U", ["U"])


def test_safe_edit_goes_before_an_unsafe_one() -> None:
    edits = {"factor": [make_edit("U", safe=False), A]}
    _, tried = mend(make_report(FACTOR), edits, {"A": make_report()}, unsafe=True)
    assert tried == ["A"]


def test_safe_edit_that_changes_outputs_is_no_cure() -> None:
    def gives(value: float) -> dict[str, CallResult]:
        return {"default inference": CallResult(ArrayValue("tensor", "float64", np.array([value])))}

    before = replace(make_report(FACTOR), outputs=gives(1.0))
    mended, _ = mend(before, {"factor": [A]}, {"A": replace(make_report(), outputs=gives(2.0))})
    assert mended.edits == ()
    assert "give something else" in reasons(mended)["factor"]


def test_unwanted_finding_is_left_alone() -> None:
    mending = mend_layer(make_report(FACTOR), lambda *_: (A,), lambda _: (), unsafe=False)
    with pytest.raises(StopIteration) as stop:
        next(mending)
    assert (stop.value.value.edits, stop.value.value.refusals) == ((), ())
