"""Edits for lambdas, which files hold as code."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.files.own_decorator import find_own_decorator
from maskcheck.fixes.builders.keras_names import name_keras_in
from maskcheck.fixes.changes.behaviour.name_lambda import NameLambda
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.files.unsafe_load import UnsafeLoad


def propose_name(wanted: Wanted) -> Iterator[Edit]:
    """Make the lambda that an attribute is made with a registered function."""
    keras, imports = name_keras_in(wanted.file)
    package = wanted.subject.module.partition(".")[0]
    decorator = f'@{keras}.saving.register_keras_serializable(package="{package}")'
    for attribute in wanted.finding.subjects:
        if attribute.isidentifier():
            name = f"{attribute.strip('_')}_of_{wanted.subject.name.strip('_').lower()}"
            change = NameLambda(wanted.owner, attribute, name, find_own_decorator(wanted.file) or decorator)
            yield wanted.edit(f"Give the lambda of {attribute} a name", *imports, change)


BUILDERS: Builders = {UnsafeLoad.code: propose_name}
