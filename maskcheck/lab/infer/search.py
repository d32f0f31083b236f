"""Best-first search: the cheapest attempt is tried next, and its failure suggests further ones."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from math import inf

from maskcheck.lab.infer.attempt import Attempt, AttemptResult

_LEAST = 3
Try = Callable[[Attempt], AttemptResult]
Correct = Callable[[AttemptResult], Iterable[Attempt]]


class Clock:
    """The time that one inference may take.

    It counts what this thread computes, so that a busy machine finds the same case, but never
    before the likeliest attempts were made; the time of day ends what waits or sleeps.
    """

    def __init__(self, seconds: float, at_most: float) -> None:
        self._computed, self._elapsed = time.thread_time() + seconds, time.monotonic() + at_most

    def is_over(self, tried: int) -> bool:
        """Tell whether the time is used up, after so many attempts."""
        computed = tried >= _LEAST and time.thread_time() > self._computed
        return computed or time.monotonic() > self._elapsed


def search(
    starts: Iterable[Attempt], run: Try, correct: Correct, budget: int, clock: Clock
) -> Iterator[AttemptResult]:
    """Yield the outcome of each attempt, the cheapest next; what corrects or betters it joins the queue."""
    order = count()
    queue: list[tuple[float, int, Attempt]] = []
    cheapest: dict[str, float] = {}

    def add(attempts: Iterable[Attempt]) -> None:
        for attempt in attempts:
            if attempt.cost < cheapest.get(attempt.key, inf):
                cheapest[attempt.key] = attempt.cost
                heapq.heappush(queue, (attempt.cost, next(order), attempt))

    add(starts)
    tried = 0
    while queue and tried < budget and not clock.is_over(tried):
        attempt = heapq.heappop(queue)[2]
        if cheapest[attempt.key] < attempt.cost:  # it was tried, as something likelier led to it
            continue
        cheapest[attempt.key] = -inf
        outcome = run(attempt)
        tried += 1
        yield outcome
        add(correct(outcome))
