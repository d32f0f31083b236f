"""get_config or from_config does more than it should, or gives another class."""

from __future__ import annotations

from ..arguments import FACTORS, GAIN, STYLE, own_pair
from ..draft import argument, composite, extended, subclass
from ..hosts import Host
from ..kind import Fault, Kind


def _mutates(host: Host) -> Fault:
    draft = extended(host, GAIN)
    return Fault(draft, draft.edit("gain", written="self.halve()").but(methods=(_HALVE,)), ("gain",))


_HALVE = "def halve(self):\n    self.gain /= 2.0\n    return self.gain"


def _counts(host: Host) -> Fault:
    """Count the calls of get_config in a public attribute: harmless to the outputs, so a warning."""
    draft = extended(host, GAIN).add(init=("self.saves = 0",))
    return Fault(draft, draft.add(config=("self.saves += 1",)), ("saves",))


def _live(host: Host) -> Fault:
    draft = extended(host, FACTORS)
    return Fault(draft, draft.edit("factors", written="self.factors"), ("factors",))


def _varies(host: Host) -> Fault:
    draft = extended(host, GAIN)
    return Fault(draft, draft.edit("gain", written="self.gain + random.random()"), ("gain",))


def _consumes(host: Host) -> Fault:
    planted, draft = own_pair(host)[0], subclass(host, *own_pair(host))
    healthy = draft.but(from_config=("return super().from_config(dict(config))",))
    lines = (
        f'{planted.name} = config.pop("{planted.name}")',
        f"return super().from_config({{**config, '{planted.name}': {planted.name}}})",
    )
    return Fault(healthy, draft.but(from_config=lines), (planted.name,))


def _fixed_class(host: Host) -> Fault:
    draft = subclass(host, GAIN, STYLE)
    lines = (
        'known = {key: value for key, value in config.items() if key not in ("gain", "style")}',
        f"return keras.layers.{host.name}.from_config(known)",
    )
    return Fault(draft, draft.but(from_config=lines), ("CLASS",))


def _returns_none(host: Host) -> Fault:
    draft = extended(host, GAIN)
    return Fault(draft, draft.add(config=("return None",)), ("config",))


def _changes_argument(host: Host) -> Fault | None:
    """Change a list argument in place, which is the one that Keras' automatic config holds."""
    if not host.wrappable:
        return None
    kept = argument("factors", "(1.0,)", "[0.5, 3.0]", "list[float]", *FACTORS.effect, written="list(factors)")
    draft = composite(host, kept).edit("factors", default="", kept="factors", written="list(self.factors)")
    return Fault(draft, draft.edit("factors", kept="factors + factors"), ("factors",))


def _unregistered(host: Host) -> Fault:
    draft = extended(host, GAIN)
    return Fault(draft, draft.but(decorator="none"), ("CLASS",))


def _shares(host: Host) -> Fault | None:
    """Put the sub-layer itself into the config."""
    if not host.wrappable:
        return None
    reading = (
        "config = dict(config)",
        'if isinstance(config["inner"], dict):',
        '    config["inner"] = keras.layers.deserialize(config["inner"])',
        "return cls(**config)",
    )
    draft = composite(host, GAIN).but(from_config=reading)
    return Fault(draft, draft.edit("inner", written="self.inner"), ("inner",))


KINDS = (
    Kind("get_config changes an argument", ("MC108",), _mutates),
    Kind("get_config counts", ("MC108",), _counts),
    Kind("live list in the config", ("MC108",), _live),
    Kind("config varies", ("MC108", "MC102"), _varies),
    Kind("from_config consumes", ("MC108",), _consumes),
    Kind("from_config with a fixed class", ("MC109",), _fixed_class),
    Kind("get_config returns None", ("MC106",), _returns_none),
    Kind("argument doubled in __init__", ("MC102",), _changes_argument),
    Kind("not registered", ("MC603",), _unregistered),
    Kind("sub-layer shared", ("MC203",), _shares),
)
