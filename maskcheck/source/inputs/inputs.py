"""What ``call`` and ``build`` of a class do with what they are given, as its text shows it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maskcheck.source.arguments.aliases import Function, argument_names, assignments, find_aliases
from maskcheck.source.ast_helpers import methods
from maskcheck.source.inputs.input_facts import Facts, note_dtype, note_length, note_shape, note_use
from maskcheck.source.inputs.scope import Scope, layer_classes, read_scope
from maskcheck.source.syntax_tree import read_class


@dataclass(frozen=True)
class InputUsage:
    """What is done with one argument of ``call``, or with one part of it.

    Attributes:
        names: of its parts, in order, where it is a list.
        length: of the list it must be, as unpacking and indexing show.
        keys: what it is looked up by.
        ranks: it is compared with, unpacked or transposed as a tensor of.
        least: the rank that indexing of its shape needs.
        dtypes: it must be of, the plainest evidence first.
        layers: classes of the layers that it is handed to.
        checked: whether its type is asked for, so that it may be of several.
    """

    names: tuple[str, ...] = ()
    length: int | None = None
    keys: tuple[str, ...] = ()
    ranks: tuple[int, ...] = ()
    least: int = 0
    dtypes: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    checked: bool = False


def input_usages(file: str, qualname: str) -> Mapping[str, InputUsage]:
    """Return how a class uses each argument of its own ``call``.

    What ``build`` does with its shape counts for the first argument. Parts of an argument
    have entries of their own, under the names they are unpacked to or looked up by.
    """
    node = read_class(file, qualname)
    own = methods(node) if node else {}
    if "call" not in own and "__call__" in own:
        own["call"] = own["__call__"]
    found: defaultdict[str, Facts] = defaultdict(Facts)
    scope = read_scope(own["call"]) if "call" in own else Scope({"inputs": "inputs"})
    if "call" in own:
        _read_function(own["call"], scope, layer_classes(own), found)
    if "build" in own and scope.known:
        _read_build(own["build"], scope, next(iter(scope.known)), found)
    return {name: _merge_facts(facts, scope.places.get(name, {})) for name, facts in found.items()}


def _read_function(
    function: Function, scope: Scope, made: Mapping[str, str], found: defaultdict[str, Facts]
) -> None:
    for node in ast.walk(function):
        _read_test(node, scope, found)
        for child in ast.iter_child_nodes(node):
            owner, shaped = scope.owner(child), scope.shaped(child)
            if owner:
                note_use(child, node, found[owner], made)
            if shaped:
                note_shape(child, node, found[shaped])


def _read_test(node: ast.AST, scope: Scope, found: defaultdict[str, Facts]) -> None:
    match node:
        case ast.Compare(
            left=ast.Attribute(value=base, attr="dtype"), ops=[ast.NotEq()], comparators=[other]
        ):
            owner = scope.owner(base)
            if owner:
                note_dtype(other, found[owner])
        case ast.Compare(
            left=ast.Call(func=ast.Name(id="len"), args=[shape]),
            ops=[op],
            comparators=[ast.Constant(value=int(number))],
        ):
            shaped = scope.shaped(shape)
            if shaped:
                note_length(op, number, found[shaped])


def _read_build(build: Function, scope: Scope, first: str, found: defaultdict[str, Facts]) -> None:
    """Read what ``build`` does with the shape of the input ``first``, or with those of its parts."""
    taken = dict.fromkeys(argument_names(build)[:1], first)
    shapes = find_aliases(build, taken, ("tuple", "list", "TensorShape", "as_list"))
    inner = Scope({}, scope.places, shapes)
    for place in _shape_positions(build, inner):
        inner.places.setdefault(first, {}).setdefault(place, f"{first}.{place}")
        found[first].lengths.append(place + 1)
    for target, value in assignments(build):
        parts = inner.places.get(inner.shaped(value) or "", {})
        if isinstance(target, ast.Tuple) and len(target.elts) == len(parts):
            names = [part.id if isinstance(part, ast.Name) else "" for part in target.elts]
            inner.shapes |= {name: parts[place] for place, name in enumerate(names) if place in parts}
    _read_function(build, inner, {}, found)


def _shape_positions(build: Function, scope: Scope) -> Iterator[int]:
    """Yield the positions at which a list of shapes is indexed: the 0 of ``input_shape[0][-1]``."""
    for node in ast.walk(build):
        match node:
            case ast.Subscript(
                value=ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=int(place)))
            ) if name in scope.shapes:
                yield place


def _merge_facts(facts: Facts, places: Mapping[int, str]) -> InputUsage:
    length = max(facts.lengths, default=None)
    names = tuple(places.get(place, "") for place in range(max(length or 0, 2))) if places else ()
    return InputUsage(
        names=names if length else (),
        length=length,
        keys=tuple(dict.fromkeys(facts.keys)),
        ranks=tuple(dict.fromkeys(facts.ranks)),
        least=max(facts.least, default=0),
        dtypes=tuple(dict.fromkeys(facts.dtypes)),
        layers=tuple(dict.fromkeys(facts.layers)),
        checked=facts.checked,
    )
