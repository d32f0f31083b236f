"""An argument of the built-in parent, or of Keras' base layer, is lost by the subclass."""

from __future__ import annotations

from dataclasses import replace

from ..arguments import GAIN, STYLE
from ..draft import Draft, composite, extended, subclass
from ..hosts import Host
from ..kind import Fault, Kind

# Initializers leave no trace on a restored layer but themselves, so they come last.
_LAST = ("initializer", "seed")
# What Keras' own get_config leaves out.
_LOST_BY_KERAS = {("ELU", "alpha"), ("GRU", "use_cudnn"), ("LSTM", "use_cudnn")}

# Its from_config reads the keys that it expects.
_READS_ALL_KEYS = {"Rescaling"}


def _optional(host: Host) -> str:
    optional = [name for name, default in host.parameters if default]
    names = [name for name in optional if (host.name, name) not in _LOST_BY_KERAS]
    ranked = sorted(names, key=lambda name: any(part in name for part in _LAST))
    return ranked[0] if ranked else ""


def _drop_optional(host: Host) -> Fault | None:
    name, draft = _optional(host), subclass(host, GAIN, STYLE)
    return Fault(draft, draft.add(config=(f'config.pop("{name}")',)), (name,)) if name else None


def _drop_required(host: Host) -> Fault | None:
    required = [name for name, default in host.parameters if not default]
    if not required or required[0] in ("layer", "cell"):
        return None
    draft = subclass(host, GAIN)
    return Fault(draft, draft.add(config=(f'config.pop("{required[0]}")',)), (required[0],))


def _without(draft: Draft, parameters: tuple[tuple[str, str], ...]) -> Draft:
    names = {name for name, _ in parameters}
    init = tuple(pair for pair in draft.host.init if pair[0] in names)
    return draft.but(host=replace(draft.host, parameters=parameters, init=init))


def _hard_coded(host: Host) -> Fault | None:
    """Fix an argument of the parent, whose get_config still writes it, so that it comes twice."""
    if not host.parameters or host.name in _READS_ALL_KEYS:
        return None
    name = host.parameters[0][0]
    value = dict(host.init)[name]
    if not value.replace(".", "").isdigit():
        return None
    left = tuple(pair for pair in host.parameters if pair[0] != name)
    fixed = _without(subclass(host, GAIN), left).but(base_arguments=f"{name}={value}, **kwargs")
    healthy = fixed.add(config=(f'config.pop("{name}")',))
    return Fault(healthy, fixed, (name,))


def _skip_super(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    draft = composite(host, GAIN).but(case=(("trainable", "false"),))
    return Fault(draft, draft.but(opening="{}"), ("trainable", "dtype", "name"))


def _drop_dtype(host: Host) -> Fault | None:
    if any(name in ("dtype", "trainable") for name, _ in host.init):
        return None
    draft = extended(host, GAIN).but(case=(("dtype", "float64"),))
    return Fault(draft, draft.add(config=('config.pop("dtype")',)), ("dtype",))


def _drop_trainable(host: Host) -> Fault | None:
    if any(name in ("dtype", "trainable") for name, _ in host.init):
        return None
    draft = extended(host, GAIN).but(case=(("trainable", "false"),))
    return Fault(draft, draft.add(config=('config.pop("trainable")',)), ("trainable",))


def _drop_regularizer(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    penalty = "!object {class: keras.regularizers.L2, init: {l2: 0.2}}"
    draft = composite(host, GAIN).but(case=(("activity_regularizer", penalty),))
    return Fault(draft, draft.add(config=('config.pop("activity_regularizer")',)), ("activity_regularizer",))


def _swallowed(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    draft = composite(host, GAIN).but(case=(("trainable", "false"),))
    return Fault(draft, draft.but(base_arguments=""), ("trainable", "dtype", "name"))


def _no_kwargs(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    draft = composite(host, GAIN)
    return Fault(draft, draft.but(accepts="", base_arguments=""), ("trainable", "dtype", "name"))


def _fixed_name(host: Host) -> Fault:
    draft = extended(host, GAIN)
    fixed = draft.but(
        first=('kwargs.pop("name", None)',), base_arguments='name="extended_layer", **kwargs'
    )
    return Fault(draft, fixed, ("name",))


KINDS = (
    Kind("parent's key missing", ("MC101", "MC103"), _drop_optional),
    Kind("parent's required key missing", ("MC103",), _drop_required),
    Kind("parent's argument fixed, written", ("MC103",), _hard_coded),
    Kind("super().get_config() left out", ("MC105",), _skip_super),
    Kind("dtype missing", ("MC105",), _drop_dtype),
    Kind("trainable missing", ("MC105",), _drop_trainable),
    Kind("activity_regularizer missing", ("MC105",), _drop_regularizer),
    Kind("kwargs swallowed", ("MC105",), _swallowed),
    Kind("no kwargs", ("MC103",), _no_kwargs),
    Kind("name fixed", ("MC105",), _fixed_name),
)
