"""Edits that write an argument to the config."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import partial

from maskcheck.fixes.builders.config.hints import read_entry, read_kept, write_pair
from maskcheck.fixes.builders.config.source import Source
from maskcheck.fixes.builders.keras_names import find_saving
from maskcheck.fixes.builders.lines import split_imports
from maskcheck.fixes.changes.change import Change
from maskcheck.fixes.changes.config.attributes import SetAttribute
from maskcheck.fixes.changes.config.build_once import BuildOnce
from maskcheck.fixes.changes.config.deserialize_key import DeserializeKey
from maskcheck.fixes.changes.config.keep_key import KeepConfigKey
from maskcheck.fixes.changes.config.set_entry import SetConfigEntry
from maskcheck.fixes.edit import Edit, FileChange, Wanted
from maskcheck.source.edits.base_arguments import find_dropped_key

_CONSTRUCTOR = "__init__"


def propose_entry(wanted: Wanted, key: str) -> Iterator[Edit]:
    """Write an argument to the config as the hint says, else as the attribute that keeps it."""
    title = f"Write {key} to the config"
    if find_dropped_key(wanted.file, wanted.owner, key):
        yield wanted.edit(f"Keep {key} in the config", KeepConfigKey(wanted.owner, key))
    imports, code = split_imports(wanted.finding.hint)
    expression = read_entry(code, key)
    if expression:
        kept = [_keep(wanted, name, value) for name, value in read_kept(code)]
        beside = [] if kept else _keep_first(wanted, key, expression)
        changes = [*_here(wanted, *imports), *kept, *beside]
        entry, others = SetConfigEntry(wanted.owner, key, expression), _list_others(wanted, key)
        read = _here(wanted, *_read_pair(wanted, key, expression))
        read = (*read, *_build_once(wanted, expression)) if read else read
        written = _here(wanted, entry, *others)
        if read and not _source_of_init(wanted).takes_description(key):
            yield Edit(title, (*changes, *written, *read))
            yield Edit(title, (*changes, *written))
        else:
            yield Edit(title, (*changes, *written))
            yield from [Edit(title, (*changes, *written, *read))] if read else []
        if others:
            yield Edit(title, (*changes, *_here(wanted, entry)))
    yield from propose_kept(wanted, key)


def propose_kept(wanted: Wanted, key: str) -> Iterator[Edit]:
    """Write the attribute that keeps an argument as it was given; keep it where none does.

    That is done in the class that writes the key, else in the one that the finding points to.
    """
    source = _source_of_init(wanted)
    if key not in source.parameters():
        return
    title = f"Write {key} to the config as it was given"
    attribute = source.kept(key)
    known = {name for each in Source(wanted.file, wanted.owner).with_bases() for name in each.names()}
    names = [attribute] if attribute else [name for name in (key, f"{key}_given") if name not in known]
    for written in _list_places(wanted, key):
        for name in names:
            keep = () if attribute else (_keep(wanted, name, key),)
            yield Edit(title, (*keep, *written(f"self.{name}")))


def _list_places(wanted: Wanted, key: str) -> list[Callable[[str], tuple[FileChange, ...]]]:
    """Return what writes an expression to the config, for each class in which that may be done."""
    own = Source(wanted.file, wanted.owner)
    bases = [each for each in own.with_bases() if each.written(key) is not None]
    writers = bases[:1] if own.method("get_config") is None else []

    def write(source: Source, expression: str) -> tuple[FileChange, ...]:
        changes = [SetConfigEntry(source.owner, key, expression)]
        others = _list_others(wanted, key) if source == own else []
        return tuple(FileChange(source.file, each) for each in (*changes, *others))

    return [partial(write, source) for source in (*writers, own)]


def propose_pair(wanted: Wanted, key: str, expression: str = "") -> Iterator[Edit]:
    """Serialize an object in ``get_config`` and deserialize it in ``from_config``."""
    source = Source(wanted.file, wanted.owner)
    writer = source.defining("get_config") or source
    reader = source.defining("from_config") or source
    written = writer.written(key)
    init = _source_of_init(wanted)
    attribute = expression or _find_attribute(written) or f"self.{init.kept(key) or key}"
    saving = find_saving(writer.file)
    entry = SetConfigEntry(writer.owner, key, saving.serialize(attribute))
    write = [*saving.imports, entry]
    read = find_saving(reader.file)
    into = [*read.imports, DeserializeKey(reader.owner, key, read.deserialize)]
    done = isinstance(written, ast.Call) and "serialize" in ast.unparse(written.func)
    to_file = () if done else tuple(FileChange(writer.file, each) for each in write)
    from_file = tuple(FileChange(reader.file, each) for each in into)
    from_file = (*from_file, *_build_once(wanted, attribute))
    both = Edit(f"Serialize {key}, and deserialize it in from_config", (*to_file, *from_file))
    alone = Edit(f"Serialize {key} in the config", to_file)
    if not to_file:
        yield Edit(f"Deserialize {key} in from_config", from_file)
    elif init.takes_description(key):
        yield from (alone, both)
    else:
        yield from (both, alone)


def _find_attribute(value: ast.AST | None) -> str:
    """Return the attribute of self that a value is made of, "" where it is made of none or several."""
    found = {
        ast.unparse(each)
        for each in ast.walk(value or ast.Constant(None))
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "self"
    }
    return found.pop() if len(found) == 1 else ""


def _source_of_init(wanted: Wanted) -> Source:
    source = Source(wanted.file, wanted.owner)
    return source.defining(_CONSTRUCTOR) or source


def _keep(wanted: Wanted, attribute: str, expression: str) -> FileChange:
    source = _source_of_init(wanted)
    return FileChange(source.file, SetAttribute(source.owner, attribute, expression))


def _keep_first(wanted: Wanted, key: str, expression: str) -> list[FileChange]:
    """Return what keeps an argument under its name, where the entry reads that and nobody sets it."""
    if expression != f"self.{key}":
        return []
    sources = list(Source(wanted.file, wanted.owner).with_bases())
    set_by = any(key in each.names() for each in sources)
    return [] if set_by or key not in _source_of_init(wanted).parameters() else [_keep(wanted, key, key)]


def _list_others(wanted: Wanted, key: str) -> list[Change]:
    """Return the entries of the other arguments: a ``get_config`` of its own ends the automatic one."""
    source = Source(wanted.file, wanted.owner)
    if source.method("get_config") is not None:
        return []
    names = [name for name in source.own_arguments() if name != key]
    return [SetConfigEntry(wanted.owner, name, f"self.{source.kept(name)}") for name in names]


def _build_once(wanted: Wanted, expression: str) -> tuple[FileChange, ...]:
    """Return what spares a part that comes back built from being built again."""
    attribute = _find_attribute(ast.parse(expression, mode="eval")).removeprefix("self.")
    source = Source(wanted.file, wanted.owner).defining("build")
    if source is None or not source.builds(attribute):
        return ()
    return (FileChange(source.file, BuildOnce(source.owner)),)


def _read_pair(wanted: Wanted, key: str, expression: str) -> list[Change]:
    function = write_pair(expression)
    return [DeserializeKey(wanted.owner, key, function)] if function else []


def _here(wanted: Wanted, *changes: Change) -> tuple[FileChange, ...]:
    return tuple(FileChange(wanted.file, change) for change in changes)
