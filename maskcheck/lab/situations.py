"""The cases of a layer, each once more in every situation that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from maskcheck.compare.snapshots import contrast
from maskcheck.lab.api import keras
from maskcheck.lab.gather import gather
from maskcheck.lab.surroundings import kept_surroundings
from maskcheck.lab.task import Task
from maskcheck.model.case import Case
from maskcheck.model.evidence import Evidence, Failure
from maskcheck.model.situation import POLICIES, TREATMENTS, covers, is_repeat, repeats
from maskcheck.rules.text import reason

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
    plain: Evidence | None = None
    for case in cases:
        if not case.situation:
            plain = _gather(task, cls, case)
            yield plain
        else:
            yield _repeated(task, cls, case, plain if plain and covers(plain.case, case.id) else None)


def _repeated(task: Task, cls: type[keras.Layer], case: Case, plain: Evidence | None) -> Evidence:
    obstacle = _PLAIN_FAILS if plain and plain.failure else _unable(cls, case.situation)
    if obstacle:
        return Evidence(task.subject, case.id, unsupported=obstacle)
    with kept_surroundings():
        _enter(case.situation)
        evidence = _gather(task, cls, case)
    if evidence.failure:
        return replace(evidence, failure=None, unsupported=_refusal(case.situation, evidence.failure))
    if case.situation in TREATMENTS and plain and _is_as_before(plain, evidence):
        method = TREATMENTS[case.situation].method
        return Evidence(task.subject, case.id, unsupported=f"{method}() changes nothing in the layer")
    return evidence


def _enter(situation: str) -> None:
    """Make the situation that of the whole process."""
    if situation in POLICIES:
        keras.config.set_dtype_policy(situation)


def _unable(cls: type[keras.Layer], situation: str) -> str:
    """Return why a layer cannot be in a situation, "" if it may."""
    method = TREATMENTS[situation].method if situation in TREATMENTS else ""
    own = getattr(cls, method, None) if method else None
    if method and own in (None, getattr(keras.Layer, method, None)):
        return f"the layer has no {method}() of its own"
    return ""


def _refusal(situation: str, failure: Failure) -> str:
    return f"it does not work with {situation}: {failure.step} raises {reason(failure.error)}"


def _is_as_before(plain: Evidence, repeat: Evidence) -> bool:
    """Tell whether a treatment left the layer and its weights as they are without it."""
    if plain.before is None or repeat.before is None:
        return False
    found = contrast(plain.before, repeat.before)
    return replace(found, calls=()).empty


def _gather(task: Task, cls: type[keras.Layer], case: Case) -> Evidence:
    settings = task.settings
    return gather(cls, task.subject, case, settings.routes, settings.seed, task.scratch, task.ask)
