"""Makes live values of those of a spec, new ones for every construction: tensors, arrays, objects."""

from __future__ import annotations

import copy
import importlib
import os
from collections.abc import Mapping
from math import inf, prod
from typing import Any

import numpy as np
import tensorflow as tf

from maskcheck.errors import SpecError, did_you_mean
from maskcheck.lab.keras_api import home
from maskcheck.lab.layer.error_info import text_of
from maskcheck.lab.layer.random_data import numpy_dtype, rng, sample
from maskcheck.model.case import ArrayTag, ImportTag, Leaf, Mark, ObjectTag, SpecValue

# What random data take while they are drawn.
_BYTES = 8


def live(value: SpecValue, path: str, seed: int) -> Any:
    """Return ``value`` with its tags resolved and its containers copied.

    Args:
        value: as the spec gives it.
        path: where the value stands, which seeds random tensors apart.
        seed: the scan's seed.

    Raises:
        SpecError: an ``!import`` or ``!object`` names nothing, or its ``init`` is refused.
    """
    if isinstance(value, Mapping):
        return {copy.copy(key): live(item, f"{path}.{key}", seed) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        items = [live(item, f"{path}[{index}]", seed) for index, item in enumerate(value)]
        return tuple(items) if isinstance(value, tuple) else items
    if isinstance(value, ImportTag):
        return import_object(value.path, value.mark)
    if isinstance(value, ObjectTag):
        return _construct(value, path, seed)
    if isinstance(value, ArrayTag):
        array = leaf_array(value.leaf, path, seed)
        return tf.convert_to_tensor(array) if value.tensor else array
    if isinstance(value, Leaf):
        return _tensor(value, path, seed)
    return value


def import_object(path: str, mark: Mark | None) -> Any:
    """Return the object under a dotted path, importing the longest prefix that is a module.

    Raises:
        SpecError: no such module or attribute; names the nearest one.
    """
    parts = home(path).split(".")
    for split in range(len(parts), 0, -1):
        name = ".".join(parts[:split])
        try:
            found: Any = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name is not None and (name == error.name or name.startswith(f"{error.name}.")):
                continue
            raise SpecError(f"importing {path!r} failed: {text_of(error)}", mark=mark) from error
        except (Exception, SystemExit) as error:
            raise SpecError(f"importing {path!r} failed: {text_of(error)}", mark=mark) from error
        for attribute in parts[split:]:
            found = _attribute(found, attribute, path, mark)
        return found
    raise SpecError(f"no module named {parts[0]!r} (in {path!r})", mark=mark)


def _attribute(holder: Any, name: str, path: str, mark: Mark | None) -> Any:
    try:
        return getattr(holder, name)
    except AttributeError as error:
        hint = did_you_mean(name, [known for known in dir(holder) if not known.startswith("_")])
        where = getattr(holder, "__name__", path)
        raise SpecError(f"{where!r} has no {name!r} (in {path!r})", mark=mark, hint=hint) from error
    except Exception as error:
        raise SpecError(f"importing {path!r} failed: {text_of(error)}", mark=mark) from error


def _construct(tag: ObjectTag, path: str, seed: int) -> Any:
    factory = import_object(tag.path, tag.mark)
    arguments = {str(key): live(item, f"{path}.{key}", seed) for key, item in tag.init.items()}
    try:
        return factory(**arguments)
    except (Exception, SystemExit) as error:
        raise SpecError(f"constructing {tag.path!r} failed: {text_of(error)}", mark=tag.mark) from error


def _tensor(leaf: Leaf, path: str, seed: int) -> Any:
    """Return the tensor of a leaf with the mask that it carries."""
    tensor = tf.convert_to_tensor(leaf_array(leaf, path, seed))
    if leaf.mask is not None:
        tensor._keras_mask = tf.cast(leaf_array(leaf.mask, f"{path}.mask", seed), tf.bool)
    return tensor


def leaf_array(leaf: Leaf, path: str, seed: int) -> Any:
    """Return the data of one leaf as an array whose shape includes the batch dimension.

    Raises:
        SpecError: there is not the memory for as many values.
    """
    if leaf.values is not None:
        return np.array(leaf.values, dtype=numpy_dtype(leaf.dtype or _literal_dtype(leaf.values)))
    shape = leaf.shape or ()
    try:
        if prod(shape) * _BYTES > _find_memory():
            raise MemoryError
        return sample(shape, leaf.dtype or "float32", rng(seed, path), leaf.low, leaf.high)
    except MemoryError as error:
        text = f"there is not the memory for a tensor of shape {list(shape)}"
        raise SpecError(text, mark=leaf.mark, hint="a check needs no large tensors") from error


def _find_memory() -> float:
    """Return how many bytes of memory there are, no limit where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return inf


def _literal_dtype(values: Any) -> str | None:
    """Return float32 for literal floats, int32 for literal integers, as TensorFlow reads them."""
    kind = np.array(values).dtype.kind
    return {"f": "float32", "i": "int32"}.get(kind)
