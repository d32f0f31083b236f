"""Every argument that the cases leave unproven, proved or refuted by a second value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import keras

from maskcheck import progress
from maskcheck.lab.build import BuildError
from maskcheck.lab.describe import source_file
from maskcheck.lab.freeze import freeze
from maskcheck.lab.observe import observe
from maskcheck.lab.probe.attempt import Attempt, Ground, called, constructed, original_called
from maskcheck.lab.probe.base import probe_base
from maskcheck.lab.probe.candidates import candidates
from maskcheck.lab.probe.judged import outcome
from maskcheck.lab.probe.parameters import BASE, Parameter, all_parameters, is_builtin, parent_loses
from maskcheck.lab.values import live
from maskcheck.model.case import SpecValue
from maskcheck.model.evidence import Evidence, Probe
from maskcheck.model.snapshot import Snapshot
from maskcheck.show import show
from maskcheck.source.vocabulary import vocabulary


def probe_arguments(
    ground: Ground,
    evidence: Evidence,
    settled: Sequence[str],
    wanted: Mapping[str, Sequence[SpecValue]],
) -> Iterator[Probe]:
    """Yield what a second value showed for every argument that is not settled yet.

    Args:
        evidence: of the ground's case, for what is known of the class.
        settled: arguments that the cases themselves proved or found lost.
        wanted: the spec's own values to try, by argument.
    """
    try:
        base = observe(ground.constructed({}).layer, {}, ground.seed)
    except BuildError:
        return
    words = _words(ground.cls)
    for name, parameter in all_parameters(ground.cls).items():
        if name in settled or name == "name" or (name in BASE and not keeps_to_itself(evidence, name)):
            continue
        progress.stage(f"probing the argument {name} (case {ground.case.id})")
        values = _values(ground, parameter, words.get(name, ()), wanted.get(name, ()))
        yield _probe(ground, evidence, parameter, values, base)
    yield from probe_base(ground, evidence, base, settled)


def keeps_to_itself(evidence: Evidence, name: str) -> bool:
    """Tell whether the class keeps a base argument to itself, and so must write it itself."""
    return any(a.name == name and not a.base for a in evidence.arguments)


def _words(cls: type[keras.Layer]) -> dict[str, tuple[str, ...]]:
    """Return the vocabulary of the class and, for what it does not know, of its bases."""
    found: dict[str, tuple[str, ...]] = {}
    for owner in cls.__mro__:
        if owner is keras.Layer:
            break
        file = source_file(owner)
        for name, words in (vocabulary(file, owner.__qualname__) if file else {}).items():
            found.setdefault(name, words)
    return found


def _values(
    ground: Ground, parameter: Parameter, words: Sequence[str], wanted: Sequence[SpecValue]
) -> tuple[SpecValue, ...]:
    given = ground.case.init.get(parameter.name, parameter.default)
    return candidates(parameter.name, given, parameter.annotation, words, wanted)


def _probe(
    ground: Ground, evidence: Evidence, parameter: Parameter, values: Sequence[SpecValue], base: Snapshot
) -> Probe:
    name = parameter.name
    if not values:
        return Probe(name, "unproven", "no second value is known for it")
    accepted = False
    for value in values:
        attempt = constructed(ground, base, {name: value})
        accepted = accepted or attempt is not None
        if attempt is not None and attempt.leaves_a_trace:
            found = _concluded(ground, evidence, parameter, value, attempt)
            if found:
                return found
    if not accepted:
        tried = ", ".join(show(freeze(value), 30) for value in values)
        return Probe(name, "unproven", f"__init__ refuses every second value ({tried})")
    return _probe_by_calling(ground, evidence, parameter, values)


def _probe_by_calling(
    ground: Ground, evidence: Evidence, parameter: Parameter, values: Sequence[SpecValue]
) -> Probe:
    """Try values that ``__init__`` shows nothing of: their trace may be in the weights or the outputs."""
    original = original_called(ground)
    for value in values[:3]:
        attempt = called(ground, original, {parameter.name: value}) if original else None
        if attempt is not None and attempt.leaves_a_trace:
            found = _concluded(ground, evidence, parameter, value, attempt)
            if found:
                return found
    return Probe(parameter.name, "unproven", "a second value leaves no trace on the layer or its outputs")


def _concluded(
    ground: Ground, evidence: Evidence, parameter: Parameter, value: SpecValue, attempt: Attempt
) -> Probe | None:
    """Return the outcome of an attempt; None if the value turns out not to be a valid one."""
    found = outcome(evidence, parameter.name, attempt)
    if found.outcome != "lost":
        return found
    try:
        ground.called({parameter.name: value})
    except BuildError:
        return None
    inherited = is_builtin(parameter.owner) and not is_builtin(ground.cls)
    init = ground.changed({parameter.name: value}).init
    if inherited and parent_loses(parameter, {n: live(v, f"init.{n}", ground.seed) for n, v in init.items()}):
        return Probe(parameter.name, "unproven", f"Keras' own {parameter.owner.__name__} loses it")
    return replace(found, value=show(freeze(value)))
