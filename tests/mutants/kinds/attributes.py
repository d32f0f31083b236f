"""State that no config and no file holds: random, untracked or set later."""

from __future__ import annotations

from collections.abc import Callable

from tests.mutants.arguments import GAIN
from tests.mutants.draft import subclass
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind
from tests.mutants.kinds.weights import BUILD, CALL, built

_WEIGHT = (
    'self.noise = self.add_weight(name="noise", shape=(), initializer="random_uniform", trainable=False)'
)
_MIDDLE = 'self.middle = self.add_weight(name="middle", shape=(), initializer="zeros", trainable=False)'
_HOLDER = '''class Holder:
    """Keeps something."""

    def __init__(self, content):
        self.content = content'''


def _instead_of_weight(made: str, read: str, *header: str) -> Callable[[Host], Fault | None]:
    """Return how to make something in build in place of an untrainable weight."""

    def plant(host: Host) -> Fault | None:
        healthy = built(host, (_WEIGHT,), ("outputs = outputs * (1.5 + self.noise)",))
        faulty = built(host, (f"self.noise = {made}",), (f"outputs = outputs * (0.5 + {read})",))
        return Fault(healthy, faulty.but(header=header), ("noise",)) if healthy and faulty else None

    return plant


def _layer_in_object(host: Host) -> Fault | None:
    """Hold a layer with weights where Keras does not look."""
    if host.shape is None or not host.buildable:
        return None
    made = "keras.layers.BatchNormalization()"
    build = ("super().build(input_shape)", "self.after.build(self.compute_output_shape(tuple(input_shape)))")
    call = ("outputs = self.after(outputs)",)
    healthy = subclass(host, GAIN).but(init=(f"self.after = {made}",), build=build, call=call)
    hidden = healthy.but(
        header=(_HOLDER,),
        init=(f"self.after = Holder({made})",),
        build=(build[0], build[1].replace("self.after", "self.after.content")),
        call=("outputs = self.after.content(outputs)",),
    )
    return Fault(healthy, hidden, ("after",))


def _measured(host: Host) -> Fault | None:
    """Keep what a method has measured in an attribute instead of a weight."""
    draft = built(host, BUILD, (*CALL, "outputs = outputs - self.middle"))
    if draft is None:
        return None
    draft = draft.but(extra=(("prepare", "[{method: measure}]"),))
    kept = draft.add(build=(_MIDDLE,), methods=("def measure(self):\n    self.middle.assign(0.8)",))
    forgotten = draft.add(init=("self.middle = 0.0",), methods=("def measure(self):\n    self.middle = 0.8",))
    return Fault(kept, forgotten, ("middle",))


_PLAIN = "self.noise"
_CAST = "keras.ops.cast(self.noise, outputs.dtype)"
_CONTENT = "keras.ops.cast(self.noise.content, outputs.dtype)"
_ARRAY = 'np.random.uniform(size=()).astype("float32")'
_VARIABLE = 'keras.Variable(0.7, name="noise")'

KINDS = (
    Kind("random array in build", ("MC202",), _instead_of_weight(_ARRAY, _PLAIN)),
    Kind("random number in build", ("MC202",), _instead_of_weight("random.random()", _PLAIN)),
    Kind("random tensor in build", ("MC202",), _instead_of_weight("keras.random.uniform(())", _CAST)),
    Kind("untracked tf.Variable", ("MC304",), _instead_of_weight("tf.Variable(0.7)", _CAST)),
    Kind("variable in an object", ("MC304",), _instead_of_weight(f"Holder({_VARIABLE})", _CONTENT, _HOLDER)),
    Kind("sub-layer in an object", ("MC304",), _layer_in_object),
    Kind("state in an attribute", ("MC201",), _measured),
)
