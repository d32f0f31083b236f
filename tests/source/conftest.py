"""The layers of modules that a test writes, each with the reason why it is skipped."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from maskcheck.source.modules.library import Library, ModuleTexts
from maskcheck.source.modules.locate import Finder
from maskcheck.source.modules.module import ModuleText
from maskcheck.source.modules.mro import MroResolver
from maskcheck.source.modules.skips import skip_reason
from maskcheck.source.modules.subjects import own_layers

Layers = Mapping[str, str | None]


@pytest.fixture
def layers_of(tmp_path: Path) -> Callable[..., Layers]:
    """Return a function: texts of modules by path, the last one's layers with their skip reasons."""

    def read(*files: tuple[str, str]) -> Layers:
        for path, text in files:
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(text))
        name = files[-1][0].removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        texts = ModuleTexts()
        mro = MroResolver(Library(texts, Finder((str(tmp_path),))))
        module = texts.read(name, str(tmp_path / files[-1][0]))
        assert isinstance(module, ModuleText)
        return {cls.qualname: skip_reason(cls, mro) for cls in own_layers(module, mro)}

    return read
