"""Adds to and takes from what stands between brackets, in the way in which it is written there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import libcst as cst

_Space = cst.BaseParenthesizableWhitespace
_NONE = cst.SimpleWhitespace("")
_ONE = cst.SimpleWhitespace(" ")


@dataclass(frozen=True)
class Items:
    """The items between two brackets, and the white space beside the brackets."""

    items: tuple[Any, ...]
    opening: _Space
    closing: _Space

    def append(self, item: Any, unit: str) -> Items:
        """Return it with an item at the end: on a line of its own if the others are."""
        if not self.items:
            return replace(self, items=(item,))
        *others, last = self.items
        comma = last.comma if isinstance(last.comma, cst.Comma) else None
        item = item.with_changes(comma=comma or cst.MaybeSentinel.DEFAULT)
        space, closing = self._find_space(unit), self.closing
        if isinstance(closing, cst.ParenthesizedWhitespace):
            closing = _end(closing)
        last = last.with_changes(comma=cst.Comma(whitespace_after=space))
        return replace(self, items=(*others, last, item), closing=closing)

    def prepend(self, item: Any) -> Items:
        """Return it with an item at the beginning, apart from the next one as items are here."""
        space = self.opening
        if not isinstance(space, cst.ParenthesizedWhitespace):
            space = next((s for s in self._between() if isinstance(s, cst.ParenthesizedWhitespace)), _ONE)
        if isinstance(space, cst.ParenthesizedWhitespace):
            space = _end(space)
        if not self.items:
            return replace(self, items=(item,))
        item = item.with_changes(comma=cst.Comma(whitespace_after=space))
        return replace(self, items=(item, *self.items))

    def insert(self, index: int, item: Any, unit: str) -> Items:
        """Return it with an item before another one, or at the end."""
        if not 0 < index < len(self.items):
            return self.append(item, unit)
        before = self.items[index - 1]
        space: _Space = before.comma.whitespace_after
        if isinstance(space, cst.ParenthesizedWhitespace):
            space = _end(space)
        item = item.with_changes(comma=cst.Comma(whitespace_after=space))
        return replace(self, items=(*self.items[:index], item, *self.items[index:]))

    def remove(self, index: int) -> Items:
        """Return it without an item, and without what is said of it on the same line."""
        item = self.items[index]
        items = [*self.items[:index], *self.items[index + 1 :]]
        if not items:
            return replace(self, items=(), opening=_NONE, closing=_NONE)
        if index < len(items) or not isinstance(items[-1].comma, cst.Comma):
            return replace(self, items=tuple(items))
        remark = items[-1].comma.whitespace_after
        items[-1] = items[-1].with_changes(comma=item.comma)
        return replace(self, items=tuple(items), closing=_join(remark, self.closing))

    def spread(self, unit: str, base: str = "") -> Items:
        """Return it with each item on a line of its own, if all stand on one."""
        spaces = (self.opening, self.closing, *self._between())
        if not self.items or any(isinstance(space, cst.ParenthesizedWhitespace) for space in spaces):
            return self
        space = _newline(base + unit)
        *others, last = self.items
        items = [item.with_changes(comma=cst.Comma(whitespace_after=space)) for item in others]
        return Items((*items, last.with_changes(comma=cst.Comma())), space, _newline(base))

    def _find_space(self, unit: str) -> _Space:
        """Return what stands between the last item and one behind it."""
        if isinstance(self.closing, cst.ParenthesizedWhitespace):
            return self._step(self.closing, unit)
        hanging = any(isinstance(each, cst.ParenthesizedWhitespace) for each in self._between())
        return self._step(_newline(""), unit) if hanging else _ONE

    def _between(self) -> list[_Space]:
        return [item.comma.whitespace_after for item in self.items if isinstance(item.comma, cst.Comma)]

    def _step(self, space: cst.ParenthesizedWhitespace, unit: str) -> cst.ParenthesizedWhitespace:
        """Return white space that ends where an item on a line of its own begins."""
        known = [*reversed(self._between()[: len(self.items) - 1]), self.opening]
        for each in known:
            if isinstance(each, cst.ParenthesizedWhitespace):
                return space.with_changes(last_line=each.last_line, indent=each.indent)
        return space.with_changes(last_line=cst.SimpleWhitespace(space.last_line.value + unit))


def read_dict(node: cst.Dict) -> Items:
    """Return the entries of a dict."""
    return _make(node.elements, node.lbrace.whitespace_after, node.rbrace.whitespace_before)


def write_dict(node: cst.Dict, entries: Items) -> cst.Dict:
    """Return a dict with other entries."""
    return node.with_changes(
        elements=entries.items,
        lbrace=node.lbrace.with_changes(whitespace_after=entries.opening),
        rbrace=node.rbrace.with_changes(whitespace_before=entries.closing),
    )


def read_arguments(node: cst.Call) -> Items:
    """Return the arguments of a call."""
    return split_end(node.args, node.whitespace_before_args, "whitespace_after_arg")


def write_arguments(node: cst.Call, arguments: Items) -> cst.Call:
    """Return a call with other arguments."""
    args, opening = join_end(arguments, "whitespace_after_arg")
    return node.with_changes(args=args, whitespace_before_args=opening)


def split_end(items: Sequence[Any], opening: _Space, name: str) -> Items:
    """Return items of which the last one holds, under a name, the white space before the bracket."""
    if not items:
        return Items((), opening, _NONE)
    *others, last = items
    return _make((*others, _with_end(last, name, _NONE)), opening, getattr(last, name, _NONE))


def join_end(sequence: Items, name: str) -> tuple[tuple[Any, ...], _Space]:
    """Return the items and the white space at their beginning, with that at their end in the last one."""
    if not sequence.items:
        return (), sequence.opening
    *others, last = sequence.items
    return (*others, _with_end(last, name, sequence.closing)), sequence.opening


def _make(items: Sequence[Any], opening: _Space, closing: _Space) -> Items:
    """Return items with all white space behind the last comma told as that before the bracket."""
    last = items[-1] if items else None
    if last is not None and isinstance(last.comma, cst.Comma):
        behind = last.comma.whitespace_after
        if not isinstance(behind, cst.SimpleWhitespace) or behind.value:
            closing = behind
        items = (*items[:-1], last.with_changes(comma=cst.Comma(last.comma.whitespace_before)))
    return Items(tuple(items), opening, closing)


def _with_end(item: Any, name: str, space: _Space) -> Any:
    return item.with_changes(**{name: space}) if hasattr(item, name) else item


def _newline(indent: str) -> cst.ParenthesizedWhitespace:
    return cst.ParenthesizedWhitespace(indent=True, last_line=cst.SimpleWhitespace(indent))


def _end(space: cst.ParenthesizedWhitespace) -> cst.ParenthesizedWhitespace:
    """Return the line end before a closing bracket, without the remarks on what stood there before."""
    return cst.ParenthesizedWhitespace(indent=space.indent, last_line=space.last_line)


def _join(remark: _Space, end: _Space) -> _Space:
    """Return white space that says what the one does, and ends where the other does."""
    both = isinstance(remark, cst.ParenthesizedWhitespace) and isinstance(end, cst.ParenthesizedWhitespace)
    return remark.with_changes(last_line=end.last_line, indent=end.indent) if both else end  # type: ignore[attr-defined]
