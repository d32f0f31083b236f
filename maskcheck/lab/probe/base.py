"""The arguments that Keras' own Layer keeps, probed together: they are written and lost together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from maskcheck.lab.calls.build import BuildError
from maskcheck.lab.keras_api import keras, unwritten
from maskcheck.lab.layer_class.constructor import accepts
from maskcheck.lab.layer_class.parameters import all_parameters
from maskcheck.lab.probe.attempt import Attempt, Ground, try_calling, try_constructing
from maskcheck.lab.probe.judged import is_lost_by_keras, judge_attempt, judge_ignored, trace_paths
from maskcheck.model.case import SpecValue
from maskcheck.model.evidence import Evidence, Probe

_VALUES: dict[str, SpecValue] = {
    "trainable": False,
    "dtype": "float64",
    "activity_regularizer": "l2",
    "autocast": False,
}
_FLAGS = {name: name for name in _VALUES} | {"dtype": "dtype_policy"}


def probe_base(ground: Ground, evidence: Evidence, settled: Set[str]) -> Iterator[Probe]:
    """Yield an outcome for the arguments that Keras' Layer writes, as far as the class takes them."""
    names = [name for name in _list_open(ground, evidence, settled) if name not in unwritten(ground.cls)]
    for group in [names, *([name] for name in names)] if names else []:
        try:
            attempt = try_constructing(ground, {name: _VALUES[name] for name in group})
        except BuildError:
            if len(group) == 1:
                yield Probe((group[0],), "unproven", f"__init__ refuses {group[0]}={_VALUES[group[0]]!r}")
            continue
        yield from _judge_together(ground, evidence, group, attempt)
        yield from (
            _judge_untaken(ground, evidence, name)
            for name in group
            if name not in _list_taken(group, attempt)
        )
        if group is names:
            return


def probe_unwritten(ground: Ground, evidence: Evidence, settled: Set[str]) -> Iterator[Probe]:
    """Yield an outcome for those that it leaves out of the config of a class that writes its own."""
    for name in _list_open(ground, evidence, settled):
        if name not in unwritten(ground.cls):
            continue
        try:
            attempt = try_constructing(ground, {name: _VALUES[name]})
            config = attempt.traveller.layer.get_config()
        except Exception:
            continue
        if name in config:
            yield judge_attempt(evidence, name, attempt)
        elif _list_taken([name], attempt):
            yield Probe((name,), "keras", "Model" if issubclass(ground.cls, keras.Model) else "Layer")


def _list_open(ground: Ground, evidence: Evidence, settled: Set[str]) -> list[str]:
    """Return the arguments of Keras' Layer of which nothing is known, and which the class hands on to it."""
    own = {argument.name for argument in evidence.facts.arguments if not argument.base}
    done = (*settled, *ground.case.init, *own)
    return [name for name in _VALUES if name not in done and accepts(ground.cls, name)]


def _judge_together(
    ground: Ground, evidence: Evidence, names: Sequence[str], attempt: Attempt
) -> Iterator[Probe]:
    shown = _list_taken(names, attempt)
    if not shown:
        return
    found = judge_attempt(evidence, shown[0], attempt)
    if found.outcome != "lost" or found.evidence is None:
        yield from (Probe((name,), found.outcome, found.reason) for name in shown)
        return
    flags = found.evidence.lost_traces
    lost = [name for name in shown if not flags or _FLAGS[name] in flags]
    yield from (Probe((name,), "proven") for name in shown if name not in lost)
    called = try_calling(ground, {name: _VALUES[name] for name in lost})
    again = judge_attempt(evidence, lost[0], called) if called else found
    yield Probe(tuple(lost), "lost", evidence=(again if again.outcome == "lost" else found).evidence)


def _list_taken(names: Sequence[str], attempt: Attempt) -> list[str]:
    """Return the arguments that show on the layer."""
    left = trace_paths(attempt.trace)
    return [name for name in names if _FLAGS[name] in left]


def _judge_untaken(ground: Ground, evidence: Evidence, name: str) -> Probe:
    """Return the outcome for an argument that the base class did not get.

    One that the class itself declares, and that changes nothing, is lost on its way in, by Keras
    if it is a class of Keras that declares it. Others may be kept from the base class on purpose,
    as by layers that never train.
    """
    alone = try_constructing(ground, {name: _VALUES[name]})
    parameter = all_parameters(ground.cls).get(name)
    if parameter and not alone.leaves_a_trace:
        if parameter.owner is not ground.cls and is_lost_by_keras(ground, parameter, _VALUES[name]):
            return Probe((name,), "keras", parameter.owner.__name__)
        return replace(judge_ignored(evidence, name, alone), value=repr(_VALUES[name]))
    return Probe((name,), "unproven", "the layer does not take it on")
