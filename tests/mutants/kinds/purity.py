"""get_config or from_config does more than it should, or gives another class."""

from __future__ import annotations

from tests.mutants.arguments import FACTORS, GAIN, STYLE, own_pair
from tests.mutants.draft import composite, extended, subclass
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind, altered

_HALVE = "def halve(self):\n    self.gain /= 2.0\n    return self.gain"
_READ = (
    "config = dict(config)",
    'if isinstance(config["inner"], dict):',
    '    config["inner"] = keras.layers.deserialize(config["inner"])',
    "return cls(**config)",
)


def _mutates(host: Host) -> Fault:
    draft = extended(host, GAIN)
    return Fault(draft, draft.edit("gain", written="self.halve()").but(methods=(_HALVE,)), ("gain",))


def _counts(host: Host) -> Fault:
    draft = extended(host, GAIN).add(init=("self.saves = 0",))
    return Fault(draft, draft.add(config=("self.saves += 1",)), ("saves",))


def _consumes(host: Host) -> Fault:
    name, draft = own_pair(host)[0].name, subclass(host, *own_pair(host))
    healthy = draft.but(from_config=("return super().from_config(dict(config))",))
    lines = (
        f'{name} = config.pop("{name}")',
        f'return super().from_config({{**config, "{name}": {name}}})',
    )
    return Fault(healthy, draft.but(from_config=lines), (name,))


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


def _unregistered(host: Host) -> Fault:
    draft = extended(host, GAIN)
    return Fault(draft, draft.but(decorator="none"), ("CLASS",))


def _shares(host: Host) -> Fault | None:
    """Put the sub-layer itself into the config."""
    if not host.wrappable:
        return None
    draft = composite(host, GAIN).but(from_config=_READ)
    return Fault(draft, draft.edit("inner", written="self.inner"), ("inner",))


KINDS = (
    Kind("get_config changes an argument", ("MC108",), _mutates),
    Kind("get_config counts", ("MC108",), _counts),
    Kind("live list in the config", ("MC108",), altered(FACTORS, "self.factors")),
    Kind("config varies", ("MC108",), altered(GAIN, "self.gain + random.random()")),
    Kind("from_config consumes", ("MC108",), _consumes),
    Kind("from_config with a fixed class", ("MC109",), _fixed_class),
    Kind("get_config returns None", ("MC106",), _returns_none),
    Kind("not registered", ("MC603",), _unregistered),
    Kind("sub-layer shared", ("MC203",), _shares),
)
