"""The layer compared with itself: what differs there is unstable, not lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from maskcheck import task_stage
from maskcheck.compare.rounding import ROUNDING, measure_call
from maskcheck.compare.snapshots import CallChange, Contrast, call_change, contrast
from maskcheck.lab.calls.traveller import TakeRoute, Traveller
from maskcheck.lab.diagnosis.another_layer import make_twin, take_same_way
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer_class.describe import is_builtin, source_file
from maskcheck.model.evidence import Evidence
from maskcheck.model.layer_facts import Chance
from maskcheck.model.snapshot import CallResult, Snapshot
from maskcheck.rules.base.rule import Look
from maskcheck.source.nondeterminism.find import find_chances

_TRIALS = 5


def compare_with_itself(
    evidence: Evidence, traveller: Traveller, routes: Mapping[str, TakeRoute]
) -> Evidence:
    """Add what comparing the layer with itself shows, where there is a difference to explain.

    Args:
        routes: how each route is taken, to take one again.
    """
    task_stage.enter(f"comparing the layer with itself (case {traveller.case.id})")
    found = _contrasts(evidence)
    touched = evidence.config.mutates or evidence.config.aliased
    if touched or any(one.behaviour for one in found):
        evidence = call_again(evidence, traveller)
    if evidence.stability.damaged and not touched:
        evidence = _call_beside_another(evidence, traveller)
    attributes = any(one.attributes for one in found)
    elsewhere = any(trip.elsewhere and trip.elsewhere.twin for trip in evidence.trips)
    if attributes or elsewhere or evidence.stability.unstable_modes:
        evidence = replace(evidence, facts=replace(evidence.facts, chances=_find_chances(traveller.cls)))
    if attributes:
        evidence = _bring_back_again(_build_again(evidence, traveller), traveller, routes)
    return evidence


def _with_stability(evidence: Evidence, **found: Any) -> Evidence:
    return replace(evidence, stability=replace(evidence.stability, **found))


def changes_behaviour(evidence: Evidence) -> bool:
    """Tell whether any trip changed what a call gives."""
    return any(one.behaviour for one in _contrasts(evidence))


def _contrasts(evidence: Evidence) -> list[Contrast]:
    sides = [(evidence.left(trip), trip.after) for trip in evidence.trips]
    return [contrast(before, after) for before, after in sides if before and after]


def _find_chances(cls: type[keras.Layer]) -> tuple[Chance, ...]:
    """Return where the source of a class and of its bases lets chance in, unless they are Keras'."""
    own = [(source_file(base), base.__qualname__) for base in cls.__mro__ if not is_builtin(base)]
    return find_chances([(file, name) for file, name in own if file])


def call_again(evidence: Evidence, traveller: Traveller) -> Evidence:
    """Call the original twice more: what differs between these is unstable, what only now differs damaged.

    Args:
        traveller: has been on its routes, and on nothing but them.
    """
    again, once_more = _call(traveller, traveller.layer), _call(traveller, traveller.layer)
    unstable = evidence.stability.unstable_modes | _find_differing(again, once_more)
    unstable |= {mode for mode, call in again.items() if call.error}
    damaged = bool(_find_differing(traveller.reference.calls, again) - unstable)
    return _with_stability(evidence, unstable_modes=unstable, damaged=damaged)


def _call_beside_another(evidence: Evidence, traveller: Traveller) -> Evidence:
    """Call the original once another was made: what changes then, or for both, follows something outside."""
    before = _call(traveller, traveller.layer)
    twin = make_twin(traveller, 2)
    if twin is None:
        return evidence
    now, beside = _call(traveller, traveller.layer), _call(traveller, twin)
    changed = _find_differing(traveller.reference.calls, now)
    unstable = (
        evidence.stability.unstable_modes
        | _find_differing(before, now)
        | (changed - _find_differing(now, beside))
    )
    return _with_stability(evidence, unstable_modes=unstable, damaged=bool(changed - unstable))


def _build_again(evidence: Evidence, traveller: Traveller) -> Evidence:
    """Build the same case under another seed and look at its attributes.

    Where the source shows that lost attributes are drawn, other seeds are tried until none
    has fallen by chance as it fell before. A live layer may have been changed since it was
    built: what another one lacks is not unstable.
    """
    if traveller.case.origin == "live":
        now = traveller.observe(traveller.layer, {})
        return _with_stability(evidence, counters=_find_counters(now, traveller.layer, traveller))
    lost = {c.path for trip in evidence.trips for c in Look(evidence, trip).contrast.lost_attributes}
    drawn = lost & {attribute for chance in evidence.facts.chances for attribute in chance.attributes}
    for seed_offset in range(2, 2 + (_TRIALS if drawn else 1)):
        twin = make_twin(traveller, seed_offset)
        if twin is None:
            return evidence
        control = traveller.observe(twin, {})
        evidence = _with_stability(evidence, built_again=control)
        if drawn <= Look(evidence).unstable:
            break
    counters = _find_counters(control, twin, traveller) | traveller.built.moved
    return _with_stability(evidence, counters=counters, made_in_calls=traveller.built.made)


def _bring_back_again(evidence: Evidence, traveller: Traveller, routes: Mapping[str, TakeRoute]) -> Evidence:
    """Take a route again under another seed where it loses attributes that are the same in every build."""
    later = replace(traveller, seed_offset=3, reference=replace(traveller.reference, calls={}))
    seen: set[str] = set()
    redrawn: set[str] = set()
    for trip in evidence.trips:
        look = Look(evidence, trip)
        known = seen | look.unstable | evidence.stability.counters | evidence.lost_by_keras.keys()
        lost = {change.path for change in look.contrast.lost_attributes} - known
        second = take_same_way(later, trip, routes) if lost else None
        if second is not None and trip.after is not None:
            seen |= lost
            redrawn |= lost & {change.path for change in contrast(trip.after, second).attributes}
    return _with_stability(evidence, redrawn=frozenset(redrawn))


def _call(traveller: Traveller, layer: keras.Layer) -> Mapping[str, CallResult]:
    return traveller.call(layer, {**traveller.modes, **traveller.extra_modes})


def _find_differing(first: Mapping[str, CallResult], second: Mapping[str, CallResult]) -> frozenset[str]:
    changes = [call_change(mode, first[mode], second[mode]) for mode in first]
    return frozenset(change.mode for change in changes if _is_more_than_rounding(change))


def _is_more_than_rounding(change: CallChange) -> bool:
    return bool(change.outputs or change.step) and measure_call(change) > ROUNDING


def _find_counters(control: Snapshot, layer: keras.Layer, traveller: Traveller) -> frozenset[str]:
    """Return the paths of attributes that merely calling the layer once more changes."""
    later = traveller.observe(layer, {"inference": traveller.modes["inference"]})
    return frozenset(change.path for change in contrast(control, later).attributes)
