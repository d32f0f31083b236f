"""What the name of an input says of its shape and dtype: facts as data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from maskcheck.lab.infer.guess.names import CHANNELS, FEATURES, SIDE, STEPS
from maskcheck.model.case import Leaf

BATCH = 2
# The shapes to try by rank: small, and unlike in every dimension that need not be equal.
BY_RANK: Mapping[int, tuple[int, ...]] = {
    1: (BATCH,),
    2: (BATCH, FEATURES),
    3: (BATCH, STEPS, FEATURES),
    4: (BATCH, SIDE, SIDE, CHANNELS),
    5: (BATCH, 6, 7, SIDE, CHANNELS),
    6: (BATCH, 3, 4, 5, 6, CHANNELS),
}
# Tried when none of those is accepted.
UNUSUAL: tuple[tuple[int, ...], ...] = (
    (BATCH, SIDE, SIDE, FEATURES),
    (BATCH, 32, 32, CHANNELS),
    (BATCH, 16, FEATURES),
    (BATCH, 4, FEATURES),
    (BATCH, SIDE * SIDE, FEATURES),
    (BATCH, 64),
    (BATCH, STEPS, 4),
    (BATCH, 1),
    (BATCH, SIDE, SIDE, 1),
    (BATCH, 64, 64, CHANNELS),
    (BATCH, STEPS, STEPS),
    (BATCH, 4, SIDE, SIDE, FEATURES),
    (BATCH, 256),
    (BATCH, 128, 1),
    (6,),
)
# The ranks that layers of Keras take, by what their class names contain.
RANK_OF_LAYER: tuple[tuple[str, int], ...] = (
    (r"Cell", 2),
    (r"3D|ConvLSTM2D", 5),
    (r"2D|Image|Resizing|CenterCrop|^Random[A-Z]|Patch|Pixel", 4),
    (r"1D|LSTM|GRU|RNN|Attention|Transformer|Bidirectional|TimeDistributed", 3),
)
# The dtypes that layers take, likewise.
DTYPE_OF_LAYER: tuple[tuple[str, str | None], ...] = (
    (r"Position(?!\w*Token)(?!\w*And)|Patch|Reversible|Entity", None),
    (r"StringLookup|TextVectorization", "string"),
    (r"Embedding|Lookup|Hash|CategoryEncoding|OneHot|CrossedColumn", "int32"),
)
# Layers whose input is no index, whatever it is called.
_FLOATS = re.compile(r"Dense|Conv|Norm|LSTM|GRU|RNN|Attention|Sequential")

_IDS = Leaf(shape=(BATCH, STEPS), dtype="int32", low=0, high=4)
_MASK = Leaf(shape=(BATCH, STEPS), dtype="bool")
_LENGTHS = Leaf(shape=(BATCH,), dtype="int32", low=1, high=STEPS + 1)
_STATE = Leaf(shape=(BATCH, FEATURES))
# The first pattern that is found in a name decides; each with the forms to try.
_NAMED: tuple[tuple[str, tuple[Any, ...]], ...] = (
    (r"attention_mask|attn_mask", (Leaf(shape=(BATCH, STEPS, STEPS), dtype="bool"), _MASK)),
    (
        r"mask",
        (
            _MASK,
            Leaf(shape=(BATCH, STEPS, FEATURES), dtype="bool"),
            Leaf(shape=(BATCH, STEPS)),
            Leaf(shape=(BATCH, STEPS, 1)),
        ),
    ),
    (r"(cls|class)_?token$", (Leaf(shape=(BATCH, 1, FEATURES)),)),
    (r"^edges?$|(edge|pair)_ind|connectivity", (Leaf(shape=(STEPS, 2), dtype="int32", low=0, high=BATCH),)),
    (
        r"(^|_)(ids?|token|tokens|idx|index|indices|indexes)($|_)|segment_ids|labels$",
        (_IDS, replace(_IDS, shape=(BATCH,))),
    ),
    (r"lengths?$|_len$|^lens$", (_LENGTHS, replace(_LENGTHS, shape=(BATCH, 1)))),
    (r"^(t|time|timesteps?|noise_level|sigma)$", (Leaf(shape=(BATCH,)), Leaf(shape=(BATCH, 1)))),
    (
        r"images?$|^imgs?$|pixel|^frames?$",
        (Leaf(shape=BY_RANK[4]), Leaf(shape=(BATCH, SIDE, SIDE, FEATURES))),
    ),
    (r"^(initial_|prev_|previous_)?states(_tm1)?$", ([_STATE], _STATE, [_STATE, _STATE], (_STATE,))),
    (r"^((initial|prev|previous|hidden)_)?state(_tm1)?$|^carry$", (_STATE, [_STATE])),
    (r"^(a|adj\w*|laplacian|adjacency\w*)$", (Leaf(shape=(BATCH, STEPS, STEPS)),)),
    (r"box|anchors$|rois?$", (Leaf(shape=(BATCH, STEPS, 4)),)),
)
# Parameters of call that are no tensors, with the values to try.
_PLAIN: tuple[tuple[str, tuple[Any, ...]], ...] = (
    (r"^(training|train|is_training|inverse|density|reverse|return_\w+|use_\w+|is_\w+)$", (False, True)),
    (r"^(start_index|cache_update_index|offset|axis|step)$", (0,)),
    (r"^(mode|direction)$", ("a",)),
)


def named_forms(name: str) -> tuple[Any, ...]:
    """Return the trees of leaves that the name of an input suggests; () if it says nothing."""
    return next((forms for pattern, forms in _NAMED if re.search(pattern, name.lower())), ())


def plain_values(name: str) -> tuple[Any, ...]:
    """Return the values of a parameter that is no tensor; () if it may be one."""
    return next((values for pattern, values in _PLAIN if re.search(pattern, name.lower())), ())


def rank_of(layers: Sequence[str]) -> int | None:
    """Return the rank of tensor that the first telling class name takes."""
    found = (rank for name in layers for pattern, rank in RANK_OF_LAYER if re.search(pattern, name))
    return next(found, None)


def dtype_of(layers: Sequence[str]) -> str | None:
    """Return the dtype that the first telling class name takes, None for floats."""
    found = (dtype for name in layers for pattern, dtype in DTYPE_OF_LAYER if re.search(pattern, name))
    return next(found, None)


def takes_floats(layers: Sequence[str]) -> bool:
    """Tell whether a layer of one of these classes takes floats."""
    return any(_FLOATS.search(name) for name in layers)


def make_leaf(shape: tuple[int, ...], dtype: str | None) -> Leaf:
    """Return a leaf of random data; whole numbers from 0 to 3, which are indices nearly everywhere."""
    if dtype == "uint8":  # images
        return Leaf(shape=shape, dtype=dtype, low=0, high=256)
    if dtype and "int" in dtype:
        return Leaf(shape=shape, dtype=dtype, low=0, high=4)
    return Leaf(shape=shape, dtype=dtype)


def fit_shape(shape: tuple[int, ...], dtype: str | None) -> tuple[int, ...]:
    """Return the shape for a dtype: indices come as steps rather than features."""
    return (shape[0], STEPS) if dtype and len(shape) == 2 and dtype != "bool" else shape
