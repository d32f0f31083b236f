"""A loss that the case cannot show, since the argument is left at its default: only a probe does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ..arguments import (
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
from ..draft import Argument, Draft, extended, subclass
from ..hosts import Host
from ..kind import Fault, Kind


def _at_default(host: Host, argument: Argument) -> Draft:
    draft = extended(host, argument).edit(argument.name, value="")
    return draft.but(signature=("training=None",)) if argument is BOOST else draft


def _latent(argument: Argument, host: Host) -> Fault:
    draft = _at_default(host, argument)
    return Fault(draft, draft.edit(argument.name, written=""), (argument.name,))


def _default(host: Host) -> Fault:
    draft = _at_default(host, GAIN)
    return Fault(draft, draft.edit("gain", written="1.0"), ("gain",))


def _text(host: Host) -> Fault:
    draft = _at_default(host, DOUBLED)
    return Fault(draft, draft.edit("doubled", written="str(self.doubled)"), ("doubled",))


def _parents(host: Host) -> Fault | None:
    """Leave out of the config what the parent has and the case does not give."""
    name = _FREE.get(host.name)
    if name is None:
        return None
    draft = subclass(host, GAIN)
    return Fault(draft, draft.add(config=(f'config.pop("{name}")',)), (name,))


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


def _kind(argument: Argument, label: str) -> Kind:
    plant: Callable[[Host], Fault | None] = partial(_latent, argument)
    return Kind(f"latent: {label}", ("MC101",), plant)


KINDS = (
    _kind(GAIN, "float"),
    _kind(STEPS, "int"),
    _kind(FLIP, "bool"),
    _kind(STYLE, "choice of texts"),
    _kind(OFFSETS, "tuple"),
    _kind(FACTORS, "list"),
    _kind(LIMIT, "optional float"),
    _kind(TABLE, "optional dict"),
    _kind(FINISH, "function"),
    _kind(PENALTY, "loss only"),
    _kind(BOOST, "training only"),
    Kind("latent: default written", ("MC102",), _default),
    Kind("latent: bool as text", ("MC102",), _text),
    Kind("latent: argument of the parent", ("MC101", "MC105"), _parents),
)
