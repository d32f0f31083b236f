"""The ways out and back in a script, each as a few lines that end with ``copy``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from maskcheck.model.case import Leaf
from maskcheck.reproduction.script.blocks import Block, indent_block, make_block
from maskcheck.reproduction.script.case_lines import (
    CallText,
    write_call_text,
    write_construction,
    write_first_call,
)
from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.request import Request

_FILES = ("import os", "import tempfile")
_HOLDER = (
    '@keras.saving.register_keras_serializable(package="repro")',
    "class Holder(keras.Model):",
    "    def __init__(self, layer, **kwargs):",
    "        super().__init__(**kwargs)",
    "        self.layer, self.built = layer, True",
    "    def get_config(self):",
    '        return {"layer": keras.saving.serialize_keras_object(self.layer)}',
    "    @classmethod",
    "    def from_config(cls, config):",
    '        return cls(keras.saving.deserialize_keras_object(config["layer"]))',
)


def write_trip(request: Request, name: str, *, carry: bool) -> Block:
    """Return the lines of a trip; Keras is given the names that it does not find by itself.

    Args:
        request: what the script shows.
        name: of the trip, a key of `TRIPS`.
        carry: whether weights are copied where the trip does not carry them.

    Raises:
        NotWritable: the layer cannot go this way in a script.
    """
    block = TRIPS[name](request)
    if carry and name in ("config", "plain"):
        block += write_first_call(request, "copy") + make_block("copy.set_weights(layer.get_weights())")
    if not request.custom:
        return block
    custom = ", ".join(f'"{each}": {each}' for each in request.custom)
    return indent_block(f"with keras.saving.custom_object_scope({{{custom}}}):", block)


def _send_config(request: Request) -> Block:
    lines = [
        "config = json.loads(json.dumps(keras.saving.serialize_keras_object(layer)))",
        "copy = keras.saving.deserialize_keras_object(config)",
    ]
    return make_block(*lines, imports=["import json"])


def _send_plain(request: Request) -> Block:
    return make_block(f"copy = {request.subject.qualname}.from_config(layer.get_config())")


def _send_keras(request: Request) -> Block:
    return _send_file(request, "model.keras", "model.save(path)", "loaded = keras.models.load_model(path)")


def _send_h5(request: Request) -> Block:
    return _send_file(request, "model.h5", "model.save(path)", "loaded = keras.models.load_model(path)")


def _send_clone(request: Request) -> Block:
    lines = ["loaded = keras.models.clone_model(model)", "loaded.set_weights(model.get_weights())"]
    return write_model(request) + make_block(*lines) + _unload(request)


def _send_json(request: Request) -> Block:
    lines = [
        "loaded = keras.models.model_from_json(model.to_json())",
        "loaded.set_weights(model.get_weights())",
    ]
    return write_model(request) + make_block(*lines) + _unload(request)


def _send_pickle(request: Request) -> Block:
    lines = ["loaded = pickle.loads(pickle.dumps(model))"]
    return write_model(request) + make_block(*lines, imports=["import pickle"]) + _unload(request)


def _send_deepcopy(request: Request) -> Block:
    return make_block("copy = deepcopy(layer)", imports=["from copy import deepcopy"])


def _send_held(request: Request) -> Block:
    """Return a trip in a model that merely holds the layer, and does not call it while it is loaded."""
    if request.is_model:
        raise NotWritable("a model is saved by itself")
    lines = ["Holder(layer).save(path)", "copy = keras.models.load_model(path).layer"]
    return make_block(*_HOLDER, "", write_path("model.keras"), *lines, imports=_FILES)


def _send_weights(request: Request) -> Block:
    anew = write_construction(request, "copy") + write_first_call(request, "copy")
    if request.is_model:
        saved = make_block("layer.save_weights(path)", "copy.load_weights(path)")
    else:
        saved = _write_symbols(request) + make_block(
            f"keras.Model({_list_symbols(request)}, layer({_call_symbols(request)})).save_weights(path)",
            f"keras.Model({_list_symbols(request)}, copy({_call_symbols(request)})).load_weights(path)",
        )
    return anew + make_block(write_path("layer.weights.h5"), imports=_FILES) + saved


def _send_checkpoint(request: Request) -> Block:
    anew = write_construction(request, "copy") + write_first_call(request, "copy")
    lines = [
        'path = tf.train.Checkpoint(layer=layer).save(os.path.join(tempfile.mkdtemp(), "checkpoint"))',
        "tf.train.Checkpoint(layer=copy).restore(path).expect_partial()",
    ]
    return anew + make_block(*lines, imports=[*_FILES, "import tensorflow as tf"])


def _send_export(request: Request) -> Block:
    lines = [
        'path = os.path.join(tempfile.mkdtemp(), "export")',
        "model.export(path)",
        "served = tf.saved_model.load(path)",
        "copy = served.serve",
    ]
    return write_model(request) + make_block(*lines, imports=[*_FILES, "import tensorflow as tf"])


# The trips by name: those of the table of routes, and two further forms of these.
TRIPS: Mapping[str, Callable[[Request], Block]] = {
    "config": _send_config,
    "plain": _send_plain,
    "keras": _send_keras,
    "held": _send_held,
    "weights": _send_weights,
    "deepcopy": _send_deepcopy,
    "clone": _send_clone,
    "json": _send_json,
    "h5": _send_h5,
    "pickle": _send_pickle,
    "tf-checkpoint": _send_checkpoint,
    "export": _send_export,
}


def write_path(name: str) -> str:
    """Return the line that names a file in a new folder."""
    return f'path = os.path.join(tempfile.mkdtemp(), "{name}")'


def _send_file(request: Request, name: str, save: str, load: str) -> Block:
    return write_model(request) + make_block(write_path(name), save, load, imports=_FILES) + _unload(request)


def write_model(request: Request) -> Block:
    """Return the lines that put the layer in a functional model; a model is one by itself."""
    if request.is_model:
        return make_block("model = layer")
    model = f"model = keras.Model({_list_symbols(request)}, layer({_call_symbols(request)}))"
    return _write_symbols(request) + make_block(model)


def _unload(request: Request) -> Block:
    return make_block("copy = loaded" if request.is_model else "copy = loaded.layers[-1]")


def _write_symbols(request: Request) -> Block:
    leaves = _call_on_symbols(request).leaves
    if not leaves:
        raise NotWritable("it is called without tensors, so no functional model can hold it")
    return make_block(*(f"{name} = keras.Input({_describe(leaf)})" for name, leaf in leaves.items()))


def _describe(leaf: Leaf) -> str:
    shape = leaf.shape if leaf.shape is not None else _shape_of(leaf.values)
    if not shape:
        raise NotWritable("it is called with a single number, which no functional model takes")
    dtype = leaf.dtype or ("float32" if leaf.values is None else _dtype_of(leaf.values))
    return f'shape={tuple(shape[1:])}, dtype="{dtype}"'


def _shape_of(values: object) -> tuple[int, ...]:
    if not isinstance(values, list | tuple):
        return ()
    return (len(values), *(_shape_of(values[0]) if values else ()))


def _dtype_of(values: object) -> str:
    while isinstance(values, list | tuple) and values:
        values = values[0]
    return {bool: "bool", int: "int32", str: "string"}.get(type(values), "float32")


def _list_symbols(request: Request) -> str:
    names = list(_call_on_symbols(request).leaves)
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def _call_symbols(request: Request) -> str:
    return _call_on_symbols(request).text


def _call_on_symbols(request: Request) -> CallText:
    return write_call_text(request.case, "inputs")
