"""A small taint analysis of one ``__init__``: which parameters its names and attributes are made of."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from maskcheck.source.ast_helpers import dotted


@dataclass(frozen=True)
class Taint:
    """The parameters behind a value: ``direct`` if computed from them, ``weak`` if a test of them chose."""

    direct: frozenset[str] = frozenset()
    weak: frozenset[str] = frozenset()

    def __or__(self, other: Taint) -> Taint:
        return Taint(self.direct | other.direct, self.weak | other.weak)

    def __bool__(self) -> bool:
        return bool(self.direct or self.weak)

    @property
    def as_test(self) -> Taint:
        """What a value owes to a test of this one."""
        return Taint(weak=self.direct | self.weak)


NO_TAINT = Taint()


class Tracker:
    """Walks statements in order and keeps the taint of each name and attribute path.

    What is assigned inside a branch or a loop adds to what was there before.
    """

    def __init__(self, this: str, parameters: Sequence[str]) -> None:
        self._this = this
        self._taints = {name: Taint(frozenset({name})) for name in parameters}
        self._reached: dict[str, Taint] = {}

    def reached(self, parameter: str) -> tuple[str, ...]:
        """Return the paths that ``parameter`` flows into: its namesake, other direct ones, weak ones."""
        direct = [path for path, taint in self._reached.items() if parameter in taint.direct]
        weak = [path for path, taint in self._reached.items() if parameter in taint.weak]
        namesakes = [path for path in direct if path.lstrip("_") == parameter]
        return tuple(dict.fromkeys([*namesakes, *direct, *weak]))

    def run(self, body: Iterable[ast.stmt], control: Taint = NO_TAINT, certain: bool = True) -> None:
        """Follow ``body``, which runs as ``control`` decides, and always if ``certain``."""
        for statement in body:
            for call in _calls(statement):
                self._call(call, control)
            self._statement(statement, control, certain)

    def _statement(self, statement: ast.stmt, control: Taint, certain: bool) -> None:
        match statement:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._assign(target, value, control, certain)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self._assign(target, value, control, certain)
            case ast.AugAssign(target=target, value=value):
                self._assign(target, value, control, certain=False)
            case ast.If(test=test) | ast.While(test=test):
                inner = control | self._taint(test).as_test
                self.run([*statement.body, *statement.orelse], inner, certain=False)
            case ast.For(target=target, iter=source):
                inner = control | self._taint(source).as_test
                for _ in range(2):  # the second pass sees what the first left in names
                    self._assign(target, source, control, certain=False)
                    self.run([*statement.body, *statement.orelse], inner, certain=False)
            case ast.With(items=items, body=body):
                for item in items:
                    if item.optional_vars:
                        self._assign(item.optional_vars, item.context_expr, control, certain)
                self.run(body, control, certain)
            case ast.Try(body=body, handlers=handlers, orelse=orelse, finalbody=finalbody):
                handled = [inner for handler in handlers for inner in handler.body]
                self.run([*body, *handled, *orelse, *finalbody], control, certain=False)
            case ast.Match(subject=subject, cases=cases):
                for case in cases:
                    for name in _captured_names(case.pattern):
                        self._put(name, self._taint(subject), certain=False)
                    self.run(case.body, control | self._taint(subject).as_test, certain=False)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                self._put(name, self._taint(statement), certain)
            case ast.Expr(value=ast.Call(func=ast.Attribute(value=owner)) as call):
                path = dotted(owner)  # a method call may keep its arguments in the object
                if path and (self._is_own(owner) or path.partition(".")[0] in self._taints):
                    self._put(path, self._taint(call) | control, certain=False)

    def _assign(self, target: ast.expr, value: ast.expr, control: Taint, certain: bool) -> None:
        if isinstance(target, ast.Tuple | ast.List):
            for part, source in _pair_targets(target.elts, value):
                self._assign(part, source, control, certain)
            return
        inner = target.value if isinstance(target, ast.Starred) else target
        taint = self._taint(value) | control
        if isinstance(inner, ast.Subscript):
            taint, certain = taint | self._taint(inner.slice), False
        path = dotted(inner)
        if path and path != self._this:
            self._put(path, taint, certain)

    def _put(self, path: str, taint: Taint, certain: bool) -> None:
        root, _, attribute = path.partition(".")
        if root == self._this:
            self._record(attribute, taint)
        elif attribute:
            path, certain = root, False  # an attribute of a local object is part of that object
        self._taints[path] = taint if certain else self._taints.get(path, NO_TAINT) | taint

    def _record(self, path: str, taint: Taint) -> None:
        if path and taint:
            self._reached[path] = self._reached.get(path, NO_TAINT) | taint

    def _is_own(self, owner: ast.expr) -> bool:
        return (dotted(owner) or "").startswith(f"{self._this}.")

    def _without_self(self, arguments: list[ast.expr]) -> list[ast.expr]:
        bound = arguments and isinstance(arguments[0], ast.Name) and arguments[0].id == self._this
        return arguments[1:] if bound else arguments

    def _taint(self, node: ast.AST) -> Taint:
        if isinstance(node, ast.IfExp):
            return self._taint(node.body) | self._taint(node.orelse) | self._taint(node.test).as_test
        path = dotted(node) if isinstance(node, ast.Name | ast.Attribute) else None
        taint = self._taints.get(path, NO_TAINT) if path else NO_TAINT
        for child in ast.iter_child_nodes(node):
            taint |= self._taint(child)
        return taint

    def _call(self, call: ast.expr, control: Taint) -> None:
        match call:
            case ast.NamedExpr(target=target, value=value):
                self._assign(target, value, control, certain=False)
            case ast.Call(func=ast.Name(id="setattr") | ast.Attribute(attr="__setattr__")):
                match self._without_self(call.args):
                    case [ast.Constant(value=str(name)), value]:
                        self._put(f"{self._this}.{name}", self._taint(value) | control, certain=False)
            case ast.Call(func=ast.Attribute(attr="__init__", value=owner)) if not self._is_own(owner):
                for place, value in _numbered_arguments(self._without_self(call.args), call.keywords):
                    self._record(f"super:{place}", self._taint(value) | control)


def _calls(statement: ast.stmt) -> Iterator[ast.expr]:
    """Yield the calls and ``:=`` in the statement's own expressions, not in the statements inside it."""
    for child in ast.iter_child_nodes(statement):
        if isinstance(child, ast.expr | ast.withitem):
            yield from (node for node in ast.walk(child) if isinstance(node, ast.Call | ast.NamedExpr))


def _numbered_arguments(
    arguments: list[ast.expr], keywords: list[ast.keyword]
) -> Iterator[tuple[str, ast.expr]]:
    for number, argument in enumerate(arguments):
        starred = isinstance(argument, ast.Starred)
        yield ("*" if starred else str(number)), argument
    for keyword in keywords:
        yield keyword.arg or "**", keyword.value


def _pair_targets(targets: list[ast.expr], value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """Pair the targets of an unpacking with their values, or each with the whole where that is unclear."""
    parts = value.elts if isinstance(value, ast.Tuple | ast.List) else []
    clear = len(parts) == len(targets) and not any(isinstance(t, ast.Starred) for t in [*targets, *parts])
    return list(zip(targets, parts, strict=True)) if clear else [(target, value) for target in targets]


def _captured_names(pattern: ast.pattern) -> Iterator[str]:
    for node in ast.walk(pattern):
        name = getattr(node, "name", None) or getattr(node, "rest", None)
        if name:
            yield name
