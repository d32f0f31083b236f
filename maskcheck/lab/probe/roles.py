"""What Keras accepts for an argument, by its name: facts as data."""

from __future__ import annotations

from typing import Any

from maskcheck.model.case import ImportTag, Mark

MARK = Mark("<probe>", 1)
SOFTSIGN = ImportTag("keras.activations.softsign", MARK)

# Exact names first, then endings; each with values that Keras takes for the role.
NAMES: dict[str, tuple[Any, ...]] = {
    "activation": ("tanh", "relu"),
    "recurrent_activation": ("tanh", "relu"),
    "initializer": ("ones", "he_normal"),
    "regularizer": ("l2", "l1"),
    "constraint": ("non_neg", "unit_norm"),
    "padding": ("same", "valid"),
    "data_format": ("channels_first", "channels_last"),
    "interpolation": ("nearest", "bilinear"),
    "fill_mode": ("constant", "nearest"),
    "seed": (1337, 7),
    "axis": (1, -1, (1, 2)),
    "input_dim": (8,),
    "mask_zero": (True, False),
    "noise_shape": ((1, 1),),
    "lora_rank": (2,),
    "lora_alpha": (3.5,),
    "output_padding": (1,),
    "sparse": (True,),
    "strides": (2, (2, 2)),
    "output_mode": ("multi_hot", "count", "one_hot", "int"),
}
ENDINGS: dict[str, tuple[Any, ...]] = {
    "_activation": ("tanh", "relu"),
    "_initializer": ("ones", "he_normal"),
    "_regularizer": ("l2", "l1"),
    "_constraint": ("non_neg", "unit_norm"),
    "_rate": (0.2718281828, 2),
    "_dropout": (0.2718281828,),
    "_dim": (4, 8),
    "_size": (2, (2, 2)),
    "_length": (5,),
    "_shape": ((2, 3), (4,)),
    "_axis": (1, -1),
    "_axes": ((1,), (1, 2)),
    "_epsilon": (0.0161803,),
    "_factor": (0.5772156649, 2),
    "_scale": (0.5772156649, 2),
    "_value": (1.4142135623, 3),
}
# For an argument that is None or absent, where nothing tells more: the smallest plausible values.
ANYTHING: tuple[Any, ...] = (2, 0.5772156649, True)


def suggest_by_name(name: str) -> tuple[Any, ...]:
    """Return the values that the argument's name suggests."""
    if name in NAMES:
        return NAMES[name]
    return next((values for ending, values in ENDINGS.items() if name.endswith(ending)), ())
