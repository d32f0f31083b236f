"""Unquoted text to values, by the core schema of YAML 1.2.

Only ``true`` and ``false`` are booleans (``on``, ``yes`` and ``no`` are text), ``1e-3`` is
a float, a date is text. What would be read as one thing by YAML 1.1 and as another by
YAML 1.2 is refused, so that the version does not matter.
"""

from __future__ import annotations

import math
import re

from maskcheck.yamlfile.nodes import Scalar

# Python refuses to convert integers of some thousand digits, in either direction.
MAX_DIGITS = 1000

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **{sign + word: math.inf for sign in ("", "+") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?")
_AMBIGUOUS = re.compile(
    r"[-+]?0[0-9_]+"  # octal or decimal
    r"|[-+]?[0-9][0-9_]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?"  # what is left here has underscores
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"  # base 60
    r"|[-+]?0b[01_]+|[-+]?0o[0-7_]+|[-+]?0x[0-9a-fA-F_]+"
)


class UnclearScalar(ValueError):
    """Unquoted text that is not taken for a value; ``hint`` says what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def plain_value(text: str) -> Scalar:
    """Return the value of the unquoted ``text``.

    Raises:
        UnclearScalar: it is a placeholder, or could be meant as a number and as text.
    """
    if text in _WORDS:
        return _WORDS[text]
    if text == "...":
        raise UnclearScalar("'...' stands for a value that is still to be written", "replace it")
    if _INTEGER.fullmatch(text) or _BASED.fullmatch(text):
        return _to_integer(text)
    if _FLOAT.fullmatch(text):
        return _to_float(text)
    if _AMBIGUOUS.fullmatch(text):
        hint = f"write a plain decimal number, or '{text}' in quotes for the text"
        raise UnclearScalar(f"{text} is a number in one version of YAML and not in another", hint)
    return text


def _to_integer(text: str) -> int:
    if len(text) > MAX_DIGITS:
        raise UnclearScalar(f"a number of {len(text)} digits is too long", "write a shorter one")
    return int(text, 0)


def _to_float(text: str) -> float:
    value = float(text)
    if math.isinf(value):
        raise UnclearScalar(f"{text} is too large for a float", "write .inf for infinity")
    return value
