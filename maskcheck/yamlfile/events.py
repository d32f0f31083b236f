"""YAML text to the parser's events, syntax errors to errors of the spec."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from maskcheck.errors import SpecError
from maskcheck.model.case import Mark

# What the parser says -> what to do about it; {line} is where the construct opened.
_HINTS = {
    "'\\t'": "indent with spaces, not tabs",
    "cannot start any token": "put text that begins with this character in quotes",
    "mapping values are not allowed": "check the indentation; put text that holds ': ' in quotes",
    "but got ':'": "put text that holds ':' in quotes",
    "expected ',' or": "close the bracket opened on line {line}",
    "expected the node content": "close the bracket opened on line {line}",
    "expected ' '": "write a space after the tag",
    "end of stream": "close the quotes opened on line {line}",
    "expected <block end>": "check the indentation: what belongs together starts in the same column",
    "could not find expected ':'": "write key: value, with a space after the colon",
}


def parse_events(text: str, file: str) -> Iterator[yaml.Event]:
    """Yield the events of the YAML ``text``; ``file`` is the name that errors give.

    Raises:
        SpecError: the text is not YAML.
    """
    try:
        loader = yaml.SafeLoader(text)
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        mark = Mark(file, before.count("\n") + 1, error.position - before.rfind("\n"))
        message = f"the character U+{ord(text[error.position]):04X} is not allowed in YAML"
        raise SpecError(message, mark=mark, hint="remove it, or write it as an escape in quotes") from None
    try:
        while loader.check_event():
            yield loader.get_event()  # type: ignore[no-untyped-call]
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, file) from None
    except (ValueError, OverflowError):  # an escape such as "\UFFFFFFFF"
        mark = mark_at(loader.get_mark(), file)
        message = "not YAML: an escape or directive with a number out of range"
        raise SpecError(message, mark=mark, hint="write the character itself") from None


def mark_at(mark: Any, file: str) -> Mark:
    """Return the parser's ``mark``, a ``yaml.Mark`` of either of its parsers, as one of ours.

    Its lines and columns count from 0.
    """
    return Mark(file, mark.line + 1, mark.column + 1)


def _syntax_error(error: yaml.MarkedYAMLError, file: str) -> SpecError:
    problem = error.problem or error.context or "it cannot be parsed"
    place = error.problem_mark or error.context_mark
    opened = error.context_mark or place
    hint = next((text for sign, text in _HINTS.items() if sign in problem), "check quotes and brackets here")
    line = opened.line + 1 if opened else 1
    mark = mark_at(place, file) if place else None
    return SpecError(f"not YAML: {problem}", mark=mark, hint=hint.format(line=line))
