"""What an argument's name says of its value: facts as data, the likeliest value first.

Sizes go together: 8 features in 2 heads of 4, 5 steps, images of 8 by 8. So what must divide
or equal something else mostly does so at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from maskcheck.model.case import ImportTag, Mark, ObjectTag, SpecValue

MARK = Mark("<inferred>", 1)
FEATURES, STEPS, SIDE, CHANNELS = 8, 5, 8, 3

DENSE = ObjectTag("keras.layers.Dense", {"units": FEATURES}, MARK)
IDENTITY = ObjectTag("keras.layers.Identity", {}, MARK)
CONV = ObjectTag("keras.layers.Conv2D", {"filters": FEATURES, "kernel_size": 3, "padding": "same"}, MARK)
LSTM = ObjectTag("keras.layers.LSTM", {"units": FEATURES, "return_sequences": True}, MARK)
CELL = ObjectTag("keras.layers.GRUCell", {"units": FEATURES}, MARK)
EMBEDDING = ObjectTag("keras.layers.Embedding", {"input_dim": FEATURES, "output_dim": FEATURES}, MARK)
TANH = ImportTag("keras.activations.tanh", MARK)
ADD = ImportTag("keras.ops.add", MARK)
DENSE_CLASS = ImportTag("keras.layers.Dense", MARK)
FACTORIES: tuple[SpecValue, ...] = tuple(
    ImportTag(f"keras.layers.{name}", MARK) for name in ("LayerNormalization", "BatchNormalization", "ReLU")
)
LAYERS: tuple[SpecValue, ...] = (DENSE, LSTM, CONV, EMBEDDING, IDENTITY)
WORDS: SpecValue = ["word0", "word1", "word2"]  # as random text has them

Values = tuple[SpecValue, ...]

EXACT: Mapping[str, Values] = {
    "size": (2, [SIDE, SIDE]),
    "n": (2,),
    "k": (2,),
    "p": (0.5, 2),
    "ratio": (0.5, 2),
    "scale": (2, 0.5),
    "rank": (2,),
    "index": (0,),
    "level": (2, 3),
    "depth": (2,),
    "width": (SIDE, 2),
    "height": (SIDE, 2),
    "step": (1,),
    "kernel": (3, "rbf"),
    "bits": (8, 4),
    "dims": ([2, 1], FEATURES),
    "equation": ("abc,cd->abd", "ab,bc->ac"),
    "input_dim": (FEATURES, 16),
    "target_shape": ([-1, 4],),
    "output_shape": ([None, FEATURES], FEATURES),
    "input_shape": ([STEPS, FEATURES], [SIDE, SIDE, CHANNELS], [2, STEPS, FEATURES]),
    "vocabulary": (WORDS, [1, 2, 3]),
    "bounding_box_format": ("xyxy",),
    "cell": (CELL,),
    "cells": ([CELL, CELL],),
    "dtype": ("float32",),
    "name": ("inferred",),
    "seed": (1,),
    "name_scope": ("scope",),
    "padding": ("same", "valid", 1),
    "data_format": ("channels_last",),
    "bias": (True, 0.5),
    "shift": (1, 0.5),
    "state_size": (FEATURES,),
    "threshold": (0.5,),
    "num_features": (FEATURES, 2),
    "order": (2, 1),
    "value": (0.5, 2),
}

# Arguments that Keras looks up by name: a function of any other kind is no value for them.
_LOOKED_UP = re.compile(r"initializer$|regularizer$|constraint$")

# The first pattern that is found in a name decides.
PATTERNS: tuple[tuple[str, Values], ...] = (
    (r"(^|_)(sampl\w*|frame)_rate$", (100, 8000)),
    (r"(^|_)(idx|index|id)$", (1, 0)),
    (r"image_(size|shape)|img_(size|shape)|resolution|image_(height|width)|spatial", ([SIDE, SIDE], SIDE)),
    (r"vocab\w*_size|num_embeddings|max_features|max_tokens|num_(tokens|buckets|bins|words)", (16, 4)),
    (r"^masks?$|mask_(data|array|pattern)|^pattern$", ([True, False, True, True, False], True)),
    (r"n?_?fft(_length|_size)?$", (16,)),
    (r"initializer$|_init$", ("glorot_uniform",)),
    (r"regularizer$|_reg$", ("l2",)),
    (r"constraint$", ("non_neg",)),
    (r"activation|nonlinearity|^act(_fn|_layer)?$|_act$", ("relu",)),
    (r"initial|init_val", (0.5, 0.0, 1)),
    (
        r"^(use|is|has|return|with|apply|enable|include|do|should|keep|normali[sz]e|causal|trainable)(_|$)",
        (True,),
    ),
    (r"logits$|_bias$|_first$|_last$|mask_zero|bidirectional|verbose|learnable|keepdims?", (True, False)),
    (r"dropout|drop_|drop$|prob($|_)|probability", (0.25, 0)),
    (r"epsilon|(^|_)eps$", (0.001,)),
    (r"dilation|stride|groups?$", (1, 2)),
    (r"kernel_?(size|width|length)|ksize|filter_size|conv_size|kernel_dim", (3, [3, 3])),
    (r"num_(patch|class|label)|n_class|classes$", (4, 2)),
    (r"(pool|up|patch|block|tile|cell|chunk|crop)\w*_?size|pool$|(up|down)_?(scal|sampl)|patch", (2, [2, 2])),
    (r"window|(span|clip|max)_\w*(width|height)", (4, 2, [4, 4])),
    (r"cropping", (1, [1, 1])),
    (r"min_level", (3,)),
    (r"max_level", (4,)),
    (r"max_(samples|items|objects|boxes|detections|neighbou?rs|instances)", (STEPS, 2)),
    (
        r"(len|length|maxlen|steps|timesteps|positions?)$|^(seq|max_(seq|len|pos|time)|time|frame)",
        (STEPS, 16),
    ),
    (r"head_(dim|size)|key_dim|query_dim|value_dim|depth_per|(^|_)d_?[kv]$", (4, FEATURES)),
    (r"heads?(_num)?$|_head_|nhead|n_?heads", (2, 1)),
    (r"(size|dim)s$", ([FEATURES, FEATURES], FEATURES)),
    (r"(ratio|expand|expansion|multipl\w*|reduction|squeeze)(_\w*)?$", (2, 0.5)),
    (
        r"(^|_)(num|nb|n|number|count|depth|iterations?|repeats?|experts?|top_?k|degree|levels?|times)(_|$)",
        (2, 1),
    ),
    (r"axis$", (-1, 1)),
    (r"axes$", ([1, 2], -1)),
    (
        r"dims?($|_)|_dim|units|channels?|filters?|features?|hidden|embed|neurons?|d_?model|latent|d_?ff",
        (FEATURES,),
    ),
    (r"size$|(^|_)(out|output|outputs)$", (FEATURES, 2)),
    (r"shape$", ([SIDE, SIDE, CHANNELS], [STEPS, FEATURES], [FEATURES])),
    (r"theta|wavelength", (10000.0, 100)),
    (r"rate|decay|momentum|alpha|beta|gamma|lambda|temperature|tau|sigma|std|slope|tolerance|coef", (0.5, 2)),
    (
        r"smooth|gain|margin|noise|penalty|strength|weight$|scalar?$|factor$|threshold|bound|fraction",
        (0.5, 2),
    ),
    (r"^min_|^low(er)?(_|$)|_min$", (0, 0.1)),
    (r"^max_|^high(er)?(_|$)|^upper|_max$", (1, 5)),
    (r"interpolation", ("bilinear", "nearest")),
    (
        r"mode|method|reduc|aggregat|pooling|merge|combin|operation|^op$",
        ("sum", "mean", "concat", "max", "add"),
    ),
    (r"type|format|style|kind|norm", ("layer", "batch", "a")),
    (r"cell", (CELL, LSTM)),
    (r"(layer|block|encoder|decoder|model|network)s$|^(layers|blocks)_", ([DENSE, DENSE],)),
    (r"layer|block|module|network|model|encoder|decoder|backbone|inner|wrapped|^mlp|net$|head$", LAYERS),
    (r"(fn|func|function|callable|transform)$|^(fn|func)_", (TANH, ADD)),
    (r"range|interval|limits|span|bounds$", ([0, 1],)),
    (r"vocab|words|tokens", (WORDS,)),
    (r"labels|names|keys|columns", (["a", "b", "c"],)),
    (r"config|params|settings|options|kwargs|dict|map(ping)?$", ({},)),
    (r"names?$|key$|title|prefix|suffix|text", ("a",)),
)


def is_looked_up(name: str) -> bool:
    """Tell whether an argument takes an object of Keras that can be given by its name."""
    return bool(_LOOKED_UP.search(name))


@cache
def by_name(name: str) -> Values:
    """Return the values that the name of an argument suggests, the likeliest first; () if it says nothing."""
    if name in EXACT:
        return EXACT[name]
    return next((values for pattern, values in PATTERNS if re.search(pattern, name.lower())), ())
