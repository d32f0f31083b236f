"""Which Keras the targets of a scan are written for: one process can have but one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from maskcheck.errors import UsageError
from maskcheck.model.case import Mark
from maskcheck.source.modules.keras_imports import VARIABLE, KerasImport, legacy_by_environment
from maskcheck.source.modules.module import ModuleText


@dataclass(frozen=True)
class _Reason:
    """Why a module needs the one or the other."""

    legacy: bool
    mark: Mark
    text: str

    def __str__(self) -> str:
        return f"{self.mark.file}:{self.mark.line} {self.text}"


def legacy_reason(
    layers: Iterable[ModuleText], others: Iterable[ModuleText], environment: Mapping[str, str]
) -> str:
    """Return why the layers are checked with tf_keras, Keras 2; "" if it is Keras 3.

    Args:
        layers: the modules that define the layers and what these derive from.
        others: further modules of the targets, which decide where these say nothing.

    Raises:
        UsageError: some need the one and some the other.
    """
    layers, others = list(layers), list(others)
    choices = [module.legacy for module in (*layers, *others) if module.legacy is not None]
    default = any(choices) if choices else legacy_by_environment(environment)
    reasons = _all_reasons(layers, default) or _all_reasons(others, default)
    for reason in reasons:
        if reason.legacy != reasons[0].legacy:
            together = reason.mark.file == reasons[0].mark.file
            raise UsageError(
                f"{reasons[0]}, and {reason}: a process has but one Keras",
                hint="import one of them" if together else "scan them apart",
            )
    if reasons:
        return str(reasons[0]) if reasons[0].legacy else ""
    return f"{VARIABLE} is set" if default else ""


def _all_reasons(modules: Iterable[ModuleText], default: bool) -> list[_Reason]:
    return [reason for module in modules for reason in _reasons(module, default)]


def _reasons(module: ModuleText, default: bool) -> Iterator[_Reason]:
    """Yield what the imports of a module say; of those that it tries, the first that can succeed."""
    top = module.name.partition(".")[0]
    if top in ("keras", "tf_keras"):
        yield _Reason(top == "tf_keras", Mark(module.file, 1), f"is a part of {top}")
        return
    sure = [each for each in module.keras if each.sure]
    tried = sorted(module.keras, key=lambda each: find_spec(each.package.partition(".")[0]) is None)
    yield from (_make_reason(module, each, default) for each in sure or tried[:1])


def _make_reason(module: ModuleText, found: KerasImport, default: bool) -> _Reason:
    by_tensorflow = found.package == "tensorflow.keras"
    legacy = default if by_tensorflow else found.package == "tf_keras"
    name = "Keras 2" if legacy else "Keras 3"
    because = f" as {VARIABLE} is set" if by_tensorflow and legacy else ""
    return _Reason(
        legacy, Mark(module.file, found.line), f"imports {found.package}, which is {name}{because}"
    )
