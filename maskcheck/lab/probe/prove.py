"""Tries second values for every argument that the cases leave unproven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from maskcheck import task_stage
from maskcheck.lab.calls.build import BuildError
from maskcheck.lab.layer.error_info import first_line, is_raised_by_user
from maskcheck.lab.layer.plain import freeze
from maskcheck.lab.layer_class.constructor import required_arguments
from maskcheck.lab.layer_class.outside import find_opened, find_outside, invents_none
from maskcheck.lab.layer_class.parameters import BASE, Parameter, all_parameters
from maskcheck.lab.probe.attempt import Attempt, Ground, try_calling, try_constructing
from maskcheck.lab.probe.base import probe_base, probe_unwritten
from maskcheck.lab.probe.candidates import list_candidates
from maskcheck.lab.probe.hints import Hint, read_hints
from maskcheck.lab.probe.judged import (
    is_lost_by_keras,
    is_without_effect,
    judge_attempt,
    judge_weights,
    shows_in_weights_only,
)
from maskcheck.lab.probe.late import compare_built_anew, find_late_effect
from maskcheck.lab.probe.partners import add_partners, switch_flags
from maskcheck.model.case import SpecValue
from maskcheck.model.error import ErrorInfo, ErrorKind
from maskcheck.model.evidence import Evidence, Probe
from maskcheck.model.show import show

# How an argument is refused that the class does not take from its user.
_NOT_ITS_OWN = (
    ErrorKind.REPEATED_ARGUMENT,
    ErrorKind.UNRECOGNIZED_ARGUMENTS,
    ErrorKind.UNEXPECTED_ARGUMENT,
)


def probe_arguments(
    ground: Ground,
    evidence: Evidence,
    settled: Sequence[str],
    lost: Sequence[str],
    wanted: Mapping[str, Sequence[SpecValue]],
) -> Iterator[Probe]:
    """Yield what a second value showed for every argument that is not settled yet.

    What the class takes from nobody (a parent's argument that it fixes itself) is left out.

    Args:
        evidence: of the ground's case, for what is known of the class.
        settled: arguments that the cases themselves proved.
        lost: arguments that the cases themselves found lost.
        wanted: the spec's own values to try, by argument.
    """
    grounds = [ground for ground in (ground, _drop_optional(ground)) if ground.base is not None]
    if not grounds:
        given = [a.name for a in evidence.facts.arguments if a.explicit or not a.base]
        unknown = (name for name in given if name not in (*settled, *lost, "name"))
        yield from (
            Probe((name,), "unproven", "the layer of the case could not be made anew") for name in unknown
        )
        return
    known_of = read_hints(ground.cls)
    known, done = all_parameters(ground.cls), {*settled, *lost}
    outside, opened = find_outside(ground.cls), find_opened(ground.cls)
    proven = [known[name] for name in settled if name in known]
    for name, parameter in known.items():
        if name in done or name == "name" or (name in BASE and not keeps_base_argument(evidence, name)):
            continue
        if name in outside and name not in wanted:
            yield Probe((name,), "unproven", invents_none(outside[name]))
            continue
        task_stage.enter(f"probing the argument {name} (case {ground.case.id})")
        try:
            values = _list_values(ground, parameter, known_of.get(name, Hint()), wanted.get(name, ()))
            if name in opened and name not in wanted:  # it may be content, too
                values = tuple(value for value in values if not isinstance(value, (str, int)))
            found = _probe_argument(grounds, evidence, parameter, values, [*known.values()], proven, known_of)
        except Exception as error:
            if not is_raised_by_user(error):
                raise
            found = Probe((name,), "unproven", f"with a second value the layer raises {first_line(error)}")
        if found and found.outcome == "proven":
            proven.append(parameter)
        if found:
            yield found
    if ground.base is not None:
        yield from probe_base(ground, evidence, done)
        yield from probe_unwritten(ground, evidence, done)


def _drop_optional(ground: Ground) -> Ground:
    """Return the same with nothing but the required arguments: some values exclude each other."""
    needed = required_arguments(ground.cls)
    init = {name: value for name, value in ground.case.init.items() if name in needed}
    return replace(ground, case=replace(ground.case, init=init))


def keeps_base_argument(evidence: Evidence, name: str) -> bool:
    """Tell whether the class keeps a base argument to itself, and so must write it itself."""
    return any(a.name == name and not a.base for a in evidence.facts.arguments)


def _list_values(
    ground: Ground, parameter: Parameter, hint: Hint, wanted: Sequence[SpecValue]
) -> tuple[SpecValue, ...]:
    given = ground.case.init.get(parameter.name, parameter.default)
    return list_candidates(parameter.name, given, parameter.annotation, hint, wanted)


def _probe_argument(
    grounds: Sequence[Ground],
    evidence: Evidence,
    parameter: Parameter,
    values: Sequence[SpecValue],
    known: Sequence[Parameter],
    proven: Sequence[Parameter],
    hints: Mapping[str, Hint],
) -> Probe | None:
    if not values:
        return Probe((parameter.name,), "unproven", "no second value is known for it")
    found, refusals = _try_values(grounds, evidence, parameter, values)
    if found and grounds and is_without_effect(found):
        in_use, _ = _try_values(
            switch_flags(grounds[0], parameter, known, values, hints), evidence, parameter, values
        )
        return in_use if in_use and in_use.outcome == "proven" else found
    if found and found.outcome != "unproven":
        return found
    if not found and all(refusal.meaning(*_NOT_ITS_OWN) for refusal in refusals):
        return None
    others = add_partners(grounds[0], parameter, known, proven, refusals) if grounds else ()
    with_partner, _ = _try_values(others, evidence, parameter, values)
    if with_partner and with_partner.outcome != "unproven":
        return with_partner
    tried = ", ".join(show(freeze(value), 30) for value in values)
    return found or Probe((parameter.name,), "unproven", f"__init__ refuses every second value ({tried})")


def _try_values(
    grounds: Iterable[Ground], evidence: Evidence, parameter: Parameter, values: Sequence[SpecValue]
) -> tuple[Probe | None, list[ErrorInfo]]:
    """Return what the values showed, None where ``__init__`` refuses them all, and what it said."""
    refusals: list[ErrorInfo] = []
    accepted: list[tuple[Ground, SpecValue]] = []
    for ground, value in ((ground, value) for ground in grounds for value in values):
        try:
            attempt = try_constructing(ground, {parameter.name: value})
        except BuildError as error:
            refusals.append(error.failure.error)
            continue
        accepted.append((ground, value))
        found = _conclude(ground, evidence, parameter, value, attempt)
        if found:
            return replace(found, partner=ground.partner), refusals
    return (_probe_by_calling(accepted[:3], evidence, parameter) if accepted else None), refusals


def _probe_by_calling(
    accepted: Sequence[tuple[Ground, SpecValue]], evidence: Evidence, parameter: Parameter
) -> Probe:
    """Try values that ``__init__`` shows nothing of: their trace may be in the weights or the outputs."""
    for ground, value in accepted:
        attempt = try_calling(ground, {parameter.name: value})
        found = _conclude(ground, evidence, parameter, value, attempt) if attempt else None
        if found:
            return replace(found, partner=ground.partner)
    anew = (_probe_first_weights(*pair, evidence, parameter) for pair in accepted[:1])
    nothing = Probe(
        (parameter.name,), "unproven", "a second value leaves no trace on the layer or its outputs"
    )
    return next((found for found in anew if found), nothing)


def _probe_first_weights(
    ground: Ground, value: SpecValue, evidence: Evidence, parameter: Parameter
) -> Probe | None:
    """Return what the weights show that a layer begins with; None if nothing."""
    init = {parameter.name: value}
    anew = compare_built_anew(ground, init)
    if anew is None or not anew.lost:
        return Probe((parameter.name,), "proven") if anew else None
    found = judge_weights(evidence, parameter.name, try_constructing(ground, init), anew.paths)
    if parameter.owner is not ground.cls and is_lost_by_keras(ground, parameter, value, found):
        return Probe((parameter.name,), "keras", parameter.owner.__name__)
    return replace(found, value=show(freeze(value)))


def _conclude(
    ground: Ground, evidence: Evidence, parameter: Parameter, value: SpecValue, attempt: Attempt
) -> Probe | None:
    """Return the outcome of an attempt; None if it leaves no trace or the value proves invalid."""
    if not attempt.leaves_a_trace or shows_in_weights_only(attempt):
        return None
    found = judge_attempt(evidence, parameter.name, attempt)
    if found.outcome != "lost":
        return found
    init = {parameter.name: value}
    effect = try_calling(ground, init)
    if effect is None:
        return None
    lost = replace(judge_attempt(evidence, parameter.name, effect), value=show(freeze(value)))
    if parameter.owner is ground.cls:
        return lost
    if is_lost_by_keras(ground, parameter, value, found):
        return Probe((parameter.name,), "keras", parameter.owner.__name__)
    if effect.trace.behaviour or effect.trace.weights:
        return lost
    shown = find_late_effect(ground, init, effect)
    return replace(lost, reason=shown, felt=bool(shown))
