"""Adding entries to the text of a spec; all that is there stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from maskcheck.errors import SpecError
from maskcheck.model.case import Mark
from maskcheck.yamlfile.events import mark_at, parse_events
from maskcheck.yamlfile.quoting import scalar_text

# What ends a line for the parser.
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_PARTS = (yaml.NodeEvent, yaml.CollectionEndEvent)
_HINT = "write the classes one below the other, or name another file with --output"


@dataclass(frozen=True)
class InsertionPoint:
    """Where entries are added: ``index`` of the character, column of their names, ``step`` of the indent."""

    index: int
    indent: int
    step: int


def find_insertion_point(text: str, file: str) -> InsertionPoint:
    """Return the insertion point after the last entry of the spec ``text`` and the comments below it.

    Raises:
        SpecError: its entries are not written one below the other; ``file`` is the name that it gives.
    """
    events: list[Any] = [each for each in parse_events(text, file) if isinstance(each, _PARTS)]
    layers, mark = _find_layers(events, file)
    start, *inside, _ = layers
    if not isinstance(start, yaml.MappingStartEvent) or start.flow_style or not inside:
        raise SpecError("entries cannot be added here", mark=mark, hint=_HINT)
    end = max(each.end_mark.index for each in inside if not _is_dedent(each))
    root, indent = (_line_indent(text, first.start_mark.index) for first in (events[1], inside[0]))
    below = end if _starts_line(text, end) else _next_line(text, end)
    return InsertionPoint(_after_comments(text, below, root), indent, indent - root)


def add_entries(text: str, place: InsertionPoint, entries: Sequence[str]) -> str:
    """Return ``text`` with the lines of ``entries`` put in at ``place``."""
    ending = "\r\n" if "\r\n" in text else "\n"
    before, after = text[: place.index], text[place.index :]
    block = ending.join(line for entry in entries for line in entry.split("\n"))
    opening = "" if _starts_line(text, place.index) else ending
    return f"{before}{opening}{block}{ending}{after}"


def has_draft(text: str, name: str) -> bool:
    """Return whether an entry of the class ``name`` is among the comments of ``text``."""
    line = rf"^[ \t]*#[ \t]*{re.escape(scalar_text(name))}:[ \t]*\r?$"
    return re.search(line, text, re.MULTILINE) is not None


def _find_layers(events: list[Any], file: str) -> tuple[list[Any], Mark]:
    """Return the events of the value of ``layers``, and where it starts."""
    at = 1
    while at < len(events) - 1:
        value = _skip_node(events, at)
        end = _skip_node(events, value)
        if getattr(events[at], "value", None) == "layers":
            return events[value:end], mark_at(events[value].start_mark, file)
        at = end
    raise SpecError("the spec has no 'layers'", mark=Mark(file, 1))


def _skip_node(events: list[Any], at: int) -> int:
    """Return the index after the node that starts at the index ``at``."""
    depth = 0
    while True:
        depth += isinstance(events[at], yaml.CollectionStartEvent)
        depth -= isinstance(events[at], yaml.CollectionEndEvent)
        at += 1
        if not depth:
            return at


def _is_dedent(event: Any) -> bool:
    """Return whether it ends a collection without a bracket: it stands where the next thing starts."""
    width = event.end_mark.index - event.start_mark.index
    return isinstance(event, yaml.CollectionEndEvent) and not width


def _line_indent(text: str, index: int) -> int:
    """Return at which column the line begins that holds the character at ``index``."""
    before = _BREAK.split(text[:index])[-1]
    return len(before) - len(before.lstrip(" "))


def _next_line(text: str, index: int) -> int:
    found = _BREAK.search(text, index)
    return found.end() if found else len(text)


def _starts_line(text: str, index: int) -> bool:
    return not index or _BREAK.fullmatch(text[index - 1]) is not None


def _after_comments(text: str, index: int, root: int) -> int:
    """Return the end of the comments, deeper than the column ``root``, on the lines from ``index`` on."""
    end = index
    while index < len(text):
        following = _next_line(text, index)
        line = text[index:following]
        content = line.strip()
        if content and not (content.startswith("#") and line.index("#") > root):
            break
        index = following
        end = index if content else end
    return end
