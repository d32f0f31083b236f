"""The values of a YAML file, each with its line and column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from maskcheck.errors import SpecError
from maskcheck.model.case import Mark

TAGS = ("!tuple", "!array", "!tensor", "!import", "!object")

Scalar = bool | int | float | str | None


@dataclass(frozen=True, kw_only=True)
class _Node:
    """One value. ``tag`` is "" or one of TAGS; ``size`` and ``depth`` count it and all it holds."""

    mark: Mark
    tag: str = ""
    size: int = 1
    depth: int = 1


@dataclass(frozen=True, kw_only=True)
class ScalarNode(_Node):
    """A single value; ``plain`` if it is written without quotes."""

    value: Scalar
    plain: bool = False


@dataclass(frozen=True, kw_only=True)
class ListNode(_Node):
    """A list."""

    items: tuple[Node, ...]


class Pair(NamedTuple):
    """One key of a mapping with its value."""

    key: ScalarNode
    value: Node


@dataclass(frozen=True, kw_only=True)
class DictNode(_Node):
    """A mapping in its order, merge keys resolved, no key twice."""

    pairs: tuple[Pair, ...]


Node = ScalarNode | ListNode | DictNode


def error_at(node: Node, message: str, hint: str = "") -> SpecError:
    """Return the error that points at ``node``."""
    return SpecError(message, mark=node.mark, hint=hint)


def describe_node(node: Node) -> str:
    """Return what ``node`` is, for a message: "the number 5", "a list"."""
    if node.tag:
        return f"a value tagged {node.tag}"
    if isinstance(node, ListNode):
        return "a list"
    return "a mapping" if isinstance(node, DictNode) else _describe_scalar(node.value)


def _describe_scalar(value: Scalar) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        short = value if len(value) <= 40 else f"{value[:37]}..."
        return f"the text {short!r}"
    return f"the number {value}"
