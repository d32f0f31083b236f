"""A loss that the case cannot show, since the argument is left at its default: only a probe does."""

from __future__ import annotations

from tests.mutants.arguments import (
    BOOST,
    DOUBLED,
    FACTORS,
    FINISH,
    FLIP,
    GAIN,
    LIMIT,
    OFFSETS,
    PENALTY,
    STEPS,
    STYLE,
    TABLE,
)
from tests.mutants.draft import Argument, extended, subclass
from tests.mutants.hosts import Host
from tests.mutants.kind import Fault, Kind, altered, lost

# An argument of the parent that its case leaves at the default.
_FREE = {
    "Conv1D": "use_bias",
    "Conv2D": "activation",
    "Conv3D": "activation",
    "DepthwiseConv2D": "use_bias",
    "BatchNormalization": "scale",
    "GroupNormalization": "center",
    "LayerNormalization": "scale",
    "Attention": "use_scale",
    "MultiHeadAttention": "use_gate",
    "UpSampling2D": "data_format",
    "LSTM": "go_backwards",
    "GRU": "recurrent_activation",
    "SimpleRNN": "go_backwards",
    "TimeDistributed": "trainable",
    "Resizing": "data_format",
    "STFTSpectrogram": "periodic",
    "Dot": "normalize",
}


def _parents(host: Host) -> Fault | None:
    name = _FREE.get(host.name)
    if name is None:
        return None
    draft = subclass(host, GAIN)
    return Fault(draft, draft.add(config=(f'config.pop("{name}")',)), (name,))


def _training(host: Host) -> Fault:
    draft = extended(host, BOOST).edit("boost", value="").but(signature=("training=None",))
    return Fault(draft, draft.edit("boost", written=""), ("boost",))


def _kind(label: str, argument: Argument) -> Kind:
    return Kind(f"latent: {label}", ("MC101",), lost(argument, value=""))


KINDS = (
    _kind("float", GAIN),
    _kind("int", STEPS),
    _kind("bool", FLIP),
    _kind("choice of texts", STYLE),
    _kind("tuple", OFFSETS),
    _kind("list", FACTORS),
    _kind("optional float", LIMIT),
    _kind("optional dict", TABLE),
    _kind("function", FINISH),
    _kind("loss only", PENALTY),
    Kind("latent: training only", ("MC101",), _training),
    Kind("latent: default written", ("MC102",), altered(GAIN, "1.0", value="")),
    Kind("latent: bool as text", ("MC102",), altered(DOUBLED, "str(self.doubled)", value="")),
    Kind("latent: argument of the parent", ("MC101", "MC105"), _parents),
)
