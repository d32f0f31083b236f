"""Which constructor arguments an error is about."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence

from maskcheck.error_texts.requests import Request
from maskcheck.lab.infer.guess.class_sources import source_files
from maskcheck.lab.infer.guess.kinds import type_name
from maskcheck.lab.infer.messages import Message
from maskcheck.lab.keras_api import keras
from maskcheck.model.case import SpecValue
from maskcheck.source.arguments.attribute_flow import attribute_flows
from maskcheck.source.edits.statement_at import paths_read_at

# What every layer takes; no error of a plain attempt is about them.
BASE = frozenset({"name", "trainable", "dtype", "autocast", "activity_regularizer", "self", "kwargs"})


def find_suspects(
    error: BaseException,
    message: Message,
    cls: type[keras.Layer],
    names: Sequence[str],
    given: Mapping[str, SpecValue],
) -> list[str]:
    """Return those of the arguments ``names`` that ``error`` is likely about, the likeliest first.

    Named in the message; read by the statement that raised it; or kept in an attribute that
    the statement reads. First of all those whose ``given`` value is of a type that the
    message complains of.
    """
    found = [name for name in names if name in message.words]
    for path in _paths_read(error, cls):
        owner = path.partition(".")[0]
        found += [owner] if owner in names else _arguments_behind(path, cls, names)
    wrong = message.each(Request.TYPE, "type")
    suspects = [name for name in dict.fromkeys(found) if name not in BASE]
    return sorted(suspects, key=lambda name: name not in given or type_name(given[name]) not in wrong)


def _paths_read(error: BaseException, cls: type[keras.Layer]) -> Iterator[str]:
    """Yield what is read at the lines of the traceback that lie in the class, innermost first."""
    files = {file for file, _ in source_files(cls)}
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename in files and frame.lineno:
            yield from paths_read_at(frame.filename, frame.lineno)


def _arguments_behind(path: str, cls: type[keras.Layer], names: Sequence[str]) -> list[str]:
    owner, _, attribute = path.partition(".")
    if owner != "self" or not attribute:
        return []
    found = []
    for file, qualname in source_files(cls):
        for name, ways in attribute_flows(file, qualname).items():
            if name in names and any(attribute == way or attribute.startswith(f"{way}.") for way in ways):
                found.append(name)
    return found
