"""An argument of the class's own does not get into the config, or not out of it."""

from __future__ import annotations

from tests.mutants.arguments import BOOST, GAIN, LIMIT, NOISE_SEED, PENALTY, SHRINK, STYLE, own_pair
from tests.mutants.draft import Draft, composite, extended, subclass
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind, lost


def _own(host: Host) -> tuple[str, Draft]:
    pair = own_pair(host)
    return pair[0].name, extended(host, *pair)


def _missing(host: Host) -> Fault:
    name, draft = _own(host)
    return Fault(draft, draft.edit(name, written=""), (name,))


def _inherited(host: Host) -> Fault | None:
    if host.automatic:
        return None
    argument = own_pair(host)[0]
    draft = subclass(host, argument)
    return Fault(draft, draft.but(opening=""), (argument.name,))


def _required(host: Host) -> Fault:
    name = own_pair(host)[1].name
    draft = _own(host)[1].edit(name, default="")
    return Fault(draft, draft.edit(name, written=""), (name,))


def _falsy(host: Host) -> Fault:
    draft = extended(host, LIMIT).edit("limit", value="0.0", default="0.4")
    guarded = ("if self.limit:", '    config["limit"] = self.limit')
    return Fault(draft, draft.edit("limit", written="").add(config=guarded), ("limit",))


def _renamed(host: Host) -> Fault:
    name, draft = _own(host)
    return Fault(draft, draft.edit(name, key=f"{name}_value"), (name,))


def _swallowed(host: Host) -> Fault:
    name, draft = _own(host)
    draft = draft.but(first=(f'kwargs.pop("{name}_value", None)',))
    return Fault(draft, draft.edit(name, key=f"{name}_value"), (name,))


def _ignored(host: Host) -> Fault:
    name, draft = own_pair(host)[0].name, subclass(host, *own_pair(host))
    lines = ("config = dict(config)", f'config.pop("{name}")', "return super().from_config(config)")
    return Fault(draft, draft.but(from_config=lines), (name,))


def _not_passed_on(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    draft = composite(host, GAIN, STYLE)
    given = 'return cls(config["inner"], gain=config["gain"], name=config["name"], dtype=config["dtype"])'
    return Fault(draft, draft.but(from_config=(*draft.from_config[:-1], given)), ("style",))


def _stale(host: Host) -> Fault:
    tune = "def tune(self, gain):\n    self.gain = gain"
    prepared = (("prepare", "[{method: tune, args: [1.9]}]"),)
    draft = extended(host, GAIN).but(methods=(tune,), extra=prepared)
    kept = draft.add(init=('self._given = {"gain": gain}',)).edit("gain", written='self._given["gain"]')
    return Fault(draft, kept, ("gain",))


def _training(host: Host) -> Fault:
    draft = extended(host, BOOST).but(signature=("training=None",))
    return Fault(draft, draft.edit("boost", written=""), ("boost",))


KINDS = (
    Kind("own key missing", ("MC101",), _missing),
    Kind("inherited get_config", ("MC101",), _inherited),
    Kind("required key missing", ("MC103",), _required),
    Kind("key left out when falsy", ("MC101",), _falsy),
    Kind("key renamed, rejected", ("MC103",), _renamed),
    Kind("key renamed, swallowed", ("MC104",), _swallowed),
    Kind("ignored in from_config", ("MC104",), _ignored),
    Kind("not passed on by from_config", ("MC104",), _not_passed_on),
    Kind("constructor's value written", ("MC101", "MC102"), _stale),
    Kind("lost, shows in a loss only", ("MC101",), lost(PENALTY)),
    Kind("lost, shows in training only", ("MC101",), _training),
    Kind("seed lost", ("MC101",), lost(NOISE_SEED)),
    Kind("regularizer lost", ("MC101",), lost(SHRINK)),
)
