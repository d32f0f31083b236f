"""The cases of a layer, each once more in every variant that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from maskcheck.compare.snapshots import contrast
from maskcheck.lab.diagnosis.self_comparison import changes_behaviour
from maskcheck.lab.journey.gather import gather
from maskcheck.lab.journey.journey import Journey
from maskcheck.lab.keras_api import keras
from maskcheck.lab.process.keras_settings import keep_keras_settings
from maskcheck.lab.process.workplace import surround_case
from maskcheck.lab.task import Task
from maskcheck.model.case import Case
from maskcheck.model.evidence import Evidence, Failure
from maskcheck.model.variant import POLICIES, PREPARATIONS, is_variant, make_variants
from maskcheck.rules.base.text import describe_error

_PLAIN_FAILS = "the case itself could not be built and called"


def add_variants(task: Task, cases: Sequence[Case]) -> tuple[Case, ...]:
    """Return the cases with their variants, or only those in one variant if that is all that is asked for."""
    names = (*(task.spec.dtypes if task.spec else ()), *task.settings.dtypes)
    every = (each for case in cases for each in (case, *make_variants(case, names)))
    wanted = task.settings.case
    if wanted is None or not is_variant(wanted):
        return tuple(every)
    return tuple(each for each in every if each.variant and wanted.endswith(f"@{each.variant}"))


def gather_cases(task: Task, cls: type[keras.Layer], cases: Sequence[Case]) -> Iterator[Evidence]:
    """Yield the evidence of each case; ``unsupported`` says why a layer does not work in a variant."""
    known: dict[str, Evidence] = {}
    for case in cases:
        plain = known.get(case.repeats)
        known[case.id] = _gather_again(task, cls, case, plain) if case.repeats else _gather(task, cls, case)
        yield known[case.id]


def _gather_again(task: Task, cls: type[keras.Layer], case: Case, plain: Evidence | None) -> Evidence:
    obstacle = _PLAIN_FAILS if plain and plain.failure else _find_obstacle(cls, case.variant, plain)
    if obstacle:
        return Evidence(task.subject, case.id, unsupported=obstacle)
    with keep_keras_settings():
        _set_policy(case.variant)
        evidence = _gather(task, cls, case)
    if evidence.failure:
        return replace(evidence, failure=None, unsupported=_describe_failure(case, evidence.failure))
    if case.variant in PREPARATIONS and plain and _is_unchanged(plain, evidence):
        method = PREPARATIONS[case.variant].method
        why = _find_lack(cls, case.variant) or f"{method}() changes nothing in the layer"
        return Evidence(task.subject, case.id, unsupported=why)
    stuck = next((t.failure for t in evidence.trips if t.failure and t.failure.step == "call"), None)
    if case.there and stuck:
        why = _describe_failure(replace(case, device=case.there), stuck)
        return Evidence(task.subject, case.id, unsupported=why)
    return replace(evidence, crossed=_name_crossing(case, plain))


def _set_policy(variant: str) -> None:
    """Set the global dtype policy where the variant is one."""
    if variant in POLICIES:
        keras.config.set_dtype_policy(variant)


def _find_obstacle(cls: type[keras.Layer], variant: str, plain: Evidence | None) -> str:
    """Return why a layer cannot have a variant, "" if it may: by what it does itself, or by its parts."""
    parts = plain.before.layers if plain and plain.before else {}
    return "" if len(parts) > 1 else _find_lack(cls, variant)


def _find_lack(cls: type[keras.Layer], variant: str) -> str:
    """Return which method of its own a class lacks for a variant, "" if none."""
    preparation = PREPARATIONS.get(variant)
    if preparation is None:
        return ""
    inherited = getattr(keras.Layer, preparation.method, None)
    lacking = getattr(cls, preparation.method, None) in (None, inherited)
    return f"the layer has no {preparation.method}() of its own" if lacking else ""


def _describe_failure(case: Case, failure: Failure) -> str:
    where = f"with {case.variant}" if case.variant else f"on {case.device}"
    return f"it does not work {where}: {failure.step} raises {describe_error(failure.error)}"


def _name_crossing(case: Case, plain: Evidence | None) -> str:
    """Return between which devices the layer was carried, if only that can be why it behaves otherwise."""
    alone = plain is not None and not plain.failure and not changes_behaviour(plain)
    return f"{case.device} to {case.there}" if case.there and alone else ""


def _is_unchanged(plain: Evidence, repeat: Evidence) -> bool:
    """Tell whether a preparation left the layer and its weights as they are without it."""
    if plain.before is None or repeat.before is None:
        return False
    found = contrast(plain.before, repeat.before)
    return replace(found, calls=()).empty


def _gather(task: Task, cls: type[keras.Layer], case: Case) -> Evidence:
    settings = task.settings
    original = None if case.repeats else task.original
    journey = Journey(
        cls,
        task.subject,
        case,
        settings.routes,
        settings.seed,
        task.scratch,
        ask=task.ask,
        original=original,
        keep_outputs=settings.keep_outputs,
    )
    with surround_case(case, task.scratch) as watch:
        evidence = gather(journey)
    elsewhere = (touch for trip in evidence.trips for touch in trip.touches)
    return replace(evidence, touches=tuple(dict.fromkeys((*watch.touches, *elsewhere))))
