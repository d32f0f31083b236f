"""An engine that tells a prepared story, and a few rules."""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterable
from types import ModuleType

from maskcheck.model.finding import Check, Finding, Severity, Status
from maskcheck.model.report import Event, LayerFinished, LayerReport, ScanFinished, ScanStarted, Verdict
from maskcheck.settings import Settings

VERSIONS = {"maskcheck": "0.1.0", "python": "3.11.7", "tensorflow": "2.21.0", "keras": "3.15.1"}
STARTED = ScanStarted(VERSIONS, "CPU:0", 0, ("mymodule",), None, 2)
LOST = Finding("MC101", "argument-missing", Severity.ERROR, ("rate",), "rate is lost", routes=("config",))
GOOD = LayerReport("m.Good", "Good", "m.py", 1, Verdict.CONFORM, routes=("config",), proven=("rate",))
BAD = LayerReport(
    "m.Bad",
    "Bad",
    "m.py",
    9,
    Verdict.FAIL,
    findings=(LOST,),
    checks=(Check("MC101", "config", "default", Status.FAILED),),
    output="user code says hello\n",
)
STORY: tuple[Event, ...] = (
    STARTED,
    LayerFinished(GOOD, 1, 2),
    LayerFinished(BAD, 2, 2),
    ScanFinished(1.5, 1),
)


class ArgumentMissing:
    """An argument never reaches the config.

    What it finds
        An argument of the constructor that the config lacks, so that the
        restored layer falls back to its default.

    Why it matters
        Nothing is said when it happens:

        - the file loads;
        - the outputs are others.

    Bad
        ```python
        def get_config(self):

            return super().get_config()
        ```

    Good
        ```python
        def get_config(self):
            return {**super().get_config(), "rate": self.rate}
        ```

    Fix
        Add the argument to the dictionary that ``get_config`` returns.
    """

    code = "MC101"
    warned_by = "place"
    name = "argument-missing"
    severity = Severity.ERROR
    shown_by = ("key",)
    needs_arrival = True


class NotRegistered:
    """The class loads only with custom_objects.

    What it finds
        A class without a registered name.
    """

    code = "MC603"
    warned_by = "place"
    name = "not-registered"
    severity = Severity.WARNING
    shown_by = ()
    no_script = "nothing in one process shows it"


class Engine:
    """Stands in for maskcheck.engine.run; an exception in the story is raised there."""

    def __init__(self, story: Iterable[Event | BaseException] = STORY) -> None:
        self.story = story
        self.settings: Settings | None = None
        self.closed = False

    def scan(self, settings: Settings) -> Generator[Event, None, None]:
        self.settings = settings
        try:
            yield from map(_told, self.story)
        except KeyboardInterrupt:
            yield ScanFinished(0.5, 130, interrupted=True)
        finally:
            self.closed = True


def _told(event: Event | BaseException) -> Event:
    if isinstance(event, BaseException):
        raise event
    return event


def module(engine: Engine) -> ModuleType:
    """Return what stands in for maskcheck.engine.run."""
    run = ModuleType("maskcheck.engine.run")
    run.scan = engine.scan  # type: ignore[attr-defined]
    return run


RULES = (NotRegistered(), ArgumentMissing())


def install(engine: Engine) -> None:
    """Put the fakes in place for the rest of this process."""
    from maskcheck.rules import registry

    sys.modules["maskcheck.engine.run"] = module(engine)
    registry.RULES = RULES  # type: ignore[assignment]
