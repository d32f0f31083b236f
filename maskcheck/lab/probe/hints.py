"""What the source text of a class says of the values that its arguments take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maskcheck.lab.infer.guess.arguments import ROLES
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer_class.describe import source_file
from maskcheck.lab.probe.roles import suggest_by_name
from maskcheck.source.arguments.accepted_words import accepted_words, looked_up_keys
from maskcheck.source.arguments.usage import argument_usages


@dataclass(frozen=True)
class Hint:
    """Of one argument: the words it is compared with, the keys looked up in it, what Keras takes it as."""

    words: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    role: str = ""


def read_hints(cls: type[keras.Layer]) -> Mapping[str, Hint]:
    """Return the hints of the class and, for the arguments that it does not know, of its bases."""
    found: dict[str, Hint] = {}
    for owner in cls.__mro__:
        if owner is keras.Layer:
            break
        file = source_file(owner)
        for name, hint in _read_own(file, owner.__qualname__).items() if file else ():
            found.setdefault(name, hint)
    return found


def _role_of(way: str) -> str:
    """Return what Keras takes an argument as that is handed on so: to a function, or as another argument."""
    callee, dot, _ = way.rpartition(".")
    if not dot:
        return way if suggest_by_name(way) else ""
    return ROLES.get(callee, "")


def _read_own(file: str, qualname: str) -> Mapping[str, Hint]:
    words, keys, used = (
        accepted_words(file, qualname),
        looked_up_keys(file, qualname),
        argument_usages(file, qualname),
    )
    roles = {
        name: role for name, usage in used.items() for role in (_role_of(way) for way in usage.passed) if role
    }
    return {
        name: Hint(words.get(name, ()), keys.get(name, ()), roles.get(name, ""))
        for name in {*words, *keys, *roles}
    }
