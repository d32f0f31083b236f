"""All evidence of one case: prepare the layer, let it travel, explain what came back."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.diagnosis.self_comparison import changes_behaviour
from maskcheck.lab.diagnosis.unsaved_outputs import read_unsaved_outputs
from maskcheck.lab.journey.explain import explain
from maskcheck.lab.journey.journey import Journey
from maskcheck.lab.journey.prepare import prepare
from maskcheck.lab.journey.travel import travel
from maskcheck.lab.layer.error_info import error_info, is_raised_by_user
from maskcheck.lab.process.placement import run_on
from maskcheck.lab.process.random_ops import may_draw
from maskcheck.model.case import Subject
from maskcheck.model.evidence import Evidence, Failure


def gather(journey: Journey) -> Evidence:
    """Return all that the rules will read of one case.

    Where anything behaves otherwise after a trip, and anything may draw from TensorFlow's own stream,
    that may be chance: the case is gathered again, with all randomness held still.
    """
    try:
        with run_on(journey.case.device):
            evidence, traveller = _take(journey)
            if may_draw() and changes_behaviour(evidence):
                evidence, traveller = _take(replace(journey, thorough=True))
            if traveller is None:
                return evidence
            evidence = explain(evidence, traveller)
            outputs = read_unsaved_outputs(evidence, traveller) if journey.keep_outputs else {}
            return replace(evidence, unsaved_outputs=outputs)
    except Exception as error:
        if not is_raised_by_user(error):
            raise
        return make_unreadable(journey.subject, journey.case.id, error)


def make_unreadable(subject: Subject, case: str, error: Exception) -> Evidence:
    """Return the evidence of a case whose layer raises when it is looked at."""
    return Evidence(subject, case, failure=Failure("read", error_info(error)))


def _take(journey: Journey) -> tuple[Evidence, Traveller | None]:
    """Take a journey once; without a traveller the layer could not be built or called."""
    evidence, traveller = prepare(journey)
    if traveller is None:
        return evidence, None
    with run_on(journey.case.there):
        return travel(evidence, traveller, journey.routes), traveller
