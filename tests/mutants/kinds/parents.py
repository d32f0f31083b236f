"""An argument of the built-in parent is lost, or one of the built-in sub-layer."""

from __future__ import annotations

from dataclasses import replace

from tests.mutants.arguments import GAIN, STYLE
from tests.mutants.draft import Draft, composite, subclass
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind

# Initializers leave no trace on a restored layer but themselves, so they come last.
_LAST = ("initializer", "seed")
# Its from_config reads the keys that it expects.
_READS_ALL_KEYS = {"Rescaling"}


def _optional(host: Host) -> str:
    optional = [name for name, default in host.parameters if default]
    ranked = sorted(optional, key=lambda name: any(part in name for part in _LAST))
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


def _fixed(host: Host) -> Fault | None:
    """Fix an argument of the parent, whose get_config still writes it, so that it comes twice."""
    if not host.parameters or host.automatic or host.name in _READS_ALL_KEYS:
        return None
    name = host.parameters[0][0]
    value = dict(host.init)[name]
    if not value.replace(".", "").isdigit():
        return None
    fixed = _without(subclass(host, GAIN), name).but(base_arguments=f"{name}={value}, **kwargs")
    return Fault(fixed.add(config=(f'config.pop("{name}")',)), fixed, (name,))


def _without(draft: Draft, name: str) -> Draft:
    host = draft.host
    init, parameters = (tuple(p for p in pairs if p[0] != name) for pairs in (host.init, host.parameters))
    return draft.but(host=replace(host, init=init, parameters=parameters))


def _passed_over(host: Host) -> Fault | None:
    """Begin with the config of Keras' base layer instead of the parent's."""
    name = _optional(host)
    if not name or len(host.init) != 1:
        return None
    draft = subclass(host, GAIN)
    return Fault(draft, draft.but(opening="keras.layers.Layer.get_config(self)"), (name,))


def _inside(host: Host) -> Fault | None:
    """Take an argument of the sub-layer out of its config."""
    name = _optional(host)
    if not name or not host.wrappable or host.name in _READS_ALL_KEYS:
        return None
    draft = composite(host, GAIN)
    lines = ('config["inner"] = dict(config["inner"], config=dict(config["inner"]["config"]))',)
    dropped = (*lines, f'config["inner"]["config"].pop("{name}")')
    return Fault(draft.add(config=lines), draft.add(config=dropped), (name, "inner"))


KINDS = (
    Kind("parent's key missing", ("MC101", "MC103"), _drop_optional),
    Kind("parent's required key missing", ("MC103",), _drop_required),
    Kind("parent's argument fixed, written", ("MC103",), _fixed),
    Kind("parent's get_config passed over", ("MC101", "MC103"), _passed_over),
    Kind("sub-layer's argument lost", ("MC204", "MC102", "MC103"), _inside),
)
