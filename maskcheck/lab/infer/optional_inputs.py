"""A second case for a class whose ``call`` takes tensors that may be left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from maskcheck.compare.values import compare
from maskcheck.lab.calls.call import call_once
from maskcheck.lab.calls.modes import choose_modes
from maskcheck.lab.infer.attempt import Attempt, AttemptResult, AttemptRunner
from maskcheck.lab.infer.correct.input_edits import list_leaves
from maskcheck.lab.infer.guess.input_names import plain_values
from maskcheck.lab.infer.guess.signature import Signature
from maskcheck.lab.infer.guess.structures import input_structures
from maskcheck.lab.infer.search import Clock, search
from maskcheck.model.value import Value

# Calls to make for each tensor, and tensors to look for.
_CALLS, _MOST = 6, 2
Correct = Callable[[AttemptResult], Iterator[Attempt]]


def add_optional_inputs(
    trial: AttemptRunner, found: AttemptResult, signature: Signature, correct: Correct, clock: Clock
) -> tuple[Attempt, tuple[str, ...]]:
    """Return an attempt with all optional tensors that a call accepts and heeds, and their names.

    What is given a tensor and makes nothing of it, or refuses it, is no tensor.
    """
    names: list[str] = []
    for name in _list_candidates(signature, found.attempt):
        with_tensor = _find_accepted(trial, found, name, signature, correct, clock)
        if with_tensor is not None:
            found = with_tensor
            names.append(name)
    return found.attempt, tuple(names)


def _list_candidates(signature: Signature, attempt: Attempt) -> list[str]:
    """Return the parameters that are None unless they are given, and may be tensors."""
    open_ones = [name for name in signature.unset if name != signature.first and name not in attempt.call]
    return [name for name in open_ones if "mask" not in name and not plain_values(name)][:_MOST]


def _find_accepted(
    trial: AttemptRunner,
    found: AttemptResult,
    name: str,
    signature: Signature,
    correct: Correct,
    clock: Clock,
) -> AttemptResult | None:
    leaves = list_leaves(found.attempt)
    forms = input_structures(name, signature, leaves[0]) if leaves else []
    starts = [_with_tensor(found.attempt, name, form, cost) for cost, form in forms]

    def correct_it(outcome: AttemptResult) -> Iterator[Attempt]:
        others = correct(outcome)
        yield from (one for one in others if name in one.call and one.init == found.attempt.init)

    for outcome in search(starts, trial.call, correct_it, _CALLS, clock):
        if outcome.built is not None and outcome.level <= found.level and _differ(found, outcome, trial.seed):
            return outcome
    return None


def _with_tensor(attempt: Attempt, name: str, form: Any, cost: float) -> Attempt:
    return replace(attempt, call={**attempt.call, name: form}, cost=cost, steps=0)


def _differ(without: AttemptResult, given: AttemptResult, seed: int) -> bool:
    """Tell whether a layer gives something else with the tensor than without."""
    return bool(compare(_call(given, without, seed), _call(given, given, seed)))


def _call(made: AttemptResult, inputs: AttemptResult, seed: int) -> Value:
    assert made.built is not None
    assert inputs.built is not None
    wanted = choose_modes(made.built.layer, inputs.built.inputs, seed)["inference"]
    return call_once(made.built.layer, wanted, seed).outputs
