"""Drafts as source text; a formatter makes it look like a user's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tests.mutants.draft import OPENING, Draft, has_states
from tests.mutants.hosts import Host

HEAD = """import random
from enum import Enum

import keras
import numpy as np
import tensorflow as tf
"""


def module(host: Host, classes: Iterable[tuple[str, Draft]]) -> str:
    """Return the module of one host: what its classes need above them, then the classes."""
    named = list(classes)
    headers = list(dict.fromkeys(block for _, draft in named for block in draft.header))
    blocks = [text(name, draft) for name, draft in named]
    return "\n\n".join([f'"""{host.name}, extended."""', HEAD, *headers, *blocks]) + "\n"


def text(name: str, draft: Draft) -> str:
    """Return the source of one class."""
    base = "keras.layers.Layer" if draft.composite else f"keras.layers.{draft.host.name}"
    parts = [_init(draft), _build(draft), _call(draft), _get_config(draft), _from_config(draft)]
    if draft.plain:
        parts = [_call(draft)] if draft.call else []
    methods = [part for part in (*parts, *("\n".join(m.splitlines()) for m in draft.methods)) if part]
    body = "\n\n".join(_indented(method) for method in methods)
    return f'{_decorator(draft)}class {name}({base}):\n    """{_title(draft)}"""\n\n{body}'


def _decorator(draft: Draft) -> str:
    usual = f'@keras.saving.register_keras_serializable(package="{draft.host.package}")'
    chosen = draft.decorator or usual
    return "" if chosen == "none" else f"{chosen}\n"


def _title(draft: Draft) -> str:
    if draft.plain:
        return f"Is a {draft.host.name}."
    names = " and ".join(a.name for a in draft.arguments if a.name != "inner") or "a weight of its own"
    return f"{'Holds' if draft.composite else 'Extends'} {draft.host.name} with {names}."


def _init(draft: Draft) -> str:
    annotated = draft.host.turn % 3 == 0
    own = [
        a.name + (f": {a.annotation}" if annotated else "") + (f" = {a.default}" if a.default else "")
        for a in draft.arguments
    ]
    inherited = () if draft.composite else draft.host.parameters
    theirs = [f"{name} = {default}" if default else name for name, default in inherited]
    required = [part for part in (*theirs, *own) if "=" not in part]
    optional = [part for part in (*theirs, *own) if "=" in part]
    handed = [f"{name}={name}" for name, _ in inherited]
    signature = ", ".join(filter(None, ("self", *required, *optional, draft.accepts)))
    super_call = f"super().__init__({', '.join(filter(None, (*handed, draft.base_arguments)))})"
    kept = [f"self.{a.name} = {a.kept}" for a in draft.arguments if a.kept]
    return _method(f"__init__({signature})", [*draft.first, super_call, *kept, *draft.init])


def _build(draft: Draft) -> str:
    return _method("build(self, input_shape)", draft.build) if draft.build else ""


def _call(draft: Draft) -> str:
    own = ("inputs",) if draft.composite else draft.host.signature
    known = [part.partition("=")[0] for part in own]
    signature = [*own, *(part for part in draft.signature if part.partition("=")[0] not in known)]
    source = "self.inner(inputs)" if draft.composite else f"super().call({draft.host.forward})"
    effects = [line for a in draft.arguments for line in a.effect]
    states = has_states(draft)
    get = f"outputs, *states = {source}" if states else f"outputs = {source}"
    give = "return (outputs, *states)" if states else "return outputs"
    return _method(f"call(self, {', '.join(signature)})", [get, *effects, *draft.call, give])


def _get_config(draft: Draft) -> str:
    if not draft.opening:
        return ""
    entries = [f'"{a.key}": {a.written},' for a in draft.arguments if a.written]
    if draft.host.automatic and not draft.composite and draft.opening == OPENING:
        entries += [f'"{name}": self.{name},' for name, _ in draft.host.parameters]
    update = ["config.update({", *entries, "})"] if entries else []
    return _method("get_config(self)", [f"config = {draft.opening}", *update, *draft.config, "return config"])


def _from_config(draft: Draft) -> str:
    if not draft.from_config:
        return ""
    return "@classmethod\n" + _method("from_config(cls, config)", draft.from_config)


def _method(head: str, lines: Sequence[str]) -> str:
    return f"def {head}:\n" + "\n".join(_indented(line) for line in lines)


def _indented(block: str) -> str:
    return "\n".join(f"    {line}" if line else line for line in block.splitlines())
