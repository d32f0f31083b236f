from __future__ import annotations

from collections.abc import Callable

import pytest

from maskcheck.cli.run.follow import follow_events
from maskcheck.model.report import Event, LayerFinished, ScanFinished
from maskcheck.settings import Settings
from tests.cli.fakes import STORY, Engine

SETTINGS = Settings(targets=("m",))


class Listener:
    """Notes all that it is told, and fails where it is asked to."""

    def __init__(self, fails: Callable[[Event], bool] = lambda event: False) -> None:
        self.told: list[Event] = []
        self._fails = fails

    def handle(self, event: Event) -> None:
        self.told.append(event)
        if self._fails(event):
            raise KeyboardInterrupt

    def close(self) -> None:
        """Nothing is open."""


def test_all_events_in_order() -> None:
    engine, listener = Engine(), Listener()
    assert follow_events(engine.scan(SETTINGS), listener) == 1
    assert listener.told == list(STORY)
    assert engine.closed


def test_interruption_while_reporting_ends_the_engine() -> None:
    engine, listener = Engine(), Listener(lambda event: isinstance(event, LayerFinished))
    assert follow_events(engine.scan(SETTINGS), listener) == 130
    assert listener.told == [*STORY[:2], ScanFinished(0.5, 130, interrupted=True)]
    assert engine.closed


def test_interruption_while_reporting_the_end() -> None:
    engine, listener = Engine(), Listener(lambda event: isinstance(event, ScanFinished))
    with pytest.raises(KeyboardInterrupt):
        follow_events(engine.scan(SETTINGS), listener)
    assert listener.told == list(STORY)
    assert engine.closed


def test_fault_is_reported_as_the_end_once() -> None:
    engine, listener = Engine([*STORY[:2], ValueError("oh")]), Listener()
    with pytest.raises(ValueError, match="oh"):
        follow_events(engine.scan(SETTINGS), listener)
    last = listener.told[-1]
    assert isinstance(last, ScanFinished)
    assert (last.exit_code, last.interrupted) == (3, True)
    assert len(listener.told) == 3
