"""A weight does not come back."""

from __future__ import annotations

from ..arguments import GAIN
from ..draft import Draft, argument, composite, subclass
from ..hosts import Host
from ..kind import Fault, Kind

_BUILD = (
    'self.slope = self.add_weight(name="slope", shape=(), initializer="ones")',
    'self.level = self.add_weight(name="level", shape=(), initializer="zeros")',
)
_CALL = ("outputs = outputs * self.slope + self.level",)


def weighted(host: Host) -> Draft | None:
    """Return a layer with two weights of its own, beside those of the host."""
    if host.wrappable and (host.turn % 2 or not host.buildable):
        return composite(host, GAIN).add(build=_BUILD, call=_CALL)
    if not host.buildable:
        return None
    return subclass(host, GAIN).but(build=("super().build(input_shape)", *_BUILD), call=_CALL)


def _own_state(host: Host) -> Draft | None:
    """Return a layer that holds the host and saves its own two weights itself."""
    if not host.wrappable:
        return None
    draft = composite(host, GAIN).add(build=_BUILD, call=_CALL)
    return draft.but(methods=(_SAVING, _LOADING))


_SAVING = """def save_own_variables(self, store):
    store["slope"] = self.slope.numpy()
    store["level"] = self.level.numpy()"""
_LOADING = """def load_own_variables(self, store):
    self.slope.assign(np.array(store["slope"]))
    self.level.assign(np.array(store["level"]))"""


def _stored(host: Host, saving: str, loading: str, *names: str) -> Fault | None:
    draft = _own_state(host)
    return Fault(draft, draft.but(methods=(saving, loading)), names) if draft else None


def _load_forgets(host: Host) -> Fault | None:
    return _stored(host, _SAVING, "\n".join(_LOADING.splitlines()[:2]), "level")


def _load_swaps(host: Host) -> Fault | None:
    swapped = _LOADING.replace('["slope"]', '["?"]').replace('["level"]', '["slope"]').replace("?", "level")
    return _stored(host, _SAVING, swapped, "slope", "level")


def _load_indices(host: Host) -> Fault | None:
    loading = _LOADING.replace('"slope"', '"0"').replace('"level"', '"1"')
    return _stored(host, _SAVING, loading, "load_own_variables", "slope", "level")


def _save_drops(host: Host) -> Fault | None:
    saving = "\n".join(_SAVING.splitlines()[:2])
    loading = _LOADING.replace("    self.level", '    if "level" in store:\n        self.level')
    return _stored(host, saving, loading, "level")


def _save_drops_loudly(host: Host) -> Fault | None:
    return _stored(host, "\n".join(_SAVING.splitlines()[:2]), _LOADING, "level", "load_own_variables")


def _load_same(host: Host) -> Fault | None:
    return _stored(host, _SAVING, _LOADING.replace('["level"]', '["slope"]'), "level")


def _rounds_weights(host: Host) -> Fault | None:
    saving = _SAVING.replace("self.level.numpy()", "np.round(self.level.numpy(), 1)")
    return _stored(host, saving, _LOADING, "level")


def _frozen(host: Host) -> Fault | None:
    draft = weighted(host)
    if draft is None:
        return None
    flag = argument("fixed", "False", "true", "bool")
    build = tuple(line.replace("shape=()", "shape=(), trainable=not self.fixed") for line in draft.build)
    draft = draft.but(arguments=(*draft.arguments, flag), build=build)
    return Fault(draft, draft.edit("fixed", written=""), ("fixed",))


def _frozen_later(host: Host) -> Fault | None:
    draft = weighted(host)
    if draft is None:
        return None
    freeze = "def freeze(self):\n    self.slope.trainable = False"
    healthy = draft.add(methods=(freeze,))
    return Fault(healthy, healthy.but(extra=(("prepare", "[{method: freeze}]"),)), ("slope",))


def _count(host: Host) -> Fault | None:
    draft = weighted(host)
    if draft is None:
        return None
    flag = argument("shifted", "False", "true", "bool")
    build = tuple(
        part for line in draft.build for part in (("if self.shifted:", "    " + line) if ".level" in line else (line,))
    )
    call = ("outputs = outputs * self.slope", "if self.shifted:", "    outputs = outputs + self.level")
    draft = draft.but(arguments=(*draft.arguments, flag), build=build, call=call)
    return Fault(draft, draft.edit("shifted", written=""), ("shifted",))


def _shape(host: Host) -> Fault | None:
    draft = weighted(host)
    if draft is None:
        return None
    lanes = argument("lanes", "2", "3", "int")
    build = tuple(line.replace("shape=()", "shape=(self.lanes,)") for line in draft.build)
    call = ("outputs = outputs * keras.ops.sum(self.slope) + keras.ops.sum(self.level)",)
    draft = draft.but(arguments=(*draft.arguments, lanes), build=build, call=call)
    return Fault(draft, draft.edit("lanes", written=""), ("lanes",))


KINDS = (
    Kind("load forgets a weight", ("MC307",), _load_forgets),
    Kind("load swaps weights", ("MC307", "MC303"), _load_swaps),
    Kind("load reads one weight twice", ("MC307",), _load_same),
    Kind("save names, load indices", ("MC307",), _load_indices),
    Kind("save drops a weight", ("MC307",), _save_drops),
    Kind("save drops a weight, load fails", ("MC307",), _save_drops_loudly),
    Kind("save rounds a weight", ("MC307",), _rounds_weights),
    Kind("weight frozen by a lost flag", ("MC101",), _frozen),
    Kind("weight frozen later", ("MC305",), _frozen_later),
    Kind("weight made by a lost flag", ("MC101",), _count),
    Kind("weight shaped by a lost argument", ("MC101",), _shape),
)
