"""A class to be written: its parts as source text, so that a fault is one edit of one part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tests.mutants.hosts import WITH_STATES, Host

OPENING = "super().get_config()"


@dataclass(frozen=True)
class Argument:
    """One constructor argument of the class's own.

    ``default``, ``kept`` (what __init__ stores under the name) and ``written`` (what get_config
    says), both "" for nothing, ``annotation`` and ``effect`` (statements of call) are source text. ``value``
    is the case's, as YAML; "" where the case leaves the argument out. ``key`` is its name
    in the config.
    """

    name: str
    default: str
    value: str
    annotation: str
    kept: str
    written: str
    effect: tuple[str, ...]
    key: str


def argument(
    name: str, default: str, value: str, annotation: str, *effect: str, kept: str = "", written: str = ""
) -> Argument:
    """Return an argument that is kept and written under its name."""
    return Argument(name, default, value, annotation, kept or name, written or f"self.{name}", effect, name)


@dataclass(frozen=True)
class Draft:
    """A class that extends the host: a subclass of it, or (``composite``) a layer that holds it.

    Everything but ``arguments`` and ``case`` is source text, a statement a line.
    ``header`` are definitions that stand above the class; ``first`` statements precede
    super().__init__, which gets ``base_arguments`` besides the host's. ``signature`` adds
    parameters to call. ``config`` follows the entries of get_config; an empty ``opening``
    means that there is no get_config. ``case`` adds to the init of the case, ``extra`` to the case itself.
    A ``plain`` class has no methods but its call, if that does anything.
    """

    host: Host
    composite: bool
    arguments: tuple[Argument, ...]
    header: tuple[str, ...] = ()
    decorator: str = ""
    accepts: str = "**kwargs"
    first: tuple[str, ...] = ()
    base_arguments: str = "**kwargs"
    init: tuple[str, ...] = ()
    build: tuple[str, ...] = ()
    signature: tuple[str, ...] = ()
    call: tuple[str, ...] = ()
    opening: str = OPENING
    config: tuple[str, ...] = ()
    from_config: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    case: tuple[tuple[str, str], ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    plain: bool = False

    def argument(self, name: str) -> Argument:
        """Return the argument of that name."""
        return next(argument for argument in self.arguments if argument.name == name)

    def edit(self, name: str, **changes: Any) -> Draft:
        """Return the draft with one argument changed."""
        changed = tuple(replace(a, **changes) if a.name == name else a for a in self.arguments)
        return replace(self, arguments=changed)

    def but(self, **changes: Any) -> Draft:
        """Return the draft with other parts."""
        return replace(self, **changes)

    def add(self, **more: tuple[Any, ...]) -> Draft:
        """Return the draft with more at the end of parts."""
        return replace(self, **{name: getattr(self, name) + part for name, part in more.items()})


def subclass(host: Host, *arguments: Argument) -> Draft:
    """Return a correct subclass of the host with arguments of its own."""
    return Draft(host, False, arguments)


def unchanged(host: Host) -> Draft:
    """Return a subclass of the host that changes nothing."""
    return subclass(host).but(plain=True)


COMPOSITE_BUILD = ("if not self.inner.built:", "    self.inner.build(input_shape)")
COMPOSITE_RETURN = (
    "config = dict(config)",
    'config["inner"] = keras.layers.deserialize(config["inner"])',
    "return cls(**config)",
)


def composite(host: Host, *arguments: Argument) -> Draft:
    """Return a correct layer that holds the host; needs ``host.wrappable``."""
    written = "keras.layers.serialize(self.inner)"
    inner = argument("inner", "", _object(host), "keras.layers.Layer", written=written)
    return Draft(host, True, (inner, *arguments), build=COMPOSITE_BUILD, from_config=COMPOSITE_RETURN)


def extended(host: Host, *arguments: Argument) -> Draft:
    """Return a subclass for one half of the hosts, a composite for the other."""
    return (composite if host.wrappable and host.turn % 2 else subclass)(host, *arguments)


def _object(host: Host) -> str:
    init = ", ".join(f"{name}: {value}" for name, value in host.init)
    return f"!object {{class: keras.layers.{host.name}, init: {{{init}}}}}"


def has_states(draft: Draft) -> bool:
    """Tell whether the outputs come with states."""
    return draft.host.name in WITH_STATES and not draft.composite
