"""Explains why no case could be inferred."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from maskcheck.lab.infer.attempt import Attempt, AttemptResult
from maskcheck.lab.infer.correct.error_arguments import find_suspects
from maskcheck.lab.infer.guess.arguments import Arguments
from maskcheck.lab.infer.guess.class_sources import source_files
from maskcheck.lab.infer.messages import missing_arguments
from maskcheck.lab.process.audit import describe_refusal
from maskcheck.model.case import ArrayTag, Case, ImportTag, Inference, Leaf, ObjectTag
from maskcheck.model.error import ErrorKind
from maskcheck.specfile.write.write import INLINE, dump_entry

_LONGEST = 200


def explain_not_installed(failures: Sequence[AttemptResult]) -> Inference | None:
    """Return what is known of a class that needs a package which is not there, None if it is not that."""
    failed = next((one for one in failures if isinstance(one.error, ImportError)), None)
    if failed is None:
        return None
    reason = f"what it needs is not installed: {_error_text(failed)}"
    return Inference(None, init=failed.attempt.init, reason=reason)


def explain_outside(arguments: Arguments) -> Inference:
    """Return what is known of a class that needs the name of something outside the program."""
    told = (f"{name} names {what}" for name, what in arguments.unknown.items())
    init = {name: arguments.values(name)[0] for name in arguments.required if name not in arguments.unknown}
    reason = f"{', '.join(told)}, and maskcheck invents none"
    return Inference(None, missing=tuple(arguments.unknown), init=init, reason=reason)


def explain_forbidden(failures: Sequence[AttemptResult], arguments: Arguments) -> Inference | None:
    """Return what is known of a class that touches something outside, None if it was not kept from it."""
    kept = next((failed for failed in failures if failed.refused), None)
    if kept is None or kept.error is None:
        return None
    given = kept.attempt.init
    suspects = find_suspects(kept.error, kept.message, kept.cls, tuple(arguments.named), given)
    missing = tuple(name for name in suspects if name in given)
    init = {name: value for name, value in given.items() if name not in missing}
    return Inference(None, missing=missing, init=init, reason=describe_refusal(kept.refused[0]))


def explain_not_constructed(failures: Sequence[AttemptResult], arguments: Arguments) -> Inference:
    """Return what is known of a class that no arguments could construct."""
    if not failures:
        return Inference(None, missing=arguments.required, reason="there was no time to construct it")
    theirs = [one for one in failures if not _is_of_our_making(one, arguments)]
    best = max(theirs or failures, key=_lines_reached)
    missing = _missing_arguments(best, arguments)
    init = {name: value for name, value in best.attempt.init.items() if name not in missing}
    tried = ", ".join(
        f"{name}={_value_text(best.attempt.init[name])}" for name in missing if name in best.attempt.init
    )
    explained = (
        f"__init__({tried}) raised {_error_text(best)}" if tried else f"__init__ raised {_error_text(best)}"
    )
    outside = [name for name in missing if arguments.what_outside(name)]
    what = f"no value was found for {', '.join(missing)}" if missing else "it could not be constructed"
    if outside:
        what = f"{outside[0]} names {arguments.what_outside(outside[0])}, and maskcheck invents none"
    return Inference(None, missing=missing, init=init, reason=f"{what}: {explained}")


def explain_not_called(failures: Sequence[AttemptResult], constructed: Attempt) -> Inference:
    """Return what is known of a class that can be constructed, but accepted no input."""
    if not failures:
        return Inference(
            None, init=constructed.init, reason="it was constructed, but there was no time to call it"
        )
    as_constructed = [one for one in failures if one.attempt.init == constructed.init]
    furthest = max(as_constructed or failures, key=_lines_reached)
    given = ", ".join(
        [
            *map(_value_text, furthest.attempt.args),
            *(f"{n}={_value_text(v)}" for n, v in furthest.attempt.call.items()),
        ]
    )
    reason = f"it was constructed, but no input was accepted: call({given}) raised {_error_text(furthest)}"
    return Inference(None, init=constructed.init, reason=reason)


def spec_entry(name: str, cases: Sequence[Case]) -> str:
    """Return the entry of a spec that gives the class ``name`` these cases; one alone stands inline."""
    try:
        return dump_entry(name, [replace(cases[0], id=INLINE)] if len(cases) == 1 else cases)
    except (TypeError, ValueError) as error:
        return f"  # {error}"


def _missing_arguments(outcome: AttemptResult, arguments: Arguments) -> tuple[str, ...]:
    """Return the arguments that the error is about, else all that are required."""
    if outcome.error is None:
        return ()
    message = outcome.message
    named = [*missing_arguments(message), *filter(None, [message.key])]
    known = [name for name in named if arguments.accept(name)]
    suspects = find_suspects(
        outcome.error, message, outcome.cls, tuple(arguments.named), outcome.attempt.init
    )
    required = [name for name in suspects if name in arguments.required]
    return tuple(dict.fromkeys(known)) or tuple(required[:1]) or tuple(suspects[:1]) or arguments.required


def _is_of_our_making(outcome: AttemptResult, arguments: Arguments) -> bool:
    """Tell whether an attempt was refused for an argument that only the attempt thought of."""
    refused = outcome.message.names(
        ErrorKind.UNEXPECTED_ARGUMENT, ErrorKind.UNRECOGNIZED_ARGUMENTS, ErrorKind.REPEATED_ARGUMENT
    )
    return any(name in outcome.attempt.init and name not in arguments.required for name in refused)


def _lines_reached(outcome: AttemptResult) -> tuple[int, ...]:
    """Return how far an attempt came: the lines of the class that its error passed through, from outside."""
    files = {file for file, _ in source_files(outcome.cls)}
    frames = traceback.extract_tb(outcome.error.__traceback__) if outcome.error else []
    return tuple(frame.lineno or 0 for frame in frames if frame.filename in files)


def _error_text(outcome: AttemptResult) -> str:
    text = " ".join(outcome.message.text.split())
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."
    return f"{type(outcome.error).__name__}: {short}"


def _value_text(value: Any) -> str:
    match value:
        case Leaf(shape=shape, dtype=dtype, values=values):
            return f"{dtype or 'float32'}{list(shape) if shape else values}"
        case ObjectTag(path=path):
            return f"{path.rpartition('.')[2]}(..)"
        case ImportTag(path=path):
            return path
        case ArrayTag(leaf=leaf):
            return f"array({_value_text(leaf)})"
        case dict():
            return "{" + ", ".join(f"{key!r}: {_value_text(item)}" for key, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(_value_text, value)) + "]"
    return repr(value)
