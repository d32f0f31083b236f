"""Rounding is no loss: where the layer does not round alike twice, differences of that size are none.

Sums may be taken in an order that threads, clocks or addresses decide. Whether a tiny difference is of that
kind is measured: on equal calls of the original, on others built like it, and on others that came back on the
same route. What no two of them differ in is lost, however small it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from maskcheck import task_stage
from maskcheck.compare.rounding import ROUNDING, measure_attribute, measure_call
from maskcheck.compare.snapshots import contrast
from maskcheck.lab.calls.traveller import TakeRoute, Traveller
from maskcheck.lab.diagnosis.another_layer import make_twin, take_same_way
from maskcheck.model.case import Subject
from maskcheck.model.evidence import Evidence, Trip
from maskcheck.model.snapshot import Snapshot

# A mode of calling, or the path of an attribute, with how far two snapshots are apart there.
Distances = Mapping[str, float]
# Compares the layer with itself once.
Sample = Callable[[], Distances]

# How often the original is called again, how many are built like it, how often a route is taken again.
_CALLS, _TWINS, _RETURNS = 6, 4, 2
# How much further apart than equal calls of the original what is but noise may be.
_SPREAD = 8.0


def settle_rounding(evidence: Evidence, traveller: Traveller, routes: Mapping[str, TakeRoute]) -> Evidence:
    """Return the evidence without differences that are rounding, and with the modes that are noise.

    Args:
        routes: how each route is taken, to take one again.
    """
    found = [_measure_trip(evidence, trip) for trip in evidence.trips]
    near = {place for distances in found for place, far in distances.items() if far <= _SPREAD * ROUNDING}
    if not near:
        return evidence
    task_stage.enter(f"comparing the layer with itself (case {traveller.case.id})")
    spread = _measure_spread(evidence, traveller, routes, near)
    noisy = {
        place
        for distances in (*found, spread)
        for place, far in distances.items()
        if place in traveller.reference.calls and ROUNDING < far <= _SPREAD * spread.get(place, 0.0)
    }
    settled = {place for place in near if 0.0 < spread.get(place, 0.0) <= ROUNDING} - noisy
    trips = tuple(_settle_trip(evidence, trip, settled) for trip in evidence.trips)
    stability = replace(evidence.stability, unstable_modes=evidence.stability.unstable_modes | noisy)
    return replace(evidence, trips=trips, stability=stability)


def settle_trip(traveller: Traveller, trip: Trip, take: TakeRoute) -> Trip:
    """Return one trip without differences that are rounding.

    Args:
        take: takes its route again.
    """
    evidence = Evidence(
        Subject("", traveller.cls.__qualname__, "", 1),
        traveller.case.id,
        before=traveller.reference,
        trips=(trip,),
    )
    return settle_rounding(evidence, traveller, {trip.route: take}).trips[0]


def measure_places(before: Snapshot, after: Snapshot) -> dict[str, float]:
    """Return how far apart two snapshots are wherever they differ: modes and paths of attributes."""
    found = contrast(before, after)
    calls = {change.mode: measure_call(change) for change in found.calls if change.differs}
    return calls | {change.path: measure_attribute(change) for change in found.attributes if not change.drift}


def _measure_trip(evidence: Evidence, trip: Trip) -> dict[str, float]:
    before = evidence.left(trip)
    sides = [trip.after, trip.elsewhere.twin if trip.elsewhere else None]
    found: dict[str, float] = {}
    for after in sides:
        if before is not None and after is not None:
            _keep_largest(found, measure_places(before, after))
    return found


def _measure_spread(
    evidence: Evidence, traveller: Traveller, routes: Mapping[str, TakeRoute], wanted: set[str]
) -> dict[str, float]:
    """Return how far the layer is apart from itself, at least until that is known for all that is wanted."""
    spread: dict[str, float] = {}
    for number, sample in enumerate(_list_samples(evidence, traveller, routes)):
        if number > 1 and wanted <= spread.keys():
            break
        _keep_largest(spread, sample())
    return spread


def _list_samples(
    evidence: Evidence, traveller: Traveller, routes: Mapping[str, TakeRoute]
) -> Iterator[Sample]:
    """Yield how to compare the layer with itself once more, the cheap ways first."""
    calls: list[Snapshot] = []
    for _ in range(_CALLS):
        yield lambda: _call_again(traveller, calls)
    # A live layer may have been changed since it was built: another one says nothing of it.
    for _ in range(_TWINS if traveller.case.origin != "live" else 0):
        yield lambda: _compare_with_twin(traveller)
    differing = [t for t in evidence.trips if _measure_trip(evidence, t) and not _is_explained(evidence, t)]
    for trip in {trip.route: trip for trip in reversed(differing)}.values():
        for _ in range(_RETURNS):
            yield partial(_compare_with_another, traveller, trip, routes)


def _is_explained(evidence: Evidence, trip: Trip) -> bool:
    """Tell whether more than rounding was lost on a trip, whatever calls show."""
    before, after = evidence.left(trip), trip.after
    if before is None or after is None:
        return True
    found = contrast(before, after)
    saved = [w for w in found.weights if w.before is None or w.before.kind not in ("seed", "metric", "state")]
    far = [change for change in found.lost_attributes if measure_attribute(change) > ROUNDING]
    return bool(found.classes or found.flags or found.layers or saved or far)


def _call_again(traveller: Traveller, calls: list[Snapshot]) -> Distances:
    """Return what one more call of the original differs in from the one before, and add it to these.

    What is far from the reference and the same in both calls is no noise: its routes have damaged it.
    """
    now = traveller.observe(traveller.layer, {**traveller.modes, **traveller.extra_modes})
    found = dict(_keep_tiny(measure_places(traveller.reference, now)))
    if calls:
        _keep_largest(found, measure_places(calls[-1], now))
    calls.append(now)
    return found


def _compare_with_twin(traveller: Traveller) -> Distances:
    twin = make_twin(traveller, traveller.seed_offset)
    if twin is None:
        return {}
    now = traveller.observe(twin, {**traveller.modes, **traveller.extra_modes})
    return _keep_tiny(measure_places(traveller.reference, now))


def _compare_with_another(traveller: Traveller, trip: Trip, routes: Mapping[str, TakeRoute]) -> Distances:
    """Return what differs between what came back and what comes back when the route is taken again."""
    second = take_same_way(traveller, trip, routes)
    if second is None or trip.after is None:
        return {}
    return _keep_tiny(measure_places(trip.after, second))


def _keep_tiny(distances: Distances) -> Distances:
    """Leave out what is drawn anew in another layer, which is no noise of a call."""
    return {place: far for place, far in distances.items() if far <= ROUNDING}


def _keep_largest(known: dict[str, float], found: Distances) -> None:
    for place, far in found.items():
        known[place] = max(far, known.get(place, 0.0))


def _settle_trip(evidence: Evidence, trip: Trip, settled: set[str]) -> Trip:
    """Return the trip with the value that left wherever it differs by rounding in a place that is settled."""
    before, after, elsewhere = evidence.left(trip), trip.after, trip.elsewhere
    if before is None or after is None or not settled:
        return trip
    after = _settle_snapshot(before, after, settled)
    if elsewhere and elsewhere.twin:
        elsewhere = replace(elsewhere, twin=_settle_snapshot(before, elsewhere.twin, settled))
    trip = replace(trip, after=after, elsewhere=elsewhere)
    return trip if contrast(before, after).behaviour else replace(trip, cause=(), cause_unseen=False)


def _settle_snapshot(before: Snapshot, after: Snapshot, settled: set[str]) -> Snapshot:
    found = measure_places(before, after)
    equal = {place for place, far in found.items() if place in settled and far <= ROUNDING}
    calls = {mode: before.calls[mode] if mode in equal else call for mode, call in after.calls.items()}
    layers = {
        path: replace(
            state,
            attributes={
                name: before.layers[path].attributes[name]
                if (f"{path}.{name}" if path else name) in equal
                else value
                for name, value in state.attributes.items()
            },
        )
        for path, state in after.layers.items()
    }
    return replace(after, calls=calls, layers=layers)
