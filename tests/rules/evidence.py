"""Evidence made by hand: a healthy layer, and whatever a test wants otherwise about it.

The layer is ``pkg.layers.Scale(factor=2.0)`` with one weight. Every function gives the
healthy thing unless told otherwise, so that a test writes down its fault and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

import numpy as np

from maskcheck.error_texts.read import read_error
from maskcheck.model.case import Subject
from maskcheck.model.evidence import ConfigEvidence, Elsewhere, Evidence, Failure, Stability, Trip
from maskcheck.model.layer_facts import Argument, LayerFacts, Method, Registration
from maskcheck.model.snapshot import CallResult, LayerState, Snapshot, TrainingStep, Weight
from maskcheck.model.value import ABSENT, ArrayValue, DictValue, ListValue, ObjectValue, Value

FILE = "pkg/layers.py"
SUBJECT = Subject("pkg.layers", "Scale", FILE, 10)
FACTOR = Argument("factor", 2.0, 1.0, ("factor",), explicit=True, hint='"factor": self.factor,')
OWN = {"__init__": 12, "build": 15, "call": 18, "get_config": 21}
INHERITED = (
    "compute_mask",
    "from_config",
    "get_build_config",
    "build_from_config",
    "save_own_variables",
    "load_own_variables",
    "save_assets",
    "load_assets",
)
FORMS = (
    ("config", "json"),
    ("config", "plain"),
    ("keras", "functional"),
    ("keras", "held"),
    ("weights", ""),
)
WEIGHTS = {"scale": [0.5, 1.5]}
CONFIG = {"name": "scale_checked", "trainable": True, "factor": 2.0}


def value(content: Any) -> Value:
    """Return Python's dicts, lists, tuples and arrays as the model has them; all else as it is."""
    if isinstance(content, dict):
        return DictValue("dict", tuple((key, value(item)) for key, item in content.items()))
    if isinstance(content, (list, tuple)):
        return ListValue(type(content).__name__, tuple(value(item) for item in content))
    if isinstance(content, np.ndarray):
        return ArrayValue("array", str(content.dtype), content)
    return content  # type: ignore[no-any-return]


def argument(name: str, given: Any, default: Any = ABSENT, *attributes: str, **fields: Any) -> Argument:
    """Return an argument that the case names, flowing into the attribute of its own name."""
    fields = {"explicit": True, **fields}
    return Argument(name, value(given), value(default), attributes or (name,), **fields)


def methods(**own: int) -> dict[str, Method]:
    """Return where the methods are; ``own`` are lines of more methods that the class itself defines."""
    lines = {**OWN, **own}
    write = {"get_config": 22}
    mine = {n: Method(n, FILE, line, True, False, write.get(n)) for n, line in lines.items()}
    return {**{n: Method(n, "keras/layer.py", 1, False, True) for n in INHERITED}, **mine}


def tensor(values: Iterable[Any], dtype: str = "float32") -> ArrayValue:
    """Return a tensor of the values."""
    return ArrayValue("tensor", dtype, np.array(list(values), dtype))


def layer(
    path: str = "", attributes: Mapping[str, Any] | None = None, *, tracked: bool = True, **flags: Any
) -> LayerState:
    """Return the state of one layer; ``flags`` differ from Keras' defaults, ``class_name`` among them."""
    name = flags.pop("class_name", "keras.src.layers.Dense" if path else "pkg.layers.Scale")
    own = flags.pop("own", not path)
    usual: dict[str, Value] = {"name": path or "scale_checked", "trainable": True, "dtype_policy": "float32"}
    more: dict[str, Value] = {
        "activity_regularizer": None,
        "supports_masking": False,
        "autocast": True,
        "input_spec": None,
    }
    held = {key: value(item) for key, item in (attributes or {}).items()}
    return LayerState(path, name, {**usual, **more, **flags}, held, own, tracked)


def weight(
    path: str, values: Any, dtype: str = "float32", trainable: bool = True, kind: Any = "weight"
) -> Weight:
    """Return one variable."""
    return Weight(path, np.array(values, dtype), dtype, trainable, kind)


def call(
    outputs: Any = (1.0, 2.0), mask: Any = None, losses: Iterable[float] = (), **fields: Any
) -> CallResult:
    """Return what one call gave: a float32 tensor, or the value given; ``mask`` is carried by it."""
    result = tensor(outputs) if isinstance(outputs, tuple) else outputs
    carried = tensor(mask, "bool") if isinstance(mask, tuple) else mask
    return CallResult(result, DictValue("masks", (("carried", carried),)), tuple(losses), **fields)


