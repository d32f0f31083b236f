"""From the texts of an exception to what it means: nowhere else are the words of errors matched."""

from __future__ import annotations

import re

from maskcheck.error_texts.kinds import KINDS
from maskcheck.error_texts.row import read_by
from maskcheck.error_texts.sentences import innermost
from maskcheck.model.error import ErrorInfo

# Letters kept of each end of a text. No expression is matched against more.
_KEPT = 10_000


def read_error(
    type_name: str,
    message: str,
    cause: str = "",
    *,
    file: str | None = None,
    line: int | None = None,
    traceback: str = "",
    keys: tuple[str, ...] = (),
    raised_by: str = "",
    function: str = "",
) -> ErrorInfo:
    """Return an exception as plain data, with what its texts mean.

    Args:
        type_name: the name of its class.
        message: its words.
        cause: the words of the innermost exception that led to it, "" if none did.
        file: of the last frame in user code, as ``line`` and ``keys``.
        raised_by: the class whose frame raised.
        function: of the last frame in user code.
    """
    message, cause = cut_text(message), cut_text(cause)
    return ErrorInfo(
        type_name,
        message,
        cause,
        file=file,
        line=line,
        traceback=traceback,
        keys=keys,
        sentence=innermost(message),
        meanings=(*read_by(KINDS, cause), *read_by(KINDS, message, type_name)),
        words=words(message),
        cause_words=words(cause),
        raised_by=raised_by,
        function=function,
    )


def cut_text(text: str) -> str:
    """Return a text as it is, of a very long one its beginning and its end: what matters stands there."""
    if len(text) <= 2 * _KEPT:
        return text
    return f"{text[:_KEPT]}\n[... {len(text) - 2 * _KEPT} letters left out ...]\n{text[-_KEPT:]}"


def words(text: str) -> frozenset[str]:
    """Return the words of a text, among them the names of arguments."""
    return frozenset(re.findall(r"\w+", text))
