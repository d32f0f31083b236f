"""One attempt: a case that may work, and the result of trying it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from maskcheck import task_stage
from maskcheck.errors import SpecError
from maskcheck.lab.calls.build import BuildError, Built, build, construct
from maskcheck.lab.infer.messages import Message, read_message
from maskcheck.lab.infer.quality import BEST, rate_call
from maskcheck.lab.keras_api import keras
from maskcheck.lab.process.audit import list_refused
from maskcheck.model.case import Case, Preparation, SpecValue
from maskcheck.model.error import ErrorInfo
from maskcheck.model.touch import Touch


@dataclass(frozen=True)
class Attempt:
    """Arguments to construct and call with. ``cost`` orders attempts; ``steps`` counts corrections."""

    init: Mapping[str, SpecValue] = field(default_factory=dict)
    args: tuple[Any, ...] = ()
    call: Mapping[str, SpecValue] = field(default_factory=dict)
    prepare: tuple[Preparation, ...] = ()
    cost: float = 0.0
    steps: int = 0

    @property
    def key(self) -> str:
        """The identity of an attempt."""
        return repr((sorted(self.init.items()), self.args, sorted(self.call.items()), self.prepare))

    def case(self, identity: str) -> Case:
        """Return the attempt as a case of that id."""
        return Case(
            identity,
            "inferred",
            init=dict(self.init),
            args=self.args,
            call=dict(self.call),
            prepare=self.prepare,
        )

    def corrected(self, cost: float, **changes: Any) -> Attempt:
        """Return the attempt with ``changes``, so much less likely."""
        return replace(self, **{"cost": self.cost + cost, "steps": self.steps + 1, **changes})

    def with_init(self, cost: float, values: Mapping[str, SpecValue]) -> Attempt:
        """Return the attempt with these constructor arguments, which may have any name."""
        return self.corrected(cost, init={**self.init, **values})


@dataclass(frozen=True)
class AttemptResult:
    """What an attempt at ``cls`` gave: a layer, or the step that failed and the exception.

    ``level`` is the quality of the call, as ``quality`` tells it, ``untrained`` what it raises in training.
    """

    cls: type[keras.Layer]
    attempt: Attempt
    built: Built | None = None
    step: str = ""
    error: BaseException | None = None
    level: int = BEST
    untrained: ErrorInfo | None = None
    # What the user's code was kept from touching.
    refused: tuple[Touch, ...] = ()

    @cached_property
    def message(self) -> Message:
        """What the exception says; an empty message where there is none."""
        return read_message(RuntimeError(self.untrained.message) if self.untrained else self.error)


class AttemptRunner:
    """Tries attempts on one class, and counts them."""

    def __init__(self, cls: type[keras.Layer], seed: int) -> None:
        self.cls = cls
        self.seed = seed
        self.count = 0

    def construct(self, attempt: Attempt) -> AttemptResult:
        """Construct the layer of ``attempt``."""
        case = self._begin(attempt)
        return self._run(attempt, lambda: construct(self.cls, case, self.seed, data_seed=self.seed))

    def call(self, attempt: Attempt) -> AttemptResult:
        """Construct, prepare and call the layer of ``attempt``."""
        case = self._begin(attempt)
        outcome = self._run(attempt, lambda: build(self.cls, case, self.seed, data_seed=self.seed))
        if outcome.built is None:
            return outcome
        rating = rate_call(outcome.built, case, self.seed)
        return replace(outcome, level=rating.level, untrained=rating.error)

    def _begin(self, attempt: Attempt) -> Case:
        self.count += 1
        task_stage.enter(f"inferring a case for {self.cls.__name__}")
        return attempt.case(f"inferred, attempt {self.count}")

    def _run(self, attempt: Attempt, function: Any) -> AttemptResult:
        before = len(list_refused())
        return replace(self._try(attempt, function), refused=list_refused()[before:])

    def _try(self, attempt: Attempt, function: Any) -> AttemptResult:
        try:
            return AttemptResult(self.cls, attempt, built=function())
        except BuildError as error:
            return AttemptResult(self.cls, attempt, step=error.failure.step, error=error.__cause__ or error)
        except SpecError as error:
            return AttemptResult(self.cls, attempt, step="construct", error=error.__cause__ or error)
        except (KeyboardInterrupt, MemoryError):
            raise
        except BaseException as error:  # a user's own BaseException is a failed attempt like any other
            return AttemptResult(self.cls, attempt, step="construct", error=error)
