"""Finds nondeterminism in a class, and the entry methods that reach it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from maskcheck.model.layer_facts import Chance
from maskcheck.source.arguments.aliases import Function
from maskcheck.source.arguments.taint import Taint, Tracker
from maskcheck.source.ast_helpers import class_named, methods, statements
from maskcheck.source.nondeterminism.draws import Draw, find_draws
from maskcheck.source.nondeterminism.names import Names, attribute_names, local_names, module_names
from maskcheck.source.syntax_tree import cached_tree

ENTRIES = (
    "__init__",
    "build",
    "call",
    "get_initial_state",
    "compute_mask",
    "from_config",
    "build_from_config",
    "load_own_variables",
    "load_assets",
)


@dataclass(frozen=True, eq=False)
class _ClassFacts:
    """One class: its file, its methods, the functions of its module, and what names stand for there."""

    file: str
    methods: Mapping[str, Function]
    functions: Mapping[str, Function]
    names: Names


def find_chances(classes: Sequence[tuple[str, str]]) -> tuple[Chance, ...]:
    """Find what a class draws at random, reads off a clock, takes from a set's order or changes elsewhere.

    Args:
        classes: file and qualified name of the class and of its own bases, in the order in
            which Python looks up their methods.

    Returns:
        The places in the methods by which Keras makes, calls and loads a layer, and in the
        methods and functions of the same modules that these use; draws with a seed are none.
        To what is changed elsewhere also the methods lead that read it.
    """
    texts = _read_classes(classes)
    owners: dict[Function, _ClassFacts] = {}
    entries: dict[Function, list[str]] = {}
    for entry in ENTRIES:
        for function, text in _reachable(texts, entry).items():
            owners[function] = text
            entries.setdefault(function, []).append(entry)
    return tuple(chance for f, text in owners.items() for chance in _function_chances(f, text, entries))


def _read_classes(classes: Sequence[tuple[str, str]]) -> list[_ClassFacts]:
    """Read the classes that can be found; what one assigns to an attribute counts in all."""
    texts = [text for file, qualname in classes for text in _read_class(file, qualname)]
    held = [attribute_names(text.names, list(text.methods.values())) for text in texts]
    for names in held:
        texts = [replace(text, names=text.names | names) for text in texts]
    return texts


def _read_class(file: str, qualname: str) -> Iterator[_ClassFacts]:
    tree = cached_tree(file)
    node = class_named(tree, qualname) if isinstance(tree, ast.Module) else None
    if isinstance(tree, ast.Module) and node is not None:
        functions = {s.name: s for s in statements(tree.body) if isinstance(s, ast.FunctionDef)}
        yield _ClassFacts(file, methods(node), functions, module_names(tree, node))


def _reachable(texts: Sequence[_ClassFacts], entry: str) -> dict[Function, _ClassFacts]:
    """Return the functions that the method ``entry`` may lead to, each with the class it is seen from."""
    found: dict[Function, _ClassFacts] = {}
    waiting = _find_method(texts, entry)
    while waiting:
        function, text = waiting.pop(0)
        if function not in found:
            found[function] = text
            waiting += _used_functions(texts, function, text)
    return found


def _find_method(texts: Sequence[_ClassFacts], name: str) -> list[tuple[Function, _ClassFacts]]:
    """Return the method that Python would find; nothing if none of the classes has it."""
    return [(text.methods[name], text) for text in texts if name in text.methods][:1]


def _used_functions(
    texts: Sequence[_ClassFacts], function: Function, text: _ClassFacts
) -> Iterator[tuple[Function, _ClassFacts]]:
    """Yield the methods of the layer and the functions of the module that a function names."""
    above = texts[texts.index(text) + 1 :]
    for node in ast.walk(function):
        match node:
            case ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=name):
                yield from _find_method(above, name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner == _first_parameter(function):
                yield from _find_method(texts, name)
            case ast.Name(id=name) if name in text.functions:
                yield text.functions[name], text


def _function_chances(
    function: Function, text: _ClassFacts, entries: Mapping[Function, Sequence[str]]
) -> Iterator[Chance]:
    found = find_draws(function, local_names(text.names, function))
    for draw, attributes in zip(found, _affected_attributes(function, found) if found else (), strict=True):
        felt = [function, *(other for other in entries if draw.changes and _reads(other, draw.changes))]
        leading = tuple(dict.fromkeys(entry for other in felt for entry in entries[other]))
        yield Chance(function.name, text.file, draw.line, draw.doing, draw.kind, leading, tuple(attributes))


def _reads(function: Function, name: str) -> bool:
    """Tell whether a function reads a name, or an attribute of that name of anything."""
    read = (n for n in ast.walk(function) if isinstance(getattr(n, "ctx", None), ast.Load))
    return any(name in (getattr(node, "id", None), getattr(node, "attr", None)) for node in read)


def _affected_attributes(function: Function, found: Sequence[Draw]) -> list[list[str]]:
    """Return the attributes of the layer that the outcome of each draw flows into."""
    marks: dict[ast.AST, frozenset[str]] = {}
    for number, draw in enumerate(found):
        for carrier in draw.carriers:
            marks[carrier] = marks.get(carrier, frozenset()) | {str(number)}
    tracker = _DrawTracker(_layer_name(function), marks)
    try:
        tracker.run(function.body)
    except RecursionError:  # an expression nested too deeply to follow
        return [[] for _ in found]
    paths = [tracker.reached(str(number)) for number in range(len(found))]
    return [[path.partition(".")[0] for path in one if not path.startswith("super:")] for one in paths]


class _DrawTracker(Tracker):
    """Follows expressions rather than parameters to the attributes that they flow into."""

    def __init__(self, this: str, marks: Mapping[ast.AST, frozenset[str]]) -> None:
        super().__init__(this, ())
        self._marks = marks

    def _taint(self, node: ast.AST) -> Taint:
        return super()._taint(node) | Taint(self._marks.get(node, frozenset()))


def _layer_name(function: Function) -> str:
    """Return the name of the layer: the first parameter, in from_config what it returns."""
    returned = [
        n.value.id for n in ast.walk(function) if isinstance(n, ast.Return) and isinstance(n.value, ast.Name)
    ]
    return returned[-1] if returned and function.name == "from_config" else _first_parameter(function)


def _first_parameter(function: Function) -> str:
    parameters = [*function.args.posonlyargs, *function.args.args]
    return parameters[0].arg if parameters else ""
