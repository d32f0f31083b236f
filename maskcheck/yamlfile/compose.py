"""Events to nodes: only the tags of the spec, aliases resolved, no recursion.

A node is complete before an alias can name it, so nothing contains itself; and each
knows its size, so aliases that multiply are refused before anything is copied.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import yaml

from maskcheck.errors import SpecError, did_you_mean
from maskcheck.model.case import Mark
from maskcheck.yamlfile.atoms import make_scalar_node, read_tag
from maskcheck.yamlfile.events import mark_at, parse_events
from maskcheck.yamlfile.mappings import make_pairs
from maskcheck.yamlfile.nodes import DictNode, ListNode, Node

MAX_DEPTH = 50
MAX_SIZE = 1_000_000


def compose(text: str, file: str) -> Node | None:
    """Return the value that the YAML ``text`` holds, or None if it holds none.

    Raises:
        SpecError: not YAML, an unknown tag or alias, a duplicate key, nested too deep.
    """
    return _Composer(file).read(parse_events(text, file))


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    mark: Mark
    tag: str
    anchor: str | None
    children: list[Node] = field(default_factory=list)


class _Composer:
    def __init__(self, file: str) -> None:
        self._file = file
        self._root: Node | None = None
        self._open: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}

    def read(self, events: Iterable[yaml.Event]) -> Node | None:
        for event in events:
            mark = mark_at(event.start_mark, self._file)
            if isinstance(event, yaml.DocumentStartEvent) and self._root:
                raise SpecError("a second document starts here", mark=mark, hint="remove the line ---")
            if isinstance(event, yaml.AliasEvent):
                self._add(self._aliased(str(event.anchor), mark))
            elif isinstance(event, yaml.ScalarEvent):
                self._add(self._anchored(event.anchor, make_scalar_node(event, mark)))
            elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                self._start(event, mark)
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                self._close(isinstance(event, yaml.MappingEndEvent))
        return self._root

    def _start(self, event: yaml.CollectionStartEvent, mark: Mark) -> None:
        self._check_depth(1, mark)
        if event.anchor:
            self._anchors[event.anchor] = None
        self._open.append(_Open(mark, read_tag(event.tag, mark), event.anchor))

    def _close(self, is_mapping: bool) -> None:
        done = self._open.pop()
        pairs = make_pairs(done.children) if is_mapping else ()
        held = [pair.value for pair in pairs] if is_mapping else done.children
        size = 1 + sum(node.size for node in held)
        depth = 1 + max((node.depth for node in held), default=0)
        if size > MAX_SIZE:
            raise SpecError(
                f"this holds more than {MAX_SIZE} values", mark=done.mark, hint="use fewer aliases"
            )
        node: Node
        if is_mapping:
            node = DictNode(mark=done.mark, tag=done.tag, size=size, depth=depth, pairs=pairs)
        else:
            items = tuple(done.children)
            node = ListNode(mark=done.mark, tag=done.tag, size=size, depth=depth, items=items)
        self._add(self._anchored(done.anchor, node))

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1].children.append(node)
        else:
            self._root = node

    def _anchored(self, anchor: str | None, node: Node) -> Node:
        if anchor:
            self._anchors[anchor] = node
        return node

    def _aliased(self, anchor: str, mark: Mark) -> Node:
        if anchor not in self._anchors:
            hint = did_you_mean(anchor, list(self._anchors)) or f"define it first, as &{anchor}"
            raise SpecError(f"no anchor is named {anchor!r}", mark=mark, hint=hint)
        node = self._anchors[anchor]
        if node is None:
            raise SpecError(f"the value named {anchor!r} contains itself", mark=mark, hint="write it out")
        self._check_depth(node.depth, mark)
        return node

    def _check_depth(self, more: int, mark: Mark) -> None:
        if len(self._open) + more > MAX_DEPTH:
            raise SpecError(f"nested more than {MAX_DEPTH} levels deep", mark=mark, hint="write it flatter")
