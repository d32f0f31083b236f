"""Source text as a syntax tree, or the reason why there is none."""

from __future__ import annotations

import ast
import functools
import io
import linecache
import os
import tokenize
import warnings

from maskcheck.error_texts.read import read_error
from maskcheck.model.error import ErrorInfo
from maskcheck.source.ast_helpers import class_named, methods
from maskcheck.source.regular import find_obstacle


def read_tree(file: str) -> ast.Module | ErrorInfo:
    """Parse ``file``, decoded as its encoding cookie (PEP 263) or byte order mark says, else as UTF-8.

    Returns:
        The syntax tree, or an error with type, message, file and line when the
        text cannot be read, decoded or parsed.
    """
    if obstacle := find_obstacle(file):
        return read_error("OSError", f"cannot be read as source text: {obstacle}", file=file)
    try:
        with open(file, "rb") as stream:
            data = stream.read()
    except OSError as error:
        data = "".join(linecache.getlines(file)).encode()  # a cell of a notebook
        if not data:
            return read_error(type(error).__name__, error.strerror or str(error), file=file)
    try:
        text = decode_source(data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, filename=file)
    except SyntaxError as error:
        return read_error("SyntaxError", error.msg, file=file, line=error.lineno or 1)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"not {error.encoding.upper()}: byte 0x{data[error.start]:02x} at position {error.start}"
        return read_error("UnicodeDecodeError", message, file=file, line=line)
    except (RecursionError, MemoryError) as error:
        return read_error(type(error).__name__, "an expression is nested too deeply", file=file, line=1)


def cached_tree(file: str) -> ast.Module | ErrorInfo:
    """Return what ``read_tree`` gives, remembered for as long as the file stays as it is on disk."""
    try:
        status = os.stat(file)
    except OSError:
        return read_tree(file)
    return _cached(file, status.st_mtime_ns, status.st_size)


def read_class(file: str, qualname: str) -> ast.ClassDef | None:
    """Return the statement of a class (``A.B``), None where the file shows no such class."""
    tree = cached_tree(file)
    return class_named(tree, qualname) if isinstance(tree, ast.Module) else None


def read_method(file: str, qualname: str, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """Return the statement of a method of a class, None where there is none."""
    node = read_class(file, qualname)
    return methods(node).get(name) if node else None


@functools.lru_cache(maxsize=4)
def _cached(file: str, changed: int, size: int) -> ast.Module | ErrorInfo:
    return read_tree(file)


def decode_source(data: bytes) -> str:
    """Return source text, decoded as its encoding cookie or byte order mark says, else as UTF-8.

    Raises:
        SyntaxError, UnicodeDecodeError: it cannot be.
    """
    if b"\0" in data:
        error = SyntaxError("the file holds null bytes")
        error.lineno = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise error
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        data.decode()  # stray bytes among the first two lines: say so rather than blame the cookie
        raise
    try:
        return data.decode(encoding)
    except LookupError:
        raise SyntaxError(f"{encoding} is not a text encoding") from None
