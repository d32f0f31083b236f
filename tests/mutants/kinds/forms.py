"""A value changes its form on the way through JSON, or has none there."""

from __future__ import annotations

from ..arguments import FINISH, OFFSETS
from ..draft import argument, extended
from ..hosts import Host
from ..kind import Fault, Kind

_BY_KIND = (
    "if isinstance(self.offsets, tuple):",
    "    outputs = outputs * self.offsets[1]",
    "else:",
    "    outputs = outputs + sum(self.offsets)",
)


def _tuple(host: Host) -> Fault:
    draft = extended(host, OFFSETS).edit("offsets", value="!tuple [0.1, 0.4]", effect=_BY_KIND)
    return Fault(draft, draft.edit("offsets", kept="offsets"), ("offsets",))


def _tuple_key(host: Host) -> Fault:
    """Use a tuple as the key of a dict, which a list cannot be."""
    look_up = "outputs = outputs * {(0.1, 0.4): 3.0}.get(self.offsets, 1.0)"
    draft = extended(host, OFFSETS).edit("offsets", value="!tuple [0.1, 0.4]", effect=(look_up,))
    return Fault(draft, draft.edit("offsets", kept="offsets"), ("offsets",))


def _integer_keys(host: Host) -> Fault:
    effect = "outputs = outputs * self.levels.get(1, 1.0)"
    levels = argument("levels", "None", "{0: 0.2, 1: 0.7}", "dict[int, float] | None", effect)
    draft = extended(host, levels).edit(
        "levels",
        kept="{int(key): value for key, value in (levels or {}).items()}",
        written="dict(self.levels)",
    )
    return Fault(draft, draft.edit("levels", kept="dict(levels or {})"), ("levels",))


def _set(host: Host) -> Fault:
    effect = "outputs = outputs * len(self.marks)"
    marks = argument("marks", "()", "[2, 3, 5]", "list[int]", effect, kept="set(marks)")
    draft = extended(host, marks)
    return Fault(
        draft.edit("marks", written="sorted(self.marks)"), draft.edit("marks", written="self.marks"), ("marks",)
    )


_ENUM = '''class Joining(Enum):
    """How to join."""

    SUM = "sum"
    MEAN = "mean"'''


def _enum(host: Host) -> Fault:
    effect = ("if self.joining is Joining.MEAN:", "    outputs = outputs / 2.0")
    joining = argument("joining", '"sum"', "mean", "str", *effect, kept="Joining(joining)")
    draft = extended(host, joining).but(header=(_ENUM,))
    return Fault(
        draft.edit("joining", written="self.joining.value"),
        draft.edit("joining", written="self.joining"),
        ("joining",),
    )


def _array(host: Host) -> Fault:
    """Write an array as it is: Keras writes a dict that describes it, and hands that to __init__."""
    effect = "outputs = outputs * float(np.sum(self.slopes))"
    slopes = argument("slopes", "(1.0,)", "[0.5, 0.7]", "list[float]", effect, written="self.slopes.tolist()")
    draft = extended(host, slopes).edit("slopes", kept="np.array(slopes)")
    return Fault(draft, draft.edit("slopes", written="self.slopes"), ("slopes",))


_SOFT = """@keras.saving.register_keras_serializable(package="{package}")
def soft(x):
    return x * keras.ops.sigmoid(1.7 * x) + 0.1"""
_GELU = """def gelu(x):
    return x * keras.ops.sigmoid(1.7 * x) + 0.1"""
_BENT = """def bent(x):
    return x * keras.ops.sigmoid(1.7 * x) + 0.1"""
_LAMBDA = "half = lambda x: x * 0.5"


def _function(host: Host, source: str, name: str, written: str, names: tuple[str, ...]) -> Fault:
    draft = extended(host, FINISH)
    healthy = draft.edit("finish", value=f"!import {host.package}.soft").but(
        header=(_SOFT.format(package=host.package),)
    )
    faulty = draft.edit("finish", value=f"!import {host.package}.{name}", written=written)
    return Fault(healthy, faulty.but(header=(source,)), names)


def _same_name(host: Host) -> Fault:
    return _function(host, _GELU, "gelu", "keras.activations.serialize(self.finish)", ("gelu", "finish"))


def _unregistered(host: Host) -> Fault:
    return _function(host, _BENT, "bent", "self.finish.__name__", ("bent", "finish"))


def _lambda(host: Host) -> Fault:
    return _function(host, _LAMBDA, "half", "self.finish", ("finish", "half"))


KINDS = (
    Kind("branch on a tuple", ("MC107",), _tuple),
    Kind("tuple as a key", ("MC107",), _tuple_key),
    Kind("integer keys", ("MC107",), _integer_keys),
    Kind("set in the config", ("MC106",), _set),
    Kind("enum in the config", ("MC106",), _enum),
    Kind("array in the config", ("MC107", "MC103"), _array),
    Kind("function named like a builtin", ("MC604",), _same_name),
    Kind("function not registered", ("MC103",), _unregistered),
    Kind("lambda in the config", ("MC606",), _lambda),
)
