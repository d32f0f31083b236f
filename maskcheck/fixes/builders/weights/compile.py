"""Edits for what a model was compiled with."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.lines import split_functions, split_imports
from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.class_body import AddMethod, ReplaceMethod
from maskcheck.fixes.changes.nodes.code import read_function
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.weights.compile_state_lost import CompileStateLost
from maskcheck.source.syntax_tree import read_method


def propose_compile_pair(wanted: Wanted) -> Iterator[Edit]:
    """Write what ``compile`` took, and compile again from that, where the class does not do so yet."""
    imports, code = split_imports(wanted.finding.hint)
    changes = [_write_method(wanted, each) for each in split_functions(code)]
    yield wanted.edit("Write what compile() took, and compile again when loaded", *imports, *changes)


def _write_method(wanted: Wanted, code: str) -> Change:
    name = read_function(code).name.value
    there = read_method(wanted.file, wanted.owner, name)
    return ReplaceMethod(wanted.owner, code) if there else AddMethod(wanted.owner, code)


BUILDERS: Builders = {CompileStateLost.code: propose_compile_pair}
