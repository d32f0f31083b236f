"""Finds the layers of targets in source text; no user module is imported."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace

from maskcheck.errors import UsageError
from maskcheck.model.case import Subject
from maskcheck.model.error import ErrorInfo
from maskcheck.model.target import ModuleFile, World
from maskcheck.source.modules.keras_names import is_keras_own
from maskcheck.source.modules.keras_version import legacy_reason
from maskcheck.source.modules.library import Library, Texts
from maskcheck.source.modules.locate import Finder
from maskcheck.source.modules.module import ClassText, ModuleText
from maskcheck.source.modules.mro import Lineage
from maskcheck.source.modules.subjects import chosen_layer, imported_layers, own_layers, subject
from maskcheck.source.modules.targets import Selection, search_roots, select


def discover(targets: tuple[str, ...], directory: str, imported: bool = False) -> tuple[World, ...]:
    """Find the Layer subclasses of ``targets`` by reading their source text.

    Args:
        targets: modules, packages, files, folders, each also as ``module:Class``.
        directory: where relative paths and modules are looked for, with its src/ folder.
        imported: also count the classes that the modules of the targets re-export.

    Returns:
        One world for all modules that share a root and a top-level name (and one for
        each module of which only some classes are wanted). Each class is in one of
        them, under the module that defines it; files are absolute paths. Modules
        that cannot be read or parsed carry their error.

    Raises:
        UsageError: a target names nothing, something that is not Python source, or
            no Layer of its module; or one needs Keras 3 and another tf_keras.
    """
    try:
        return _worlds(targets, os.path.abspath(directory), imported)
    except UsageError as error:
        error.option = "targets"
        raise


def _worlds(targets: tuple[str, ...], directory: str, imported: bool) -> tuple[World, ...]:
    selections = [selection for target in targets for selection in select(target, directory)]
    texts = Texts()
    lineages: dict[str, Lineage] = {}
    worlds = []
    for world in _without_repeats(_gathered(selections, imported)):
        if world.root not in lineages:
            roots = (world.root, *search_roots(directory)) if world.root else ()
            lineages[world.root] = Lineage(Library(texts, Finder(roots)))
        worlds.append(_read(world, texts, lineages[world.root]))
    legacy = _legacy(worlds, texts, lineages)
    return tuple(replace(world, legacy=legacy) for world in _each_once(worlds))


def _legacy(worlds: Iterable[World], texts: Texts, lineages: dict[str, Lineage]) -> str:
    """Return why the layers of the worlds are those of tf_keras, "" if they are not."""
    layers: dict[tuple[str, str], None] = {}
    for world in worlds:
        for found in world.subjects:
            layers |= dict.fromkeys(_homes(found, texts, lineages[world.root]))
    others = [(module.name, module.file) for world in worlds for module in world.modules]

    def read(places: Iterable[tuple[str, str]]) -> list[ModuleText]:
        return [text for text in (texts.read(*place) for place in places) if isinstance(text, ModuleText)]

    return legacy_reason(read(layers), read(others), os.environ)


def _homes(found: Subject, texts: Texts, lineage: Lineage) -> Iterator[tuple[str, str]]:
    """Yield name and file of the modules that define a layer and its ancestors, but for Keras' own."""
    yield found.module, found.file
    module = texts.read(found.module, found.file)
    classes = module.classes.get(found.qualname, ()) if isinstance(module, ModuleText) else ()
    for ancestor in lineage.ancestors(classes[-1]) if classes else ():
        if isinstance(ancestor, ClassText) and not is_keras_own(ancestor):
            yield ancestor.module, ancestor.file


def _gathered(selections: Iterable[Selection], imported: bool) -> list[World]:
    """Return worlds that know their modules but not yet their subjects."""
    worlds: dict[tuple[str, str, bool], World] = {}
    for selection in selections:
        narrow = selection.cls is not None
        key = (selection.root, selection.modules[0].name if narrow else selection.top, narrow)
        world = worlds.get(key, World(selection.root, (), (), imported))
        modules = {module.name: module for module in (*world.modules, *selection.modules)}
        only = world.only | {selection.cls} if selection.cls else world.only
        worlds[key] = replace(world, modules=tuple(modules.values()), only=only)
    return list(worlds.values())


def _without_repeats(worlds: Iterable[World]) -> list[World]:
    """Leave out worlds narrowed to classes of a module that another world has as a whole."""
    worlds = list(worlds)
    whole = {(world.root, module.name) for world in worlds if not world.only for module in world.modules}
    return [world for world in worlds if not world.only or (world.root, world.modules[0].name) not in whole]


def _read(world: World, texts: Texts, lineage: Lineage) -> World:
    read = [(module, texts.read(module.name, module.file)) for module in world.modules]
    modules = tuple(_with_error(module, text) for module, text in read)
    good = [text for _, text in read if isinstance(text, ModuleText)]
    if world.only:
        return _narrowed(replace(world, modules=modules), good, lineage)
    classes = [cls for text in good for cls in own_layers(text, lineage)]
    if world.imported:
        classes += [cls for text in good for cls in imported_layers(text, lineage)]
    subjects = dict.fromkeys(subject(cls, lineage) for cls in classes)
    return replace(world, modules=modules, subjects=tuple(subjects))


def _narrowed(world: World, good: list[ModuleText], lineage: Lineage) -> World:
    chosen = [(name, chosen_layer(name, text, lineage)) for text in good for name in sorted(world.only)]
    subjects = dict.fromkeys(subject(cls, lineage) for _, cls in chosen if cls is not None)
    named = frozenset(cls.qualname if cls else name for name, cls in chosen)
    # A class that the module only re-exports is wanted too when it is asked for by name.
    elsewhere = any(cls is None or cls.module != world.modules[0].name for _, cls in chosen)
    return replace(
        world, subjects=tuple(subjects), only=named or world.only, imported=world.imported or elsewhere
    )


def _with_error(module: ModuleFile, text: ModuleText | ErrorInfo) -> ModuleFile:
    return replace(module, error=text) if isinstance(text, ErrorInfo) else module


def _each_once(worlds: list[World]) -> list[World]:
    """Assign each class to the world that defines it, else to the first that re-exports it."""
    homes: dict[tuple[str, str], int] = {}
    for number, world in enumerate(worlds):
        names = {module.name for module in world.modules}
        for found in world.subjects:
            if found.module in names or (found.id, found.file) not in homes:
                homes[found.id, found.file] = number
    return [
        replace(world, subjects=tuple(s for s in world.subjects if homes[s.id, s.file] == number))
        for number, world in enumerate(worlds)
    ]
