"""State that no config and no file holds: random, untracked or changed after construction."""

from __future__ import annotations

from ..arguments import GAIN
from ..draft import Draft, composite, subclass
from ..hosts import Host
from ..kind import Fault, Kind
from .weights import weighted


def _built(host: Host, *statements: str, call: str, header: tuple[str, ...] = ()) -> Draft | None:
    """Return a layer whose build ends with statements."""
    if host.wrappable and (host.turn % 2 or not host.buildable):
        return composite(host, GAIN).add(build=statements, call=(call,), header=header)
    if not host.buildable:
        return None
    build = ("super().build(input_shape)", *statements)
    return subclass(host, GAIN).but(build=build, call=(call,), header=header)


def _replaced(host: Host, fault: str, name: str, call: str, *header: str) -> Fault | None:
    """Plant a statement of build in place of an untrainable weight."""
    initializer = 'initializer="random_uniform", trainable=False'
    weight = f'self.{name} = self.add_weight(name="{name}", shape=(), {initializer})'
    healthy = _built(host, weight, call=f"outputs = outputs * (1.5 + self.{name})")
    faulty = _built(host, fault, call=call, header=header)
    return Fault(healthy, faulty, (name,)) if healthy and faulty else None


def _numpy(host: Host) -> Fault | None:
    call = "outputs = outputs * (0.5 + self.noise)"
    return _replaced(host, "self.noise = np.random.uniform(size=()).astype('float32')", "noise", call)


def _python(host: Host) -> Fault | None:
    call = "outputs = outputs * (0.5 + self.noise)"
    return _replaced(host, "self.noise = random.random()", "noise", call)


def _tensor(host: Host) -> Fault | None:
    call = "outputs = outputs * (0.5 + keras.ops.cast(self.noise, outputs.dtype))"
    return _replaced(host, "self.noise = keras.random.uniform(())", "noise", call)


def _variable(host: Host) -> Fault | None:
    call = "outputs = outputs * (0.5 + keras.ops.cast(self.noise, outputs.dtype))"
    return _replaced(host, "self.noise = tf.Variable(0.7, trainable=False)", "noise", call)


_HOLDER = '''class Holder:
    """Keeps something."""

    def __init__(self, content):
        self.content = content'''


def _in_object(host: Host) -> Fault | None:
    call = "outputs = outputs * (0.5 + keras.ops.cast(self.noise.content, outputs.dtype))"
    fault = 'self.noise = Holder(keras.Variable(0.7, name="noise"))'
    return _replaced(host, fault, "noise", call, _HOLDER)


def _layer_in_object(host: Host) -> Fault | None:
    """Hold a layer with weights where Keras does not look."""
    if host.shape is None or not host.buildable:
        return None
    made = "keras.layers.BatchNormalization()"
    build = ("super().build(input_shape)", "self.after.build(self.compute_output_shape(tuple(input_shape)))")
    healthy = subclass(host, GAIN).but(
        init=(f"self.after = {made}",), build=build, call=("outputs = self.after(outputs)",)
    )
    hidden = healthy.but(
        header=(_HOLDER,),
        init=(f"self.after = Holder({made})",),
        build=(build[0], build[1].replace("self.after", "self.after.content")),
        call=("outputs = self.after.content(outputs)",),
    )
    return Fault(healthy, hidden, ("after",))


def _measured(host: Host) -> Fault | None:
    draft = weighted(host)
    if draft is None:
        return None
    weight = 'self.middle = self.add_weight(name="middle", shape=(), initializer="zeros", trainable=False)'
    measure = "def measure(self):\n    self.middle.assign(0.8)"
    forgets = "def measure(self):\n    self.middle = 0.8"
    healthy = draft.add(build=(weight,), call=("outputs = outputs - self.middle",), methods=(measure,))
    healthy = healthy.but(extra=(("prepare", "[{method: measure}]"),))
    faulty = healthy.but(init=("self.middle = 0.0",), build=draft.build, methods=(forgets,))
    return Fault(healthy, faulty, ("middle",))


def _sublayer(host: Host, method: str, *names: str) -> Fault | None:
    if not host.wrappable:
        return None
    draft = composite(host, GAIN).but(
        init=("self.after = keras.layers.Rescaling(1.5)",), call=("outputs = self.after(outputs)",)
    )
    healthy = draft.but(methods=(method,))
    return Fault(healthy, healthy.but(extra=(("prepare", "[{method: tune}]"),)), names)


def _sublayer_changed(host: Host) -> Fault | None:
    return _sublayer(host, "def tune(self):\n    self.after.scale = 0.6", "after", "after.scale")


def _sublayer_frozen(host: Host) -> Fault | None:
    return _sublayer(host, "def tune(self):\n    self.after.trainable = False", "after")


_SAVE_ASSETS = """def save_assets(self, folder):
    with open(f"{folder}/words.txt", "w") as file:
        file.write(self.words)"""
_LOAD_ASSETS = """def load_assets(self, folder):
    with open(f"{folder}/words.txt") as file:
        self.words = file.read()"""


def _assets(host: Host) -> Fault | None:
    if not host.wrappable:
        return None
    learn = 'def learn(self):\n    self.words = "some words"'
    draft = composite(host, GAIN).but(
        init=('self.words = ""',),
        call=("outputs = outputs * (1.0 + len(self.words))",),
        methods=(learn, _SAVE_ASSETS, _LOAD_ASSETS),
        extra=(("prepare", "[{method: learn}]"),),
    )
    return Fault(draft, draft.but(methods=(learn, _SAVE_ASSETS)), ("words", "load_assets"))


def _build_config(host: Host) -> Fault | None:
    """Give no shape to build from when the file is loaded."""
    if not host.wrappable or not host.turn % 2:
        return None
    draft = weighted(host)
    none = "def get_build_config(self):\n    return None"
    return Fault(draft, draft.add(methods=(none,)), ("build_config",)) if draft else None


KINDS = (
    Kind("random NumPy attribute in build", ("MC202",), _numpy),
    Kind("random number in build", ("MC202",), _python),
    Kind("random constant tensor in build", ("MC202",), _tensor),
    Kind("untracked tf.Variable", ("MC304",), _variable),
    Kind("variable in a plain object", ("MC304",), _in_object),
    Kind("sub-layer in a plain object", ("MC304",), _layer_in_object),
    Kind("state in an attribute", ("MC201",), _measured),
    Kind("sub-layer changed later", ("MC204",), _sublayer_changed),
    Kind("sub-layer frozen later", ("MC305",), _sublayer_frozen),
    Kind("assets saved, not loaded", ("MC307",), _assets),
    Kind("no build config", ("MC307",), _build_config),
)
