"""Subjects (the layer classes to check) and the cases that say how to build and call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

from maskcheck.model.finding import SEPARATOR


@dataclass(frozen=True)
class Mark:
    """A position in a text file; line and column count from 1."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Subject:
    """One Layer subclass defined in a target.

    ``module`` is the importable name, ``qualname`` the name inside the module.
    ``origin`` says whether source text showed it or only the import did.
    ``skip`` holds the reason when the class is listed but not checked. ``shadowed_by``
    is the class that its registered name resolves to instead of it.
    """

    module: str
    qualname: str
    file: str
    line: int
    origin: Literal["source", "runtime"] = "source"
    skip: str | None = None
    shadowed_by: str | None = None

    @property
    def id(self) -> str:
        """Return the dotted path of the class."""
        return f"{self.module}.{self.qualname}"

    @property
    def name(self) -> str:
        """Return the bare class name."""
        return self.qualname.rpartition(".")[2]

    def matches(self, patterns: Sequence[str]) -> bool:
        """Tell whether one of ``patterns``, which are globs, is for the name, bare, qualified or dotted."""
        names = self.name, self.qualname, self.id
        return any(fnmatchcase(name, pattern) for pattern in patterns for name in names)

    def is_wanted(self, patterns: Sequence[str]) -> bool:
        """Tell whether one of ``patterns`` is for the class, or there are none."""
        return not patterns or self.matches(patterns)


@dataclass(frozen=True)
class Leaf:
    """One input tensor: seeded random data of ``shape``, or literal ``values``.

    Shapes include the batch dimension. ``low`` and ``high`` (exclusive) bound
    random integers. ``mask`` is a Keras mask that the tensor carries.
    """

    shape: tuple[int, ...] | None = None
    values: Any = None
    dtype: str | None = None
    low: int | None = None
    high: int | None = None
    mask: Leaf | None = None
    mark: Mark | None = None


@dataclass(frozen=True)
class ArrayTag:
    """``!array`` or ``!tensor`` among the spec's values: a fresh NumPy array or tensor."""

    leaf: Leaf
    tensor: bool
    mark: Mark


@dataclass(frozen=True)
class ImportTag:
    """``!import dotted.path``: the object of that name, as it is."""

    path: str
    mark: Mark


@dataclass(frozen=True)
class ObjectTag:
    """``!object {class: dotted.path, init: {..}}``: built anew at every construction."""

    path: str
    init: Mapping[str, Any]
    mark: Mark


# A value as the spec writes it: None, bool, int, float, str, list, dict, tuple
# (from ``!tuple``) and the tags above, nested at will.
SpecValue = Any


@dataclass(frozen=True)
class Preparation:
    """One method to call on the built layer before it is observed."""

    method: str
    args: tuple[SpecValue, ...] = ()
    kwargs: Mapping[str, SpecValue] = field(default_factory=dict)
    mark: Mark | None = None


@dataclass(frozen=True)
class Expectation:
    """A known failure: ``rule`` on ``subject`` (and case, route) for a stated ``reason``.

    ``origin`` says where it is written, ``mark`` on which line. ``repeated`` if it was seen only
    where a case is repeated, in a variant or on another device.
    """

    rule: str
    reason: str
    subject: str | None = None
    case: str | None = None
    route: str | None = None
    until: str | None = None
    mark: Mark | None = None
    origin: Literal["spec", "baseline", "source"] = "spec"
    repeated: bool = False

    @property
    def subjects(self) -> tuple[str, ...]:
        """Return the names that the subject lists; none where any subject is meant."""
        return tuple(self.subject.split(SEPARATOR)) if self.subject else ()


@dataclass(frozen=True)
class Case:
    """One way to construct and call a subject.

    ``args`` are the positional arguments of ``call``: trees (lists, tuples and
    dicts) of leaves. ``call`` holds its keyword arguments: leaves or values. ``dtypes`` are
    the variants in which it is to be repeated. ``repeats`` is the id of the case that this one
    repeats, ``variant`` what for: it is built on ``device`` and brought back ``there``; ""
    is the device that the layer is on anyway.
    A "given" case is that of a class in the user's own process, a "live" one that of a layer
    there, and ``unknown`` is why that cannot be made anew, "" where it can.
    """

    id: str
    origin: Literal["spec", "inferred", "given", "live"] = "spec"
    init: Mapping[str, SpecValue] = field(default_factory=dict)
    args: tuple[Any, ...] = ()
    call: Mapping[str, SpecValue] = field(default_factory=dict)
    prepare: tuple[Preparation, ...] = ()
    dtypes: tuple[str, ...] = ()
    repeats: str = ""
    variant: str = ""
    device: str = ""
    there: str = ""
    mark: Mark | None = None
    unknown: str = ""


@dataclass(frozen=True)
class Inference:
    """What was found for a class without a case: one that works, or how far the search came.

    Where ``case`` is None, ``reason`` says why, ``init`` holds the constructor arguments
    that seem right and ``missing`` names those for which nothing did; ``args`` and ``call``
    are what is likely given to ``call``, but for the shapes.
    """

    case: Case | None
    missing: tuple[str, ...] = ()
    init: Mapping[str, SpecValue] = field(default_factory=dict)
    reason: str = ""
    args: tuple[Any, ...] = ()
    call: Mapping[str, SpecValue] = field(default_factory=dict)
    # The case once more, with what ``call`` takes but need not be given.
    more: tuple[Case, ...] = ()


@dataclass(frozen=True)
class LayerSpec:
    """What the spec says of one class: its cases, or why it is skipped.

    ``dtypes`` are the variants in which every case is repeated, an inferred one too.
    """

    name: str
    mark: Mark
    cases: tuple[Case, ...] = ()
    dtypes: tuple[str, ...] = ()
    probe: Mapping[str, tuple[SpecValue, ...]] = field(default_factory=dict)
    expect: tuple[Expectation, ...] = ()
    skip: str | None = None


@dataclass(frozen=True)
class Spec:
    """A whole spec file. ``path`` is None when there is none."""

    path: str | None = None
    layers: tuple[LayerSpec, ...] = ()
