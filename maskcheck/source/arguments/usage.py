"""How a class uses the arguments of its ``__init__``, as its text shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from maskcheck.source.arguments.aliases import argument_paths, attribute_paths, find_aliases
from maskcheck.source.ast_helpers import dotted, methods
from maskcheck.source.syntax_tree import read_class

Kind = str
_KINDS_OF_CALLS: Mapping[str, Kind] = {
    **dict.fromkeys(("range", "one_hot"), "integer"),
    **dict.fromkeys(("len", "zip", "enumerate", "sorted", "reversed", "prod", "product", "set"), "sequence"),
    **dict.fromkeys(("abs", "round", "sqrt", "log", "exp", "pow", "ceil", "floor"), "number"),
    **dict.fromkeys(("asarray", "array"), "array"),
    "dict": "mapping",
    "import_module": "text",
}
_KINDS_OF_TYPES: Mapping[str, Kind] = {
    "int": "integer",
    "Integral": "integer",
    "float": "number",
    "Number": "number",
    "Real": "number",
    "bool": "flag",
    "str": "text",
    **dict.fromkeys(("list", "tuple", "Sequence", "Iterable"), "sequence"),
    **dict.fromkeys(("dict", "Mapping"), "mapping"),
    **dict.fromkeys(("Layer", "Model"), "layer"),
    **dict.fromkeys(("Callable", "FunctionType"), "callable"),
    **dict.fromkeys(("ndarray", "Tensor"), "array"),
}
_KINDS_OF_ATTRIBUTES: Mapping[str, Kind] = {
    **dict.fromkeys(("lower", "upper", "startswith", "endswith", "split", "format", "strip"), "text"),
    **dict.fromkeys(("items", "keys", "values", "get"), "mapping"),
    **dict.fromkeys(("append", "extend", "index", "count", "insert"), "sequence"),
    **dict.fromkeys(("state_size", "output_size", "get_initial_state"), "cell"),
    **dict.fromkeys(("ndim", "T", "astype", "tolist"), "array"),
    **dict.fromkeys(
        (
            "call",
            "build",
            "built",
            "weights",
            "compute_output_shape",
            "trainable_weights",
            "layers",
            "trainable",
        ),
        "layer",
    ),
}


@dataclass(frozen=True)
class Usage:
    """What is done with one argument.

    Attributes:
        kinds: what it must be for that, the plainest evidence first: "integer", "number",
            "flag", "text", "sequence", "mapping", "callable", "factory", "layer", "cell", "array".
        length: of the sequence, where it is unpacked or indexed.
        passed: where it is handed on: ``units`` by name, ``Dense.0`` by position.
        keys: what it is looked up by, if it is a mapping.
        parts: what each of its items is unpacked to.
        item_keys: what each of its items is looked up by, if they are mappings.
        attributes: those read of it that no kind has, if it is an object of a class of its own.
    """

    kinds: tuple[Kind, ...] = ()
    length: int | None = None
    passed: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    item_keys: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Fact:
    """One use: of ``rank`` 0 if only one kind allows it, more if others are likely as well."""

    rank: int
    kind: Kind | None = None
    length: int | None = None
    passed: str | None = None
    key: str | None = None
    parts: tuple[str, ...] = ()
    item_keys: tuple[str, ...] = ()
    attribute: str | None = None


def argument_usages(file: str, qualname: str) -> Mapping[str, Usage]:
    """Return how a class uses each argument of its own ``__init__``, in all of its methods.

    Args:
        file: path of the source file.
        qualname: name inside the module.

    Returns:
        The usage by argument, also of those never used; empty where the file holds no
        such class, or the class no ``__init__``.
    """
    node = read_class(file, qualname)
    own = methods(node) if node else {}
    if "__init__" not in own:
        return {}
    names = argument_paths(own["__init__"])
    facts: dict[str, list[_Fact]] = {name: [] for name in names.values()}
    for function in own.values():
        known = names if function.name == "__init__" else find_aliases(function, attribute_paths(names))
        for parent, part in _nodes_with_parents(function):
            read = isinstance(part, ast.Name | ast.Attribute) and isinstance(part.ctx, ast.Load)
            name = known.get(dotted(part) or "") if read else None
            if name:
                facts[name] += _facts_of_use(part, parent)
    return {name: _merge_facts(found) for name, found in facts.items()}


def _nodes_with_parents(function: ast.AST) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield each node below ``function`` with its parent, if that is no tuple that only moves its parts."""
    moving: set[ast.AST] = set()
    for node in ast.walk(function):
        match node:
            case (
                ast.Assign(targets=[ast.Tuple()], value=ast.Tuple() as value)
                | ast.Return(value=ast.Tuple() as value)
            ):
                moving.add(value)
        if node not in moving:
            yield from ((node, child) for child in ast.iter_child_nodes(node))


def _merge_facts(facts: list[_Fact]) -> Usage:
    ordered = sorted(facts, key=lambda fact: fact.rank)
    lengths = [fact.length for fact in facts if fact.length]
    return Usage(
        kinds=tuple(dict.fromkeys(fact.kind for fact in ordered if fact.kind)),
        length=max(lengths, default=None),
        passed=tuple(dict.fromkeys(fact.passed for fact in facts if fact.passed)),
        keys=tuple(dict.fromkeys(fact.key for fact in facts if fact.key)),
        parts=max((fact.parts for fact in facts), key=len, default=()),
        item_keys=tuple(dict.fromkeys(key for fact in facts for key in fact.item_keys)),
        attributes=tuple(dict.fromkeys(fact.attribute for fact in facts if fact.attribute)),
    )


