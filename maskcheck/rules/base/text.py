"""Sentences, diffs and tables that several rules need."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from itertools import takewhile
from typing import Any

from maskcheck.compare.snapshots import CallChange
from maskcheck.compare.values import Difference
from maskcheck.model.error import ErrorInfo
from maskcheck.model.finding import ArrayDelta, MaskRow
from maskcheck.model.value import ArrayValue, Value


def diff_configs(before: Any, after: Any) -> str:
    """Return the unified diff of two configs as JSON, "" where they agree."""
    old, new = (
        json.dumps(side, indent=2, default=str, ensure_ascii=False).splitlines() for side in (before, after)
    )
    lines = difflib.unified_diff(old, new, "config as given", "config as written", lineterm="", n=2)
    return "\n".join(lines)


def join_names(names: Iterable[str]) -> str:
    """Return names joined by commas, in their order and each once."""
    return ", ".join(dict.fromkeys(names))


def join_first_names(names: Iterable[str], most: int = 4) -> str:
    """Return the first names, joined by commas, and how many more there are: "a, b and 7 more"."""
    known = list(dict.fromkeys(names))
    shown = known if len(known) <= most + 1 else known[:most]
    return ", ".join(shown) + (f" and {len(known) - most} more" if len(shown) < len(known) else "")


def list_deltas(differences: Iterable[Difference]) -> tuple[ArrayDelta, ...]:
    """Return the figures of the differences that have any."""
    return tuple(difference.delta for difference in differences if difference.delta)


def describe_outputs(call: CallChange) -> str:
    """Return "inference outputs differ in 6 of 9 values, by at most 0.83 (at [0, 2])"."""
    if call.error:
        return f"the {call.mode} call then raises {describe_error(call.error)}"
    found = [d.delta for d in call.outputs if d.delta and d.delta.differing is not None]
    if not found:
        return f"the {call.mode} outputs have another structure or shape" if call.outputs else ""
    differing, total = sum(d.differing or 0 for d in found), sum(d.total or 0 for d in found)
    largest = max(found, key=lambda d: d.max_absolute or 0.0)
    sentence = f"the {call.mode} outputs differ in {differing} of {total} values"
    if largest.max_absolute is None:
        return sentence
    return f"{sentence}, by at most {largest.max_absolute:.3g} (at {list(largest.where or ())})"


def describe_error(error: ErrorInfo) -> str:
    """Return "ValueError: why", with the words of the innermost error that Keras wraps."""
    return f"{error.type}: {first_line(error.sentence)}"


def first_line(text: str, limit: int = 200) -> str:
    """Return the first paragraph of a message in one line, of a long one the first sentences."""
    paragraph = takewhile(str.strip, text.strip().splitlines())
    line = " ".join(" ".join(paragraph).split())
    if len(line) <= limit:
        return line
    sentences = line[:limit].rpartition(". ")[0]
    return f"{sentences}." if len(sentences) > limit // 5 else f"{line[: limit - 1]}…"


def make_mask_rows(label: str, before: Value, after: Value) -> list[MaskRow]:
    """Return one row of T and F for each row of the masks; "" on the side that has none."""
    old, new = _mask_lines(before), _mask_lines(after)
    count = max(len(old), len(new))
    pad = [""] * count
    return [
        MaskRow(f"{label}[{i}]", first, second)
        for i, (first, second) in enumerate(zip((old + pad)[:count], (new + pad)[:count], strict=True))
    ]


def _mask_lines(mask: Value) -> list[str]:
    if not isinstance(mask, ArrayValue) or mask.array.size == 0:
        return []
    array = mask.array.reshape(-1, mask.array.shape[-1]) if mask.array.ndim else mask.array.reshape(1, 1)
    return ["".join("T" if flag else "F" for flag in row) for row in array[:8].astype(bool)]
