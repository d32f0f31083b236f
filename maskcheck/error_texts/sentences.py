"""What an error says, without what Keras, TensorFlow and terminals put around it."""

from __future__ import annotations

import re

_WRAPPED = re.compile(r".*(?:Exception encountered: |Error encountered:\s+)", re.DOTALL)
_EXAMPLE = re.compile(r"Example error message for object .*?:\n\n(.*?)\n\nList of", re.DOTALL)
_BOLD = re.compile(r"\x1b\[1m(.*?)\x1b\[0m", re.DOTALL)
_HEAD = re.compile(r"^Exception encountered when calling [^\n]*\n+(\x1b\[1m)?")
_RECEIVED = re.compile(r"\n\s*(Arguments received by|Call arguments received by).*", re.DOTALL)
_CONVERTED = re.compile(r"^in user code:.*?\n\s*\w+(?:Error|Exception): ", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[\d+m")
_OPERATION = re.compile(r"\{\{function_node [^}]*\}\}|\[Op:\w+\]|\bname: ?\S*$")


def innermost(message: str) -> str:
    """Return the words of the innermost error that Keras quotes in a message, all of them if none."""
    text = _WRAPPED.sub("", message)
    for quoted in (_EXAMPLE, _BOLD):
        found = quoted.search(text)
        text = found.group(1) if found else text
    return _COLOUR.sub("", text)


def unwrapped(message: str) -> str:
    """Return a message without what Keras adds of the call, and TensorFlow of the operation or a graph."""
    text = _CONVERTED.sub("", _RECEIVED.sub("", _HEAD.sub("", message)))
    return _OPERATION.sub("", _COLOUR.sub("", text).strip()).strip()
