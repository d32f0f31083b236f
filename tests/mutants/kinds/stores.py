"""What save_own_variables writes is not what load_own_variables reads."""

from __future__ import annotations

from collections.abc import Callable

from tests.mutants.arguments import GAIN
from tests.mutants.draft import composite
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind
from tests.mutants.kinds.weights import BUILD, CALL

_SAVE = """def save_own_variables(self, store):
    store["slope"] = self.slope.numpy()
    store["level"] = self.level.numpy()"""
_LOAD = """def load_own_variables(self, store):
    self.slope.assign(np.array(store["slope"]))
    self.level.assign(np.array(store["level"]))"""
_SLOPE_SAVED = "\n".join(_SAVE.splitlines()[:2])
_SLOPE_LOADED = "\n".join(_LOAD.splitlines()[:2])
_CAREFUL = f"""{_SLOPE_LOADED}
    if "level" in store:
        self.level.assign(np.array(store["level"]))"""
_CROSSED = """def load_own_variables(self, store):
    self.slope.assign(np.array(store["level"]))
    self.level.assign(np.array(store["slope"]))"""
_ROUNDED = _SAVE.replace("self.level.numpy()", "np.round(self.level.numpy(), 1)")


def _stored(saving: str, loading: str, *names: str) -> Callable[[Host], Fault | None]:
    def plant(host: Host) -> Fault | None:
        if not host.wrappable:
            return None
        draft = composite(host, GAIN).add(build=BUILD, call=CALL)
        return Fault(draft.but(methods=(_SAVE, _LOAD)), draft.but(methods=(saving, loading)), names)

    return plant


_SAME = _LOAD.replace('["level"]', '["slope"]')
_NUMBERED = _LOAD.replace('"slope"', '"0"').replace('"level"', '"1"')
_BOTH = ("slope", "level")
_METHOD = "load_own_variables"

KINDS = (
    Kind("load forgets a weight", ("MC307",), _stored(_SAVE, _SLOPE_LOADED, "level")),
    Kind("load swaps weights", ("MC307", "MC303"), _stored(_SAVE, _CROSSED, *_BOTH)),
    Kind("load reads one weight twice", ("MC307",), _stored(_SAVE, _SAME, "level")),
    Kind("save names, load indices", ("MC307",), _stored(_SAVE, _NUMBERED, *_BOTH, _METHOD)),
    Kind("save drops a weight", ("MC307",), _stored(_SLOPE_SAVED, _CAREFUL, "level")),
    Kind("save drops a weight, load fails", ("MC307",), _stored(_SLOPE_SAVED, _LOAD, "level", _METHOD)),
    Kind("save rounds a weight", ("MC307",), _stored(_ROUNDED, _LOAD, "level")),
)
