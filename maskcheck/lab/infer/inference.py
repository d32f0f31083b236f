"""From a class to a case that works, or to what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from maskcheck.lab.api import keras
from maskcheck.lab.infer.adapt import adapted
from maskcheck.lab.infer.arguments import Arguments
from maskcheck.lab.infer.attempt import Attempt, Outcome, Trial
from maskcheck.lab.infer.blame import plain_text
from maskcheck.lab.infer.corrections import Corrections
from maskcheck.lab.infer.explain import not_called, not_constructed, not_installed
from maskcheck.lab.infer.inputs import input_attempts
from maskcheck.lab.infer.quality import BEST, ONCE, quality
from maskcheck.lab.infer.reshaping import reshaped
from maskcheck.lab.infer.search import Clock, search
from maskcheck.lab.infer.signature import Signature, read_signature
from maskcheck.model.case import Case, Inference

CONSTRUCTIONS, CALLS = 60, 80
# Further calls to make for an input that shows more than the first one that was accepted.
ALTERNATIVES = 6
# Computing time, and time of day, that one class may take.
SECONDS, AT_MOST = 5.0, 15.0
ID = "inferred"


def infer(cls: type[keras.Layer], seed: int) -> Inference:
    """Return a case that constructs and calls ``cls``, the likeliest that works.

    Args:
        cls: a class that can be constructed (not abstract) and has a ``call``.
        seed: of the data, as in the check that follows.

    Returns:
        A case that only holds what a spec can write, the same in every process; or
        what could not be inferred, and why.
    """
    trial, arguments, clock = Trial(cls, seed), Arguments(cls), Clock(SECONDS, AT_MOST)
    corrections = Corrections(arguments)
    start = Attempt({name: arguments.values(name)[0] for name in arguments.required})
    with unfiltered_errors():
        failures: list[Outcome] = []
        for outcome in search([start], trial.construct, corrections.after, CONSTRUCTIONS, clock):
            if outcome.built is not None:
                found = _with_input(trial, outcome, corrections, clock)
                return found if found.case else not_installed(failures) or found
            failures.append(outcome)
    return not_installed(failures) or not_constructed(failures, arguments)


def _with_input(trial: Trial, constructed: Outcome, corrections: Corrections, clock: Clock) -> Inference:
    signature = read_signature(trial.cls)
    assert constructed.built is not None
    starts = input_attempts(constructed.built.layer, signature, constructed.attempt)

    def correct(outcome: Outcome) -> Iterator[Attempt]:
        yield from _corrected(outcome, signature, corrections)

    failures: list[Outcome] = []
    found: tuple[int, Case] | None = None
    left = ALTERNATIVES
    for outcome in search(starts, trial.call, correct, CALLS, clock):
        if outcome.built is not None:
            case = outcome.attempt.case(ID)
            level = quality(outcome.built, case, trial.seed)
            if found is None or level < found[0]:
                found = level, case
        else:
            failures.append(outcome)
        left -= found is not None and found[0] != ONCE
        if found and (found[0] == BEST or not left):
            break
    if found:
        return Inference(found[1], init=found[1].init)
    return not_installed(failures) or not_called(failures, constructed.attempt)


def _corrected(outcome: Outcome, signature: Signature, corrections: Corrections) -> Iterator[Attempt]:
    """Yield what to try after a failed call: other inputs, then other arguments."""
    if outcome.error is None:
        return
    if outcome.step != "construct":
        yield from adapted(outcome)
        yield from reshaped(plain_text(outcome.error), outcome.error, outcome.attempt, signature)
    yield from corrections.after(outcome)


@contextmanager
def unfiltered_errors() -> Iterator[None]:
    """Have errors keep the frames inside Keras, and Keras leave their messages alone."""
    filtered = keras.config.is_traceback_filtering_enabled()
    keras.config.disable_traceback_filtering()
    try:
        yield
    finally:
        if filtered:
            keras.config.enable_traceback_filtering()