def _facts_of_use(part: ast.AST, parent: ast.AST) -> list[_Fact]:
    """Return what the use of ``part`` in ``parent`` shows of it."""
    match parent:
        case ast.BinOp(left=left, op=op, right=right):
            return _facts_of_arithmetic(op, right if part is left else left)
        case ast.UnaryOp(op=ast.USub()):
            return [_Fact(1, "number")]
        case ast.UnaryOp(op=ast.Not()) | ast.If() | ast.BoolOp():
            return [_Fact(3, "flag")]
        case ast.IfExp(test=test) if test is part:
            return [_Fact(3, "flag")]
        case ast.Compare(left=left, comparators=others):
            return [
                fact for other in [left, *others] if other is not part for fact in _facts_of_comparison(other)
            ]
        case ast.Subscript(value=value, slice=index) if value is part:
            return _facts_of_index(index)
        case ast.For(target=target, iter=source) if source is part:
            keys = _keys_looked_up(target, parent.body)
            return [_Fact(0, "sequence", parts=_target_names(target), item_keys=keys)]
        case ast.comprehension(target=target, iter=source) if source is part:
            return [_Fact(0, "sequence", parts=_target_names(target))]
        case ast.Assign(targets=[ast.Tuple(elts=targets) | ast.List(elts=targets)], value=value) if (
            value is part
        ):
            return [_Fact(0, "sequence", length=len(targets))]
        case ast.Starred():
            return [_Fact(0, "sequence")]
        case ast.Attribute(attr=attribute):
            kind = _KINDS_OF_ATTRIBUTES.get(attribute)
            return [_Fact(0, kind)] if kind else [_Fact(1, attribute=attribute)]
        case ast.keyword(arg=name):
            return [_Fact(1, passed=name)] if name else [_Fact(0, "mapping")]
        case ast.Call(func=func, args=args) if func is part:
            return [_Fact(1, "callable" if args else "factory")]
        case ast.Call(func=func, args=args):
            return _facts_of_call(part, _callee_name(func), args)
        case ast.Tuple() | ast.List():
            return [_Fact(2, "integer")]
    return []


def _target_names(target: ast.expr) -> tuple[str, ...]:
    """Return the names that a tuple of targets has, "" for those that are no names."""
    parts = target.elts if isinstance(target, ast.Tuple) else []
    return tuple(part.id if isinstance(part, ast.Name) else "" for part in parts)


def _keys_looked_up(target: ast.expr, body: Sequence[ast.AST]) -> tuple[str, ...]:
    """Return the texts by which a loop looks things up in what it goes through."""
    nodes = (node for statement in body for node in ast.walk(statement))
    found: dict[str, None] = {}
    for node in nodes:
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key))):
                if isinstance(target, ast.Name) and name == target.id:
                    found[key] = None
    return tuple(found)


def _facts_of_arithmetic(op: ast.operator, other: ast.expr) -> list[_Fact]:
    if isinstance(other, ast.List | ast.Tuple | ast.ListComp):
        return [_Fact(0, "integer" if isinstance(op, ast.Mult) else "sequence")]
    if isinstance(other, ast.JoinedStr) or (isinstance(other, ast.Constant) and isinstance(other.value, str)):
        return [] if isinstance(op, ast.Mod) else [_Fact(1, "text")]
    whole = isinstance(op, ast.FloorDiv | ast.Mod | ast.LShift | ast.RShift)
    return [_Fact(0 if whole else 1, "integer" if whole else "number")]


def _facts_of_comparison(other: ast.expr) -> list[_Fact]:
    match other:
        case ast.Constant(value=bool() | None):
            return []
        case ast.Constant(value=str()) | ast.List(elts=[ast.Constant(value=str()), *_]):
            return [_Fact(0, "text")]
        case ast.Tuple(elts=[ast.Constant(value=str()), *_]) | ast.Set(elts=[ast.Constant(value=str()), *_]):
            return [_Fact(0, "text")]
        case ast.Constant(value=int()):
            return [_Fact(2, "integer")]
        case ast.Constant(value=float()):
            return [_Fact(1, "number")]
    return []


def _facts_of_index(index: ast.expr) -> list[_Fact]:
    match index:
        case ast.Constant(value=int(position)):
            return [_Fact(0, "sequence", length=position + 1)]
        case ast.Constant(value=str(key)):
            return [_Fact(0, "mapping", key=key)]
        case ast.Tuple():
            return [_Fact(0, "array")]
    return [_Fact(1, "sequence")]


def _callee_name(func: ast.expr) -> str:
    """Return the last name of what is called; of ``activations.get`` both."""
    names = (dotted(func) or "").split(".")
    return ".".join(names[-2:] if names[-1] == "get" else names[-1:])


def _facts_of_call(part: ast.AST, callee: str, args: list[ast.expr]) -> list[_Fact]:
    if callee == "isinstance" and args[0] is part:
        return _facts_of_isinstance(args[1])
    kind = _KINDS_OF_CALLS.get(callee)
    place = next((number for number, argument in enumerate(args) if argument is part), 0)
    return [_Fact(0, kind)] if kind else [_Fact(1, passed=f"{callee}.{place}")]


def _facts_of_isinstance(types: ast.expr) -> list[_Fact]:
    parts = types.elts if isinstance(types, ast.Tuple) else [types]
    names = [(dotted(part) or "").rpartition(".")[2] for part in parts]
    return [_Fact(2, _KINDS_OF_TYPES[name]) for name in names if name in _KINDS_OF_TYPES]
