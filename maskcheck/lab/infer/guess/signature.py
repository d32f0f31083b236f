"""What a layer's ``call`` takes."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass

from maskcheck.lab.infer.guess.class_sources import docstrings, source_files
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer_class.entry import find_entry, read_parameters
from maskcheck.source.arguments.docstrings import stated_input_ranks, stated_ranks
from maskcheck.source.inputs.inputs import InputUsage, input_usages


@dataclass(frozen=True)
class Signature:
    """The parameters of ``call`` by name, and how they are used.

    ``required`` have no default; ``keyword`` are those of them that must be named.
    ``first`` is the first parameter, which is the input even where it has a default.
    ``stated`` are the ranks that the docstrings state, ``documented`` those of their sections on inputs;
    ``unset`` are those that are None unless they are given.
    """

    required: tuple[str, ...]
    keyword: frozenset[str]
    optional: tuple[str, ...]
    usage: Mapping[str, InputUsage]
    stated: tuple[int, ...]
    documented: tuple[int, ...] = ()
    unset: tuple[str, ...] = ()

    def used(self, name: str) -> InputUsage:
        """Return how a parameter, or a name that the input is unpacked to, is used."""
        return self.usage.get(name, InputUsage())

    @property
    def first(self) -> str:
        """The parameter that takes the input."""
        return next(iter([*self.required, *self.optional]), "inputs")

    @property
    def others(self) -> tuple[str, ...]:
        """The parameters after the first that ``call`` requires."""
        return tuple(name for name in self.required if name != self.first)


def read_signature(cls: type[keras.Layer]) -> Signature:
    """Return what ``cls.call`` takes; a ``call`` that cannot be inspected takes ``inputs``."""
    found = dict(list(read_parameters(find_entry(cls)).items())[1:])
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    named = {name: p for name, p in found.items() if p.kind not in variadic}
    required = [name for name, p in named.items() if p.default is inspect.Parameter.empty]
    optional = [name for name in named if name not in required]
    usage: dict[str, InputUsage] = {}
    for file, name in source_files(cls):
        usage = {**input_usages(file, name), **usage}
    return Signature(
        required=tuple(required),
        keyword=frozenset(n for n, p in named.items() if p.kind is inspect.Parameter.KEYWORD_ONLY),
        optional=tuple(optional),
        usage=usage,
        stated=stated_ranks(docstrings(cls)),
        documented=stated_input_ranks(docstrings(cls)),
        unset=tuple(name for name in optional if named[name].default is None),
    )
