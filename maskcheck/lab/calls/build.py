"""From a case to a live layer that has been called once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from maskcheck import task_stage
from maskcheck.errors import MaskcheckError
from maskcheck.lab.calls.call import restore_variables
from maskcheck.lab.calls.first_calls import watch_first_calls
from maskcheck.lab.calls.inputs import CallInputs, call_inputs
from maskcheck.lab.calls.modes import choose_modes
from maskcheck.lab.keras_api import is_keras, keras
from maskcheck.lab.layer.error_info import error_info, is_of_layer
from maskcheck.lab.layer.guarded import is_layer
from maskcheck.lab.layer.object_graph import Walk, walk
from maskcheck.lab.layer.seeds import seed_all, start_afresh
from maskcheck.lab.layer.spec_values import live
from maskcheck.lab.layer.variables import finalize, read_all
from maskcheck.lab.layer_class.constructor import accepts, recording
from maskcheck.lab.process.audit import in_step
from maskcheck.lab.process.eager import EagerRequired
from maskcheck.model.case import Case, Preparation
from maskcheck.model.evidence import Failure
from maskcheck.model.value import Value

# How far the seeds of what a layer does alone are from those that copies are observed under.
APART = 7919


class BuildError(Exception):
    """A step of building raised; ``failure`` says which and how."""

    def __init__(self, step: str, error: BaseException) -> None:
        super().__init__(step)
        self.failure = Failure(step, error_info(error))


# Layers of Keras that write what they hold to their config.
_CONTAINERS = (keras.Model, keras.layers.Wrapper, keras.layers.RNN)
# Methods by which a layer is changed that its parts may have, where it has none itself.
BY_PARTS = frozenset({"quantize", "enable_lora"})


@dataclass(frozen=True)
class Built:
    """A layer that was constructed from a case, prepared and called once."""

    layer: keras.Layer
    inputs: CallInputs
    arguments: Mapping[str, Value]
    explicit: frozenset[str]
    # The paths of flags and counters that its first calls moved, and of what they made.
    moved: frozenset[str] = frozenset()
    made: frozenset[str] = frozenset()

    @property
    def may_draw_at_first(self) -> bool:
        """Tell whether the first call may have drawn from seed generators that the layer holds."""
        return bool(self.made and walk(self.layer).seeds)


def guarded(step: str, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    """Call user code; any exception, exits included, becomes a BuildError of ``step``.

    Raises:
        BuildError: it raised.
        MaskcheckError: as it is, such as a fault of the spec that shows only now.
    """
    try:
        with in_step(step), EagerRequired():
            return function(*args, **kwargs)
    except (BuildError, MaskcheckError):
        raise
    except BaseException as error:
        if not is_of_layer(error):
            raise
        raise BuildError(step, error) from error
    finally:
        task_stage.exit_if_forked()


def build(
    cls: type[keras.Layer],
    case: Case,
    seed: int,
    *,
    data_seed: int,
    thorough: bool = False,
    used: bool = False,
) -> Built:
    """Construct, prepare and call the layer of ``case``.

    What the first call draws or measures belongs to this layer alone: a copy that draws or
    measures anew has other random numbers, and of a used layer other data.

    Args:
        seed: of everything random in the construction; two builds get different ones.
        data_seed: of the inputs and random arguments, the same for every build.
        thorough: seeds TensorFlow's own random stream, too.
        used: the first call is made with other data, and one that trains follows, where
            ``call`` tells the two apart: what is compared is a layer in use.

    Raises:
        BuildError: ``__init__`` (step "construct"), a preparation ("prepare") or the
            first call ("call") raised.
    """
    make = partial(_make, cls, case, seed, data_seed, thorough=thorough)
    built = make()
    if not used:
        first_call(built)
        return built
    try:
        return _use(built, call_inputs(case, data_seed + APART), data_seed)
    except BuildError:  # the other data may be at fault; what raised once may be half built
        built = make()
        return _use(built, built.inputs, data_seed)


def _make(cls: type[keras.Layer], case: Case, seed: int, data_seed: int, *, thorough: bool) -> Built:
    """Construct and prepare the layer of ``case``, ready for its first call."""
    built = construct(cls, case, seed, data_seed=data_seed, thorough=thorough)
    for preparation in case.prepare:
        task_stage.enter(f"preparing the layer with {preparation.method}() (case {case.id})")
        guarded("prepare", _prepare, built, preparation, data_seed)
    task_stage.enter(f"calling the layer (case {case.id})")
    seed_all(seed + APART, thorough=thorough)
    return built


def first_call(built: Built, inputs: CallInputs | None = None) -> None:
    """Call the layer as its user would, with seed generators where they are, and put these back after.

    Args:
        inputs: other ones than those of the case.

    Raises:
        BuildError: the call raised.
    """
    walked = walk(built.layer)
    held = {path: generator.state.numpy() for path, generator in walked.seeds.items()}
    args, kwargs = (inputs or built.inputs).fresh()
    guarded("call", built.layer, *args, **kwargs)
    for path, state in held.items():
        walked.seeds[path].state.assign(state)


def _use(built: Built, inputs: CallInputs, data_seed: int) -> Built:
    """Call the layer first, and train on the same data; what that does to variables is put back.

    Raises:
        BuildError: the first call raised.
    """
    with watch_first_calls(built.layer) as watched:
        first_call(built, inputs)
        training = choose_modes(built.layer, inputs, data_seed).get("training")
        if training:
            _train(built, training)
    return replace(built, moved=watched.list_moved(), made=watched.list_made())


def _train(built: Built, inputs: CallInputs) -> None:
    """Call the layer in training, and put back what that does to variables."""
    walked = walk(built.layer)
    held = read_all(walked.variables)
    with suppress(BuildError):
        first_call(built, inputs)
    restore_variables(walked, held)
    _forget_dropout(walked)
    finalize(built.layer)


def _forget_dropout(walked: Walk) -> None:
    """Have recurrent cells draw their next dropout anew, as the layers of Keras that hold them do."""
    for cell in walked.layers.values():
        for reset in ("reset_dropout_mask", "reset_recurrent_dropout_mask"):
            if is_keras(getattr(type(cell), reset, None)):
                getattr(cell, reset)()


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
    if not is_layer(layer):
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
    _find_method(built.layer, preparation.method)(*args, **kwargs)


def has_own(layer: keras.Layer, method: str) -> bool:
    """Tell whether a layer has a method such as ``quantize``, beyond what Keras' Layer says of it."""
    return getattr(type(layer), method, None) not in (None, getattr(keras.Layer, method, None))


