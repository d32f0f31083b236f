"""The arguments of ``__init__``, and the values that each could take, the likeliest first."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from maskcheck.lab.infer.guess.annotations import Annotation, read_annotation
from maskcheck.lab.infer.guess.class_sources import docstrings, own_bases, source_files
from maskcheck.lab.infer.guess.kinds import ANYTHING, PLAINEST, distinct, fits
from maskcheck.lab.infer.guess.names import EXACT, Values, by_name
from maskcheck.lab.infer.guess.objects import make_holders, make_instances
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer_class.constructor import parameters, required_arguments
from maskcheck.lab.layer_class.outside import find_opened, find_outside
from maskcheck.model.case import SpecValue
from maskcheck.source.arguments.accepted_words import accepted_words
from maskcheck.source.arguments.docstrings import described_kinds
from maskcheck.source.arguments.outside import names_outside
from maskcheck.source.arguments.usage import Usage, argument_usages
from maskcheck.source.inputs.input_facts import ANY_KEYS

ROLES = {
    "activations.get": "activation",
    "initializers.get": "initializer",
    "regularizers.get": "regularizer",
    "constraints.get": "constraint",
}


class Arguments:
    """What is known of the constructor arguments of one class; text is read when it is asked for."""

    def __init__(self, cls: type[keras.Layer]) -> None:
        self._cls = cls
        self.required = required_arguments(cls)
        self._known: dict[str, Values] = {}

    @cached_property
    def named(self) -> Mapping[str, inspect.Parameter]:
        """The parameters of the class and, where it takes ``**kwargs``, those of its bases."""
        found: dict[str, inspect.Parameter] = {}
        for base in own_bases(self._cls):
            own = parameters(base)
            found = {**own, **found}
            if not any(p.kind is inspect.Parameter.VAR_KEYWORD for p in own.values()):
                break
        variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
        return {name: p for name, p in found.items() if p.kind not in variadic}

    @property
    def takes_any(self) -> bool:
        """Whether ``__init__`` takes ``**kwargs``."""
        return any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters(self._cls).values())

    def accept(self, name: str) -> bool:
        """Tell whether ``__init__`` takes an argument of this name for which a value may be invented."""
        known = name in self.named or (self.takes_any and name != "self")
        return known and not self.what_outside(name)

    def values(self, name: str) -> Values:
        """Return the values to try for an argument; none for one that names something outside."""
        if name not in self._known:
            found = () if self.what_outside(name) else self._values(name)
            if name in self._opened:  # it may be the content, too
                found = tuple(value for value in found if not isinstance(value, (str, int)))
            self._known[name] = found
        return self._known[name]

    def what_outside(self, name: str) -> str:
        """Return what an argument names that is for a file, an address or the like, "" if it is not."""
        if name not in self.named:
            return names_outside(name)
        usage = self.usage(name)
        inside = map(names_outside, (*usage.keys, *usage.parts))
        return self._outside.get(name) or next(filter(None, inside), "")

    @cached_property
    def _outside(self) -> Mapping[str, str]:
        return find_outside(self._cls)

    @cached_property
    def _opened(self) -> frozenset[str]:
        return find_opened(self._cls)

    @cached_property
    def unknown(self) -> Mapping[str, str]:
        """The required arguments of which no value may be invented, with what each names."""
        found = {name: self.what_outside(name) for name in self.required}
        return {name: what for name, what in found.items() if what}

    def _values(self, name: str) -> Values:
        annotation, usage = self._annotation(name), self.usage(name)
        words = [word for words in self._words for word in words.get(name, ())]
        resolved = [value for role in _lookup_roles(usage) for value in by_name(role)]
        choices = (*annotation.choices, *words, *resolved)
        objects = [value for cls in annotation.classes for value in make_instances(cls)]
        objects += [] if objects or usage.kinds else make_holders(self._cls, usage.attributes)
        named = _combine_values(name, tuple(self._by_role(usage)))
        certain = ("sequence",) if usage.length else ()  # it is unpacked or indexed
        kinds = (*certain, *annotation.kinds, *self._described.get(name, ())[:1], *usage.kinds)
        plain = [value for kind in kinds for value in PLAINEST[kind]]
        if annotation.items is not None and annotation.items in PLAINEST:
            named.append(
                _example_mapping(annotation) if "mapping" in kinds else PLAINEST[annotation.items][0]
            )
        if "sequence" in kinds:
            length = annotation.length or usage.length or 2
            items = [value for value in named if not isinstance(value, (list, tuple, dict))]
            named = [*named, *(_repeat(value, length) for value in items)]
        if usage.parts:
            plain.insert(0, [[next(iter(by_name(part)), 2) for part in usage.parts]] * 2)
        if usage.item_keys:
            named.insert(0, [_item(usage.item_keys, name) for name in ANY_KEYS])
        if usage.keys:
            plain.insert(0, {key: next(iter(by_name(key)), 2) for key in usage.keys})
        if annotation.frozen:
            named = [tuple(value) if isinstance(value, list) else value for value in named]
        found = distinct([*choices, *objects, *named, *plain, *ANYTHING])
        return tuple(sorted(found, key=lambda value: _unlikeliness(value, choices, kinds, annotation, usage)))

    @cached_property
    def unset(self) -> tuple[str, ...]:
        """The arguments that are None unless they are given."""
        return tuple(name for name, parameter in self.named.items() if parameter.default is None)

    def usage(self, name: str) -> Usage:
        """Return how the class, or the first of its bases that has the argument, uses it."""
        return next((found[name] for found in self._usages if name in found), Usage())

    def _by_role(self, usage: Usage) -> Iterator[SpecValue]:
        for way in usage.passed:
            yield from by_name(_keras_name(way) or "")

    @cached_property
    def _usages(self) -> list[Mapping[str, Usage]]:
        return [argument_usages(file, name) for file, name in source_files(self._cls)]

    @cached_property
    def _words(self) -> list[Mapping[str, tuple[str, ...]]]:
        return [accepted_words(file, name) for file, name in source_files(self._cls)]

    @cached_property
    def _described(self) -> Mapping[str, tuple[str, ...]]:
        return described_kinds(docstrings(self._cls))

    def _annotation(self, name: str) -> Annotation:
        parameter = self.named.get(name)
        if parameter is None or parameter.annotation is inspect.Parameter.empty:
            return Annotation()
        for base in own_bases(self._cls):
            if name in parameters(base):
                init: Any = inspect.unwrap(base.__init__)  # type: ignore[misc]
                return read_annotation(parameter.annotation, getattr(init, "__globals__", {}))
        return Annotation()


def _lookup_roles(usage: Usage) -> list[str]:
    """Return as what Keras looks the argument up, whatever is done with what it finds."""
    return [ROLES[way] for way in (way.rpartition(".")[0] for way in usage.passed) if way in ROLES]


def _combine_values(name: str, roles: Values) -> list[SpecValue]:
    """Return what the name and the roles of an argument suggest.

    A role has the last word on the type: ``words`` is a number where it is handed on
    to ``Embedding(input_dim=..)``.
    """
    values = by_name(name)
    if name in EXACT or not roles or (values and type(values[0]) is type(roles[0])):
        return [*values, *roles]
    return [*roles, *values]


def _unlikeliness(
    value: SpecValue, choices: Values, kinds: tuple[str, ...], annotation: Annotation, usage: Usage
) -> int:
    """Return 0 for a value that agrees with all that is known; sorting by it keeps the order of equals."""
    if any(value is choice for choice in choices):
        return 0
    wrong_kind = bool(kinds) and not any(fits(value, kind) for kind in kinds[: 1 if usage.length else 2])
    if not isinstance(value, (list, tuple)):
        return 2 * wrong_kind
    length, items = annotation.length or usage.length, annotation.items
    known = items is not None and items in PLAINEST
    wrong_items = known and not all(fits(item, str(items)) for item in value)
    return 2 * wrong_kind + (length is not None and len(value) != length) + wrong_items


def _example_mapping(annotation: Annotation) -> dict[SpecValue, SpecValue]:
    """Return a mapping of two entries of the kinds that the annotation names."""
    keys = (0, 1) if annotation.keys in ("integer", "number") else ("a", "b")
    values = PLAINEST[annotation.items or "number"]
    return {key: values[place] for place, key in enumerate(keys)}


def _item(keys: Sequence[str], name: str) -> dict[SpecValue, SpecValue]:
    """Return a mapping with these keys; what is a text is its ``name``, by which inputs may be looked up."""
    values = ((key, next(iter(by_name(key)), 2)) for key in keys)
    return {key: name if isinstance(value, str) else value for key, value in values}


def _repeat(value: SpecValue, length: int) -> list[SpecValue]:
    """Return a list of the value; fractions rise to it, as the ends of a range do."""
    if isinstance(value, float):
        return [value * (place + 1) / length for place in range(length)]
    return [value] * length


def _keras_name(way: str) -> str | None:
    """Return the name that an argument has where it is handed on: ``units`` for ``Dense.0``."""
    callee, _, place = way.rpartition(".")
    if not callee:
        return way
    cls = getattr(keras.layers, callee, None)
    names = list(parameters(cls)) if isinstance(cls, type) else []
    return names[int(place)] if int(place) < len(names) else None
