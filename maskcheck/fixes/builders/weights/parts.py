"""Edits for sub-layers that the config says too little of."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.definitions import find_inherited_method
from maskcheck.fixes.builders.keras_names import name_keras_in
from maskcheck.fixes.changes.class_body import AddMethod
from maskcheck.fixes.changes.config.set_entry import SetConfigEntry
from maskcheck.fixes.changes.weights.guard_build import GuardBuild
from maskcheck.fixes.edit import Edit, FileChange, Wanted
from maskcheck.rules.attributes.identity_lost import IdentityLost
from maskcheck.rules.attributes.sublayer_changed import SublayerChanged
from maskcheck.rules.weights.trainable_changed import TrainableChanged

_FROM_CONFIG = """@classmethod
def from_config(cls, config):
    config = dict(config)
    {part} = {read}(config.pop("{part}"))
    layer = cls(**config)
    layer.{part} = {part}
    return layer
"""


def propose_kept_part(wanted: Wanted) -> Iterator[Edit]:
    """Write a sub-layer to the config as it is, and put it in the place of the one that __init__ makes."""
    parts = {path.partition(".")[0].partition("[")[0] for path in wanted.finding.subjects}
    if len(parts) != 1 or not (part := parts.pop()).isidentifier() or not _is_only_made(wanted, part):
        return
    keras, imports = name_keras_in(wanted.file)
    write, read = f"{keras}.layers.serialize", f"{keras}.layers.deserialize"
    if any(path.startswith(f"{part}[") for path in wanted.finding.subjects):
        write, read = f"{keras}.saving.serialize_keras_object", f"{keras}.saving.deserialize_keras_object"
    edit = wanted.edit(
        f"Write {part} to the config, and put it back",
        *imports,
        SetConfigEntry(wanted.owner, part, f"{write}(self.{part})"),
        AddMethod(wanted.owner, _FROM_CONFIG.format(part=part, read=read)),
    )
    build = find_inherited_method(wanted.file, wanted.owner, "build")
    if build is not None:
        # What comes back by its config may be built by that already.
        guard = FileChange(build.file, GuardBuild(build.owner, part))
        edit = replace(edit, changes=(*edit.changes, guard))
    yield edit


def propose_serialized_part(wanted: Wanted) -> Iterator[Edit]:
    """Write to the config what describes a sub-layer, instead of the sub-layer itself."""
    part = wanted.finding.subjects[0]
    written = find_inherited_method(wanted.file, wanted.owner, "get_config")
    nodes = ast.walk(written.node) if written else iter(())
    entries = [each for each in nodes if isinstance(each, ast.Dict)]
    held = [
        key.value
        for entry in entries
        for key, value in zip(entry.keys, entry.values, strict=True)
        if isinstance(key, ast.Constant) and ast.unparse(value) == f"self.{part}"
    ]
    if len(held) == 1 and wanted.finding.hint:
        keras, imports = name_keras_in(wanted.file)
        expression = f"{keras}.saving.serialize_keras_object(self.{part})"
        change = SetConfigEntry(wanted.owner, str(held[0]), expression)
        yield wanted.edit(f"Serialize {part} in the config", *imports, change)


def _is_only_made(wanted: Wanted, part: str) -> bool:
    """Tell whether ``__init__`` alone makes a part, and the class may get a from_config."""
    init, build, config, reading = (
        find_inherited_method(wanted.file, wanted.owner, name)
        for name in ("__init__", "build", "get_config", "from_config")
    )
    if init is None or config is None or reading is not None:
        return False
    arguments = init.node.args
    taken = {each.arg for each in (*arguments.args, *arguments.kwonlyargs)}
    return part not in taken and _assigns(init.node, part) and not (build and _assigns(build.node, part))


def _assigns(function: ast.FunctionDef, attribute: str) -> bool:
    return any(
        ast.unparse(target) == f"self.{attribute}"
        for each in ast.walk(function)
        if isinstance(each, ast.Assign | ast.AnnAssign)
        for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
    )


BUILDERS: Builders = {
    SublayerChanged.code: propose_kept_part,
    TrainableChanged.code: propose_kept_part,
    IdentityLost.code: propose_serialized_part,
}
