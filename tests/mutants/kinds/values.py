"""The config has an argument of the class's own, but not the value that was given."""

from __future__ import annotations

from tests.mutants.arguments import (
    CUT,
    DOUBLED,
    FACTORS,
    GAIN,
    LIMIT,
    OFFSETS,
    ORDER,
    SHIFT,
    STEPS,
    STYLE,
    TABLE,
    own_pair,
)
from tests.mutants.draft import extended
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind, altered


def _default(host: Host) -> Fault:
    planted, other = own_pair(host)
    draft = extended(host, planted, other)
    return Fault(draft, draft.edit(planted.name, written=planted.default), (planted.name,))


def _swapped(host: Host) -> Fault:
    draft = extended(host, GAIN, SHIFT)
    swapped = draft.edit("gain", written="self.shift").edit("shift", written="self.gain")
    return Fault(draft, swapped, ("gain", "shift"))


def _derived(host: Host) -> Fault:
    draft = extended(host, CUT)
    effect = ("outputs = outputs * self.cut",)
    return Fault(draft, draft.edit("cut", kept="1.0 - cut", effect=effect), ("cut",))


def _private(host: Host) -> Fault:
    effect = ("for _ in range(self._rounds):", "    outputs = outputs / 2.0 + 0.1")
    draft = extended(host, STEPS).edit("steps", effect=effect, kept="", written="self._rounds")
    draft = draft.add(init=("self._rounds = steps",))
    return Fault(draft, draft.edit("steps", written="1"), ("steps",))


def _doubled(host: Host) -> Fault:
    draft = extended(host, FACTORS).edit("factors", default="", kept="factors")
    return Fault(draft, draft.edit("factors", kept="factors + factors"), ("factors",))


_FOLDED = ('if self.style == "Halved":', "    outputs = outputs / 2.0")
_INDEX = '("plain", "halved", "squashed").index(self.style)'
_HIGH = '{key: value for key, value in self.table.items() if key != "low"}'

KINDS = (
    Kind("default written", ("MC102",), _default),
    Kind("rounded", ("MC102",), altered(GAIN, "round(self.gain, 1)", SHIFT)),
    Kind("truncated to int", ("MC102",), altered(GAIN, "int(self.gain)", SHIFT, value="2.75")),
    Kind("int as float", ("MC102", "MC107"), altered(STEPS, "float(self.steps)")),
    Kind("float as text", ("MC102",), altered(GAIN, "str(self.gain)", SHIFT)),
    Kind("bool as text", ("MC102",), altered(DOUBLED, "str(self.doubled)", STYLE)),
    Kind("int as text", ("MC102",), altered(ORDER, 'f"{self.order}"', SHIFT)),
    Kind("choice as its index", ("MC102",), altered(STYLE, _INDEX)),
    Kind(
        "text in lower case", ("MC102",), altered(STYLE, "self.style.lower()", value="Halved", effect=_FOLDED)
    ),
    Kind("falsy value as None", ("MC102",), altered(LIMIT, "self.limit or None", value="0.0")),
    Kind("list sorted", ("MC102",), altered(OFFSETS, "sorted(self.offsets)", value="[0.4, 0.1]")),
    Kind("list cut short", ("MC102",), altered(FACTORS, "self.factors[:1]")),
    Kind("entry of a dict lost", ("MC102",), altered(TABLE, _HIGH)),
    Kind("two values swapped", ("MC102",), _swapped),
    Kind("another value written", ("MC102",), altered(GAIN, "self.shift", SHIFT)),
    Kind("derived value written", ("MC102",), _derived),
    Kind("kept under a private name, altered", ("MC102",), _private),
    Kind("argument doubled in __init__", ("MC102",), _doubled),
)
