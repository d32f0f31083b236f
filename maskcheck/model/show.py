"""Short texts for values, for messages and tables."""

from __future__ import annotations

from maskcheck.model.value import (
    ABSENT,
    ArrayValue,
    ClassValue,
    DictValue,
    FunctionValue,
    ListValue,
    ObjectValue,
    ReferenceValue,
    Value,
)

LIMIT = 120
_BRACKETS = {"tuple": "()", "set": "{}", "frozenset": "{}"}


def show(value: Value, limit: int = LIMIT) -> str:
    """Return ``value`` as a line of at most ``limit`` characters, much as Python writes it."""
    text = " ".join(_text(value).splitlines())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _text(value: Value) -> str:
    if value is ABSENT:
        return "nothing"
    if isinstance(value, ListValue):
        return _list_text(value)
    if isinstance(value, DictValue):
        return "{" + ", ".join(f"{_text(k)}: {_text(v)}" for k, v in value.items) + "}"
    if isinstance(value, ArrayValue):
        if value.array.ndim == 0:
            return f"{value.dtype}({value.array.item()!r})"
        return f"{value.dtype} {value.kind} {value.array.shape} {value.array.ravel()[:6].tolist()}"
    if isinstance(value, (FunctionValue, ClassValue)):
        return value.name
    if isinstance(value, ObjectValue):
        name = value.class_name.rpartition(".")[2]
        if isinstance(value.state, DictValue):
            return f"{name}(" + ", ".join(f"{k!s}={_text(v)}" for k, v in value.state.items) + ")"
        return name if value.state is None else f"{name}({_text(value.state)})"
    if isinstance(value, ReferenceValue):
        return f"<{value.kind} {value.path}>"
    return repr(value)


def _list_text(value: ListValue) -> str:
    items = ", ".join(_text(item) for item in value.items)
    if value.kind == "list":
        return f"[{items}]"
    if value.kind == "tuple":
        return f"({items},)" if len(value.items) == 1 else f"({items})"
    if value.kind in _BRACKETS and value.items:
        return "{" + items + "}"
    return f"{value.kind}({items})"
