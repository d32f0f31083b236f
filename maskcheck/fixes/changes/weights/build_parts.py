"""Makes ``build`` of a class build the layers that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.class_body import AddMethod
from maskcheck.fixes.changes.classes import get_class
from maskcheck.fixes.changes.methods import change_method, find_method
from maskcheck.fixes.changes.nodes.bodies import find_last_place, insert_statements, open_body
from maskcheck.fixes.changes.nodes.code import read_statements
from maskcheck.fixes.changes.nodes.names import rename_name


@dataclass(frozen=True)
class BuildParts(Change):
    """Adds lines to ``build``, or writes a whole one.

    ``code`` is either: lines alone, or a ``def build``. Where there is a ``build`` with other parameters,
    it gets those of ``code`` and the lines that ``code`` has more.
    """

    owner: str
    code: str

    def apply(self, module: cst.Module) -> cst.Module:
        """Add what is not there yet."""
        statements = read_statements(self.code)
        whole = statements[0] if len(statements) == 1 and isinstance(statements[0], cst.FunctionDef) else None
        there = find_method(get_class(module, self.owner), "build")
        if whole is None and there is None:
            whole = _write_build(statements)
        if whole is None:
            return change_method(module, self.owner, "build", lambda build: _append(build, statements))
        if there is None:
            return AddMethod(self.owner, cst.Module([whole]).code).apply(module)
        return change_method(module, self.owner, "build", lambda build: _merge(build, whole))


def _append(build: cst.FunctionDef, statements: list[cst.BaseStatement]) -> cst.FunctionDef:
    return insert_statements(build, find_last_place(build), statements)


def _write_build(statements: list[cst.BaseStatement]) -> cst.FunctionDef:
    parameters = cst.Parameters([cst.Param(cst.Name("self")), cst.Param(cst.Name("input_shape"))])
    return cst.FunctionDef(cst.Name("build"), parameters, cst.IndentedBlock(statements))


def _merge(build: cst.FunctionDef, new: cst.FunctionDef) -> cst.FunctionDef:
    """Give a ``build`` the parameters of another, and the lines that it has more, under its names."""
    build = _take_parameters(build, new.params.params)
    return _append(build, [*open_body(new).body])


def _take_parameters(build: cst.FunctionDef, parameters: Sequence[cst.Param]) -> cst.FunctionDef:
    old = build.params.params
    if [each.name.value for each in old] == [each.name.value for each in parameters]:
        return build
    kept = {each.name.value: each for each in old}
    if len(old) > 1 and old[1].name.value not in {each.name.value for each in parameters}:
        first, name = old[1].name.value, parameters[1].name.value
        kept[name] = old[1].with_changes(name=cst.Name(name))
        build = rename_name(build, first, name)
    taken = [kept.get(each.name.value, each) for each in parameters]
    plain = [each.with_changes(comma=cst.MaybeSentinel.DEFAULT) for each in taken]
    return build.with_changes(params=build.params.with_changes(params=plain))
