"""Live values as plain data: tensors become arrays, layers and variables references."""

from __future__ import annotations

import enum
import functools
import hashlib
import types
from collections.abc import Mapping, Sequence, Set
from typing import Any

import keras
import numpy as np
import tensorflow as tf

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

_DEPTH = 12
_TRACKED = {"TrackedList": "list", "TrackedDict": "dict", "TrackedSet": "set", "_DictWrapper": "dict"}
_FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.MethodWrapperType,
    np.ufunc,
)
_CONFIGURED = (
    keras.initializers.Initializer,
    keras.regularizers.Regularizer,
    keras.constraints.Constraint,
    keras.losses.Loss,
    keras.optimizers.Optimizer,
    keras.DTypePolicy,
    keras.dtype_policies.DTypePolicyMap,
)


def freeze(value: Any, names: Names | None = None, depth: int = 0) -> Value:
    """Return ``value`` as plain data; never raises, whatever the object does.

    Args:
        value: anything found on a layer or given to one.
        names: the layers and variables to refer to by path.
        depth: how deep in a container ``value`` was found; below a limit only classes are kept.
    """
    try:
        return _freeze(value, names or {}, depth)
    except Exception:
        return ObjectValue(qualified_name(type(value)))


def _freeze(value: Any, names: Names, depth: int) -> Value:
    if value is None or type(value) in (bool, int, float, complex, str, bytes):
        return value  # type: ignore[no-any-return]
    if id(value) in names and not isinstance(value, keras.random.SeedGenerator):
        return ReferenceValue(*names[id(value)])
    if depth > _DEPTH:
        return ObjectValue(qualified_name(type(value)))
    for read in (_array, _container, _callable, _keras_object, _scalar_like):
        frozen = read(value, names, depth + 1)
        if frozen is not None:
            return frozen
    return _plain_object(value, names, depth + 1)


def qualified_name(kind: Any) -> str:
    """Return ``module.qualname`` of a class or function."""
    return (
        f"{getattr(kind, '__module__', '?')}.{getattr(kind, '__qualname__', getattr(kind, '__name__', '?'))}"
    )


def _array(value: Any, names: Names, depth: int) -> Value:
    if isinstance(value, np.ndarray):
        return ArrayValue("array", str(value.dtype), np.array(value))
    if isinstance(value, np.generic):
        return ArrayValue("scalar", str(value.dtype), np.asarray(value))
    if isinstance(value, (keras.Variable, tf.Variable)):
        return array_of(value, "variable")
    if isinstance(value, tf.RaggedTensor):
        return ListValue("ragged", (array_of(value.flat_values), *map(array_of, value.nested_row_splits)))
    if isinstance(value, tf.SparseTensor):
        return ListValue("sparse", (array_of(value.indices), array_of(value.values)))
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
    array = np.array(tf.convert_to_tensor(tensor).numpy())
    dtype = getattr(value.dtype, "name", str(value.dtype))
    return ArrayValue(kind, dtype, array.astype(np.float32) if array.dtype.kind == "V" else array)


def _container(value: Any, names: Names, depth: int) -> Value:
    kind = type(value).__name__
    kind = _TRACKED.get(kind, kind)
    if isinstance(value, Mapping):
        pairs = ((freeze(k, names, depth), freeze(v, names, depth)) for k, v in list(value.items()))
        return DictValue(kind, tuple(pairs))
    if isinstance(value, Set):
        return ListValue(kind, tuple(sorted((freeze(v, names, depth) for v in value), key=repr)))
    if isinstance(value, tf.TensorShape):
        return ListValue("TensorShape", tuple(value.as_list()) if value.rank is not None else ())
    if isinstance(value, (list, tuple)) or (
        isinstance(value, Sequence) and not isinstance(value, (str, bytes))
    ):
        return ListValue(kind, tuple(freeze(v, names, depth) for v in list(value)))
    return None


def _callable(value: Any, names: Names, depth: int) -> Value:
    if isinstance(value, type):
        return ClassValue(qualified_name(value))
    if isinstance(value, functools.partial):
        parts = (value.func, value.args, value.keywords)
        return ListValue("partial", tuple(freeze(part, names, depth) for part in parts))
    if isinstance(value, _FUNCTIONS):
        return FunctionValue(qualified_name(value), _digest(value, depth))
    return None


def _digest(function: Any, depth: int) -> str:
    code = getattr(function, "__code__", None)
    if code is None:
        return ""
    cells = getattr(function, "__closure__", None) or ()
    held = [freeze(cell.cell_contents, None, depth) for cell in cells]
    defaults = freeze(getattr(function, "__defaults__", None), None, depth)
    constants = [c for c in code.co_consts if not isinstance(c, types.CodeType)]
    text = repr((code.co_code, code.co_names, constants, defaults, held))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _keras_object(value: Any, names: Names, depth: int) -> Value:
    if isinstance(value, keras.random.SeedGenerator):
        return ObjectValue("keras.random.SeedGenerator", freeze(value.get_config()["seed"], names, depth))
    if isinstance(value, (keras.Layer, keras.metrics.Metric)):
        return ReferenceValue("layer", qualified_name(type(value)))
    if isinstance(value, keras.layers.InputSpec):
        fields = ("dtype", "shape", "ndim", "max_ndim", "min_ndim", "axes")
        found = tuple((name, freeze(getattr(value, name, None), names, depth)) for name in fields)
        return ObjectValue("keras.InputSpec", DictValue("dict", found))
    if isinstance(value, _CONFIGURED):
        return ObjectValue(qualified_name(type(value)), freeze(value.get_config(), names, depth))
    return None


def _scalar_like(value: Any, names: Names, depth: int) -> Value:
    if isinstance(value, enum.Enum):
        return ObjectValue(qualified_name(type(value)), value.name)
    if isinstance(value, tf.DType):
        return ObjectValue("tensorflow.DType", value.name)
    return None


def _plain_object(value: Any, names: Names, depth: int) -> Value:
    name = qualified_name(type(value))
    module = type(value).__module__.partition(".")[0]
    if module in ("tensorflow", "keras", "tf_keras"):
        return ObjectValue(name)
    state = getattr(value, "__dict__", None)
    if isinstance(state, dict) and state:
        return ObjectValue(name, freeze(dict(state), names, depth))
    text = repr(value)
    return ObjectValue(name, None if " at 0x" in text else text)
