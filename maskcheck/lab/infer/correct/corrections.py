"""Other constructor arguments to try, as an error suggests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from maskcheck.error_texts.requests import Request
from maskcheck.lab.infer.attempt import Attempt, AttemptResult
from maskcheck.lab.infer.correct.error_arguments import BASE, find_suspects
from maskcheck.lab.infer.guess.arguments import Arguments
from maskcheck.lab.infer.guess.kinds import PLAINEST, distinct, fits
from maskcheck.lab.infer.guess.names import LAYERS, by_name, is_looked_up
from maskcheck.lab.infer.messages import (
    Message,
    asked_arguments,
    lacks_module,
    list_length,
    missing_arguments,
    offered_words,
    replaced,
    unequal_sizes,
    unexpected_arguments,
    wanted_kinds,
    wanted_numbers,
)
from maskcheck.model.case import SpecValue
from maskcheck.source.arguments.outside import names_outside

_MOST = 8  # values of one argument to try after one failure
_SUSPECTS = 4
_LONGEST = 16  # items of a list


class Corrections:
    """Corrects constructor arguments of one class."""

    def __init__(self, arguments: Arguments) -> None:
        self._arguments = arguments

    def after(self, outcome: AttemptResult) -> Iterator[Attempt]:
        """Yield attempts with other constructor arguments, the likeliest cheapest.

        After a failed call they cost more: it is rather the input that is wrong.
        """
        error, attempt = outcome.error, outcome.attempt
        if error is None:
            return
        message = outcome.message
        suspects = find_suspects(error, message, outcome.cls, tuple(self._arguments.named), attempt.init)
        unset = [
            n for n in self._arguments.unset if n not in (*BASE, *attempt.init) and self._arguments.accept(n)
        ]
        if not suspects and message.asks(Request.NONE, Request.IS_NONE):
            suspects = unset
        elif unset and message.asks(Request.NONE):
            yield attempt.with_init(0.4, {name: self._arguments.values(name)[0] for name in unset})
        yield from self._named(message, attempt)
        yield from _propose_agreement(message, attempt)
        yield from self._keyed(message.key, attempt, suspects)
        yield from _propose_entries(message, attempt, suspects)
        more = 0.0 if outcome.step == "construct" else 0.6
        for place, name in enumerate(suspects[:_SUSPECTS]):
            yield from self._other(attempt, name, message, more + 0.6 * place)
        rest = [name for name in self._arguments.required if name not in suspects]
        for place, name in enumerate(rest):
            for number, value in enumerate(self._arguments.values(name)[1:_MOST]):
                yield attempt.with_init(2.5 + 0.7 * place + 0.7 * number, {name: value})

    def _named(self, message: Message, attempt: Attempt) -> Iterator[Attempt]:
        """Yield what the message says outright: an argument is missing, or should not be there."""
        known = [n for n in missing_arguments(message) if n not in attempt.init and self._arguments.accept(n)]
        if known:
            yield attempt.with_init(0.1, {name: self._arguments.values(name)[0] for name in known})
        for place, name in enumerate(asked_arguments(message)):
            if name not in attempt.init and self._arguments.accept(name):
                yield attempt.with_init(0.5 + 0.2 * place, {name: self._arguments.values(name)[0]})
        for name in unexpected_arguments(message):
            if name in attempt.init:
                yield attempt.corrected(0.2, init=replaced(attempt.init, name))

    def _keyed(self, key: str, attempt: Attempt, suspects: Sequence[str]) -> Iterator[Attempt]:
        """Yield the attempt with ``key`` among the ``**kwargs``, or in the mapping that lacks it."""
        if not key or names_outside(key):
            return
        if self._arguments.accept(key) and key not in attempt.init:
            yield attempt.with_init(1.5 if suspects else 0.3, {key: self._arguments.values(key)[0]})
        for place, name in enumerate(suspects[:_SUSPECTS]):
            given = attempt.init.get(name)
            entries = given if isinstance(given, dict) else {}
            for number, value in enumerate([*entries.values(), *by_name(key), 2][:2]):
                yield attempt.with_init(0.2 + place + 0.1 * number, {name: {**entries, key: value}})

    def _other(self, attempt: Attempt, name: str, message: Message, cost: float) -> Iterator[Attempt]:
        """Yield the attempt with other values of one suspect."""
        if self._arguments.what_outside(name):
            return
        given = attempt.init.get(name)
        optional = 0.0 if name in attempt.init else 1.0
        for number, value in enumerate(self._likely(name, given, message)):
            if repr(value) != repr(given):
                yield attempt.with_init(cost + 0.5 + 0.4 * number + optional, {name: value})

    def _likely(self, name: str, given: SpecValue, message: Message) -> Sequence[SpecValue]:
        """Return values for an argument a message is about: what it offers or asks for, or the next."""
        values = self._arguments.values(name)
        offered = offered_words(message) if isinstance(given, str) or "text" in wanted_kinds(message) else ()
        kinds = wanted_kinds(message)
        plain = () if is_looked_up(name) else kinds
        asked = [value for kind in plain for value in (*values, *PLAINEST[kind]) if fits(value, kind)]
        if isinstance(given, list):
            items = [*(LAYERS[:1] if "callable" in kinds else ()), *asked]
            asked = [*([item] * len(given) for item in items), *asked]
        length = list_length(message)
        lists: list[SpecValue] = [
            [item] * length
            for item in (*values, 2)
            if length and length <= _LONGEST and type(item) in (int, float)
        ]
        numbers = wanted_numbers(message) if type(given) in (int, float) else ()
        if message.asks(Request.TUPLE) and isinstance(given, list):
            lists.insert(0, tuple(given))
        words = [word for word in offered if word not in (given, name)]
        without: list[SpecValue] = [None] if lacks_module(message) else []
        found = [*without, *words, *lists[:2], *asked[:4], *numbers[:4], *values]
        return [value for value in distinct(found) if repr(value) != repr(given)][:_MOST]


def _propose_agreement(message: Message, attempt: Attempt) -> Iterator[Attempt]:
    """Yield the attempt with a number that is one of two sizes which should be equal made the other."""
    for place, (one, other) in enumerate(unequal_sizes(message)):
        for name, value in attempt.init.items():
            for new in (other,) * (value == one) + (one,) * (value == other):
                if type(value) is int and new > 0:
                    yield attempt.with_init(0.6 + 0.2 * place, {name: new})


def _propose_entries(message: Message, attempt: Attempt, suspects: Sequence[str]) -> Iterator[Attempt]:
    """Yield the attempt with what a call lacks in a mapping that is spread out into its arguments."""
    names = missing_arguments(message)
    if any(map(names_outside, names)):
        return
    missing = {name: next(iter(by_name(name)), 2) for name in names}
    for place, suspect in enumerate(suspects[:_SUSPECTS]):
        given = attempt.init.get(suspect)
        if missing and isinstance(given, dict):
            yield attempt.with_init(0.3 + 0.2 * place, {suspect: {**given, **missing}})
