"""The weights of a layer depend on what is lost, or on what was done to them later."""

from __future__ import annotations

from tests.mutants.arguments import GAIN
from tests.mutants.draft import Argument, Draft, argument, composite, subclass
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind

BUILD = (
    'self.slope = self.add_weight(name="slope", shape=(), initializer="ones")',
    'self.level = self.add_weight(name="level", shape=(), initializer="zeros")',
)
CALL = ("outputs = outputs * self.slope + self.level",)


def built(host: Host, build: tuple[str, ...], call: tuple[str, ...]) -> Draft | None:
    """Return a layer whose build ends with statements, and so does its call; None for a few hosts."""
    if host.wrappable and (host.turn % 2 or not host.buildable):
        return composite(host, GAIN).add(build=build, call=call)
    if not host.buildable:
        return None
    return subclass(host, GAIN).but(build=("super().build(input_shape)", *build), call=call)


def _governed(host: Host, flag: Argument, build: tuple[str, ...], call: tuple[str, ...]) -> Fault | None:
    """Lose an argument that build heeds."""
    draft = built(host, build, call)
    if draft is None:
        return None
    draft = draft.add(arguments=(flag,))
    return Fault(draft, draft.edit(flag.name, written=""), (flag.name,))


def _frozen(host: Host) -> Fault | None:
    build = tuple(line.replace("shape=()", "shape=(), trainable=not self.fixed") for line in BUILD)
    return _governed(host, argument("fixed", "False", "true", "bool"), build, CALL)


def _count(host: Host) -> Fault | None:
    build = (BUILD[0], "if self.shifted:", f"    {BUILD[1]}")
    call = ("outputs = outputs * self.slope", "if self.shifted:", "    outputs = outputs + self.level")
    return _governed(host, argument("shifted", "False", "true", "bool"), build, call)


def _shape(host: Host) -> Fault | None:
    build = tuple(line.replace("shape=()", "shape=(self.lanes,)") for line in BUILD)
    call = ("outputs = outputs * keras.ops.sum(self.slope) + keras.ops.sum(self.level)",)
    return _governed(host, argument("lanes", "2", "3", "int"), build, call)


def _initial(host: Host) -> Fault | None:
    """Lose what a weight begins with: after loading, only the argument itself shows it."""
    build = tuple(line.replace('"ones"', "keras.initializers.Constant(self.start)") for line in BUILD)
    return _governed(host, argument("start", "1.0", "0.6", "float"), build, CALL)


def _frozen_later(host: Host) -> Fault | None:
    draft = built(host, BUILD, CALL)
    if draft is None:
        return None
    healthy = draft.add(methods=("def freeze(self):\n    self.slope.trainable = False",))
    return Fault(healthy, healthy.but(extra=(("prepare", "[{method: freeze}]"),)), ("slope",))


KINDS = (
    Kind("weight frozen by a lost flag", ("MC101",), _frozen),
    Kind("weight made by a lost flag", ("MC101",), _count),
    Kind("weight shaped by a lost argument", ("MC101",), _shape),
    Kind("weight begun by a lost argument", ("MC101",), _initial),
    Kind("weight frozen later", ("MC305",), _frozen_later),
)
