"""Paragraphs of a script, with what they import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Block:
    """Lines that belong together, and the lines of imports that they need."""

    lines: tuple[str, ...] = ()
    imports: frozenset[str] = field(default_factory=frozenset)

    def __add__(self, other: Block) -> Block:
        return Block((*self.lines, *other.lines), self.imports | other.imports)


def make_block(*lines: str, imports: Iterable[str] = ()) -> Block:
    """Return a block of lines."""
    return Block(lines, frozenset(imports))


def indent_block(head: str, block: Block, *tail: str) -> Block:
    """Return a block below ``head`` and before ``tail``, further in."""
    return Block((head, *(f"    {line}" if line else line for line in block.lines), *tail), block.imports)
