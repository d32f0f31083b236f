"""Sentences that describe how a worker ended."""

from __future__ import annotations

import signal

from maskcheck.engine.isolation.capture import TRUNCATED
from maskcheck.engine.processes.outcome import Outcome

_LAST_LINES = 3
_LAST_LENGTH = 160


def describe_death(outcome: Outcome, limit: float, method: str = "") -> str:
    """Return the sentence on a worker that died: what happened, in which step, and what it printed last.

    Args:
        method: the method of the user's that ran, "" where that is not known.
    """
    end = (
        f"not done within the limit of {limit:g} s"
        if outcome.timed_out
        else _describe_status(outcome.status or 0, itself=bool(method))
    )
    end = outcome.reason or end
    where = f" in {method}" if method else ""
    return f"{end}{where}{_while_stage(outcome)}{outcome.busy}{_last_words(outcome)}"


def describe_helper_death(outcome: Outcome) -> str:
    """Return the sentence on a helper that gave no answer; its exit status is not known here."""
    end = "gave no answer in time" if outcome.timed_out else "died"
    return f"the other process {end}{_while_stage(outcome)}{_last_words(outcome)}"


def describe_exception(outcome: Outcome, text: str) -> str:
    """Return the sentence on a task that ended by the exception ``text``."""
    return f"ended by {text}{_while_stage(outcome)}{_last_words(outcome)}"


def _describe_status(status: int, *, itself: bool) -> str:
    if status >= 0:
        return f"the process ended with exit code {status}"
    if -status == signal.SIGKILL and not itself:
        return "the process was killed by SIGKILL (most likely by the system, for want of memory)"
    return f"the process died of {_signal_name(-status)}"


def _signal_name(number: int) -> str:
    try:
        known = signal.Signals(number)
    except ValueError:
        return f"signal {number}"
    meaning = signal.strsignal(number)
    return f"{known.name} ({meaning})" if meaning else known.name


def _while_stage(outcome: Outcome) -> str:
    return f" while {outcome.stage}" if outcome.stage else ""


def _last_words(outcome: Outcome) -> str:
    lines = [
        line.strip() for line in outcome.output.splitlines() if line.strip() not in ("", TRUNCATED.strip())
    ]
    last = " / ".join(lines[-_LAST_LINES:])
    short = last if len(last) <= _LAST_LENGTH else f"…{last[-_LAST_LENGTH:]}"
    return f"; it printed last: {short}" if short else ""
