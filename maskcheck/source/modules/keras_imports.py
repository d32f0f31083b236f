"""What a module's source text says of the Keras that it is written for."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from maskcheck.source.ast_helpers import dotted, statements

VARIABLE = "TF_USE_LEGACY_KERAS"
_TENSORFLOW = ("tensorflow.keras", "tensorflow.compat.v1.keras", "tensorflow.compat.v2.keras")


@dataclass(frozen=True)
class KerasImport:
    """An import of ``keras``, ``tf_keras`` or ``tensorflow.keras``; ``sure`` if it is not only tried."""

    package: str
    line: int
    sure: bool


def keras_imports(tree: ast.Module) -> tuple[KerasImport, ...]:
    """Return the imports of a Keras that run with the module, in source order."""
    sure = set(map(id, tree.body))
    return tuple(
        KerasImport(package, statement.lineno, id(statement) in sure)
        for statement in statements(tree.body)
        for package in dict.fromkeys(map(_keras_package, _imported_paths(statement)))
        if package
    )


def is_legacy(value: str | None) -> bool:
    """Tell whether TensorFlow takes a value of TF_USE_LEGACY_KERAS for a yes."""
    return value in ("1", "true", "True")


def legacy_setting(tree: ast.Module) -> bool | None:
    """Return what the module itself sets TF_USE_LEGACY_KERAS to, None if it leaves it alone."""
    found = [value for statement in statements(tree.body) for value in _assigned_values(statement)]
    return is_legacy(found[-1]) if found else None


def legacy_by_environment(environment: Mapping[str, str]) -> bool:
    """Return what an environment says."""
    return is_legacy(environment.get(VARIABLE))


def _imported_paths(statement: ast.stmt) -> Iterator[str]:
    """Yield the absolute paths that a statement imports."""
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom) and not statement.level:
        yield from (f"{statement.module}.{alias.name}" for alias in statement.names)


def _keras_package(path: str) -> str:
    top = path.partition(".")[0]
    if top in ("keras", "tf_keras"):
        return top
    return "tensorflow.keras" if f"{path}.".startswith(tuple(f"{each}." for each in _TENSORFLOW)) else ""


def _assigned_values(statement: ast.stmt) -> Iterator[str]:
    """Yield the text that ``os.environ[...] = text`` or ``os.environ.setdefault(..., text)`` gives it."""
    match statement:
        case ast.Assign(
            targets=[ast.Subscript(value=holder, slice=ast.Constant(value=key))],
            value=ast.Constant(value=str(value)),
        ):
            path = dotted(holder) or ""
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(value=holder, attr="setdefault"),
                args=[ast.Constant(value=key), ast.Constant(value=str(value))],
            )
        ):
            path = dotted(holder) or ""
        case _:
            return
    if key == VARIABLE and path.rpartition(".")[2] == "environ":
        yield value
