"""Edits for variables and layers that Keras does not track, or does not save where they are."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.keras_names import name_keras_in
from maskcheck.fixes.changes.behaviour.keywords import DropKeyword
from maskcheck.fixes.changes.behaviour.rename_attribute import RenameAttribute
from maskcheck.fixes.changes.class_body import RemoveMethod
from maskcheck.fixes.changes.weights.build_parts import BuildParts
from maskcheck.fixes.changes.weights.hold_part import HoldArgument, HoldPart
from maskcheck.fixes.changes.weights.list_of_set import MakeList
from maskcheck.fixes.changes.weights.track_variable import TrackVariable
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.weights.variable_untracked import VariableUntracked
from maskcheck.rules.weights.weight_not_restored import WeightNotRestored
from maskcheck.rules.weights.weights_swapped import WeightsSwapped
from maskcheck.rules.weights.weights_unreadable import WeightsUnreadable
from maskcheck.source.syntax_tree import read_class, read_method

# What every layer or model has, and Keras' saver passes over.
_OF_KERAS = (
    *("add_loss", "add_metric", "add_variable", "add_weight", "compute_dtype", "compute_mask", "path"),
    *("compute_output_shape", "compute_output_spec", "count_params", "get_weights", "input", "losses"),
    *("metrics", "output", "quantize", "quantization_mode", "quantized_build", "quantized_call"),
    *("set_weights", "stateless_call", "symbolic_call", "variables", "compile", "compiled", "evaluate"),
    *("compute_loss", "compute_metrics", "distribute_strategy", "export", "fit", "get_layer", "layers"),
    *("jit_compile", "loss", "metrics_names", "predict", "predict_step", "reset_metrics", "save"),
    *("summary", "test_step", "to_json", "train_step"),
)
# Of a layer that nothing but the code of a function leads to.
_FUNCTION = "only a function holds"
# How a class may say itself what pickle and copy do.
_PICKLING = ("__reduce__", "__reduce_ex__", "__deepcopy__", "__getstate__", "__setstate__")


def propose_tracking(wanted: Wanted) -> Iterator[Edit]:
    """Make variables weights, and hold in an attribute what another object holds."""
    path = wanted.finding.subjects[0]
    attribute, _, inside = path.partition(".")
    name = "_" + path.replace(".", "_").strip("_")
    if inside and name.isidentifier():
        title = f"Hold {path} in an attribute of the layer"
        if _FUNCTION not in wanted.finding.message:
            yield wanted.edit(title, HoldPart(wanted.owner, path, name))
        hold = HoldArgument(wanted.owner, attribute, name)
        yield wanted.edit(title, hold)
        build = BuildParts(wanted.owner, f"self.{name}.build(input_shape)")
        # Built at another time, its weights are drawn as others.
        yield wanted.edit(f"{title}, and build it", hold, build, safe=False)
    elif not inside:
        attribute = path.partition("[")[0]
        keras, imports = name_keras_in(wanted.file)
        track = TrackVariable(wanted.owner, attribute, keras)
        yield wanted.edit(f"Make {attribute} a variable that Keras tracks", *imports, track)


def propose_restoring(wanted: Wanted) -> Iterator[Edit]:
    """Put layers where Keras' saver looks for them."""
    for attribute in dict.fromkeys(_first_name(path) for path in wanted.finding.subjects):
        if _is_held(wanted, attribute, ast.Set, ast.SetComp) or _is_made_by(wanted, attribute, "set"):
            yield wanted.edit(f"Hold {attribute} in a list", MakeList(wanted.owner, attribute))
        elif attribute in _OF_KERAS and _list_values(wanted, attribute):
            yield wanted.edit(
                f"Rename {attribute}, which hides a method of Keras",
                RenameAttribute(wanted.owner, attribute, f"{attribute}_layer"),
                safe=False,
            )
    own = [name for name in _PICKLING if read_method(wanted.file, wanted.owner, name)]
    if own:
        changes = [RemoveMethod(wanted.owner, name) for name in own]
        yield wanted.edit(f"Leave {', '.join(own)} to Keras", *changes)


def propose_order(wanted: Wanted) -> Iterator[Edit]:
    """Make weights alike whether the layer is trained or not: it tells them itself."""
    changes = [
        DropKeyword(wanted.owner, name, "trainable", "self.trainable")
        for name in wanted.finding.subjects
        if "trainable=self.trainable" in _list_values(wanted, name)
    ]
    if changes:
        yield wanted.edit("Leave out trainable=self.trainable", *changes, safe=False)


def propose_reading(wanted: Wanted) -> Iterator[Edit]:
    """Leave a list of weights to Keras."""
    name = wanted.finding.subjects[0]
    yield wanted.edit(f"Leave {name} to Keras", RemoveMethod(wanted.owner, name), safe=False)


def _first_name(path: str) -> str:
    return path.partition(".")[0].partition("[")[0]


def _is_held(wanted: Wanted, attribute: str, *kinds: type[ast.expr]) -> bool:
    return any(isinstance(value, kinds) for value in _read_values(wanted, attribute))


def _is_made_by(wanted: Wanted, attribute: str, function: str) -> bool:
    calls = [value for value in _read_values(wanted, attribute) if isinstance(value, ast.Call)]
    return any(ast.unparse(call.func) == function for call in calls)


def _list_values(wanted: Wanted, attribute: str) -> str:
    return "\n".join(ast.unparse(value) for value in _read_values(wanted, attribute))


def _read_values(wanted: Wanted, attribute: str) -> list[ast.expr]:
    """Return what a class gives to an attribute."""
    node = read_class(wanted.file, wanted.owner)
    return [
        each.value
        for each in (ast.walk(node) if node else ())
        if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is not None
        for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
        if ast.unparse(target) == f"self.{attribute}"
    ]


BUILDERS: Builders = {
    VariableUntracked.code: propose_tracking,
    WeightNotRestored.code: propose_restoring,
    WeightsSwapped.code: propose_order,
    WeightsUnreadable.code: propose_reading,
}
