"""The built-in layers that are extended: what each is constructed and called with."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import keras
import yaml

from tests.paths import ROOT

CASES = ROOT / "fixtures/real/keras_layers.yaml"
# The package that the extended layers are written to.
PACKAGE = "extended"

FAMILIES = {
    "core": ("Dense", "EinsumDense", "Embedding", "Masking"),
    "activation": ("ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax"),
    "convolution": ("Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "DepthwiseConv2D", "SeparableConv1D"),
    "pooling": ("AveragePooling1D", "MaxPooling2D", "GlobalAveragePooling1D", "AdaptiveAveragePooling2D"),
    "normalization": ("BatchNormalization", "GroupNormalization", "LayerNormalization", "RMSNormalization"),
    "normalization by norm": ("SpectralNormalization", "UnitNormalization"),
    "regularization": ("ActivityRegularization", "Dropout", "GaussianNoise", "SpatialDropout1D"),
    "attention": ("Attention", "AdditiveAttention", "MultiHeadAttention"),
    "reshaping": ("Cropping1D", "Flatten", "Permute", "RepeatVector", "Reshape", "UpSampling2D"),
    "merging": ("Add", "Concatenate", "Dot", "Multiply"),
    "recurrent": ("GRU", "LSTM", "SimpleRNN", "ConvLSTM1D", "Bidirectional", "TimeDistributed", "GRUCell"),
    "preprocessing": ("Rescaling", "Normalization", "MelSpectrogram", "STFTSpectrogram"),
    "images": ("RandomBrightness", "RandomFlip", "Resizing", "CenterCrop", "ZeroPadding2D"),
}
NAMES = tuple(name for family in FAMILIES.values() for name in family)
# They return their outputs together with their states.
WITH_STATES = {"GRU", "GRUCell"}
# Keras saves a fixed list of variables for the first ones, so that a subclass cannot add one; Reshape
# counts as built from the start, so that the build of a subclass is never called.
NOT_BUILT_FURTHER = {"Dense", "EinsumDense", "Embedding", "Conv1D", "Conv2D", "Conv3D", "Reshape"}
# What Keras' own get_config leaves out: a subclass that names it would have to write it.
LOST_BY_KERAS = {("GRU", "use_cudnn"), ("LSTM", "use_cudnn"), ("SimpleRNN", "seed")}
# A mask must have the shape of its input.
WITHOUT_MASKS = {"Softmax"}


@dataclass(frozen=True)
class Host:
    """One built-in layer. ``turn`` is its place among the hosts, which varies what is planted.

    ``init`` holds the arguments of its case as YAML, ``parameters`` those of them that
    its signature has, as source text. ``automatic``: Keras makes its config of the arguments,
    which ends where a subclass has a get_config of its own. ``inputs`` are the case's other
    lines; ``shape`` is that of a single float input. ``signature`` and ``forward`` are the
    parameters of ``call`` and how a subclass hands them on.
    """

    name: str
    turn: int
    init: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]
    automatic: bool
    inputs: tuple[tuple[str, str], ...]
    shape: tuple[int, ...] | None
    signature: tuple[str, ...]
    forward: str

    @property
    def module(self) -> str:
        """Return the name of the module that holds what extends it."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", self.name).lower()

    @property
    def package(self) -> str:
        """Return the name under which that module is imported, and its classes registered."""
        return f"{PACKAGE}.{self.module}"

    @property
    def buildable(self) -> bool:
        """Tell whether a subclass can make weights of its own in build."""
        plain = self.name not in NOT_BUILT_FURTHER | WITH_STATES
        return plain and self.inputs[0][0] == "input"

    @property
    def wrappable(self) -> bool:
        """Tell whether another layer can hold it and call it with one argument."""
        return [key for key, _ in self.inputs] == ["input"] and self.name not in WITH_STATES


def hosts(only: Iterable[str] = ()) -> list[Host]:
    """Return the hosts, or those named.

    Raises:
        ValueError: a name that is none of a host.
    """
    wanted = list(only) or NAMES
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        raise ValueError(f"no layers of the mutation check: {', '.join(unknown)}; known: {', '.join(NAMES)}")
    text = CASES.read_text()
    root: Any = yaml.compose(text, yaml.SafeLoader)
    cases = {key.value: node for key, node in _entries(root)["layers"].value}
    return [_host(name, cases[name], text) for name in wanted]


def _host(name: str, node: yaml.MappingNode, text: str) -> Host:
    entry = _entries(node)
    if "cases" in entry:
        entry = _entries(entry["cases"].value[0])
    init = tuple((key, _source(part, text)) for key, part in _entries(entry.get("init")).items())
    inputs = tuple((key, _source(part, text)) for key, part in entry.items() if key not in ("id", "init"))
    cls = getattr(keras.layers, name)
    known = inspect.signature(cls.__init__).parameters
    named = [key for key, _ in init if key in known and (name, key) not in LOST_BY_KERAS]
    parameters = tuple((key, _default(known[key])) for key in named)
    ordered = tuple(sorted(parameters, key=lambda pair: list(known).index(pair[0])))
    _, *call = inspect.signature(cls.call).parameters.values()
    forward = [p.name if p.default is p.empty else f"{p.name}={p.name}" for p in call]
    signature = tuple(str(p) for p in call)
    shape = _float_shape(entry.get("input"))
    automatic = cls.get_config is keras.Layer.get_config
    turn = NAMES.index(name)
    return Host(name, turn, init, ordered, automatic, inputs, shape, signature, ", ".join(forward))


def _entries(node: Any) -> dict[str, Any]:
    return {key.value: value for key, value in node.value} if node else {}


def _source(node: Any, text: str) -> str:
    return " ".join(text[node.start_mark.index : node.end_mark.index].split())


def _default(parameter: inspect.Parameter) -> str:
    return "" if parameter.default is parameter.empty else repr(parameter.default)


def _float_shape(node: Any) -> tuple[int, ...] | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    entry = _entries(node)
    if set(entry) - {"shape", "mask"} or "shape" not in entry:
        return None
    return tuple(int(size.value) for size in entry["shape"].value)
