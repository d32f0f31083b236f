"""What user code printed, with each repetition told as a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

# The first line of a warning; Python prints the line of the source that it is about below.
_WARNING = re.compile(r"(?P<file>\S.*?)(?P<rest>:\d+: \w+: .*)")
_SOURCE = "  "
_NUMBER = re.compile(r"[-+]?\d[\d.,:e+-]*")
_SEVERAL = 3


def fold_repeated(lines: Sequence[str], shorten: Callable[[str], str], *, alike: bool = False) -> list[str]:
    """Return each line, and each warning, once where it stands first, with how often it was printed.

    Args:
        shorten: returns the path of a warning's file as reports show it.
        alike: whether lines that differ in their numbers alone count as one, where they are several.
    """
    counts = Counter(_read_blocks(lines, shorten))
    groups: dict[object, list[tuple[str, ...]]] = {}
    for block in counts:
        key = tuple(_NUMBER.sub("0", line) for line in block) if alike else block
        groups.setdefault(key, []).append(block)
    folded: list[str] = []
    for blocks in groups.values():
        if len(blocks) < _SEVERAL:
            folded += [line for block in blocks for line in _count_block(block, counts[block], "times")]
        else:
            total = sum(counts[block] for block in blocks)
            folded += _count_block(blocks[0], total, "times, with other numbers")
    return folded


def _read_blocks(lines: Sequence[str], shorten: Callable[[str], str]) -> Iterator[tuple[str, ...]]:
    """Yield what belongs together: a warning with its source, else one line."""
    start = 0
    while start < len(lines):
        warning = _WARNING.fullmatch(lines[start])
        size = 2 if warning and lines[start + 1 : start + 2] and lines[start + 1].startswith(_SOURCE) else 1
        first = shorten(warning["file"]) + warning["rest"] if warning else lines[start]
        yield first, *lines[start + 1 : start + size]
        start += size


def _count_block(block: tuple[str, ...], count: int, times: str) -> Iterator[str]:
    first, *others = block
    yield f"{first}   ({count:,} {times})" if count > 1 and first else first
    yield from others
