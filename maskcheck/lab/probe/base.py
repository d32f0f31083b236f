"""The arguments that Keras' own Layer keeps, probed together: they are written and lost together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from maskcheck.lab.arguments import accepts
from maskcheck.lab.build import BuildError
from maskcheck.lab.probe.attempt import Attempt, Ground, constructed
from maskcheck.lab.probe.judged import ignored, lost_by_keras, outcome, trace_paths
from maskcheck.lab.probe.parameters import all_parameters
from maskcheck.model.case import SpecValue
from maskcheck.model.evidence import Evidence, Probe

_VALUES: dict[str, SpecValue] = {"trainable": False, "dtype": "float64", "activity_regularizer": "l2"}
_AUTOCAST: dict[str, SpecValue] = {"autocast": False}
_FLAGS = {"trainable": "trainable", "dtype": "dtype_policy", "activity_regularizer": "activity_regularizer"}


def probe_base(ground: Ground, evidence: Evidence, settled: Set[str]) -> Iterator[Probe]:
    """Yield an outcome for trainable, dtype and activity_regularizer, as far as the class takes them."""
    own = {argument.name for argument in evidence.arguments if not argument.base}
    names = [
        name
        for name in _VALUES
        if name not in (*settled, *ground.case.init, *own) and accepts(ground.cls, name)
    ]
    for group in [names, *([name] for name in names)] if names else []:
        try:
            attempt = constructed(ground, {name: _VALUES[name] for name in group})
        except BuildError:
            if len(group) == 1:
                yield Probe(group[0], "unproven", f"__init__ refuses {group[0]}={_VALUES[group[0]]!r}")
            continue
        yield from _outcomes(evidence, group, attempt)
        yield from (_untaken(ground, evidence, name) for name in group if name not in _taken(group, attempt))
        if group is names:
            return


def probe_autocast(ground: Ground, evidence: Evidence, settled: Set[str]) -> Iterator[Probe]:
    """Yield an outcome for autocast, which Keras' Layer leaves out of its config (Keras 3.15.1)."""
    if "autocast" in (*settled, *ground.case.init) or not accepts(ground.cls, "autocast"):
        return
    try:
        attempt = constructed(ground, _AUTOCAST)
        config = attempt.traveller.layer.get_config()
    except Exception:
        return
    if "autocast" in config:
        yield outcome(evidence, "autocast", attempt)
    elif not getattr(attempt.traveller.layer, "autocast", True):  # Keras 2 does not show it
        yield Probe("autocast", "keras", "Layer")


def _outcomes(evidence: Evidence, names: Sequence[str], attempt: Attempt) -> Iterator[Probe]:
    shown = _taken(names, attempt)
    if not shown:
        return
    found = outcome(evidence, shown[0], attempt)
    if found.outcome != "lost":
        yield from (Probe(name, found.outcome, found.reason) for name in shown)
        return
    yield Probe(", ".join(shown), "lost", evidence=found.evidence)


def _taken(names: Sequence[str], attempt: Attempt) -> list[str]:
    """Return the arguments that show on the layer."""
    left = trace_paths(attempt.trace)
    return [name for name in names if _FLAGS[name] in left]


def _untaken(ground: Ground, evidence: Evidence, name: str) -> Probe:
    """Return the outcome for an argument that the base class did not get.

    One that the class itself declares, and that changes nothing, is lost on its way in, by Keras
    if it is a class of Keras that declares it. Others may be kept from the base class on purpose,
    as by layers that never train.
    """
    alone = constructed(ground, {name: _VALUES[name]})
    parameter = all_parameters(ground.cls).get(name)
    if parameter and not alone.leaves_a_trace:
        if parameter.owner is not ground.cls and lost_by_keras(ground, parameter, _VALUES[name]):
            return Probe(name, "keras", parameter.owner.__name__)
        return replace(ignored(evidence, name, alone), value=repr(_VALUES[name]))
    return Probe(name, "unproven", "the layer does not take it on")
