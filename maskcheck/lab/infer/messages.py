"""What the error of an attempt says and asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maskcheck.error_texts.kinds import KINDS
from maskcheck.error_texts.read import words
from maskcheck.error_texts.requests import REQUESTS, Request
from maskcheck.error_texts.row import read_by
from maskcheck.error_texts.sentences import unwrapped
from maskcheck.lab.layer.error_info import text_of
from maskcheck.model.error import ErrorKind, Meaning


@dataclass(frozen=True)
class Message:
    """The message of an error, read once: its text, its words, what it means and what it asks for.

    ``key`` is that of a KeyError, if it is a word.
    """

    text: str = ""
    words: frozenset[str] = frozenset()
    meanings: tuple[Meaning[ErrorKind], ...] = ()
    requests: tuple[Meaning[Request], ...] = ()
    key: str = ""

    def names(self, *kinds: ErrorKind) -> tuple[str, ...]:
        """Return the names that the first of its meanings of these kinds speaks of."""
        return next((meaning.names for meaning in self.meanings if meaning.kind in kinds), ())

    def asks(self, *kinds: Request) -> bool:
        """Tell whether it asks for something of these kinds."""
        return any(request.kind in kinds for request in self.requests)

    def captured(self, kind: Request, *names: str) -> list[tuple[str, ...]]:
        """Return what was captured under the names each time that it asks for something of a kind."""
        return [
            tuple(request.get(name) for name in names) for request in self.requests if request.kind is kind
        ]

    def each(self, kind: Request, name: str) -> list[str]:
        """Return the same of one name."""
        return [found for (found,) in self.captured(kind, name)]


def read_message(error: BaseException | None) -> Message:
    """Return what an error says; an empty message where there is none or it cannot be read."""
    text = unwrapped(text_of(error)) if error is not None else ""
    return Message(text, words(text), read_by(KINDS, text), read_by(REQUESTS, text), _missing_key(error))


def _missing_key(error: BaseException | None) -> str:
    key = error.args[0] if isinstance(error, KeyError) and error.args else None
    return key if isinstance(key, str) and key.isidentifier() else ""


def missing_arguments(message: Message) -> tuple[str, ...]:
    """Return the arguments that a call lacks."""
    return message.names(ErrorKind.MISSING_ARGUMENT)


def unexpected_arguments(message: Message) -> tuple[str, ...]:
    """Return the arguments that a call should not have."""
    return message.names(ErrorKind.UNEXPECTED_ARGUMENT, ErrorKind.UNRECOGNIZED_ARGUMENTS)


def asked_arguments(message: Message) -> tuple[str, ...]:
    """Return the arguments that a message asks for as ``name=``."""
    return tuple(dict.fromkeys(message.each(Request.ARGUMENT, "name")))


def wanted_keys(message: Message) -> tuple[str, ...]:
    """Return the keys of the mapping that a message asks for."""
    named = message.each(Request.KEY, "name") or message.each(Request.QUOTED_WORD, "name")
    return tuple(name for name in dict.fromkeys(named) if name.isidentifier())[:4]


def lacks_module(message: Message) -> bool:
    """Tell whether a message says that something must be installed."""
    return message.asks(Request.MODULE)


def offered_words(message: Message) -> tuple[str, ...]:
    """Return the quoted words of a message that lists what it accepts."""
    return tuple(dict.fromkeys(message.each(Request.CHOICE, "word")))


def wanted_kinds(message: Message) -> tuple[str, ...]:
    """Return the kinds of value that a message speaks of."""
    return tuple(message.each(Request.VALUE, "value"))


def wanted_numbers(message: Message) -> tuple[int, ...]:
    """Return whole numbers that a message makes plausible: those in it, next to it, odd or even."""
    named = map(int, message.each(Request.NUMBER, "number"))
    parity = [3] if message.asks(Request.ODD) else [2, 4] if message.asks(Request.EVEN) else []
    near = [number + change for number in named for change in (0, 1, -1)]
    return tuple(dict.fromkeys(number for number in [*parity, *near] if number > 0))


def unequal_sizes(message: Message) -> tuple[tuple[int, int], ...]:
    """Return the pairs of sizes that a message says should be equal."""
    pairs = [(int(one), int(other)) for one, other in message.captured(Request.EQUAL_SIZES, "one", "other")]
    shapes = read_shapes(message)
    if len(shapes) == 2 and all(shapes):
        one, other = shapes
        if message.asks(Request.MATRICES):
            pairs.append((one[-1], other[-2] if len(other) > 1 else other[-1]))
        else:
            pairs += zip(reversed(one), reversed(other), strict=False)
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1] and 1 not in pair))


def read_shapes(message: Message) -> list[tuple[int, ...]]:
    """Return the shapes in a message, in its order."""
    texts = message.each(Request.SHAPE, "shape")
    return [tuple(int(size) for size in text.split(",") if size.strip()) for text in texts]


def list_length(message: Message) -> int | None:
    """Return the number of items that a message wants of a list."""
    return next(map(int, message.each(Request.LENGTH, "number")), None)


def replaced(init: Mapping[str, object], name: str) -> dict[str, object]:
    """Return the arguments without ``name``."""
    return {key: value for key, value in init.items() if key != name}
