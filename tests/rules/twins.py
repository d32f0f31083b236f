"""For each rule evidence that comes close to its fault, and on which it must stay silent."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.model.evidence import Evidence
from maskcheck.model.layer_facts import Registration
from maskcheck.model.snapshot import TRAINING_STEP
from maskcheck.model.value import ListValue
from tests.rules.evidence import (
    CONFIG,
    argument,
    broken,
    call,
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
    weight,
)
from tests.rules.faults import FAULTS, MISSING, OTHER, READING, WORDS, compiled

LOST = snapshot({"factor": 1.0}, inference=OTHER)
# The .keras files bring back what the config alone does not.
BY_FILE = [trip("keras", form, snapshot()) for form in ("functional", "held")]
# Given 3, kept as (3, 3), written and read again as [3, 3]: normalised, not lost.
NORMALISED = evidence(
    before=snapshot({"size": (3, 3)}),
    arguments=(argument("size", 3, 1),),
    rebuilt={"size": [3, 3]},
    config=config({"size": (3, 3)}),
)
# A file that may be there or not, of which nothing depends.
OPTIONAL = replace(WORDS, missing=True)
DENSE = snapshot(layers=[layer("dense", {"units": 8, "_cache": 1})])


def _kind(kind: str, values: object) -> Evidence:
    """Return evidence of a variable of one kind that comes back as ``values``."""
    after = snapshot(weights={"scale": weight("scale", values, kind=kind)})
    return evidence(after, before=snapshot(weights={"scale": weight("scale", [0.5, 1.5], kind=kind)}))


def _refused(route: str, form: str, step: str) -> Evidence:
    return evidence(trips=trips(snapshot(), but=[trip(route, form, failure=failure(step))]))


TWINS: dict[str, Evidence] = {
    "MC003": broken("prepare"),
    "MC004": broken("construct"),
    "MC007": evidence(
        snapshot({"_stamp": 2.0}), before=snapshot({"_stamp": 1.0}), built_again=snapshot({"_stamp": 3.0})
    ),
    "MC101": evidence(
        config=config(MISSING),
        trips=trips(LOST, {**CONFIG, "factor": 1.0}, but=BY_FILE),
    ),
    "MC102": NORMALISED,
    "MC103": _refused("config", "json", "serialize"),
    "MC104": evidence(snapshot(inference=OTHER), rebuilt=MISSING),
    "MC105": evidence(
        snapshot(name="scale"), arguments=(argument("name", "scale_checked", base=True, explicit=False),)
    ),
    "MC106": _refused("config", "json", "from_config"),
    "MC107": evidence(snapshot({"size": {"b": 1, "a": 2}}), before=snapshot({"size": {"a": 2, "b": 1}})),
    "MC108": evidence(
        config=config(aliased=("factor",), varies=("factor",)),
        methods={**methods(), "get_config": replace(methods()["get_config"], own=False, builtin=True)},
    ),
    "MC109": evidence(snapshot(), before=DENSE),
    "MC201": evidence(snapshot({"_cache": 2}), before=snapshot({"_cache": 1})),
    "MC202": evidence(
        snapshot({"state": 2.0}), before=snapshot({"state": 1.0}), built_again=snapshot({"state": 3.0})
    ),
    "MC203": evidence(before=snapshot(aliases=[("inner", "outer")], layers=[layer("inner"), layer("outer")])),
    "MC204": evidence(
        snapshot(layers=[layer("dense", {"units": 8, "_cache": 2}, trainable=False)]), before=DENSE
    ),
    "MC301": _kind("untracked", [0.0, 0.0]),
    "MC302": _kind("weight", [0.0, 0.0]),
    "MC303": _kind("weight", [1.5, 0.5]),
    "MC304": _kind("weight", [0.0, 0.0]),
    "MC305": evidence(before=snapshot(layers=[layer("dense", trainable=False)])),
    "MC306": _kind("weight", [0.0, 0.0]),
    "MC307": evidence(methods=methods(save_own_variables=30, load_own_variables=33, load_assets=36)),
    "MC308": evidence(
        snapshot(weights={"seed.state": weight("seed.state", [8, 3], "int64", kind="seed")}),
        before=snapshot(weights={"seed.state": weight("seed.state", [7, 3], "int64", kind="seed")}),
    ),
    "MC309": evidence(trips=trips(snapshot(), but=[compiled({"loss": "mse"}, {"loss": "mse"})])),
    "MC702": evidence(crossed="CPU:0 to GPU:0"),
    "MC310": evidence(unreadable={}),
    "MC401": FAULTS["MC402"],
    "MC402": FAULTS["MC401"],
    "MC403": evidence(
        snapshot(inference=call(losses=[0.25 + 1e-9])), before=snapshot(inference=call(losses=[0.25]))
    ),
    "MC404": evidence(
        snapshot(calls={TRAINING_STEP: step((0.5 + 1e-7, 1.0))}),
        before=snapshot(calls={TRAINING_STEP: step()}),
    ),
    "MC405": evidence(stated=shapes((2,))),
    "MC406": evidence(before=snapshot(inference=call(ListValue("tuple", (tensor([1.0]), None))))),
    "MC407": evidence(untrained="a training step raises ValueError: no"),
    "MC408": evidence(methods=methods(__call__=16)),
    "MC409": FAULTS["MC407"],
    "MC501": evidence(before=snapshot(supports_masking=True)),
    "MC502": FAULTS["MC503"],
    "MC503": FAULTS["MC502"],
    "MC601": FAULTS["MC602"],
    "MC602": FAULTS["MC601"],
    "MC603": evidence(registration=Registration("Dense", False), is_keras=True),
    "MC604": evidence(registration=Registration("Scale", False)),
    "MC605": evidence(trips=trips(snapshot(), but=[elsewhere(LOST, LOST)])),
    "MC606": _refused("keras", "held", "load"),
    "MC607": _refused("h5", "functional", "load"),
    "MC608": evidence(
        trips=trips(snapshot(), but=[replace(READING, touches=(replace(WORDS, act="write"), OPTIONAL))])
    ),
    "MC701": evidence(
        snapshot(layers=[layer("dense", {"mode": 2}, dtype_policy="float16")]),
        before=snapshot(layers=[layer("dense", {"mode": 1})]),
    ),
}
