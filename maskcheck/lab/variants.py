"""The cases of a layer, each once more in every situation that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from maskcheck.compare.snapshots import contrast
from maskcheck.lab.api import keras
from maskcheck.lab.diagnosis.self_comparison import changes_behaviour
from maskcheck.lab.journey.gather import gather
from maskcheck.lab.journey.journey import Journey
from maskcheck.lab.process.keras_settings import kept_surroundings
from maskcheck.lab.task import Task
from maskcheck.model.case import Case
from maskcheck.model.evidence import Evidence, Failure
from maskcheck.model.variant import POLICIES, TREATMENTS, is_repeat, repeats
from maskcheck.rules.base.text import reason

_PLAIN_FAILS = "the case itself could not be built and called"


def situated_cases(task: Task, cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return the cases with their repeats, or only the repeats in one situation if one is asked for."""
    names = (*(task.spec.dtypes if task.spec else ()), *task.settings.dtypes)
    every = (each for case in cases for each in (case, *repeats(case, names)))
    wanted = task.settings.case
    if wanted is None or not is_repeat(wanted):
        return tuple(every)
    return tuple(each for each in every if each.situation and wanted.endswith(f"@{each.situation}"))


def evidences(task: Task, cls: type[keras.Layer], cases: Sequence[Case]) -> Iterator[Evidence]:
    """Gather each case in its situation; where the layer does not work in it, ``unsupported`` says why."""
    known: dict[str, Evidence] = {}
    for case in cases:
        plain = known.get(case.repeats)
        known[case.id] = _repeated(task, cls, case, plain) if case.repeats else _gather(task, cls, case)
        yield known[case.id]


def _repeated(task: Task, cls: type[keras.Layer], case: Case, plain: Evidence | None) -> Evidence:
    obstacle = _PLAIN_FAILS if plain and plain.failure else _unable(cls, case.situation)
    if obstacle:
        return Evidence(task.subject, case.id, unsupported=obstacle)
    with kept_surroundings():
        _enter(case.situation)
        evidence = _gather(task, cls, case)
    if evidence.failure:
        return replace(evidence, failure=None, unsupported=_refusal(case, evidence.failure))
    if case.situation in TREATMENTS and plain and _is_as_before(plain, evidence):
        method = TREATMENTS[case.situation].method
        return Evidence(task.subject, case.id, unsupported=f"{method}() changes nothing in the layer")
    stuck = next((t.failure for t in evidence.trips if t.failure and t.failure.step == "call"), None)
    if case.there and stuck:
        return Evidence(task.subject, case.id, unsupported=_refusal(replace(case, device=case.there), stuck))
    return replace(evidence, crossed=_crossed(case, plain))


def _enter(situation: str) -> None:
    """Make the situation that of the whole process."""
    if situation in POLICIES:
        keras.config.set_dtype_policy(situation)


def _unable(cls: type[keras.Layer], situation: str) -> str:
    """Return why a layer cannot be in a situation, "" if it may."""
    treatment = TREATMENTS.get(situation)
    if treatment is None:
        return ""
    inherited = getattr(keras.Layer, treatment.method, None)
    lacking = getattr(cls, treatment.method, None) in (None, inherited)
    return f"the layer has no {treatment.method}() of its own" if lacking else ""


def _refusal(case: Case, failure: Failure) -> str:
    where = f"with {case.situation}" if case.situation else f"on {case.device}"
    return f"it does not work {where}: {failure.step} raises {reason(failure.error)}"


def _crossed(case: Case, plain: Evidence | None) -> str:
    """Return between which devices the layer was carried, if only that can be why it behaves otherwise."""
    alone = plain is not None and not plain.failure and not changes_behaviour(plain)
    return f"{case.device} to {case.there}" if case.there and alone else ""


def _is_as_before(plain: Evidence, repeat: Evidence) -> bool:
    """Tell whether a treatment left the layer and its weights as they are without it."""
    if plain.before is None or repeat.before is None:
        return False
    found = contrast(plain.before, repeat.before)
    return replace(found, calls=()).empty


def _gather(task: Task, cls: type[keras.Layer], case: Case) -> Evidence:
    settings = task.settings
    original = None if case.repeats else task.original
    return gather(
        Journey(
            cls,
            task.subject,
            case,
            settings.routes,
            settings.seed,
            task.scratch,
            ask=task.ask,
            original=original,
        )
    )
