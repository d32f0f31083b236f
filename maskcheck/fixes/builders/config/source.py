"""What the source of a class shows of its arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from maskcheck.fixes.builders.definitions import find_definition
from maskcheck.source.ast_helpers import class_named, dotted, methods
from maskcheck.source.syntax_tree import cached_tree

_Function = ast.FunctionDef | ast.AsyncFunctionDef
# Keywords whose values Keras makes of names and of descriptions by itself.
_DESCRIBED = ("activation", "initializer", "regularizer", "constraint")


@dataclass(frozen=True)
class Source:
    """A class in a file, by its qualname."""

    file: str
    owner: str

    def node(self) -> ast.ClassDef | None:
        """Return its statement."""
        tree = cached_tree(self.file)
        return class_named(tree, self.owner) if isinstance(tree, ast.Module) else None

    def method(self, name: str) -> _Function | None:
        """Return a method of its own."""
        node = self.node()
        return methods(node).get(name) if node else None

    def parameters(self) -> dict[str, ast.expr | None]:
        """Return the parameters of ``__init__`` by name, without self, with their defaults."""
        function = self.method("__init__")
        if function is None:
            return {}
        given = function.args
        plain = [*given.posonlyargs, *given.args]
        defaults = [*[None] * (len(plain) - len(given.defaults)), *given.defaults]
        found: dict[str, ast.expr | None] = {
            each.arg: default for each, default in zip(plain, defaults, strict=True)
        }
        found.update(zip((each.arg for each in given.kwonlyargs), given.kw_defaults, strict=True))
        return dict(list(found.items())[1:])

    def kept(self, argument: str) -> str:
        """Return the attribute in which ``__init__`` keeps an argument as it is, "" if in none."""
        for name, value in self.assigned():
            if isinstance(value, ast.Name) and value.id == argument:
                return name
        return ""

    def assigned(self, method: str = "__init__") -> Iterator[tuple[str, ast.expr]]:
        """Yield the attributes of self that a method sets, with their values."""
        for each in ast.walk(self.method(method) or ast.Module([], [])):
            match each:
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        name = dotted(target) or ""
                        if isinstance(target, ast.Attribute) and name == f"self.{target.attr}":
                            yield target.attr, value
                case ast.AnnAssign(
                    target=ast.Attribute(value=ast.Name(id="self"), attr=attr), value=ast.expr() as value
                ):
                    yield attr, value

    def written(self, key: str) -> ast.expr | None:
        """Return the value that its ``get_config`` writes under a key."""
        return next((value for name, value in self.entries() if name == key), None)

    def entries(self) -> Iterator[tuple[str, ast.expr]]:
        """Yield the keys that its ``get_config`` writes, with their values."""
        for each in ast.walk(self.method("get_config") or ast.Module([], [])):
            match each:
                case ast.Dict(keys=keys, values=values):
                    pairs = zip(keys, values, strict=True)
                    named = [(str(k.value), v) for k, v in pairs if isinstance(k, ast.Constant)]
                    # What describes an object is no config, but a value of one.
                    yield from named if "class_name" not in dict(named) else ()
                case ast.Call(keywords=keywords, func=ast.Name(id="dict") | ast.Attribute(attr="update")):
                    yield from ((each.arg, each.value) for each in keywords if each.arg)
                case ast.Assign(targets=[ast.Subscript(slice=ast.Constant(value=str(key)))], value=value):
                    yield key, value

    def takes_description(self, argument: str) -> bool:
        """Tell whether ``__init__`` makes an object of the description of an argument."""
        for call in _list_calls(self.method("__init__")):
            name = (dotted(call.func) or "").rpartition(".")[2]
            reads = name in ("get", "deserialize", "deserialize_keras_object")
            if reads and any(_is_name(each, argument) for each in call.args):
                return True
            for keyword in call.keywords:
                if _is_name(keyword.value, argument) and str(keyword.arg).endswith(_DESCRIBED):
                    return True
        return False

    def is_fixed(self, *names: str) -> bool:
        """Tell whether ``__init__`` gives the base class a literal for one of some arguments."""
        return any(
            keyword.arg in names and isinstance(keyword.value, ast.Constant)
            for call in _list_calls(self.method("__init__"))
            if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__"
            for keyword in call.keywords
        )

    def builds(self, attribute: str) -> bool:
        """Tell whether its ``build`` builds the part in an attribute, whether or not that is built."""
        function = self.method("build")
        paths = (
            {ast.unparse(each) for each in ast.walk(function) if isinstance(each, ast.Attribute)}
            if function
            else ()
        )
        return f"self.{attribute}.build" in paths and f"self.{attribute}.built" not in paths

    def own_arguments(self) -> list[str]:
        """Return the arguments that ``__init__`` keeps as they are, and does not hand to its base class."""
        handed = {
            each.id
            for call in _list_calls(self.method("__init__"))
            if isinstance(call.func, ast.Attribute) and call.func.attr == "__init__"
            for each in ast.walk(call)
            if isinstance(each, ast.Name)
        }
        return [name for name in self.parameters() if name not in handed and self.kept(name)]

    def names(self) -> set[str]:
        """Return the names of its methods, and of the attributes that these set."""
        node = self.node()
        own = methods(node) if node else {}
        return {*own, *(attribute for method in own for attribute, _ in self.assigned(method))}

    def with_bases(self) -> Iterator[Source]:
        """Yield the class and its bases as far as source of the user shows them, nearest first."""
        waiting, seen = [self], set()
        while waiting:
            source = waiting.pop(0)
            node = source.node()
            if node is None or source in seen:
                continue
            seen.add(source)
            yield source
            for base in node.bases:
                name = (dotted(base) or "").rpartition(".")[2]
                found = find_definition(source.file, name) if name and isinstance(base, ast.Name) else None
                if found:
                    waiting.append(Source(found.file, name))

    def defining(self, method: str) -> Source | None:
        """Return the nearest of the class and its bases that defines a method."""
        return next((each for each in self.with_bases() if each.method(method)), None)


def _list_calls(function: _Function | None) -> Iterator[ast.Call]:
    return (each for each in ast.walk(function) if isinstance(each, ast.Call)) if function else iter(())


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
