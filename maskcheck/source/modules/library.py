"""Modules read on demand, and the classes that dotted names in them stand for."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from maskcheck.model.error import ErrorInfo
from maskcheck.source.modules.locate import Finder
from maskcheck.source.modules.module import UNKNOWN, Alias, ClassText, ModuleText, read_module
from maskcheck.source.syntax_tree import read_tree

_LAZY_KERAS = ("tensorflow.keras", "tensorflow.compat.v2.keras")


@dataclass(frozen=True)
class Opaque:
    """A name whose source text is out of reach, under the path by which it is known."""

    id: str

    @property
    def known(self) -> bool:
        """Whether it cannot define methods of a layer: builtins, the standard library, TensorFlow."""
        top = self.id.partition(".")[0]
        return top in {"builtins", "tensorflow"} or top in sys.stdlib_module_names


Named = ClassText | Opaque


class ModuleTexts:
    """Every file parsed so far in one scan, by its path and the name it was read under."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], ModuleText | ErrorInfo] = {}

    def read(self, name: str, file: str) -> ModuleText | ErrorInfo:
        """Return the module in ``file``, or why it cannot be read or parsed."""
        if (name, file) not in self._read:
            tree = read_tree(file)
            is_package = os.path.basename(file) == "__init__.py"
            parsed = tree if isinstance(tree, ErrorInfo) else read_module(tree, name, file, is_package)
            self._read[name, file] = parsed
        return self._read[name, file]


class Library:
    """Resolves names with one ``sys.path``; ``texts`` may serve several libraries."""

    def __init__(self, texts: ModuleTexts, finder: Finder) -> None:
        self._texts = texts
        self._finder = finder
        self._resolved: dict[str, tuple[Named, ...]] = {}

    def module(self, name: str) -> ModuleText | None:
        """Return the text of the module ``name``, or None when there is none to read."""
        top = name.partition(".")[0]
        location = None if top == "tensorflow" else self._finder.find(name)
        if location is None or location.file is None:
            return None
        if not location.root and top in sys.stdlib_module_names:
            return None
        text = self._texts.read(name, location.file)
        return text if isinstance(text, ModuleText) else None

    def resolve(self, path: str) -> tuple[Named, ...]:
        """Return all that the absolute dotted ``path`` may stand for, the likeliest first; never empty."""
        path = _without_lazy_prefix(path)
        if path not in self._resolved:
            self._resolved[path] = (Opaque(path),)  # what a circular definition sees of itself
            self._resolved[path] = self._lookup(path)
        return self._resolved[path]

    def meanings(self, module: ModuleText, name: str, line: int | None = None) -> tuple[Named, ...]:
        """Return all that ``name`` may stand for at ``line`` of ``module``; None is its end."""
        try:
            return tuple(_resolve_in_module(self, module, name.split("."), line))
        except RecursionError:  # names that lead to ever longer names
            return (Opaque(UNKNOWN),)

    def bases(self, cls: ClassText) -> tuple[tuple[Named, ...], ...]:
        """Return for each base of ``cls`` all that it may stand for."""
        return tuple(self.seen_from(cls, base) for base in cls.bases)

    def seen_from(self, cls: ClassText, name: str) -> tuple[Named, ...]:
        """Return what a dotted ``name`` means in the statement that defines ``cls``."""
        module = self._texts.read(cls.module, cls.file)
        if name == UNKNOWN or not isinstance(module, ModuleText):
            return (Opaque(UNKNOWN),)
        scope, _, _ = cls.qualname.rpartition(".")
        siblings = module.classes.get(f"{scope}.{name}", ()) if scope else ()
        beside = tuple(sibling for sibling in reversed(siblings) if sibling.line < cls.line)
        return beside or self.meanings(module, name, cls.line) or (_unbound_name(name),)

    def _lookup(self, path: str) -> tuple[Named, ...]:
        parts = path.split(".")
        stars = True
        for length in range(len(parts) - 1, 0, -1):
            module = self.module(".".join(parts[:length]))
            found = tuple(_resolve_in_module(self, module, parts[length:], None, stars)) if module else ()
            if found:
                return found
            stars = stars and module is None  # a submodule hides what star imports bring to its package
        return (Opaque(path),)


def _resolve_in_module(
    library: Library, module: ModuleText, parts: list[str], line: int | None, stars: bool = True
) -> Iterator[Named]:
    """Yield what the name ``parts`` means at ``line`` of the module; None is its end."""
    meanings = module.names.get(parts[0], ())
    before = [meaning for meaning in meanings if line is None or meaning.line < line]
    for meaning in reversed(before):
        if isinstance(meaning, Alias):
            yield from _resolve_alias(library, module, meaning, parts[1:])
        else:
            yield from module.classes.get(".".join(parts), ()) if parts[1:] else (meaning,)
    if stars and not before:
        for star in module.stars:
            starred = library.resolve(".".join([star, *parts]))
            yield from (named for named in starred if isinstance(named, ClassText))


def _resolve_alias(library: Library, module: ModuleText, alias: Alias, rest: list[str]) -> Iterator[Named]:
    parts = [*alias.path.split("."), *rest]
    if alias.local:
        yield from _resolve_in_module(library, module, parts, alias.line)
    else:
        yield from library.resolve(".".join(parts))


def _without_lazy_prefix(path: str) -> str:
    # TensorFlow loads its keras lazily, so that no source text leads there.
    for lazy in _LAZY_KERAS:
        if path == lazy or path.startswith(f"{lazy}."):
            return "keras" + path[len(lazy) :]
    return path


def _unbound_name(name: str) -> Opaque:
    return Opaque(f"builtins.{name}" if hasattr(builtins, name) else name)
