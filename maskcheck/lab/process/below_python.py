"""Tells the audit hook of files that are opened below Python: by TensorFlow, and by HDF5.

Both go through a few functions, which are replaced while somebody watches. Whoever took one of them
before keeps the original, so these are the ones that are looked up at every call.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np
import tensorflow as tf
from h5py._hl import files as hdf5
from tensorflow.python import pywrap_tfe
from tensorflow.python.framework import op_def_library, tensor_util
from tensorflow.python.lib.io import _pywrap_file_io

from maskcheck.lab.process.deeds import BELOW
from maskcheck.model.touch import Act

# What a function of TensorFlow's files does, with the path at which place of its arguments.
_FILES: Mapping[str, tuple[tuple[Act, int], ...]] = {
    "BufferedInputStream": (("read", 0),),
    "WritableFile": (("write", 0),),
    "CreateDir": (("write", 0),),
    "RecursivelyCreateDir": (("write", 0),),
    "CopyFile": (("read", 0), ("write", 1)),
    "RenameFile": (("remove", 0), ("write", 1)),
    "DeleteFile": (("remove", 0),),
    "DeleteRecursively": (("remove", 0),),
}
# The same of its ops, by place and by name.
_OPS: Mapping[str, tuple[Act, int, str]] = {
    "ReadFile": ("read", 0, "filename"),
    "WriteFile": ("write", 0, "filename"),
    "Save": ("write", 0, "filename"),
    "SaveSlices": ("write", 0, "filename"),
    "SaveV2": ("write", 0, "prefix"),
    "MergeV2Checkpoints": ("write", 1, "destination_prefix"),
    "InitializeTableFromTextFile": ("read", 1, "filename"),
    "InitializeTableFromTextFileV2": ("read", 1, "filename"),
    "TextLineDataset": ("read", 0, "filenames"),
    "TFRecordDataset": ("read", 0, "filenames"),
    "TFRecordDatasetV2": ("read", 0, "filenames"),
    "FixedLengthRecordDatasetV2": ("read", 0, "filenames"),
    "CSVDataset": ("read", 0, "filenames"),
    "CSVDatasetV2": ("read", 0, "filenames"),
    "DatasetToTFRecord": ("write", 1, "filename"),
    "CacheDataset": ("write", 1, "filename"),
    "CacheDatasetV2": ("write", 1, "filename"),
    "CreateSummaryFileWriter": ("write", 1, "logdir"),
}


@contextmanager
def tell_of_files() -> Iterator[None]:
    """Have the audit hook told of files that are opened below Python."""
    places: list[tuple[Any, str, Callable[..., None]]] = [
        *((_pywrap_file_io, name, _tell_file(name)) for name in _FILES),
        (pywrap_tfe, "TFE_Py_FastPathExecute", _tell_op),
        (op_def_library, "_apply_op_helper", _tell_node),
        (hdf5, "make_fid", _tell_hdf5),
    ]
    places = [place for place in places if hasattr(place[0], place[1])]
    before = [(module, name, getattr(module, name)) for module, name, _ in places]
    for (module, name, tell), (_, _, original) in zip(places, before, strict=True):
        setattr(module, name, _telling(tell, original))
    try:
        yield
    finally:
        for module, name, original in before:
            setattr(module, name, original)


def _telling(tell: Callable[..., None], original: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        tell(*args, **kwargs)
        return original(*args, **kwargs)

    return call


def _tell_file(name: str) -> Callable[..., None]:
    def tell(*args: Any, **kwargs: Any) -> None:
        for act, place in _FILES[name]:
            if place < len(args):
                _tell(act, args[place])

    return tell


def _tell_op(context: Any, op: str, name: Any, *inputs: Any) -> None:
    if op in _OPS:
        act, place, _ = _OPS[op]
        _tell(act, inputs[place])


def _tell_node(op: str, name: Any = None, **inputs: Any) -> None:
    if op in _OPS:
        act, _, argument = _OPS[op]
        _tell(act, inputs.get(argument))


def _tell_hdf5(name: Any, mode: str, *args: Any, **kwargs: Any) -> None:
    if name[:1] not in ("<", b"<"):  # else it is what Python writes of an object that is no file
        _tell("read" if mode == "r" else "write", name)


def _tell(act: Act, paths: Any) -> None:
    for path in filter(None, _read_texts(paths)):
        scheme, separator, rest = path.partition("://")
        if not separator or scheme == "file":
            sys.audit(BELOW, act, rest or path)
        elif scheme != "ram":  # else it is kept in memory
            sys.audit(BELOW, "connect", path)


def _read_texts(value: Any) -> list[str]:
    """Return the paths that an argument gives; none where they are known at run time only."""
    with suppress(Exception):  # whatever it is, it is no path
        if isinstance(value, tf.Tensor):
            value = tensor_util.constant_value(value)
        if value is not None:
            return [item if isinstance(item, str) else item.decode() for item in np.ravel(value).tolist()]
    return []
