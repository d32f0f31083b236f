"""Route ``export``: a SavedModel, served by TensorFlow itself and by Keras.

Outputs come back and nothing else. Keras 3 serves by its TFSMLayer; Keras 2 by the model that it loads,
of a SavedModel of its own.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

from maskcheck.compare.values import compare
from maskcheck.lab.calls.build import BuildError, guarded
from maskcheck.lab.calls.call import align_seeds
from maskcheck.lab.calls.inputs import CallInputs, flatten, map_tree
from maskcheck.lab.calls.traveller import Traveller
from maskcheck.lab.keras_api import SERVER, keras, save_served, served_by_keras
from maskcheck.lab.layer.error_info import first_line, text_of
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.plain import freeze
from maskcheck.lab.process.quiet import quiet
from maskcheck.lab.routes.support.containers import NotTraceable, make_functional
from maskcheck.model.evidence import NotTaken, Trip
from maskcheck.model.snapshot import CallResult, Snapshot
from maskcheck.model.value import Value

# A graph adds and multiplies in another order than the calls that were traced into it.
_ROUNDING, _ROUNDING_OF_HALVES = (1e-4, 1e-5), (2e-2, 1e-2)


@dataclass(frozen=True)
class _Exportable:
    """A model, what goes in by what signature, and how its outputs are told."""

    model: keras.Model
    given: tuple[Any, ...]
    signature: list[Any]
    arranged: Callable[[Any], Any]


def _load_with_tensorflow(path: str) -> Callable[..., Any]:
    loaded = tf.saved_model.load(path)

    def serve(*given: Any) -> Any:
        return loaded.serve(*given)  # which does not keep its variables alive by itself

    return serve


SERVERS = {"serve": _load_with_tensorflow, SERVER: served_by_keras}


def travel(traveller: Traveller) -> Iterator[Trip | NotTaken]:
    """Yield a trip for each way to serve the one export; both are called without masks."""
    mode = "unmasked" if "unmasked" in traveller.modes else "inference"
    try:
        export = _prepare_export(traveller.layer, traveller.modes[mode])
    except NotTraceable as error:
        yield NotTaken("export", "", text_of(error))
        return
    path = os.path.join(traveller.scratch, "export")
    try:
        with quiet(), _place_seeds(traveller):
            guarded("save", _export, export, path)
    except BuildError as error:
        yield Trip("export", "serve", failure=error.failure)
        return
    for form in SERVERS:
        yield _serve(traveller, mode, export, form, path)


def _prepare_export(layer: keras.Layer, inputs: CallInputs) -> _Exportable:
    """Return the layer in a functional model that gives its outputs in a row: no SavedModel nests them.

    A Model goes as it is.

    Raises:
        NotTraceable: no graph can be made of the layer, or it takes what only Python can pass.
    """
    try:
        model = make_functional(layer, inputs)
    except NotTraceable as error:
        raise NotTraceable(f"cannot be called on symbolic inputs: {first_line(error)}") from error
    tensors = [leaf for leaf in flatten([inputs.args, inputs.kwargs]) if _is_batch(leaf)]
    if isinstance(layer, keras.Model):
        if len(tensors) != len(flatten(list(inputs.args))):
            raise NotTraceable("it is called with more than tensors, or with keyword arguments")
        return _Exportable(layer, inputs.args, _make_signature(inputs.args, model), lambda served: served)
    one_input = len(tensors) == 1
    given = (tensors[0] if one_input else tensors,)
    flat = keras.Model(model.inputs[0] if one_input else model.inputs, flatten(model.output))
    flat.autocast = False  # the layer gets what the case gives, whatever the policy around it

    def arranged(served: Any) -> Any:
        leaves = iter(flatten(served))
        return map_tree(lambda _: next(leaves), model.output)

    return _Exportable(flat, given, _make_signature(given, model), arranged)


def _is_batch(leaf: Any) -> bool:
    return isinstance(leaf, tf.Tensor) and bool(leaf.shape.rank)


def _make_signature(given: tuple[Any, ...], model: keras.Model) -> list[Any]:
    """Say what goes in: by itself a model takes numbers of its own type, whatever it was called on."""
    symbols = iter(model.inputs)
    return [map_tree(lambda _: _specify(next(symbols)), tree) for tree in given]


def _specify(symbol: Any) -> tf.TensorSpec:
    return tf.TensorSpec(symbol.shape, symbol.dtype)


def _export(export: _Exportable, path: str) -> None:
    wanted = {"verbose": False, "input_signature": export.signature}
    known = inspect.signature(export.model.export).parameters
    save_served(export.model, path)
    export.model.export(path, **{name: value for name, value in wanted.items() if name in known})


@contextmanager
def _place_seeds(traveller: Traveller) -> Iterator[None]:
    """Export the positions from which the reference was called: nobody can move them afterwards."""
    walked = walk(traveller.layer)
    held = {path: generator.state.numpy() for path, generator in walked.seeds.items()}
    align_seeds(walked, traveller.seed)
    try:
        yield
    finally:
        for path, state in held.items():
            walked.seeds[path].state.assign(state)


def _serve(traveller: Traveller, mode: str, export: _Exportable, form: str, path: str) -> Trip:
    reference = traveller.reference.calls[mode].outputs
    try:
        with quiet():
            server = guarded("load", SERVERS[form], path)
            served = guarded("call", server, *export.given)
    except BuildError as error:
        call = CallResult(error=error.failure.error)
        after = Snapshot({}, {}, calls={mode: call}) if error.failure.step == "call" else None
        return Trip("export", form, after, error.failure)
    outputs = freeze(export.arranged(served))
    after = Snapshot({}, {}, calls={mode: CallResult(_ignore_rounding(outputs, reference, traveller))})
    return Trip("export", form, after)


def _ignore_rounding(outputs: Value, reference: Value, traveller: Traveller) -> Value:
    """Return the reference itself where the outputs differ from it by rounding alone."""
    halves = any("16" in str(part.compute_dtype) for part in walk(traveller.layer).layers.values())
    tolerance = _ROUNDING_OF_HALVES if halves else _ROUNDING
    return outputs if compare(reference, outputs, "", tolerance) else reference
