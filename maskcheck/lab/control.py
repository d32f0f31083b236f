"""The layer compared with itself: what differs there is unstable, not lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from maskcheck import progress
from maskcheck.compare.snapshots import Contrast, contrast
from maskcheck.compare.values import compare
from maskcheck.lab.api import keras
from maskcheck.lab.build import BuildError, build
from maskcheck.lab.calls import call_all
from maskcheck.lab.observe import observe
from maskcheck.lab.trip import Traveller, copy_weights
from maskcheck.lab.walk import walk
from maskcheck.model.evidence import Evidence
from maskcheck.model.snapshot import CallResult, Snapshot


def with_control(evidence: Evidence, traveller: Traveller) -> Evidence:
    """Add what comparing the layer with itself shows, where there is a difference to explain."""
    progress.stage(f"comparing the layer with itself (case {traveller.case.id})")
    found = _contrasts(evidence)
    touched = evidence.config.mutates or evidence.config.aliased
    if touched or any(one.behaviour for one in found):
        evidence = called_again(evidence, traveller)
    if any(one.attributes for one in found):
        evidence = _built_again(evidence, traveller)
    return evidence


def behaves_otherwise(evidence: Evidence) -> bool:
    """Tell whether any trip changed what a call gives."""
    return any(one.behaviour for one in _contrasts(evidence))


def _contrasts(evidence: Evidence) -> list[Contrast]:
    before = evidence.before
    arrivals = [trip.after for trip in evidence.trips if trip.after is not None]
    return [contrast(before, after) for after in arrivals] if before else []


def called_again(evidence: Evidence, traveller: Traveller) -> Evidence:
    """Call the original twice more: what differs between these is unsteady, what only now differs damaged.

    Args:
        traveller: has been on its routes, and on nothing but them.
    """
    again, once_more = _called(traveller), _called(traveller)
    unsteady = _differing(again, once_more) | {mode for mode, call in again.items() if call.error}
    damaged = bool(_differing(traveller.reference.calls, again) - unsteady)
    return replace(evidence, unsteady=unsteady, damaged=damaged)


def _built_again(evidence: Evidence, traveller: Traveller) -> Evidence:
    """Build the same case under another seed, with the weights copied, and look at its attributes."""
    try:
        twin = build(traveller.cls, traveller.case, traveller.seed + 2, data_seed=traveller.seed)
    except BuildError:
        return evidence
    copy_weights(traveller.layer, twin.layer)
    control = observe(twin.layer, {}, traveller.seed)
    return replace(evidence, control=control, counters=_counters(control, twin.layer, traveller))


def _called(traveller: Traveller) -> Mapping[str, CallResult]:
    return call_all(traveller.layer, walk(traveller.layer), traveller.modes, traveller.seed)


def _differing(first: Mapping[str, CallResult], second: Mapping[str, CallResult]) -> frozenset[str]:
    return frozenset(mode for mode in first if compare(first[mode].outputs, second[mode].outputs))


def _counters(control: Snapshot, layer: keras.Layer, traveller: Traveller) -> frozenset[str]:
    """Return the paths of attributes that merely calling the layer once more changes."""
    later = observe(layer, {"inference": traveller.modes["inference"]}, traveller.seed)
    return frozenset(change.path for change in contrast(control, later).attributes)
