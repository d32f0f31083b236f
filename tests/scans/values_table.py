"""What becomes of each kind of value in a config: written and taken as it is, deserialized, left to Keras.

The three entries of a value are those of the layers Kept, Read and Automatic of ``fixtures/values``: the
rule that tells the loss, or "-" where the value comes back as it was. MC107 is a value in another type, or
the dict that describes it.
"""

from __future__ import annotations

LAYERS = ("Kept", "Read", "Automatic")
SAFE = ("-", "-", "-")
REFUSED = ("MC106", "MC106", "MC106")
DRIFTS = ("MC107", "MC107", "MC107")
# A description in the file: deserialized it is what it was, and no automatic config takes it.
DESCRIBED = ("MC107", "-", "MC106")
# A description that Keras itself cannot read.
UNREADABLE = ("MC107", "MC103", "MC106")
# The same, but the config holds the very layer of the original: a plain copy shares it.
SHARED = ("MC107", "MC203", "MC106")

VALUES = {
    **dict.fromkeys(("int", "big-int", "float", "nan", "inf", "minus-inf", "bool", "none", "str"), SAFE),
    **dict.fromkeys(("list", "dict", "defaultdict"), SAFE),
    **dict.fromkeys(("complex", "bytes-not-utf8", "bytearray", "decimal", "fraction", "uuid"), REFUSED),
    **dict.fromkeys(("pattern", "path", "datetime", "timedelta", "enum", "dataclass", "class"), REFUSED),
    **dict.fromkeys(("set", "frozenset", "range", "dict-tuple-keys"), REFUSED),
    **dict.fromkeys(("np-object-array", "np-str-array", "np-dtype", "partial", "ufunc"), REFUSED),
    **dict.fromkeys(("int-enum", "str-enum", "tuple", "nested-tuple", "namedtuple"), DRIFTS),
    **dict.fromkeys(("dict-int-keys", "dict-none-bool-keys", "ordered-dict"), DRIFTS),
    **dict.fromkeys(("bytes", "slice", "ellipsis", "np-1d", "np-bool-array", "tensor"), DESCRIBED),
    **dict.fromkeys(("keras-tensor", "registered-function", "tf-function", "keras-function"), DESCRIBED),
    **dict.fromkeys(("initializer", "regularizer", "loss", "policy", "input-spec"), DESCRIBED),
    **dict.fromkeys(("generator", "module", "np-type", "tensor-spec", "function", "len"), UNREADABLE),
    **dict.fromkeys(("layer", "model", "seed-generator"), SHARED),
    **dict.fromkeys(("np-float32", "np-int64", "np-bool", "np-0d"), ("MC107", "MC107", "MC106")),
    **dict.fromkeys(("tf-dtype", "tensor-shape"), ("MC107", "MC107", "MC106")),
    # A plain list of arrays is no description, so a plain from_config cannot read it.
    "list-of-np": ("MC107", "MC103", "MC106"),
    "layers": ("MC107 MC203", "-", "MC106"),
    "dict-of-layers": ("MC107 MC203", "-", "MC106"),
    # Loads with safe mode off.
    "lambda": ("MC107", "MC606", "MC106"),
    # Comes back as a dense tensor.
    "ragged": ("MC107", "MC102", "MC106"),
    # Only a file of a whole model can hold it, where Keras writes its text twice.
    "string-tensor": REFUSED,
    # A text that is the name of something registered, and a dict that looks like a description.
    "name-of-registered": ("-", "MC102", "-"),
    "dict-like-a-config": ("-", "MC103", "-"),
}
