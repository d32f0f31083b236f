"""Live values as plain data: tensors become arrays, layers and variables references."""

from __future__ import annotations

import enum
import functools
import logging
import types
import zlib
from collections.abc import Mapping, Sequence, Set
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.function_digest import captured, digest
from maskcheck.lab.layer.guarded import REFUSALS, is_layer, list_items, list_pairs, read_state
from maskcheck.model.value import (
    ArrayValue,
    ClassValue,
    DictValue,
    FunctionValue,
    ListValue,
    ObjectValue,
    ReferenceValue,
    Value,
)

# Object identity -> (kind, path) of the layers and variables that a walk has named.
Names = Mapping[int, tuple[str, str]]
# Identities of the containers and objects around a value, outermost first.
Above = tuple[int, ...]

_DEPTH = 12
# Letters kept of each end of a long representation.
_KEPT = 10_000
_TRACKED = {"TrackedList": "list", "TrackedDict": "dict", "TrackedSet": "set", "ListWrapper": "list"}
# In these Keras 2 hands out what it tracks.
_PROXIES = ("_TupleWrapper", "_DictWrapper")
_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
    np.ufunc,
)
# Known by their names: what they hold is no part of a layer, and has no end.
_NAMED = {types.ModuleType: "__name__", logging.Logger: "name"}
_CONFIGURED = (
    keras.initializers.Initializer,
    keras.regularizers.Regularizer,
    keras.constraints.Constraint,
    keras.losses.Loss,
    keras.optimizers.Optimizer,
    keras.DTypePolicy,
    keras.dtype_policies.DTypePolicyMap,
)


def freeze(value: Any, names: Names | None = None, above: Above = ()) -> Value:
    """Return ``value`` as plain data; never raises, whatever the object does.

    Args:
        value: anything found on a layer or given to one.
        names: the layers and variables to refer to by path.
        above: what ``value`` was found in; of a part that holds itself, and of all that lies
            below a limit, only the class is kept.
    """
    try:
        return _freeze(value, names or {}, above)
    except REFUSALS:
        return ObjectValue(any_name(type(value)))


def _freeze(value: Any, names: Names, above: Above) -> Value:
    if value is None or type(value) in (bool, int, float, complex, str, bytes):
        return value  # type: ignore[no-any-return]
    if id(value) in names and not isinstance(value, keras.random.SeedGenerator):
        return ReferenceValue(*names[id(value)])
    if id(value) in above or len(above) > _DEPTH:
        return ObjectValue(qualified_name(type(value)))
    for read in (_array, _container, _callable, _keras_object, _scalar_like):
        frozen = read(value, names, (*above, id(value)))
        if frozen is not None:
            return frozen
    return _plain_object(value, names, (*above, id(value)))


def qualified_name(kind: Any) -> str:
    """Return ``module.qualname`` of a class or function, the name alone where it has no module."""
    name = getattr(kind, "__qualname__", getattr(kind, "__name__", "?"))
    module = getattr(kind, "__module__", None)
    return f"{module}.{name}" if module else str(name)


def any_name(kind: type) -> str:
    """Return the name of a class that may not even tell its name."""
    try:
        return qualified_name(kind)
    except Exception:
        return type.__repr__(kind)


def _array(value: Any, names: Names, above: Above) -> Value:
    if isinstance(value, np.ndarray) and _holds_objects(value):
        return ListValue("ndarray", tuple(freeze(item, names, above) for item in np.atleast_1d(value)))
    if isinstance(value, np.ndarray):
        return ArrayValue("array", str(value.dtype), _widened(value))
    if isinstance(value, np.generic):
        return ArrayValue("scalar", str(value.dtype), _widened(value))
    if isinstance(value, (keras.Variable, tf.Variable)):
        return array_of(value, "variable")
    if isinstance(value, tf.RaggedTensor):
        return ListValue("ragged", (array_of(value.flat_values), *map(array_of, value.nested_row_splits)))
    if isinstance(value, tf.SparseTensor):
        return ListValue("sparse", tuple(map(array_of, (value.indices, value.values, value.dense_shape))))
    if isinstance(value, tf.Tensor):
        return array_of(value) if hasattr(value, "numpy") else ObjectValue("symbolic tensor")
    if isinstance(value, keras.KerasTensor):
        return ObjectValue("symbolic tensor")
    return None


