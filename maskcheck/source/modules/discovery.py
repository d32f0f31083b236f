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
from maskcheck.source.modules.library import Library, ModuleTexts
from maskcheck.source.modules.locate import Finder
from maskcheck.source.modules.module import ClassText, ModuleText
from maskcheck.source.modules.mro import MroResolver
from maskcheck.source.modules.subjects import find_layer, imported_layers, make_subject, own_layers
from maskcheck.source.modules.targets import TargetModules, find_target, search_roots


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
        return _find_worlds(targets, os.path.abspath(directory), imported)
    except UsageError as error:
        error.option = "targets"
        raise


def _find_worlds(targets: tuple[str, ...], directory: str, imported: bool) -> tuple[World, ...]:
    selections = [selection for target in targets for selection in find_target(target, directory)]
    texts = ModuleTexts()
    resolvers: dict[str, MroResolver] = {}
    worlds = []
    for world in _drop_repeats(_group_modules(selections, imported)):
        if world.root not in resolvers:
            roots = (world.root, *search_roots(directory)) if world.root else ()
            resolvers[world.root] = MroResolver(Library(texts, Finder(roots)))
        worlds.append(_read_world(world, texts, resolvers[world.root]))
    legacy = _find_legacy_reason(worlds, texts, resolvers)
    return tuple(replace(world, legacy=legacy) for world in _assign_once(worlds))


def _find_legacy_reason(
    worlds: Iterable[World], texts: ModuleTexts, resolvers: dict[str, MroResolver]
) -> str:
    """Return why the layers of the worlds are those of tf_keras, "" if they are not."""
    layers: dict[tuple[str, str], None] = {}
    for world in worlds:
        for found in world.subjects:
            layers |= dict.fromkeys(_defining_modules(found, texts, resolvers[world.root]))
    others = [(module.name, module.file) for world in worlds for module in world.modules]

    def read(places: Iterable[tuple[str, str]]) -> list[ModuleText]:
        return [text for text in (texts.read(*place) for place in places) if isinstance(text, ModuleText)]

    return legacy_reason(read(layers), read(others), os.environ)


def _defining_modules(found: Subject, texts: ModuleTexts, mro: MroResolver) -> Iterator[tuple[str, str]]:
    """Yield name and file of the modules that define a layer and its ancestors, but for Keras' own."""
    yield found.module, found.file
    module = texts.read(found.module, found.file)
    classes = module.classes.get(found.qualname, ()) if isinstance(module, ModuleText) else ()
    for ancestor in mro.ancestors(classes[-1]) if classes else ():
        if isinstance(ancestor, ClassText) and not is_keras_own(ancestor):
            yield ancestor.module, ancestor.file


def _group_modules(selections: Iterable[TargetModules], imported: bool) -> list[World]:
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


def _drop_repeats(worlds: Iterable[World]) -> list[World]:
    """Leave out worlds narrowed to classes of a module that another world has as a whole."""
    worlds = list(worlds)
    whole = {(world.root, module.name) for world in worlds if not world.only for module in world.modules}
    return [world for world in worlds if not world.only or (world.root, world.modules[0].name) not in whole]


def _read_world(world: World, texts: ModuleTexts, mro: MroResolver) -> World:
    read = [(module, texts.read(module.name, module.file)) for module in world.modules]
    modules = tuple(_with_error(module, text) for module, text in read)
    good = [text for _, text in read if isinstance(text, ModuleText)]
    if world.only:
        return _narrow(replace(world, modules=modules), good, mro)
    classes = [cls for text in good for cls in own_layers(text, mro)]
    if world.imported:
        classes += [cls for text in good for cls in imported_layers(text, mro)]
    subjects = dict.fromkeys(make_subject(cls, mro) for cls in classes)
    return replace(world, modules=modules, subjects=tuple(subjects))


def _narrow(world: World, good: list[ModuleText], mro: MroResolver) -> World:
    chosen = [(name, find_layer(name, text, mro)) for text in good for name in sorted(world.only)]
    subjects = dict.fromkeys(make_subject(cls, mro) for _, cls in chosen if cls is not None)
    named = frozenset(cls.qualname if cls else name for name, cls in chosen)
    # A class that the module only re-exports is wanted too when it is asked for by name.
    elsewhere = any(cls is None or cls.module != world.modules[0].name for _, cls in chosen)
    return replace(
        world, subjects=tuple(subjects), only=named or world.only, imported=world.imported or elsewhere
    )


def _with_error(module: ModuleFile, text: ModuleText | ErrorInfo) -> ModuleFile:
    return replace(module, error=text) if isinstance(text, ErrorInfo) else module


def _assign_once(worlds: list[World]) -> list[World]:
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
