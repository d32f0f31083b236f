"""From an attempt to an outcome: did the trace of the argument come back?"""

from __future__ import annotations

from dataclasses import replace

from maskcheck.compare.snapshots import Contrast, WeightChange, contrast
from maskcheck.lab.api import is_keras
from maskcheck.lab.calls.build import construct
from maskcheck.lab.calls.snapshot import observe
from maskcheck.lab.diagnosis.config_purity import config_evidence
from maskcheck.lab.diagnosis.self_comparison import called_again
from maskcheck.lab.layer import describe
from maskcheck.lab.layer.parameters import Parameter, parent_loses
from maskcheck.lab.layer.spec_values import live
from maskcheck.lab.probe.attempt import Attempt, Ground
from maskcheck.lab.routes.config import through_json
from maskcheck.lab.routes.support.trip import Traveller
from maskcheck.model.case import SpecValue
from maskcheck.model.evidence import ConfigEvidence, Evidence, Probe, Stability, Trip


def outcome(evidence: Evidence, name: str, attempt: Attempt) -> Probe:
    """Send the layer through its config and compare what the argument left on it.

    "proven" when the trace came back, "lost" when it did not or the config was refused,
    "unproven" when the value cannot be written at all.
    """
    traveller = attempt.traveller
    trip, _ = through_json(traveller)
    if trip.failure and trip.failure.step in ("serialize", "get_config"):
        return Probe((name,), "unproven", f"with a second value {trip.failure.step} raises")
    if trip.after is not None and not trip.failure:
        left = trace_paths(attempt.trace)
        lost = left & trace_paths(contrast(traveller.reference, trip.after))
        if not lost:
            return Probe((name,), "proven")
    return Probe((name,), "lost", evidence=_evidence(evidence, name, attempt, trip))


def is_without_effect(probe: Probe) -> bool:
    """Tell whether an argument is lost that changes nothing the layer does, as if it were not in use."""
    evidence = probe.evidence
    if probe.outcome != "lost" or evidence is None or evidence.before is None:
        return False
    arrivals = [trip.after for trip in evidence.trips if not trip.failure]
    found = [contrast(evidence.before, after) for after in arrivals if after]
    return bool(found) and not any(one.behaviour or one.weights for one in found)


def ignored(evidence: Evidence, name: str, attempt: Attempt) -> Probe:
    """Return that an argument which the class declares does nothing to the layer at all."""
    trip, _ = through_json(attempt.traveller)
    return Probe((name,), "lost", evidence=_evidence(evidence, name, attempt, trip))


def lost_by_keras(ground: Ground, parameter: Parameter, value: SpecValue) -> bool:
    """Tell whether it is a class of Keras that loses the argument, for all of its subclasses."""
    init = ground.changed({parameter.name: value}).init
    arguments = {name: live(item, f"init.{name}", ground.seed) for name, item in init.items()}
    return is_keras(parameter.owner) and parent_loses(parameter, arguments)


def trace_paths(found: Contrast) -> frozenset[str]:
    """Return the places that differ in more than type: attributes, flags, weights and kinds of behaviour."""
    attributes = {change.path for change in found.attributes if not change.drift}
    others = {difference.path for part in (found.flags, found.layers, found.classes) for difference in part}
    weights = {f"weight {change.path}" for change in found.weights if not _is_position(change)}
    behaviour = {
        f"{kind} {call.mode}"
        for call in found.calls
        for kind in ("outputs", "masks", "losses", "error")
        if getattr(call, kind)
    }
    return frozenset(attributes | others | weights | behaviour)


def _is_position(change: WeightChange) -> bool:
    """Tell whether only what Keras never saves differs, such as where a seed generator stands."""
    if change.before is None or change.after is None:
        return False
    return change.before.kind in ("seed", "metric", "state")


def _evidence(evidence: Evidence, name: str, attempt: Attempt, trip: Trip) -> Evidence:
    """Return the evidence that the rules read: of the probed argument alone, on this one trip."""
    traveller = attempt.traveller
    arguments = describe.arguments(traveller.cls, traveller.built)
    changed = tuple(change.path for change in attempt.trace.attributes)
    probed = [replace(a, attributes=changed or a.attributes) for a in arguments if a.name == name]
    found = replace(
        evidence,
        facts=replace(evidence.facts, arguments=tuple(probed)),
        stability=Stability(redrawn=evidence.stability.redrawn),
        before=traveller.reference,
        config=_config(traveller),
        rebuilt=trip.rebuilt,
        trips=(trip,),
        skipped={},
    )
    return called_again(found, traveller) if found.config.mutates and traveller.modes else found


def _config(traveller: Traveller) -> ConfigEvidence:
    """Return what get_config gives and does on a layer of which nothing has been asked before."""
    built = construct(traveller.cls, traveller.case, traveller.other_seed, data_seed=traveller.seed)
    reference = observe(built.layer, {}, traveller.seed)
    return config_evidence(replace(traveller, built=built, reference=reference))
