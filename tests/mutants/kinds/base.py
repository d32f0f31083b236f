"""What Keras' base layer handles is lost: name, dtype, trainable, activity_regularizer."""

from __future__ import annotations

from tests.mutants.arguments import GAIN
from tests.mutants.draft import Draft, composite, extended
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind

_BASE = ("trainable", "dtype", "name")


def _untrainable(host: Host) -> Draft | None:
    """Return a layer that holds the host and is given trainable=False."""
    return composite(host, GAIN).but(case=(("trainable", "false"),)) if host.wrappable else None


def _super_left_out(host: Host) -> Fault | None:
    draft = _untrainable(host)
    return Fault(draft, draft.but(opening="{}"), _BASE) if draft else None


def _swallowed(host: Host) -> Fault | None:
    draft = _untrainable(host)
    return Fault(draft, draft.but(base_arguments=""), _BASE) if draft else None


def _no_kwargs(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    draft = composite(host, GAIN)
    return Fault(draft, draft.but(accepts="", base_arguments=""), _BASE)


def _dropped(host: Host, name: str, value: str) -> Fault:
    draft = extended(host, GAIN).but(case=((name, value),))
    return Fault(draft, draft.add(config=(f'config.pop("{name}")',)), (name,))


def _dtype(host: Host) -> Fault:
    return _dropped(host, "dtype", "float64")


def _trainable(host: Host) -> Fault:
    return _dropped(host, "trainable", "false")


def _regularizer(host: Host) -> Fault | None:
    penalty = "!object {class: keras.regularizers.L2, init: {l2: 0.2}}"
    if not host.wrappable:
        return None
    draft = composite(host, GAIN).but(case=(("activity_regularizer", penalty),))
    return Fault(draft, draft.add(config=('config.pop("activity_regularizer")',)), ("activity_regularizer",))


def _fixed_name(host: Host) -> Fault:
    draft = extended(host, GAIN)
    taken = draft.but(first=('kwargs.pop("name", None)',), base_arguments='name="extended_layer", **kwargs')
    return Fault(draft, taken, ("name",))


KINDS = (
    Kind("super().get_config() left out", ("MC105",), _super_left_out),
    Kind("dtype missing", ("MC105",), _dtype),
    Kind("trainable missing", ("MC105",), _trainable),
    Kind("activity_regularizer missing", ("MC105",), _regularizer),
    Kind("kwargs swallowed", ("MC105",), _swallowed),
    Kind("no kwargs", ("MC103",), _no_kwargs),
    Kind("name fixed", ("MC105",), _fixed_name),
)
