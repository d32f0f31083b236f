"""Infers a case that constructs and calls a class, or explains why there is none."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from maskcheck.lab.infer.attempt import Attempt, AttemptResult, AttemptRunner
from maskcheck.lab.infer.completion import NOTHING, keeps
from maskcheck.lab.infer.correct.corrections import Corrections
from maskcheck.lab.infer.correct.reshaping import propose_inputs
from maskcheck.lab.infer.correct.resizing import propose_more_data
from maskcheck.lab.infer.explain import (
    explain_forbidden,
    explain_not_called,
    explain_not_constructed,
    explain_not_installed,
    explain_outside,
)
from maskcheck.lab.infer.guess.adapt import propose_adapt
from maskcheck.lab.infer.guess.arguments import Arguments
from maskcheck.lab.infer.guess.inputs import input_attempts, likeliest_call
from maskcheck.lab.infer.guess.signature import Signature, read_signature
from maskcheck.lab.infer.optional_inputs import add_optional_inputs
from maskcheck.lab.infer.quality import BEST, MISSTATED, ONCE, UNTRAINED
from maskcheck.lab.infer.search import Clock, search
from maskcheck.lab.keras_api import keras
from maskcheck.model.case import Case, Inference
from maskcheck.model.error import ErrorKind

CONSTRUCTIONS, CALLS = 60, 80
# Further calls to make for an input that shows more than the first one that was accepted.
ALTERNATIVES = 6
# Computing time, and time of day, that one class may take.
SECONDS, AT_MOST = 5.0, 15.0
ID = "inferred"
WITH = "inferred-with-"


def infer(cls: type[keras.Layer], seed: int, given: Case = NOTHING) -> Inference:
    """Return a case that constructs and calls ``cls``, the likeliest that works.

    Args:
        cls: a class that can be constructed (not abstract) and has a ``call``.
        seed: of the data, as in the check that follows.
        given: what is known of the case already, and stays as it is.

    Returns:
        A case that only holds what a spec can write, the same in every process; or
        what could not be inferred, and why.
    """
    trial, arguments, clock = AttemptRunner(cls, seed), Arguments(cls), Clock(SECONDS, AT_MOST)
    corrections, signature = Corrections(arguments), read_signature(cls)
    likely = likeliest_call(signature)
    if arguments.unknown.keys() - given.init.keys():
        return replace(explain_outside(arguments), args=likely.args, call=likely.call)
    refused: list[AttemptResult] = []
    failed: list[AttemptResult] = []
    with unfiltered_errors(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a guess that is refused is no news
        constructed = _construct(trial, arguments, corrections, clock, refused, given)
        found = (
            _find_call(trial, constructed, signature, corrections, clock, failed, given)
            if constructed
            else None
        )
        whole = given is NOTHING and found is not None
        more = _find_more(trial, found, signature, corrections, clock) if whole and found else ()
    if found:
        case = found.attempt.case(ID)
        return Inference(case, init=case.init, more=more)
    known = explain_not_installed([*refused, *failed])
    known = known or explain_forbidden(failed if constructed else refused, arguments)
    known = known or (explain_not_called(failed, constructed.attempt) if constructed else None)
    return replace(known or explain_not_constructed(refused, arguments), args=likely.args, call=likely.call)


def _construct(
    trial: AttemptRunner,
    arguments: Arguments,
    corrections: Corrections,
    clock: Clock,
    failures: list[AttemptResult],
    given: Case,
) -> AttemptResult | None:
    """Return the first attempt that constructs the layer; those that do not join ``failures``."""
    guessed = {name: arguments.values(name)[0] for name in arguments.required if name not in given.init}
    start = Attempt({**guessed, **given.init}, prepare=given.prepare)

    def correct(outcome: AttemptResult) -> Iterator[Attempt]:
        return (attempt for attempt in corrections.after(outcome) if keeps(attempt, given))

    for outcome in search([start], trial.construct, correct, CONSTRUCTIONS, clock):
        if outcome.built is not None:
            return outcome
        failures.append(outcome)
    return None


def _find_call(
    trial: AttemptRunner,
    constructed: AttemptResult,
    signature: Signature,
    corrections: Corrections,
    clock: Clock,
    failures: list[AttemptResult],
    given: Case,
) -> AttemptResult | None:
    """Return the call that shows most, of the first few that are accepted; others join ``failures``."""
    assert constructed.built is not None
    start = replace(constructed.attempt, args=given.args, call=given.call)
    starts: Iterable[Attempt] = [start]
    if not given.args:
        starts = input_attempts(constructed.built.layer, signature, start)

    def correct(outcome: AttemptResult) -> Iterator[Attempt]:
        tried = _correct_call(outcome, signature, corrections)
        return (attempt for attempt in tried if keeps(attempt, given))

    # Where the inputs are documented, it is the statement on the outputs that is wrong.
    settled = (BEST, MISSTATED) if signature.documented else (BEST,)
    found: AttemptResult | None = None
    left = ALTERNATIVES
    for outcome in search(starts, trial.call, correct, CALLS, clock):
        if _was_never_made(outcome):
            return outcome
        if outcome.built is None:
            failures.append(outcome)
        elif found is None or outcome.level < found.level:
            found = outcome
        left -= found is not None and found.level != ONCE
        if found and (found.level in settled or not left):
            break
    return found


def _find_more(
    trial: AttemptRunner, found: AttemptResult, signature: Signature, corrections: Corrections, clock: Clock
) -> tuple[Case, ...]:
    """Return the case once more with the tensors that it leaves out, where there are any."""
    if found.built is None or found.level not in (BEST, MISSTATED, UNTRAINED):
        return ()

    def correct(outcome: AttemptResult) -> Iterator[Attempt]:
        yield from _correct_call(outcome, signature, corrections)

    attempt, names = add_optional_inputs(trial, found, signature, correct, clock)
    return (attempt.case(f"{WITH}{'-'.join(names)}"),) if names else ()


def _was_never_made(outcome: AttemptResult) -> bool:
    """Tell whether Keras refuses the layer whatever it is called on: the case has only to show why."""
    return any(meaning.kind is ErrorKind.SUPER_NOT_CALLED for meaning in outcome.message.meanings)


def _correct_call(
    outcome: AttemptResult, signature: Signature, corrections: Corrections
) -> Iterator[Attempt]:
    """Yield what to try after a call: more data if it shows nothing; else other inputs, then arguments."""
    if outcome.error is None:
        yield from propose_more_data(outcome)
        if outcome.untrained:
            yield from propose_inputs(outcome.message, outcome.attempt, signature)
        return
    if outcome.step != "construct":
        yield from propose_adapt(outcome)
        yield from propose_inputs(outcome.message, outcome.attempt, signature)
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
