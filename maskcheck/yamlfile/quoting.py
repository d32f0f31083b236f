"""Single values to YAML text: the inverse of ``scalars``, in quotes where they could be misread."""

from __future__ import annotations

import json
import math
import re

from maskcheck.yamlfile.nodes import Scalar
from maskcheck.yamlfile.scalars import UnclearScalar, plain_value

_PLAIN = re.compile(r"[A-Za-z_][\w./+-]*( [\w./+-]+)*", re.ASCII)
# Text here, but booleans by YAML 1.1, which other programs may read the file by.
_SWITCHES = frozenset({"y", "n", "yes", "no", "on", "off"})


def scalar_text(value: Scalar) -> str:
    """Return ``value`` as it is written in a spec, on one line, in a list, mapping or by itself.

    Raises:
        TypeError: it is no value that a spec knows.
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return repr(int(value))
        case float():
            return _float_text(float(value))
        case str():
            return value if _is_plain(value) else _quote(value)
    raise TypeError(f"{value!r} is no value that a spec knows")


def _float_text(value: float) -> str:
    if math.isnan(value):
        return ".nan"
    if math.isinf(value):
        return ".inf" if value > 0 else "-.inf"
    return repr(value)


def _is_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or text.lower() in _SWITCHES or text == "None":
        return False
    try:
        return plain_value(text) == text
    except UnclearScalar:
        return False


def _quote(text: str) -> str:
    """Return ``text`` as JSON has it, but with all characters that can be seen as they are."""
    return "".join(('"', *map(_escape, text), '"'))


def _escape(character: str) -> str:
    is_clear = character.isprintable() and character not in '"\\'
    return character if is_clear else json.dumps(character)[1:-1]
