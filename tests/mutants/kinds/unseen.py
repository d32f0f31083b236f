"""What is lost shows in no output of a restored layer, or is not what the case has given."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace

import keras

from tests.mutants.arguments import GAIN, PADS, SHIFT
from tests.mutants.draft import Draft, composite, extended, subclass
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind, Plant, altered, lost

# A number for an argument of which Keras makes a tuple.
_NUMBERS = {
    "Conv1D": ("dilation_rate", "2"),
    "Conv2D": ("strides", "2"),
    "Conv3D": ("strides", "2"),
    "SeparableConv1D": ("dilation_rate", "2"),
    "AveragePooling1D": ("strides", "2"),
    "MaxPooling2D": ("strides", "2"),
    "UpSampling2D": ("size", "3"),
    "Cropping1D": ("cropping", "2"),
    "ZeroPadding2D": ("padding", "2"),
}


def _find_key(host: Host, end: str) -> str:
    """Return an argument that the parent writes to its config and the case leaves alone, "" if none is."""
    if host.automatic:
        return ""
    cls = getattr(keras.layers, host.name)
    source = "".join(inspect.getsource(base.get_config) for base in cls.__mro__ if "get_config" in vars(base))
    given = dict(host.init)
    names = [name for name in inspect.signature(cls.__init__).parameters if name.endswith(end)]
    return next((name for name in names if name not in given and f'"{name}"' in source), "")


def _dropped(end: str, value: str = "") -> Plant:
    """Return how to drop the parent's key that ends so, given by the case or left to the probes."""

    def plant(host: Host) -> Fault | None:
        name = _find_key(host, end)
        if not name:
            return None
        draft = subclass(host, GAIN).but(case=((name, value),) if value else ())
        return Fault(draft, draft.add(config=(f'config.pop("{name}")',)), (name,))

    return plant


def _with_number(host: Host) -> tuple[str, Draft] | None:
    """Return a subclass of which the case gives a number where Keras keeps a tuple."""
    if host.name not in _NUMBERS:
        return None
    name, value = _NUMBERS[host.name]
    draft = subclass(host, GAIN)
    if name in dict(host.init):
        init = tuple((key, value if key == name else old) for key, old in host.init)
        return name, draft.but(host=replace(host, init=init))
    return name, draft.but(case=((name, value),))


def _number(config: Callable[[str], str]) -> Plant:
    def plant(host: Host) -> Fault | None:
        found = _with_number(host)
        if found is None:
            return None
        name, draft = found
        return Fault(draft, draft.add(config=(config(name),)), (name,))

    return plant


def _fixed_dtype(value: str) -> Plant:
    def plant(host: Host) -> Fault:
        draft = extended(host, GAIN).but(case=(("dtype", value),) if value else ())
        return Fault(draft, draft.add(config=('config["dtype"] = "float32"',)), ("dtype", "dtype_policy"))

    return plant


def _pops_part(host: Host) -> Fault | None:
    """Take the sub-layer out of the config, as many do."""
    if not host.wrappable:
        return None
    draft = composite(host, GAIN)
    lines = ('inner = keras.layers.deserialize(config.pop("inner"))', "return cls(inner, **config)")
    healthy = draft.but(from_config=("config = dict(config)", *lines))
    return Fault(healthy, draft.but(from_config=lines), ("inner",))


def _pops_and_sets(host: Host) -> Fault:
    """Take an argument out of the config, and set it once the layer is made."""
    lines = (
        'gain = config.pop("gain")',
        "layer = super().from_config(config)",
        "layer.gain = gain",
        "return layer",
    )
    draft = subclass(host, GAIN, SHIFT)
    healthy = draft.but(from_config=("config = dict(config)", *lines))
    return Fault(healthy, draft.but(from_config=lines), ("gain",))


def _drop(name: str) -> str:
    return f'config.pop("{name}")'


def _one(name: str) -> str:
    return f'config["{name}"] = 1'


_LOST = ("MC101",)
_DTYPE = ("MC105", "MC102", "MC701")
KINDS = (
    Kind("unseen: initializer dropped", _LOST, _dropped("_initializer", "he_normal")),
    Kind("unseen: initializer dropped, latent", _LOST, _dropped("_initializer")),
    Kind("unseen: constraint dropped", _LOST, _dropped("_constraint", "unit_norm")),
    Kind("unseen: constraint dropped, latent", _LOST, _dropped("_constraint")),
    Kind("unseen: data_format dropped, latent", _LOST, _dropped("data_format")),
    Kind("unseen: unroll dropped", _LOST, _dropped("unroll", "true")),
    Kind("unseen: unroll dropped, latent", _LOST, _dropped("unroll")),
    Kind("number kept as tuple, dropped", _LOST, _number(_drop)),
    Kind("number kept as tuple, altered", ("MC102",), _number(_one)),
    Kind("own number kept as tuple, dropped", _LOST, lost(PADS)),
    Kind("own number kept as tuple, altered", ("MC102",), altered(PADS, "self.pads[0] + 1")),
    Kind("dtype fixed in the config", _DTYPE, _fixed_dtype("float64")),
    Kind("dtype fixed in the config, latent", _DTYPE, _fixed_dtype("")),
    Kind("from_config pops a part", ("MC108",), _pops_part),
    Kind("from_config pops and sets", ("MC108",), _pops_and_sets),
)
