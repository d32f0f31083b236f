"""Lets the config keep what the base class writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import CannotChange, Change
from maskcheck.fixes.changes.config.dicts import is_text
from maskcheck.fixes.changes.methods import Replacement, change_method, list_own, replace_nodes, write_code
from maskcheck.fixes.changes.writing.blocks import Placed, drop_statement, list_small


@dataclass(frozen=True)
class KeepConfigKey(Change):
    """Have ``get_config`` take a key no longer out of the config, by pop, del or a filter."""

    owner: str
    key: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Return the module with the key kept.

        Raises:
            CannotChange: the class has no ``get_config``.
        """
        return change_method(module, self.owner, "get_config", self._change)

    def _change(self, method: cst.FunctionDef) -> cst.FunctionDef:
        others: dict[cst.CSTNode, Replacement] = {}
        for placed in list_small(method):
            others.update(self._keep(placed))
        for each in list_own(method):
            if isinstance(each, cst.DictComp):
                others.update(_keep_in_filter(each, self.key))
            elif isinstance(each, cst.For) and _pops_each(each):
                kept = _leave_out(each.iter, self.key)
                others.update({each.iter: kept} if kept else {})
                if kept is None and _is_only(each.iter, self.key):
                    others[each] = cst.RemovalSentinel.REMOVE
        return replace_nodes(method, others)

    def _keep(self, placed: Placed) -> dict[cst.CSTNode, Replacement]:
        small = placed.small
        if isinstance(small, cst.Expr) and _pops(small.value, self.key):
            return dict([drop_statement(placed)])
        if isinstance(small, cst.Del):
            return self._keep_from_del(placed, small)
        if isinstance(small, cst.Return) and small.value is not None and _pops(small.value, self.key):
            raise CannotChange("get_config returns what it takes out")
        return {
            each: _read_item(each)
            for each in list_own(small)
            if isinstance(each, cst.Call) and _pops(each, self.key)
        }

    def _keep_from_del(self, placed: Placed, small: cst.Del) -> dict[cst.CSTNode, Replacement]:
        if _is_item(small.target, self.key):
            return dict([drop_statement(placed)])
        if not isinstance(small.target, cst.Tuple):
            return {}
        elements = [each for each in small.target.elements if not _is_item(each.value, self.key)]
        if len(elements) == len(small.target.elements):
            return {}
        if not elements:
            return dict([drop_statement(placed)])
        elements[-1] = elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)
        alone = elements[0].value if len(elements) == 1 else small.target.with_changes(elements=elements)
        return {small.target: alone}


def _keep_in_filter(node: cst.DictComp, key: str) -> dict[cst.CSTNode, Replacement]:
    """Return what to put in the place of a filter, so that it lets a key through."""
    tests = []
    for each in node.for_in.ifs:
        kept = _open_test(each.test, key)
        tests += [each.with_changes(test=kept)] if kept else []
    if len(tests) == len(node.for_in.ifs) and all(
        old.test is new.test for old, new in zip(node.for_in.ifs, tests, strict=True)
    ):
        return {}
    whole = _read_copied(node)
    if whole is not None and not tests:
        return {node: whole}
    return {node: node.with_changes(for_in=node.for_in.with_changes(ifs=tests))}


def _read_copied(node: cst.DictComp) -> cst.BaseExpression | None:
    """Return the dict of which a comprehension without tests is a copy."""
    items, target = node.for_in.iter, node.for_in.target
    copied = isinstance(target, cst.Tuple) and [write_code(each.value) for each in target.elements] == [
        write_code(node.key),
        write_code(node.value),
    ]
    if not copied or not isinstance(items, cst.Call) or not isinstance(items.func, cst.Attribute):
        return None
    whole = items.func.value
    if items.func.attr.value != "items":
        return None
    return whole if isinstance(whole, cst.Call) else cst.Call(cst.Name("dict"), [cst.Arg(whole)])


def _open_test(test: cst.BaseExpression, key: str) -> cst.BaseExpression | None:
    """Return a test that is true for a key, too; None where nothing is left of it."""
    if isinstance(test, cst.BooleanOperation) and isinstance(test.operator, cst.And):
        left, right = _open_test(test.left, key), _open_test(test.right, key)
        if left is test.left and right is test.right:
            return test
        return test.with_changes(left=left, right=right) if left and right else left or right
    if not isinstance(test, cst.Comparison) or len(test.comparisons) != 1:
        return test
    against = test.comparisons[0]
    if isinstance(against.operator, cst.NotEqual) and (
        is_text(against.comparator, key) or is_text(test.left, key)
    ):
        return None
    if isinstance(against.operator, cst.NotIn):
        if _is_only(against.comparator, key):
            return None
        kept = _leave_out(against.comparator, key)
        if kept:
            return test.with_changes(comparisons=[against.with_changes(comparator=kept)])
    return test


def _leave_out(node: cst.BaseExpression, key: str) -> cst.BaseExpression | None:
    """Return a literal tuple, list or set without a text; None where it has not that among others."""
    if not isinstance(node, cst.Tuple | cst.List | cst.Set):
        return None
    elements: Sequence[cst.BaseElement] = [each for each in node.elements if not is_text(each.value, key)]
    if not elements or len(elements) == len(node.elements):
        return None
    comma = node.elements[-1].comma
    if isinstance(node, cst.Tuple) and len(elements) == 1:
        comma = cst.Comma()
    return node.with_changes(elements=[*elements[:-1], elements[-1].with_changes(comma=comma)])


def _is_only(node: cst.BaseExpression, key: str) -> bool:
    listed = isinstance(node, cst.Tuple | cst.List | cst.Set)
    return listed and all(is_text(each.value, key) for each in node.elements)  # type: ignore[attr-defined]


def _pops_each(loop: cst.For) -> bool:
    """Tell whether a loop over keys does nothing but take them out."""
    body = loop.body.body
    line = body[0] if len(body) == 1 else None
    small = line.body[0] if isinstance(line, cst.SimpleStatementLine) else line
    if isinstance(small, cst.Expr) and isinstance(small.value, cst.Call):
        func = small.value.func
        return isinstance(func, cst.Attribute) and func.attr.value == "pop"
    return isinstance(small, cst.Del)


def _pops(node: cst.CSTNode, key: str) -> bool:
    return (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Attribute)
        and node.func.attr.value == "pop"
        and bool(node.args)
        and is_text(node.args[0].value, key)
    )


def _read_item(call: cst.Call) -> cst.BaseExpression:
    """Return what reads a key where a call of ``pop`` takes it out."""
    func = call.func
    if not isinstance(func, cst.Attribute):
        return call
    if len(call.args) > 1:
        return call.with_changes(func=func.with_changes(attr=cst.Name("get")))
    index = cst.SubscriptElement(cst.Index(call.args[0].value))
    return cst.Subscript(func.value, [index])


def _is_item(node: cst.BaseExpression, key: str) -> bool:
    if not isinstance(node, cst.Subscript) or len(node.slice) != 1:
        return False
    index = node.slice[0].slice
    return isinstance(index, cst.Index) and is_text(index.value, key)
