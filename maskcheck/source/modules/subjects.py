"""The Layer subclasses in one module: its own, those it re-exports, or one that is asked for by name."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.errors import UsageError, did_you_mean
from maskcheck.model.case import Mark, Subject
from maskcheck.source.modules.keras_names import is_keras_layer
from maskcheck.source.modules.module import ClassText, ModuleText
from maskcheck.source.modules.mro import MroResolver
from maskcheck.source.modules.skips import skip_reason


def own_layers(module: ModuleText, mro: MroResolver) -> list[ClassText]:
    """Return the layers that ``module`` defines; of several under one name the last."""
    layers = ([cls for cls in named if _is_subject(cls, mro)] for named in module.classes.values())
    return sorted((found[-1] for found in layers if found), key=lambda cls: cls.line)


def imported_layers(module: ModuleText, mro: MroResolver) -> list[ClassText]:
    """Return the layers from elsewhere that top-level names of ``module`` stand for."""
    names = dict.fromkeys([*module.names, *_starred_names(module, mro, frozenset())])
    found = (_layer_named(name, module, mro) for name in names)
    return [cls for cls in dict.fromkeys(found) if cls is not None and cls.module != module.name]


def find_layer(name: str, module: ModuleText, mro: MroResolver) -> ClassText | None:
    """Return the layer that ``name`` is in ``module``; None where only importing the module can tell.

    Raises:
        UsageError: the module has no such name, or it is a class but no layer.
    """
    own = own_layers(module, mro)
    exact = [cls for cls in own if cls.qualname == name]
    nested = [cls for cls in own if cls.qualname.endswith(f".{name}")]
    chosen = next(iter(exact), None) or _layer_named(name, module, mro) or next(iter(nested), None)
    if chosen is not None:
        return chosen
    classes = [cls for cls in mro.library.meanings(module, name) if isinstance(cls, ClassText)]
    if classes:
        mark = Mark(classes[0].file, classes[0].line)
        raise UsageError(f"{name} is not a subclass of a Keras layer", mark=mark)
    if name in module.names:
        return None
    known = [cls.qualname for cls in own] + [known for known in module.names if known[:1].isupper()]
    raise UsageError(f"no class {name!r} in {module.file}", hint=did_you_mean(name, known))


def make_subject(cls: ClassText, mro: MroResolver) -> Subject:
    """Return ``cls`` as the subject of a scan, with the reason if it has to be skipped."""
    return Subject(cls.module, cls.qualname, cls.file, cls.line, skip=skip_reason(cls, mro))


def _layer_named(name: str, module: ModuleText, mro: MroResolver) -> ClassText | None:
    classes = (cls for cls in mro.library.meanings(module, name) if isinstance(cls, ClassText))
    return next((cls for cls in classes if _is_subject(cls, mro)), None)


def _is_subject(cls: ClassText, mro: MroResolver) -> bool:
    return mro.is_layer(cls) and not is_keras_layer(cls)


def _starred_names(module: ModuleText, mro: MroResolver, passed: frozenset[str]) -> Iterator[str]:
    for star in module.stars:
        source = None if star in passed else mro.library.module(star)
        if source is not None:
            yield from (name for name in source.names if not name.startswith("_"))
            yield from _starred_names(source, mro, passed | {star})
