"""What the names in the methods of a class stand for: generators, sets, shared state."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from maskcheck.source.arguments.aliases import Function, argument_paths, assignments
from maskcheck.source.ast_helpers import dotted, methods, statements
from maskcheck.source.modules.module import read_bindings

_KERAS = re.compile(r"^tensorflow(\.compat\.v[12])?\.keras\.")
_GENERATOR = re.compile(
    r"numpy\.random\.(default_rng|RandomState|Generator)|random\.(Random|SystemRandom)"
    r"|tensorflow\.random\.Generator\.\w+|itertools\.(count|cycle)|iter"
)
_SET = re.compile(r"set|frozenset")
_CHANGEABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.Call)


@dataclass(frozen=True)
class Names:
    """Dotted names by what they stand for.

    ``imported`` are absolute paths by local name, ``classes`` the names of classes. ``generators``
    and ``sets`` hold such things, ``shared`` what lies outside the layer and can be changed;
    ``unset`` is None unless an argument is given.
    """

    imported: dict[str, str]
    classes: frozenset[str] = frozenset()
    generators: frozenset[str] = frozenset()
    sets: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    unset: frozenset[str] = frozenset()

    def path(self, node: ast.AST | None) -> str:
        """Return the absolute path of a dotted name; without an import only a name alone has one."""
        root, dot, rest = (dotted(node) or "").partition(".")
        if root not in self.imported:
            return "" if dot else root
        return _KERAS.sub("keras.", self.imported[root] + dot + rest)

    def __or__(self, other: Names) -> Names:
        """Return these names with the attributes and local names of ``other``."""
        return replace(
            self,
            generators=self.generators | other.generators,
            sets=self.sets | other.sets,
            unset=self.unset | other.unset,
        )


def is_set(value: ast.expr, names: Names) -> bool:
    """Tell whether an expression is a set."""
    match value:
        case ast.Set() | ast.SetComp():
            return True
        case ast.Call(func=func):
            return bool(_SET.fullmatch(names.path(func)))
        case ast.BinOp(left=left, op=ast.BitOr() | ast.BitAnd() | ast.Sub(), right=right):
            return is_set(left, names) or is_set(right, names)
    return dotted(value) in names.sets


def module_names(tree: ast.Module, node: ast.ClassDef) -> Names:
    """Return what the module binds, and what the body of the class holds for all layers at once."""
    imports = (part for part in ast.walk(tree) if isinstance(part, ast.Import | ast.ImportFrom))
    imported = {name: alias.path for part in imports for name, alias in read_bindings(part, "", False)}
    names = Names(imported, frozenset(part.name for part in ast.walk(tree) if isinstance(part, ast.ClassDef)))
    common = [name for name, value in _plain_bindings(node.body) if isinstance(value, _CHANGEABLE)]
    own = {path for method in methods(node).values() for path, _ in _assigned_paths(method)}
    outer = frozenset(name for name, value in _plain_bindings(tree.body) if isinstance(value, _CHANGEABLE))
    shared = {f"{owner}.{name}" for name in common for owner in ("self", "cls", node.name)} - own
    return replace(_add_values(names, _plain_bindings(tree.body)), shared=outer | shared)


def attribute_names(names: Names, functions: Sequence[Function]) -> Names:
    """Return the attributes that methods fill with generators, sets or arguments that may be None."""
    values = ((path, value) for function in functions for path, value in _assigned_paths(function))
    found = _add_values(names, values)
    optional = [
        path
        for f in functions
        if f.name == "__init__"
        for path, name in argument_paths(f).items()
        if name in _optional_parameters(f)
    ]
    return Names(
        names.imported,
        generators=_attributes_only(found.generators),
        sets=_attributes_only(found.sets),
        unset=_attributes_only(optional),
    )


def _attributes_only(paths: Iterable[str]) -> frozenset[str]:
    return frozenset(path for path in paths if path.startswith("self."))


def local_names(names: Names, function: Function) -> Names:
    """Return the names with those that a function binds for itself."""
    local = ((path, value) for path, value in _assigned_paths(function) if "." not in path)
    sets = frozenset(path for path, value in local if is_set(value, names))
    return replace(names, sets=names.sets | sets, unset=names.unset | _optional_parameters(function))


def _add_values(names: Names, values: Iterable[tuple[str, ast.expr]]) -> Names:
    """Return the names with those whose values are generators or sets."""
    pairs = list(values)
    generators = frozenset(path for path, value in pairs if _is_generator(value, names))
    sets = frozenset(path for path, value in pairs if is_set(value, names))
    return replace(names, generators=names.generators | generators, sets=names.sets | sets)


def _is_generator(value: ast.expr, names: Names) -> bool:
    return isinstance(value, ast.Call) and bool(_GENERATOR.fullmatch(names.path(value.func)))


def _assigned_paths(function: Function) -> Iterator[tuple[str, ast.expr]]:
    yield from ((dotted(target) or "", value) for target, value in assignments(function))


def _plain_bindings(body: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a module or a class binds by plain assignment, with the values."""
    for statement in statements(body):
        match statement:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                yield name, value


def _optional_parameters(function: Function) -> frozenset[str]:
    """Return the parameters that are None by default."""
    signature = function.args
    positional = [*signature.posonlyargs, *signature.args]
    pairs = [*zip(reversed(positional), reversed(signature.defaults), strict=False)]
    pairs += [(p, d) for p, d in zip(signature.kwonlyargs, signature.kw_defaults, strict=True) if d]
    return frozenset(p.arg for p, d in pairs if isinstance(d, ast.Constant) and d.value is None)
