"""Edits for layers that cannot be made of their own config."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.config.entries import propose_entry, propose_kept, propose_pair
from maskcheck.fixes.builders.config.hints import list_functions, read_deserialization, read_entry
from maskcheck.fixes.builders.config.source import Source
from maskcheck.fixes.builders.files.registration import propose_registration
from maskcheck.fixes.builders.keras_names import find_saving
from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.class_body import AddMethod, RemoveMethod, ReplaceMethod
from maskcheck.fixes.changes.config.build_once import BuildOnce
from maskcheck.fixes.changes.config.constructor import FreeKeywords, TakeKeywords
from maskcheck.fixes.changes.config.described_by_hand import SerializeParts
from maskcheck.fixes.changes.config.other_keys import RemoveConfigKey, RenameConfigKey
from maskcheck.fixes.changes.config.statements import BeginMethod
from maskcheck.fixes.edit import Edit, FileChange, Wanted
from maskcheck.model.layer_facts import BASE_ARGUMENTS
from maskcheck.rules.config.config_rejected import ConfigRejected

_GRAPH = ("inputs", "outputs")


def propose_accepting(wanted: Wanted) -> Iterator[Edit]:
    """Have the config hold what the constructor takes, or the constructor take what the config holds."""
    functions = list_functions(wanted.finding.hint)
    names = wanted.finding.subjects
    if names == _GRAPH:
        # Keras writes the graph of no such model: what it is drawn from is the author's to say.
        return
    if wanted.finding.hint.startswith("@"):
        yield from propose_registration(wanted)
    elif "__init__" in functions:
        # What is fixed in the call of the base class would come a second time with the keywords.
        fixed = tuple(name for name in BASE_ARGUMENTS if Source(wanted.file, wanted.owner).is_fixed(name))
        free = [FreeKeywords(wanted.owner, fixed)] if fixed else []
        yield wanted.edit(f"Take {', '.join(names)} and hand them on", TakeKeywords(wanted.owner), *free)
    elif functions:
        yield _write_methods(wanted, functions)
    elif names == ("built",):
        yield from _build_once(wanted)
    else:
        yield from _begin(wanted)
        yield from _serialize_parts(wanted)
        for name in names:
            yield from _propose_key(wanted, name)
        yield from _leave_to_base(wanted)


def _propose_key(wanted: Wanted, name: str) -> Iterator[Edit]:
    source = Source(wanted.file, wanted.owner)
    if read_deserialization(wanted.finding.hint):
        yield from propose_pair(wanted, name)
    elif read_entry(wanted.finding.hint, name):
        yield from propose_entry(wanted, name)
    elif source.is_fixed(name):
        yield wanted.edit(f"Take {name} as an argument", FreeKeywords(wanted.owner))
    elif source.written(name) is not None and name not in _list_arguments(source):
        yield from _leave_out(wanted, source, name)
    elif name in _list_arguments(source):
        yield from propose_pair(wanted, name)
        yield from propose_kept(wanted, name)
    else:
        for key in _list_described(source):
            yield from propose_pair(wanted, key)


def _write_methods(wanted: Wanted, functions: dict[str, str]) -> Edit:
    source = Source(wanted.file, wanted.owner)
    changes: list[Change] = [
        ReplaceMethod(wanted.owner, code) if source.method(name) else AddMethod(wanted.owner, code)
        for name, code in functions.items()
    ]
    return wanted.edit(f"Write {' and '.join(functions)} anew", *changes)


def _build_once(wanted: Wanted) -> Iterator[Edit]:
    source = Source(wanted.file, wanted.owner).defining("build")
    if source:
        change = FileChange(source.file, BuildOnce(source.owner))
        yield Edit("Build only what is not built yet", (change,))


def _begin(wanted: Wanted) -> Iterator[Edit]:
    """Begin ``__init__`` or ``build`` with what the hint says of its parameters."""
    hint = wanted.finding.hint
    method = "build" if wanted.finding.subjects == ("build",) else "__init__"
    function = Source(wanted.file, wanted.owner).method(method)
    lines = hint.split("\n")
    if function is None or not all(_sets_parameter(line, function) for line in lines):
        return
    # The last line is written first, so that they stand in their order.
    changes = [BeginMethod(wanted.owner, method, line) for line in reversed(lines)]
    yield wanted.edit(f"Make tuples of the lists that {method} is given", *changes)


def _sets_parameter(line: str, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    try:
        body = ast.parse(line).body
    except SyntaxError:
        return False
    names = {each.arg for each in (*function.args.args, *function.args.kwonlyargs)}
    match body:
        case [ast.Assign(targets=[ast.Name(id=name)])]:
            return name in names
    return False


def _leave_out(wanted: Wanted, source: Source, name: str) -> Iterator[Edit]:
    """Write a key that nobody takes under the name of the argument that it is, else not at all."""
    written = source.written(name)
    for argument in source.parameters():
        attribute = source.kept(argument)
        if source.written(argument) is None and attribute and _is_attribute(written, attribute):
            yield wanted.edit(
                f"Write {argument} under its own name", RenameConfigKey(wanted.owner, name, argument)
            )
    yield wanted.edit(f"Leave {name} out of the config", RemoveConfigKey(wanted.owner, name))


def _serialize_parts(wanted: Wanted) -> Iterator[Edit]:
    source = Source(wanted.file, wanted.owner)
    writer = source.defining("get_config")
    function = writer.method("get_config") if writer else None
    keys = {each.value for each in ast.walk(function or ast.Module([], [])) if isinstance(each, ast.Constant)}
    if writer is not None and {"class_name", "config"} <= keys:
        saving = find_saving(writer.file)
        yield wanted.edit(
            "Have Keras describe the parts",
            *saving.imports,
            SerializeParts(writer.owner, saving.serialize("").removesuffix("()")),
        )


def _leave_to_base(wanted: Wanted) -> Iterator[Edit]:
    """Have the base class make the layer of the keys that are arguments, and of no others."""
    source = Source(wanted.file, wanted.owner)
    if source.method("from_config") is None:
        return
    arguments = _list_arguments(source)
    taken = {*arguments, *BASE_ARGUMENTS}
    keys = [key for key, _ in source.entries() if arguments and key not in taken]
    removed: list[Change] = [RemoveConfigKey(wanted.owner, key) for key in keys]
    title = "Leave from_config to the base class"
    yield wanted.edit(title, RemoveMethod(wanted.owner, "from_config"), *removed, safe=False)


def _list_described(source: Source) -> list[str]:
    """Return the keys under which the config has nothing but the config of a part."""
    writer = source.defining("get_config") or source
    return [
        key
        for key, value in writer.entries()
        if isinstance(value, ast.Call)
        and isinstance(value.func, ast.Attribute)
        and value.func.attr == "get_config"
    ]


def _is_attribute(value: ast.expr | None, attribute: str) -> bool:
    return value is not None and ast.unparse(value) == f"self.{attribute}"


def _list_arguments(source: Source) -> set[str]:
    return {name for each in source.with_bases() for name in each.parameters()}


BUILDERS: Builders = {ConfigRejected.code: propose_accepting}
