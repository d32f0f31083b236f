"""The outcome of an attempt: whether the trace of the argument came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from maskcheck.compare.snapshots import Contrast, WeightChange, contrast
from maskcheck.compare.values import equivalent
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.diagnosis.config_purity import examine_config
from maskcheck.lab.diagnosis.self_comparison import call_again
from maskcheck.lab.diagnosis.settle_rounding import settle_trip
from maskcheck.lab.keras_api import is_keras
from maskcheck.lab.layer.spec_values import live
from maskcheck.lab.layer_class.constructor import default_of
from maskcheck.lab.layer_class.describe import describe_arguments
from maskcheck.lab.layer_class.parameters import Parameter, is_lost_alone
from maskcheck.lab.probe.attempt import Attempt, Ground
from maskcheck.lab.routes.config import send_through_json
from maskcheck.model.case import SpecValue
from maskcheck.model.evidence import ConfigEvidence, Evidence, Probe, Stability, Trip
from maskcheck.model.value import ABSENT
from maskcheck.rules.base.rule import Look
from maskcheck.rules.base.text import join_first_names


def judge_attempt(evidence: Evidence, name: str, attempt: Attempt) -> Probe:
    """Send the layer through its config and compare what the argument left on it.

    "proven" when the trace came back, "lost" when it did not or the config was refused,
    "unproven" when the value cannot be written at all.
    """
    traveller = attempt.traveller
    trip, _ = send_through_json(traveller)
    trip = settle_trip(traveller, trip, _take_config_route)
    if trip.failure and trip.failure.step in ("serialize", "get_config"):
        return Probe((name,), "unproven", f"with a second value {trip.failure.step} raises")
    lost: frozenset[str] = frozenset()
    if trip.after is not None and not trip.failure:
        left = trace_paths(attempt.trace) - _list_unstable(evidence)
        other = left & trace_paths(contrast(traveller.reference, trip.after))
        lost = other - _find_always_other(evidence)
        if not lost:
            kept = left > other or not other
            return Probe((name,), "proven") if kept else Probe((name,), "unproven", "it did not come back")
    made = _make_evidence(evidence, name, attempt, trip)
    return Probe((name,), "lost", evidence=replace(made, lost_traces=lost))


def _find_always_other(evidence: Evidence) -> frozenset[str]:
    """Return the places in which the layer comes back otherwise whatever its arguments are."""
    looks = [Look(evidence, trip) for trip in evidence.trips if trip.route == "config" and trip.after]
    lost = frozenset(path for look in looks for path in trace_paths(look.all_differences))
    return lost | Look(evidence).unstable | evidence.stability.counters


def judge_weights(evidence: Evidence, name: str, attempt: Attempt, paths: Iterable[str]) -> Probe:
    """Return that an argument is lost which only the first values of weights show."""
    trip, _ = send_through_json(attempt.traveller)
    made = _make_evidence(evidence, name, attempt, trip)
    traces = frozenset(f"weight {path}" for path in paths)
    shown = (
        f"a layer built anew from the config begins with other weights ({join_first_names(sorted(paths))})"
    )
    return Probe((name,), "lost", shown, evidence=replace(made, lost_traces=traces))


def shows_in_weights_only(attempt: Attempt) -> bool:
    """Tell whether a value leaves nothing but other first values of weights, which a copy is given."""
    found = attempt.trace
    others = replace(found, weights=())
    return bool(found.weights) and others.empty and all(w.difference and _is_alike(w) for w in found.weights)


def _is_alike(change: WeightChange) -> bool:
    before, after = change.before, change.after
    return before is not None and after is not None and before.array.shape == after.array.shape


def is_without_effect(probe: Probe) -> bool:
    """Tell whether an argument is lost that changes nothing the layer does, as if it were not in use."""
    evidence = probe.evidence
    if probe.outcome != "lost" or evidence is None or evidence.before is None:
        return False
    arrivals = [trip.after for trip in evidence.trips if not trip.failure]
    found = [contrast(evidence.before, after) for after in arrivals if after]
    return bool(found) and not any(one.behaviour or one.weights for one in found)


def judge_ignored(evidence: Evidence, name: str, attempt: Attempt) -> Probe:
    """Return that an argument which the class declares does nothing to the layer at all."""
    trip, _ = send_through_json(attempt.traveller)
    return Probe((name,), "lost", evidence=_make_evidence(evidence, name, attempt, trip))


def is_lost_by_keras(
    ground: Ground, parameter: Parameter, value: SpecValue, found: Probe | None = None
) -> bool:
    """Tell whether it is a class of Keras that loses the argument, for all of its subclasses.

    Args:
        found: what came back of the layer itself, which is to be what that class makes of it.
    """
    rebuilt = found.evidence.rebuilt if found and found.evidence else None
    came_back = rebuilt.get(parameter.name, ABSENT) if rebuilt is not None else ABSENT
    if came_back not in (ABSENT, None) and not equivalent(
        came_back, default_of(parameter.owner, parameter.name)
    ):
        return False
    init = ground.change_case({parameter.name: value}).init
    arguments = {name: live(item, f"init.{name}", ground.seed) for name, item in init.items()}
    nearest = next(base for base in ground.cls.__mro__ if is_keras(base))
    owners = (parameter.owner, nearest) if is_keras(parameter.owner) else ()
    return any(is_lost_alone(owner, parameter.name, arguments) for owner in owners)


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


def _take_config_route(traveller: Traveller) -> Iterator[Trip]:
    yield send_through_json(traveller)[0]


def _list_unstable(evidence: Evidence) -> frozenset[str]:
    """Return the kinds of behaviour in which the layer differs from itself, as `trace_paths` names them."""
    modes = evidence.stability.unstable_modes
    return frozenset(f"{kind} {mode}" for mode in modes for kind in ("outputs", "losses"))


def _is_position(change: WeightChange) -> bool:
    """Tell whether only what Keras never saves differs, such as where a seed generator stands."""
    if change.before is None or change.after is None:
        return False
    return change.before.kind in ("seed", "metric", "state")


def _make_evidence(evidence: Evidence, name: str, attempt: Attempt, trip: Trip) -> Evidence:
    """Return the evidence that the rules read: of the probed argument alone, on this one trip."""
    traveller, built = attempt.traveller, attempt.traveller.built
    arguments = describe_arguments(traveller.cls, built.layer, built.arguments, built.explicit)
    changed = tuple(change.path for change in attempt.trace.attributes)
    probed = [replace(a, attributes=changed or a.attributes) for a in arguments if a.name == name]
    found = replace(
        evidence,
        facts=replace(evidence.facts, arguments=tuple(probed)),
        stability=Stability(redrawn=evidence.stability.redrawn),
        before=traveller.reference,
        config=_examine_config(traveller),
        rebuilt=trip.rebuilt,
        trips=(trip,),
        skipped={},
    )
    return call_again(found, traveller) if found.config.mutates and traveller.modes else found


def _examine_config(traveller: Traveller) -> ConfigEvidence:
    """Return what get_config gives and does on a layer of which nothing has been asked before."""
    built = traveller.construct(traveller.construction_seed)
    reference = traveller.observe(built.layer, {})
    return examine_config(replace(traveller, built=built, reference=reference))