def snapshot(
    attributes: Mapping[str, Any] | None = None,
    *,
    layers: Iterable[LayerState] = (),
    weights: Mapping[str, Any] | None = None,
    inference: CallResult | None = None,
    aliases: Iterable[Iterable[str]] = (),
    calls: Mapping[str, CallResult] | None = None,
    **flags: Any,
) -> Snapshot:
    """Return the healthy snapshot with other parts; ``attributes`` come beside or instead of ``factor``."""
    root = layer("", {"factor": 2.0, **(attributes or {})}, **flags)
    given = WEIGHTS if weights is None else weights
    made = {p: v if isinstance(v, Weight) else weight(p, v) for p, v in given.items()}
    groups = frozenset(frozenset(group) for group in aliases)
    modes = {"inference": inference or call(), **(calls or {})}
    return Snapshot({"": root, **{part.path: part for part in layers}}, made, groups, modes)


def step(gradient: Iterable[float] = (0.5, 1.0), updated: Iterable[float] = (0.4, 1.4)) -> CallResult:
    """Return what one training step gave; the weight is ``scale``."""
    gradients, weights = {"scale": tensor(gradient)}, {"scale": tensor(updated)}
    return CallResult(step=TrainingStep(1.5, gradients, (), weights))


def shapes(*sizes: Iterable[int | None]) -> Value:
    """Return what ``compute_output_shape`` gives for as many outputs."""
    found = [ObjectValue("shape", ListValue("tuple", tuple(shape))) for shape in sizes]
    return found[0] if len(found) == 1 else ListValue("list", tuple(found))


def config(written: Mapping[str, Any] | None = None, **fields: Any) -> ConfigEvidence:
    """Return what get_config gave."""
    held = dict(CONFIG if written is None else written)
    return ConfigEvidence(value=value(held), written=held, **fields)


def failure(step: str, kind: str = "ValueError", message: str = "no", **fields: Any) -> Failure:
    """Return a step that raised."""
    return Failure(step, read_error(kind, message, **fields))


def trip(route: str, form: str, after: Snapshot | None = None, **fields: Any) -> Trip:
    """Return one trip; only the config route through JSON records what ``__init__`` receives."""
    return Trip(route, form, after, **fields)


def trips(
    after: Snapshot, rebuilt: Mapping[str, Any] | None = None, *, but: Iterable[Trip] = (), **fields: Any
) -> tuple[Trip, ...]:
    """Return all trips with one snapshot coming back, but for those in ``but``, which replace theirs."""
    again = {key: value(item) for key, item in (CONFIG if rebuilt is None else rebuilt).items()}
    found = {
        (route, form): Trip(
            route,
            form,
            None if form == "plain" else after,
            rebuilt=again if form == "json" else None,
            **fields,
        )
        for route, form in FORMS
    }
    return tuple({**found, **{(other.route, other.form): other for other in but}}.values())


def elsewhere(
    there: Snapshot | None, here: Snapshot | None = None, failure: Failure | None = None, **fields: Any
) -> Trip:
    """Return the trip to a new process, which gave ``there``, while the file gave ``here`` in this one."""
    return Trip("fresh", "functional", there, failure, elsewhere=Elsewhere(here or snapshot(), **fields))


def evidence(
    after: Snapshot | None = None,
    *,
    before: Snapshot | None = None,
    rebuilt: Mapping[str, Any] | None = None,
    **fields: Any,
) -> Evidence:
    """Return the evidence of one case; without ``after`` all comes back as it was."""
    before = before or snapshot()
    usual: dict[str, Any] = {
        "arguments": (FACTOR,),
        "methods": methods(),
        "config": config(),
        "registration": Registration("pkg>Scale", True, "pkg.layers.Scale"),
        "trips": trips(after or before, rebuilt),
        "subject": SUBJECT,
        "case": "default",
        "stated": shapes((None,)),
    }
    known = {**usual, **fields}
    received = next((trip.rebuilt for trip in known["trips"] if trip.rebuilt is not None), None)
    return made(before=before, **{"rebuilt": received, **known})


def changed(evidence: Evidence, **known: Any) -> Evidence:
    """Return the evidence with other fields, of its own or of its parts."""
    now = {field.name: getattr(evidence, field.name) for field in fields(evidence)}
    return made(**{**now, **known})


def made(**known: Any) -> Evidence:
    """Return evidence of these fields, and of those of its parts."""
    facts, stability = known.pop("facts", LayerFacts()), known.pop("stability", Stability())
    for name, part in (("facts", facts), ("stability", stability)):
        own = {field.name: known.pop(field.name) for field in fields(part) if field.name in known}
        known[name] = replace(part, **own)
    return Evidence(**known)


def broken(step: str, kind: str = "ValueError", message: str = "no", **fields: Any) -> Evidence:
    """Return the evidence of a layer that could not be constructed, prepared or called."""
    return made(
        subject=SUBJECT, case="default", methods=methods(), failure=failure(step, kind, message, **fields)
    )
