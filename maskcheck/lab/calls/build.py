"""From a case to a live layer that has been called once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from maskcheck import task_stage
from maskcheck.errors import MaskcheckError
from maskcheck.lab.calls.call import align_seeds
from maskcheck.lab.calls.inputs import CallInputs, call_inputs
from maskcheck.lab.keras_api import keras
from maskcheck.lab.layer.constructor import accepts, recording
from maskcheck.lab.layer.error_info import error_info
from maskcheck.lab.layer.object_graph import walk
from maskcheck.lab.layer.seeds import start_afresh
from maskcheck.lab.layer.spec_values import live
from maskcheck.lab.process.audit import in_step
from maskcheck.model.case import Case, Preparation
from maskcheck.model.evidence import Failure
from maskcheck.model.value import Value


class BuildError(Exception):
    """A step of building raised; ``failure`` says which and how."""

    def __init__(self, step: str, error: BaseException) -> None:
        super().__init__(step)
        self.failure = Failure(step, error_info(error))


@dataclass(frozen=True)
class Built:
    """A layer that was constructed from a case, prepared and called once."""

    layer: keras.Layer
    inputs: CallInputs
    arguments: Mapping[str, Value]
    explicit: frozenset[str]


def guarded(step: str, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Call user code; any exception, exits included, becomes a BuildError of ``step``.

    Raises:
        BuildError: it raised.
        MaskcheckError: as it is, such as a fault of the spec that shows only now.
    """
    try:
        with in_step(step):
            return function(*args, **kwargs)
    except (BuildError, MaskcheckError):
        raise
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        raise BuildError(step, error) from error


def build(cls: type[keras.Layer], case: Case, seed: int, *, data_seed: int, thorough: bool = False) -> Built:
    """Construct, prepare and call the layer of ``case``.

    Args:
        seed: of everything random in the construction; two builds get different ones.
        data_seed: of the inputs and random arguments, the same for every build.
        thorough: seeds TensorFlow's own random stream, too.

    Raises:
        BuildError: ``__init__`` (step "construct"), a preparation ("prepare") or the
            first call ("call") raised.
    """
    built = construct(cls, case, seed, data_seed=data_seed, thorough=thorough)
    for preparation in case.prepare:
        task_stage.enter(f"preparing the layer with {preparation.method}() (case {case.id})")
        guarded("prepare", _prepare, built, preparation, data_seed)
    task_stage.enter(f"calling the layer (case {case.id})")
    first_call(built, data_seed)
    return built


def first_call(built: Built, seed: int) -> None:
    """Call the layer as observing will: seed generators where their paths say, and put back after.

    Raises:
        BuildError: the call raised.
    """
    walked = walk(built.layer)
    held = {path: generator.state.numpy() for path, generator in walked.seeds.items()}
    align_seeds(walked, seed)
    args, kwargs = built.inputs.fresh()
    guarded("call", built.layer, *args, **kwargs)
    for path, state in held.items():
        walked.seeds[path].state.assign(state)


def construct(
    cls: type[keras.Layer], case: Case, seed: int, *, data_seed: int, thorough: bool = False
) -> Built:
    """Construct the layer of ``case`` under an explicit name, if it takes one, without calling it.

    Args:
        seed: of everything random in the construction.
        data_seed: of random arguments and of the inputs.
        thorough: seeds TensorFlow's own random stream, too.

    Raises:
        BuildError: ``__init__`` raised, or what it was given is not known.
    """
    task_stage.enter(f"constructing the layer (case {case.id})")
    if case.unknown:
        raise BuildError("construct", TypeError(case.unknown))
    if "name" in case.init or not accepts(cls, "name"):
        return _construct(cls, case, {}, seed, data_seed, thorough=thorough)
    named = {"name": f"{snake_case(cls.__name__)}_checked"}
    try:
        return _construct(cls, case, named, seed, data_seed, thorough=thorough)
    except BuildError as refusal:
        # Not every class that takes keyword arguments wants a name among them.
        with suppress(BuildError):
            return _construct(cls, case, {}, seed, data_seed, thorough=thorough)
        raise refusal


def _construct(
    cls: type[keras.Layer],
    case: Case,
    extra: Mapping[str, Any],
    seed: int,
    data_seed: int,
    *,
    thorough: bool,
) -> Built:
    given = {name: live(value, f"init.{name}", data_seed) for name, value in case.init.items()}
    arguments = {**given, **extra}
    inputs = call_inputs(case, data_seed)
    start_afresh(seed, thorough=thorough)
    with recording(cls) as recorder:
        layer = guarded("construct", cls, **arguments)
    if not isinstance(layer, keras.Layer):
        wrong = TypeError(f"{cls.__name__}() gave a {type(layer).__name__}, not a layer")
        raise BuildError("construct", wrong)
    received = recorder.of(layer) or {}
    return Built(layer, inputs, received, frozenset(arguments))


def snake_case(name: str) -> str:
    """Return ``SequenceMask`` as ``sequence_mask``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower().strip("_")


def _prepare(built: Built, preparation: Preparation, seed: int) -> None:
    if not built.layer.built and not _builds_itself(preparation):
        _build_from_inputs(built)
    args = [live(value, f"prepare[{i}]", seed) for i, value in enumerate(preparation.args)]
    kwargs = {name: live(value, f"prepare.{name}", seed) for name, value in preparation.kwargs.items()}
    getattr(built.layer, preparation.method)(*args, **kwargs)


def _builds_itself(preparation: Preparation) -> bool:
    """Tell whether the method builds the layer from its data, as Keras' ``adapt`` does."""
    return preparation.method == "adapt"


def _build_from_inputs(built: Built) -> None:
    """Build by a first call, which builds whatever the signature of ``build`` is."""
    args, kwargs = built.inputs.fresh()
    built.layer(*args, **kwargs)
