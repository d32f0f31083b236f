"""For each rule that reads evidence the least on which it fires, as ``fixtures/faults`` has layers."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.error_texts.read import read_error
from maskcheck.model.evidence import ConfigEvidence, Elsewhere, Evidence, Trip
from maskcheck.model.layer_facts import Registration
from maskcheck.model.snapshot import TRAINING_STEP
from maskcheck.model.touch import Touch
from maskcheck.model.value import FunctionValue
from tests.rules.evidence import (
    CONFIG,
    FACTOR,
    FILE,
    SUBJECT,
    broken,
    call,
    changed,
    config,
    elsewhere,
    evidence,
    failure,
    layer,
    methods,
    shapes,
    snapshot,
    step,
    tensor,
    trip,
    trips,
    value,
    weight,
)

OTHER = call((9.0, 2.0))
WORDS = Touch("read", "words.txt", relative=True, step="load", file=FILE, line=14)
READING = replace(trip("keras", "functional"), touches=(WORDS,))
# A new process, in another directory, does not find the file.
READING_ELSEWHERE = replace(
    trip("fresh", "functional", failure=failure("load", file=FILE, line=14)),
    touches=(replace(WORDS, missing=True),),
    elsewhere=Elsewhere(),
)
MISSING = {key: value for key, value in CONFIG.items() if key != "factor"}
OWN_GELU, KERAS_GELU = FunctionValue("pkg.layers.gelu", "a1"), FunctionValue("keras.activations.gelu", "b2")


def _came_back(route: str, *forms: str, step: str, kind: str = "ValueError", message: str = "no") -> Evidence:
    """Return evidence of a layer that does not come back on the forms of one route."""
    failed = [trip(route, form, failure=failure(step, kind, message)) for form in forms]
    return evidence(trips=trips(snapshot(), but=failed))


def _stateful(before: object, after: object, **fields: object) -> Evidence:
    """Return evidence of an attribute ``state`` that is one thing before and another after."""
    first, second = snapshot({"state": before}), snapshot({"state": after}, inference=OTHER)
    return evidence(second, before=first, **fields)  # type: ignore[arg-type]


def _weights(before: object, after: object) -> Evidence:
    """Return evidence of the weights ``before`` that are ``after`` on every trip."""
    first = snapshot(weights=before)  # type: ignore[arg-type]
    return evidence(snapshot(weights=after, inference=OTHER), before=first)  # type: ignore[arg-type]


def compiled(before: object, after: object) -> Trip:
    """Return the trip of a model that was compiled in one way and came back in another."""
    sides = [replace(snapshot(calls={}), compiled=value(side)) for side in (before, after)]
    return trip("keras", "compiled", sides[1], before=sides[0])


SHARED = replace(trip("config", "plain"), shared=("inner", "inner.kernel"))
FROZEN, FREE = (layer("dense", trainable=flag) for flag in (False, True))

FAULTS: dict[str, Evidence] = {
    "MC003": broken("construct", "TypeError", "units is missing"),
    "MC004": broken("call", "ValueError", "the shapes do not fit"),
    "MC007": evidence(snapshot(inference=OTHER), unstable_modes=frozenset({"inference"})),
    "MC101": evidence(
        snapshot({"factor": 1.0}, inference=OTHER), rebuilt={**CONFIG, "factor": 1.0}, config=config(MISSING)
    ),
    "MC102": evidence(
        snapshot({"factor": 0.5}, inference=OTHER),
        rebuilt={**CONFIG, "factor": 0.5},
        config=config({**CONFIG, "factor": 0.5}),
    ),
    "MC103": _came_back(
        "config",
        "json",
        step="from_config",
        kind="TypeError",
        message="Scale.__init__() got an unexpected keyword argument 'trainable'",
    ),
    "MC104": evidence(snapshot({"factor": 1.0}, inference=OTHER), rebuilt={**CONFIG, "factor": 1.0}),
    "MC105": evidence(snapshot(trainable=False)),
    "MC106": evidence(config=ConfigEvidence(failure=failure("get_config", "KeyError", "'factor'"))),
    "MC107": evidence(snapshot({"size": [3, 3]}), before=snapshot({"size": (3, 3)})),
    "MC108": evidence(config=config(aliased=("factor",))),
    "MC109": evidence(snapshot(class_name="keras.src.layers.Layer")),
    "MC201": _stateful(3.5, 0.0),
    "MC202": _stateful(1.0, 2.0, built_again=snapshot({"state": 3.0})),
    "MC203": evidence(trips=trips(snapshot(), but=[SHARED])),
    "MC204": evidence(
        snapshot(layers=[layer("dense", {"units": 4})]),
        before=snapshot(layers=[layer("dense", {"units": 8})]),
    ),
    "MC301": _weights({"scale": [0.5, 1.5]}, {"scale": [1.0, 1.0]}),
    "MC302": _weights({"scale": [0.5, 1.5], "shift": [0.1]}, {"scale": [0.5, 1.5]}),
    "MC303": _weights({"scale": [0.5], "shift": [0.1]}, {"scale": [0.1], "shift": [0.5]}),
    "MC304": _weights(
        {"scale": weight("scale", [0.5], kind="untracked")},
        {"scale": weight("scale", [1.0], kind="untracked")},
    ),
    "MC305": evidence(snapshot(layers=[FREE]), before=snapshot(layers=[FROZEN])),
    "MC306": _weights({"scale": [0.5]}, {"scale": weight("scale", [0.5], "float16")}),
    "MC307": changed(
        _weights({"scale": [0.5]}, {"scale": [1.0]}),
        methods=methods(save_own_variables=30, load_own_variables=33),
    ),
    "MC308": evidence(
        snapshot(weights={"seed.state": weight("seed.state", [7, 0], "int64", kind="seed")}),
        before=snapshot(weights={"seed.state": weight("seed.state", [7, 3], "int64", kind="seed")}),
    ),
    "MC309": evidence(trips=trips(snapshot(), but=[compiled({"loss": "mse"}, {})])),
    "MC310": evidence(unreadable={"trainable_weights": failure("read", "AttributeError").error}),
    "MC401": evidence(snapshot(inference=OTHER)),
    "MC402": evidence(snapshot(inference=call((1.0, 2.0, 3.0)))),
    "MC403": evidence(snapshot(inference=call(losses=[0.0])), before=snapshot(inference=call(losses=[0.25]))),
    "MC702": evidence(snapshot(inference=OTHER), crossed="CPU:0 to GPU:0"),
    "MC404": evidence(
        snapshot(calls={TRAINING_STEP: step((0.25, 1.0))}), before=snapshot(calls={TRAINING_STEP: step()})
    ),
    "MC405": evidence(stated=shapes((None, 2))),
    "MC406": evidence(before=snapshot(inference=call(None))),
    "MC407": evidence(untrainable=read_error("ValueError", "no")),
    "MC408": evidence(bypassed=True, methods=methods(__call__=16)),
    "MC409": evidence(untraceable=read_error("TypeError", "not 'SymbolicTensor'")),
    "MC501": evidence(snapshot(), before=snapshot(supports_masking=True)),
    "MC502": evidence(snapshot(), before=snapshot(inference=call(mask=(True, False)))),
    "MC503": evidence(
        snapshot(inference=call(mask=(True, True))), before=snapshot(inference=call(mask=(True, False)))
    ),
    "MC601": _came_back("weights", "", step="save"),
    "MC602": _came_back("keras", "functional", "held", step="load", message="nothing fits"),
    "MC603": evidence(registration=Registration("Scale", False)),
    "MC604": evidence(subject=replace(SUBJECT, shadowed_by="pkg.old.Scale")),
    "MC605": evidence(
        before=snapshot({"order": ["a", "b"]}),
        trips=trips(
            snapshot({"order": ["a", "b"]}),
            but=[
                elsewhere(snapshot({"order": ["b", "a"]}, inference=OTHER), snapshot({"order": ["a", "b"]}))
            ],
        ),
    ),
    "MC606": evidence(trips=trips(snapshot(), unsafe=True)),
    "MC607": evidence(
        trips=(
            *trips(snapshot()),
            trip("h5", "functional", failure=failure("load", message="No cast function available.")),
        ),
        keras=(3, 15),
    ),
    "MC608": evidence(trips=trips(snapshot(), but=[READING, READING_ELSEWHERE])),
    "MC701": evidence(snapshot(autocast=True), before=snapshot(autocast=False)),
}

__all__ = ["FACTOR", "FAULTS", "KERAS_GELU", "MISSING", "OTHER", "OWN_GELU", "tensor"]
