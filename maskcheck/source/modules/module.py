"""What one module's source text defines: its classes and what its top-level names stand for."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maskcheck.source.arguments.members import Member, members_of
from maskcheck.source.ast_helpers import dotted, statements
from maskcheck.source.modules.keras_imports import KerasImport, keras_imports, legacy_setting

UNKNOWN = "?"  # the path of what the text does not tell


@dataclass(frozen=True, eq=False)
class ClassText:
    """One class statement. Compared by identity, since a module may define one name twice.

    ``bases`` are dotted names as written, UNKNOWN where the base is an expression.
    """

    module: str
    qualname: str
    file: str
    line: int
    bases: tuple[str, ...]
    metaclass: str | None
    members: Mapping[str, Member]

    @property
    def id(self) -> str:
        """The dotted path of the class."""
        return f"{self.module}.{self.qualname}"


@dataclass(frozen=True)
class Alias:
    """A name that stands for ``path``: absolute (an import), or seen from its own module (``local``)."""

    path: str
    line: int
    local: bool = False


@dataclass(frozen=True, eq=False)
class ModuleText:
    """One parsed module. ``names`` maps each top-level name to all that it may stand for, in source order.

    ``stars`` are the modules of its star imports, ``classes`` all classes with nested ones. ``keras``
    are its imports of a Keras, ``legacy`` is what it sets TF_USE_LEGACY_KERAS to, None if it does not.
    """

    name: str
    file: str
    names: Mapping[str, tuple[Alias | ClassText, ...]]
    stars: tuple[str, ...]
    classes: Mapping[str, tuple[ClassText, ...]]
    keras: tuple[KerasImport, ...] = ()
    legacy: bool | None = None


def read_module(tree: ast.Module, name: str, file: str, is_package: bool) -> ModuleText:
    """Collect the names and classes of one module from its syntax tree."""
    names: dict[str, tuple[Alias | ClassText, ...]] = {}
    classes: dict[str, tuple[ClassText, ...]] = {}
    stars: list[str] = []
    for statement in statements(tree.body):
        if isinstance(statement, ast.ClassDef):
            for found in _read_classes(statement, name, file):
                classes[found.qualname] = (*classes.get(found.qualname, ()), found)
            names[statement.name] = (*names.get(statement.name, ()), classes[statement.name][-1])
        for bound, alias in read_bindings(statement, name, is_package):
            if bound == "*":
                stars.append(alias.path)
            else:
                names[bound] = (*names.get(bound, ()), alias)
    return ModuleText(name, file, names, tuple(stars), classes, keras_imports(tree), legacy_setting(tree))


def _read_classes(node: ast.ClassDef, module: str, file: str, scope: str = "") -> Iterable[ClassText]:
    metaclasses = (dotted(keyword.value) for keyword in node.keywords if keyword.arg == "metaclass")
    yield ClassText(
        module=module,
        qualname=scope + node.name,
        file=file,
        line=node.lineno,
        bases=tuple(dotted(base) or UNKNOWN for base in node.bases),
        metaclass=next(metaclasses, None),
        members=members_of(node),
    )
    for statement in statements(node.body):
        if isinstance(statement, ast.ClassDef):
            yield from _read_classes(statement, module, file, f"{scope}{node.name}.")


def read_bindings(statement: ast.stmt, module: str, is_package: bool) -> Iterable[tuple[str, Alias]]:
    """Yield the names that an import or an assignment binds, with what they stand for; "*" for all."""
    line = statement.lineno
    if isinstance(statement, ast.Import):
        for name in statement.names:
            path = name.name if name.asname else name.name.partition(".")[0]
            yield name.asname or path, Alias(path, line)
    elif isinstance(statement, ast.ImportFrom):
        source = _absolute_name(statement, module, is_package)
        for name in statement.names:
            path = source if name.name == "*" else f"{source}.{name.name}"
            yield name.asname or name.name, Alias(path, line)
    elif isinstance(statement, ast.Assign | ast.AnnAssign):
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            if isinstance(target, ast.Name):
                yield from ((target.id, alias) for alias in _read_aliases(statement.value, line))


def _read_aliases(value: ast.expr | None, line: int) -> list[Alias]:
    if isinstance(value, ast.IfExp):
        return [*_read_aliases(value.orelse, line), *_read_aliases(value.body, line)]
    path = dotted(value)
    return [Alias(path, line, local=True) if path else Alias(UNKNOWN, line)]


def _absolute_name(statement: ast.ImportFrom, module: str, is_package: bool) -> str:
    if not statement.level:
        return statement.module or ""
    parts = module.split(".")
    above = statement.level - is_package
    base = parts[: max(0, len(parts) - above)]
    return ".".join([*base, statement.module] if statement.module else base)