def array_of(value: Any, kind: str = "tensor") -> ArrayValue:
    """Return an eager tensor or variable as an array that NumPy can compare.

    bfloat16 and the float8 types, which NumPy lacks, are widened to float32.
    """
    tensor = value.value if isinstance(value, keras.Variable) else value
    dtype = getattr(value.dtype, "name", str(value.dtype))
    return ArrayValue(kind, dtype, _widened(tf.convert_to_tensor(tensor).numpy()))


def _widened(array: Any) -> NDArray[Any]:
    """Return a copy, in float32 where NumPy itself does not know the type."""
    copy = np.array(array)
    foreign = copy.dtype.kind == "V" and copy.dtype.type is not np.void
    return copy.astype(np.float32) if foreign else copy


def _holds_objects(array: NDArray[Any]) -> bool:
    """Tell whether the items are live objects, not the text that NumPy also keeps as objects."""
    return array.dtype.kind == "O" and not all(isinstance(item, (str, bytes)) for item in array.flat)


def _container(value: Any, names: Names, above: Above) -> Value:
    kind = type(value).__name__
    if kind in _PROXIES:
        kind = type(value.__wrapped__).__name__
    kind = _TRACKED.get(kind, kind)
    if isinstance(value, Mapping):
        pairs = ((freeze(k, names, above), freeze(v, names, above)) for k, v in list_pairs(value))
        return DictValue(kind, tuple(pairs))
    if isinstance(value, Set):
        return ListValue(kind, tuple(sorted((freeze(v, names, above) for v in list_items(value)), key=repr)))
    if isinstance(value, range):
        return ListValue(kind, (value.start, value.stop, value.step))
    if isinstance(value, tf.TensorShape):
        return ListValue("TensorShape", tuple(value.as_list()) if value.rank is not None else ())
    if isinstance(value, (list, tuple)) or (
        isinstance(value, Sequence) and not isinstance(value, (str, bytes))
    ):
        return ListValue(kind, tuple(freeze(v, names, above) for v in list_items(value)))
    return None


def _callable(value: Any, names: Names, above: Above) -> Value:
    if isinstance(value, type):
        return ClassValue(qualified_name(value))
    if isinstance(value, functools.partial):
        parts = (value.func, value.args, value.keywords)
        return ListValue("partial", tuple(freeze(part, names, above) for part in parts))
    if isinstance(value, _FUNCTIONS):
        held = [freeze(each, None, above) for each in captured(value)]
        return FunctionValue(qualified_name(value), digest(value, held))
    return None


def _keras_object(value: Any, names: Names, above: Above) -> Value:
    if isinstance(value, keras.random.SeedGenerator):
        return ObjectValue("keras.random.SeedGenerator", freeze(value.get_config()["seed"], names, above))
    if is_layer(value) or isinstance(value, keras.metrics.Metric):
        return ReferenceValue("layer", qualified_name(type(value)))
    if isinstance(value, keras.layers.InputSpec):
        fields = ("dtype", "shape", "ndim", "max_ndim", "min_ndim", "axes")
        found = tuple((name, freeze(getattr(value, name, None), names, above)) for name in fields)
        return ObjectValue("keras.InputSpec", DictValue("dict", found))
    if isinstance(value, _CONFIGURED):
        return ObjectValue(qualified_name(type(value)), freeze(value.get_config(), names, above))
    return None


def _scalar_like(value: Any, names: Names, above: Above) -> Value:
    if isinstance(value, enum.Enum):
        is_plain = isinstance(value, (str, int, float))
        return ObjectValue(qualified_name(type(value)), value.value if is_plain else value.name)
    if isinstance(value, tf.DType):
        return ObjectValue("tensorflow.DType", value.name)
    return None


def _plain_object(value: Any, names: Names, above: Above) -> Value:
    name = qualified_name(type(value))
    for kind, attribute in _NAMED.items():
        if isinstance(value, kind):
            return ObjectValue(name, str(getattr(value, attribute)))
    module = type(value).__module__.partition(".")[0]
    if module in ("tensorflow", "keras", "tf_keras"):
        return ObjectValue(name)
    state = read_state(value)
    if state:
        return ObjectValue(name, freeze(state, names, above))
    text = repr(value)
    return ObjectValue(name, None if " at 0x" in text else _shortened(text))


def _shortened(text: str) -> str:
    """Return a text as it is, of a very long one its ends and what tells the rest from another."""
    if len(text) <= 2 * _KEPT:
        return text
    rest = zlib.crc32(text.encode("utf-8", "backslashreplace"))
    return f"{text[:_KEPT]} [{len(text)} letters, {rest:08x}] {text[-_KEPT:]}"
