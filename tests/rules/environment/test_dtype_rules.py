"""What a dtype policy makes visible: MC701, and what it leaves to others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from maskcheck.model.evidence import Elsewhere, Evidence, Setting
from maskcheck.model.finding import Severity
from maskcheck.model.snapshot import Snapshot
from tests.judging.judging import found, one, told
from tests.rules.evidence import CONFIG, changed, config, evidence, layer, snapshot, trip, trips
from tests.rules.faults import OTHER

MIXED = snapshot(dtype_policy="mixed_float16")
PLAIN = snapshot(dtype_policy="float32")
SERIALIZED = {"class_name": "DTypePolicy", "config": {"name": "mixed_float16"}}
GLOBAL = Setting("global dtype policy", "mixed_float16", "float32")


def parts(**flags: Any) -> Snapshot:
    return snapshot(layers=[layer("dense", **flags)])


def written(dtype: Any) -> Evidence:
    return evidence(PLAIN, before=MIXED, config=config({**CONFIG, "dtype": dtype}))


def test_a_config_that_names_the_dtype_of_the_weights() -> None:
    finding = one("MC701", written("float32"))
    assert finding.severity is Severity.WARNING
    assert (finding.subject, finding.before, finding.after) == ("dtype", "'mixed_float16'", "'float32'")
    assert "dtype='float32'" in finding.message
    assert told(written("float32")) == [("MC701", "dtype")]


@pytest.mark.parametrize("dtype", ["mixed_float16", SERIALIZED])
def test_a_policy_that_is_written_and_comes_back_otherwise_is_no_matter_of_the_config(dtype: Any) -> None:
    assert found("MC701", written(dtype)) == ()
    assert one("MC105", written(dtype)).subject == "dtype"


def test_a_config_without_a_dtype_is_the_same_loss_in_a_new_process() -> None:
    fresh = replace(trip("fresh", "functional", PLAIN), elsewhere=Elsewhere(MIXED, (GLOBAL,)))
    lost = evidence(before=MIXED, trips=(*trips(MIXED), fresh))
    assert told(lost) == [("MC105", "dtype")]
    assert told(changed(lost, takes_dtype=False)) == [("MC605", "dtype_policy")]
    assert told(changed(lost, config=config({**CONFIG, "dtype": SERIALIZED}))) == [("MC605", "dtype_policy")]


def test_the_policy_of_a_part_explains_the_outputs() -> None:
    after = snapshot(layers=[layer("dense", dtype_policy="float32")], inference=OTHER)
    finding = one("MC701", evidence(after, before=parts(dtype_policy="mixed_float16")))
    assert (finding.subject, finding.severity) == ("dense.dtype_policy", Severity.ERROR)
    assert told(evidence(after, before=parts(dtype_policy="mixed_float16"))) == [
        ("MC701", "dense.dtype_policy")
    ]


@pytest.mark.parametrize(
    ("after", "severity"), [({}, Severity.WARNING), ({"inference": OTHER}, Severity.ERROR)]
)
def test_autocast_of_a_part_is_an_error_where_results_differ(after: Any, severity: Severity) -> None:
    lost = evidence(snapshot(layers=[layer("dense", autocast=True)], **after), before=parts(autocast=False))
    finding = one("MC701", lost)
    assert (finding.subject, finding.severity) == ("dense.autocast", severity)


def test_what_keras_loses_of_its_own_part_is_told_of_nobody() -> None:
    lost = evidence(parts(autocast=True), before=parts(autocast=False))
    assert found("MC701", changed(lost, lost_by_keras={"dense.autocast": "Dense.autocast"})) == ()


def test_autocast_explains_no_weights() -> None:
    after = snapshot(layers=[layer("dense", autocast=True)], weights={"scale": [9.0, 9.0]}, inference=OTHER)
    assert told(evidence(after, before=parts(autocast=False))) == [
        ("MC701", "dense.autocast"),
        ("MC301", "scale"),
    ]


def test_a_part_that_follows_the_policy_of_the_layer_is_no_finding_of_its_own() -> None:
    before, after = (
        snapshot(dtype_policy=policy, layers=[layer("dense", dtype_policy=policy)])
        for policy in ("mixed_float16", "float32")
    )
    lost = evidence(after, before=before, config=config({**CONFIG, "dtype": "float32"}))
    assert told(lost) == [("MC701", "dtype")]
    kept = snapshot(dtype_policy="float32", layers=[layer("dense", dtype_policy="float64")])
    apart = evidence(kept, before=before, config=config({**CONFIG, "dtype": "float32"}))
    assert told(apart) == [("MC701", "dtype"), ("MC701", "dense.dtype_policy")]
