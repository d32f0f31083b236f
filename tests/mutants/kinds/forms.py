"""A value changes its form on the way through JSON, or has none there."""

from __future__ import annotations

from tests.mutants.arguments import FINISH, OFFSETS
from tests.mutants.draft import argument, extended
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind, altered

_BY_TYPE = (
    "if isinstance(self.offsets, tuple):",
    "    outputs = outputs * self.offsets[1]",
    "else:",
    "    outputs = outputs + sum(self.offsets)",
)
_AS_KEY = ("outputs = outputs * {(0.1, 0.4): 3.0}.get(self.offsets, 1.0)",)
_LEVELS = argument(
    "levels",
    "None",
    "{0: 0.2, 1: 0.7}",
    "dict[int, float] | None",
    "outputs = outputs * self.levels.get(1, 1.0)",
    kept="{int(key): value for key, value in (levels or {}).items()}",
    written="dict(self.levels)",
)
_MARKS = argument(
    "marks",
    "()",
    "[2, 3, 5]",
    "list[int]",
    "outputs = outputs * len(self.marks)",
    kept="set(marks)",
    written="sorted(self.marks)",
)
_JOINING = argument(
    "joining",
    '"sum"',
    "mean",
    "str",
    "if self.joining is Joining.MEAN:",
    "    outputs = outputs / 2.0",
    kept="Joining(joining)",
    written="self.joining.value",
)
_SLOPES = argument(
    "slopes",
    "(1.0,)",
    "[0.5, 0.7]",
    "list[float]",
    "outputs = outputs * float(np.sum(self.slopes))",
    kept="np.array(slopes)",
    written="self.slopes.tolist()",
)
_ENUM = '''class Joining(Enum):
    """How to join."""

    SUM = "sum"
    MEAN = "mean"'''


def _tuple(host: Host, effect: tuple[str, ...]) -> Fault:
    draft = extended(host, OFFSETS).edit("offsets", value="!tuple [0.1, 0.4]", effect=effect)
    return Fault(draft, draft.edit("offsets", kept="offsets"), ("offsets",))


def _branch(host: Host) -> Fault:
    return _tuple(host, _BY_TYPE)


def _key(host: Host) -> Fault:
    return _tuple(host, _AS_KEY)


def _integer_keys(host: Host) -> Fault:
    draft = extended(host, _LEVELS)
    return Fault(draft, draft.edit("levels", kept="dict(levels or {})"), ("levels",))


def _enum(host: Host) -> Fault:
    draft = extended(host, _JOINING).but(header=(_ENUM,))
    return Fault(draft, draft.edit("joining", written="self.joining"), ("joining",))


_BODY = "(x):\n    return x * keras.ops.sigmoid(1.7 * x) + 0.1"
_REGISTERED = '@keras.saving.register_keras_serializable(package="{}")\ndef soft'
_BY_NAME = "keras.activations.serialize(self.finish)"


def _function(host: Host, source: str, name: str, written: str) -> Fault:
    draft = extended(host, FINISH)
    healthy = draft.but(header=(_REGISTERED.format(host.package) + _BODY,))
    faulty = draft.edit("finish", value=f"!import {host.package}.{name}", written=written)
    return Fault(
        healthy.edit("finish", value=f"!import {host.package}.soft"),
        faulty.but(header=(source,)),
        (name, "finish"),
    )


def _like_builtin(host: Host) -> Fault:
    return _function(host, f"def gelu{_BODY}", "gelu", _BY_NAME)


def _unregistered(host: Host) -> Fault:
    return _function(host, f"def bent{_BODY}", "bent", "self.finish.__name__")


def _lambda(host: Host) -> Fault:
    return _function(host, "half = lambda x: x * 0.5", "half", "self.finish")


KINDS = (
    Kind("branch on a tuple", ("MC107",), _branch),
    Kind("tuple as a key", ("MC107",), _key),
    Kind("integer keys", ("MC107",), _integer_keys),
    Kind("set in the config", ("MC106",), altered(_MARKS, "self.marks")),
    Kind("enum in the config", ("MC106",), _enum),
    Kind("array in the config", ("MC107", "MC103"), altered(_SLOPES, "self.slopes")),
    Kind("function named like a builtin", ("MC604",), _like_builtin),
    Kind("function not registered", ("MC103",), _unregistered),
    Kind("lambda in the config", ("MC606",), _lambda),
)
