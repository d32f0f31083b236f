"""A sub-layer, the assets or the shapes to build from do not come back."""

from __future__ import annotations

from tests.mutants.arguments import GAIN
from tests.mutants.draft import composite
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind
from tests.mutants.kinds.weights import BUILD, CALL

_SAVE = """def save_assets(self, folder):
    with open(f"{folder}/words.txt", "w") as file:
        file.write(self.words)"""
_LOAD = """def load_assets(self, folder):
    with open(f"{folder}/words.txt") as file:
        self.words = file.read()"""
_LEARN = 'def learn(self):\n    self.words = "some words"'


def _tuned(host: Host, method: str, *names: str) -> Fault | None:
    """Change a second sub-layer once the layer is built."""
    if not host.wrappable:
        return None
    after = ("self.after = keras.layers.Rescaling(1.5)",)
    healthy = composite(host, GAIN).but(
        init=after, call=("outputs = self.after(outputs)",), methods=(method,)
    )
    return Fault(healthy, healthy.but(extra=(("prepare", "[{method: tune}]"),)), names)


def _changed(host: Host) -> Fault | None:
    return _tuned(host, "def tune(self):\n    self.after.scale = 0.6", "after")


def _frozen(host: Host) -> Fault | None:
    return _tuned(host, "def tune(self):\n    self.after.trainable = False", "after")


def _assets(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    draft = composite(host, GAIN).but(
        init=('self.words = ""',),
        call=("outputs = outputs * (1.0 + len(self.words))",),
        methods=(_LEARN, _SAVE, _LOAD),
        extra=(("prepare", "[{method: learn}]"),),
    )
    return Fault(draft, draft.but(methods=(_LEARN, _SAVE)), ("words", "load_assets"))


def _no_shapes(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    draft = composite(host, GAIN).add(build=BUILD, call=CALL)
    none = "def get_build_config(self):\n    return None"
    return Fault(draft, draft.add(methods=(none,)), ("build_config",))


KINDS = (
    Kind("sub-layer changed later", ("MC204",), _changed),
    Kind("sub-layer frozen later", ("MC305",), _frozen),
    Kind("assets saved, not loaded", ("MC307",), _assets),
    Kind("no build config", ("MC307",), _no_shapes),
)
