"""Edits for layers that do not come back because ``build`` leaves something out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.definitions import find_definition
from maskcheck.fixes.builders.files.registration import propose_named
from maskcheck.fixes.builders.lines import split_by_class
from maskcheck.fixes.changes.class_body import AddMethod
from maskcheck.fixes.changes.weights.build_parts import BuildParts
from maskcheck.fixes.edit import Edit, FileChange, Wanted
from maskcheck.rules.files.load_failed import LoadFailed
from maskcheck.source.syntax_tree import read_method

# How Keras begins to say that nobody registered what has the name that follows.
_UNKNOWN = "Could not locate "


def propose_parts(wanted: Wanted) -> Iterator[Edit]:
    """Let ``build`` make and build what it leaves out, or save what the base class does not."""
    hint = wanted.finding.hint
    if wanted.finding.subjects == ("build",) and hint:
        yield from _propose_build(wanted, hint)
    elif hint and not _overrides_saving(wanted):
        yield _save_too(wanted)
    elif _UNKNOWN in wanted.finding.message:
        name = wanted.finding.message.partition(_UNKNOWN)[2].split("'")[1]
        yield from propose_named(wanted, "@keras.saving.register_keras_serializable()", name)


def _propose_build(wanted: Wanted, hint: str) -> Iterator[Edit]:
    changes = []
    for name, code in split_by_class(hint).items():
        found = find_definition(wanted.file, name) if name else None
        if name and found is None:
            return
        file, owner = (found.file, name) if found else (wanted.file, wanted.owner)
        if _is_code(code):
            changes.append(FileChange(file, BuildParts(owner, code)))
    if changes:
        yield Edit("Build the parts in build()", tuple(changes))


def _is_code(text: str) -> bool:
    try:
        return bool(ast.parse(text).body)
    except SyntaxError:
        return False


def _overrides_saving(wanted: Wanted) -> bool:
    methods = ("save_own_variables", "load_own_variables")
    return any(read_method(wanted.file, wanted.owner, name) for name in methods)


def _save_too(wanted: Wanted) -> Edit:
    """Save the variables that a class adds to one of Keras that saves a fixed list."""
    names = [name for name in wanted.finding.subjects if name.isidentifier()]
    saved = "".join(f'    store["{name}"] = self.{name}\n' for name in names)
    loaded = "".join(f'    self.{name}.assign(store["{name}"])\n' for name in names)
    return wanted.edit(
        f"Save {', '.join(names)} beside what the base class saves",
        AddMethod(
            wanted.owner,
            f"def save_own_variables(self, store):\n    super().save_own_variables(store)\n{saved}",
        ),
        AddMethod(
            wanted.owner,
            f"def load_own_variables(self, store):\n    super().load_own_variables(store)\n{loaded}",
        ),
    )


BUILDERS: Builders = {LoadFailed.code: propose_parts}
