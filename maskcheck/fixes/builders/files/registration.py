"""Edits that make classes and functions known to Keras."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.definitions import find_definition
from maskcheck.fixes.builders.files.own_decorator import find_own_decorator
from maskcheck.fixes.builders.keras_names import name_keras_in
from maskcheck.fixes.builders.lines import split_imports
from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.decorate import Decorate
from maskcheck.fixes.edit import Edit, FileChange, Wanted
from maskcheck.rules.files.not_registered import NotRegistered
from maskcheck.rules.files.registration_collision import RegistrationCollision

_ABOVE = " above "


def propose_registration(wanted: Wanted) -> Iterator[Edit]:
    """Put the decorator of the hint above the class, or above what the hint names."""
    imports, line = split_imports(wanted.finding.hint)
    decorator, above, name = line.partition(_ABOVE)
    if not decorator.startswith("@"):
        return
    if above:
        yield from propose_named(wanted, decorator, name)
    else:
        subject = wanted.subject
        title = f"Register {subject.name} with Keras"
        own = find_own_decorator(subject.file)
        if own and wanted.finding.rule == NotRegistered.code:
            yield Edit(title, (FileChange(subject.file, Decorate(subject.qualname, own)),))
        changes: list[Change] = [*imports, Decorate(subject.qualname, decorator)]
        yield Edit(title, tuple(FileChange(subject.file, change) for change in changes))


def propose_named(wanted: Wanted, decorator: str, name: str) -> Iterator[Edit]:
    """Register a class or function in the module that defines it, with Keras as that one writes it."""
    found = find_definition(wanted.file, name)
    if found is None:
        return
    title = f"Register {name} with Keras"
    own = find_own_decorator(found.file)
    if own:
        yield Edit(title, (FileChange(found.file, Decorate(name, own)),))
    keras, imports = name_keras_in(found.file)
    changes: list[Change] = [*imports]
    changes.append(Decorate(name, _write_decorator(decorator, keras)))
    yield Edit(title, tuple(FileChange(found.file, change) for change in changes))


def _write_decorator(decorator: str, keras: str) -> str:
    """Return a decorator with Keras under another name."""
    call = ast.parse(decorator.removeprefix("@"), mode="eval").body
    path, bracket, arguments = ast.unparse(call).partition("(")
    return f"@{keras}.{'.'.join(path.split('.')[-2:])}{bracket}{arguments}"


BUILDERS: Builders = {
    NotRegistered.code: propose_registration,
    RegistrationCollision.code: propose_registration,
}