def _find_method(layer: keras.Layer, method: str) -> Callable[..., Any]:
    """Return the method of a layer; where Keras' Layer refuses it, what a model does that holds the layer."""
    if method in BY_PARTS and not has_own(layer, method):
        return partial(_prepare_parts, layer, method)
    return getattr(layer, method)  # type: ignore[no-any-return]


def _prepare_parts(layer: keras.Layer, method: str, *args: Any) -> None:
    """Have each part of a layer that has the method do it, as a model does that holds the layer.

    What a layer of Keras makes for itself is left alone: what becomes of it, no user can mend.
    """
    parts = walk(layer).layers
    for path, part in parts.items():
        own = path and part.built and has_own(part, method) and not isinstance(part, keras.Model)
        if own and not _is_made_by_keras(path, parts):
            with suppress(NotImplementedError):
                getattr(part, method)(*args)


def _is_made_by_keras(path: str, parts: Mapping[str, keras.Layer]) -> bool:
    """Tell whether a part belongs to a layer of Keras that is no container of what it is given."""
    owners = [place for place in parts if place and path.startswith((f"{place}.", f"{place}["))]
    return any(is_keras(type(parts[place])) and not isinstance(parts[place], _CONTAINERS) for place in owners)


def _builds_itself(preparation: Preparation) -> bool:
    """Tell whether the method builds the layer from its data, as Keras' ``adapt`` does."""
    return preparation.method == "adapt"


def _build_from_inputs(built: Built) -> None:
    """Build by a first call, which builds whatever the signature of ``build`` is."""
    args, kwargs = built.inputs.fresh()
    built.layer(*args, **kwargs)
