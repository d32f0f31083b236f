import signal

import pytest

from maskcheck.engine.isolation.capture import TRUNCATED
from maskcheck.engine.processes.exit_texts import describe_death, describe_exception
from maskcheck.engine.processes.outcome import Outcome
from maskcheck.engine.processes.task import Job


def outcome(**values: object) -> Outcome:
    return Outcome(Job("setup"), None, 0.0, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"status": 3}, "the process ended with exit code 3"),
        ({"status": -signal.SIGFPE}, "the process died of SIGFPE (Floating point exception)"),
        ({"status": -250}, "the process died of signal 250"),
        ({"status": -9, "timed_out": True}, "not done within the limit of 2.5 s"),
        (
            {"status": -9, "timed_out": True, "busy": "; the machine was busy", "stage": "saving"},
            "not done within the limit of 2.5 s while saving; the machine was busy",
        ),
        ({"status": 0, "stage": "saving"}, "the process ended with exit code 0 while saving"),
        (
            {"status": 0, "output": "a\n\n b \nc\nd\n"},
            "the process ended with exit code 0; it printed last: b / c / d",
        ),
        ({"status": 0, "output": "a" + TRUNCATED}, "the process ended with exit code 0; it printed last: a"),
    ],
)
def test_how_a_worker_ended(values: dict[str, object], text: str) -> None:
    assert describe_death(outcome(**values), 2.5) == text


def test_who_sent_sigkill() -> None:
    killed = outcome(status=-signal.SIGKILL, stage="saving")
    unknown = "the process was killed by SIGKILL (most likely by the system, for want of memory) while saving"
    assert describe_death(killed, 1.0) == unknown
    assert (
        describe_death(killed, 1.0, "A.call") == "the process died of SIGKILL (Killed) in A.call while saving"
    )


def test_last_words_are_short() -> None:
    assert describe_death(outcome(status=0, output="x" * 999), 1.0).endswith("last: …" + "x" * 160)


def test_what_was_raised() -> None:
    assert (
        describe_exception(outcome(stage="saving"), "SystemExit: 3") == "ended by SystemExit: 3 while saving"
    )
