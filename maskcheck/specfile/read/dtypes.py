"""The dtypes that a spec may name, and which values each can hold."""

from __future__ import annotations

from maskcheck.errors import did_you_mean
from maskcheck.model.variant import VARIANTS
from maskcheck.yamlfile.fields import read_nonempty_items, read_text
from maskcheck.yamlfile.nodes import Node, Scalar, error_at

INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
FLOATS = ("float16", "bfloat16", "float32", "float64")
DTYPES = ("bool", *INTEGERS, *FLOATS, "complex64", "complex128", "string")

# Names of Python and NumPy, with the name used here.
_OTHER_NAMES = {"float": "float32", "int": "int32", "str": "string", "double": "float64", "half": "float16"}


def read_dtype(node: Node) -> str:
    """Return the dtype that ``node`` names.

    Raises:
        SpecError: it names none; the hint gives the nearest.
    """
    name = read_text(node, "'dtype'", "write dtype: float32")
    if name in DTYPES:
        return name
    known = ", ".join(DTYPES)
    near = f"write {_OTHER_NAMES[name]}" if name in _OTHER_NAMES else did_you_mean(name, list(DTYPES))
    raise error_at(node, f"unknown dtype {name!r}", near or f"known: {known}")


def read_variants(node: Node) -> tuple[str, ...]:
    """Return the variants that the list ``node`` names, each once.

    Raises:
        SpecError: it is empty or no list, or names what is none; the hint gives the nearest.
    """
    example = "write dtypes: [mixed_float16, float64]"
    return tuple(
        dict.fromkeys(_read_variant(item, example) for item in read_nonempty_items(node, "'dtypes'", example))
    )


def _read_variant(node: Node, example: str) -> str:
    name = read_text(node, "an item of 'dtypes'", example)
    if name in VARIANTS:
        return name
    near = did_you_mean(name, list(VARIANTS))
    raise error_at(node, f"unknown name {name!r} in 'dtypes'", near or f"known: {', '.join(VARIANTS)}")


def integer_bounds(dtype: str) -> tuple[int, int]:
    """Return the least and the greatest value of an integer ``dtype``."""
    bits = int(dtype.lstrip("uint"))
    return (0, 2**bits - 1) if dtype.startswith("u") else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def value_family(value: Scalar) -> str:
    """Return "boolean", "number", "text" or "null"; values of two of them do not mix in an array."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    return "text" if isinstance(value, str) else "number"


def describe_mismatch(value: Scalar, dtype: str) -> str:
    """Return what a ``dtype`` wants instead of ``value``, or "" where it can hold it."""
    if dtype == "bool":
        return "" if isinstance(value, bool) or (type(value) is int and value in (0, 1)) else "true or false"
    if dtype == "string":
        return "" if isinstance(value, str) else "text"
    if dtype in INTEGERS:
        low, high = integer_bounds(dtype)
        fits = type(value) is int and low <= value <= high
        return "" if fits else f"an integer from {low} to {high}"
    return "" if value_family(value) == "number" else "a number"
