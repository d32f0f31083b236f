"""From an attempt to an outcome: did the trace of the argument come back?"""

from __future__ import annotations

from dataclasses import replace

from maskcheck.compare.snapshots import Contrast, contrast
from maskcheck.lab import describe
from maskcheck.lab.freeze import freeze
from maskcheck.lab.probe.attempt import Attempt
from maskcheck.lab.routes.config import through_json, written_config
from maskcheck.lab.walk import walk
from maskcheck.model.evidence import ConfigEvidence, Evidence, Probe, Trip


def outcome(evidence: Evidence, name: str, attempt: Attempt) -> Probe:
    """Send the layer through its config and compare what the argument left on it.

    "proven" when the trace came back, "lost" when it did not or the config was refused,
    "unproven" when the value cannot be written at all.
    """
    traveller = attempt.traveller
    trip, _ = through_json(traveller)
    if trip.failure and trip.failure.step in ("serialize", "get_config"):
        return Probe(name, "unproven", f"with a second value {trip.failure.step} raises")
    if trip.after is not None and not trip.failure:
        left = trace_paths(attempt.trace)
        lost = left & trace_paths(contrast(traveller.reference, trip.after))
        if not lost:
            return Probe(name, "proven")
    return Probe(name, "lost", evidence=_evidence(evidence, name, attempt, trip))


def trace_paths(found: Contrast) -> frozenset[str]:
    """Return the places that differ in more than type: attributes, flags, weights and kinds of behaviour."""
    attributes = {change.path for change in found.attributes if not change.drift}
    others = {difference.path for part in (found.flags, found.layers, found.classes) for difference in part}
    weights = {f"weight {change.path}" for change in found.weights}
    behaviour = {
        f"{kind} {call.mode}"
        for call in found.calls
        for kind in ("outputs", "masks", "losses", "error")
        if getattr(call, kind)
    }
    return frozenset(attributes | others | weights | behaviour)


def _evidence(evidence: Evidence, name: str, attempt: Attempt, trip: Trip) -> Evidence:
    """Return the evidence that the rules read: of the probed argument alone, on this one trip."""
    traveller = attempt.traveller
    arguments = describe.arguments(traveller.cls, traveller.built)
    changed = tuple(change.path for change in attempt.trace.attributes)
    probed = [replace(a, attributes=changed or a.attributes) for a in arguments if a.name == name]
    config = traveller.layer.get_config()
    value = freeze(config, walk(traveller.layer).names)
    return replace(
        evidence,
        arguments=tuple(probed),
        before=traveller.reference,
        config=ConfigEvidence(value, written_config(traveller.layer)),
        rebuilt=trip.rebuilt,
        trips=(trip,),
        control=None,
        unsteady=frozenset(),
        damaged=False,
        counters=frozenset(),
        skipped={},
    )
