"""MC107: what JSON makes of types."""

from __future__ import annotations

import numpy as np
import pytest

from maskcheck.model.finding import Severity
from maskcheck.model.value import FunctionValue
from tests.judging.judging import found, one, told
from tests.rules.evidence import argument, evidence, layer, snapshot
from tests.rules.faults import OTHER


@pytest.mark.parametrize(
    ("before", "after", "form", "hint"),
    [
        ((3, 3), [3, 3], "as a list instead of a tuple", "self.size = tuple(size)"),
        (
            {0: 1.0},
            {"0": 1.0},
            "with its keys turned into text",
            "{int(key): value for key, value in size.items()}",
        ),
        (np.array([1, 2]), [1, 2], "in another type", ""),
        (
            FunctionValue("pkg.gelu", "a1"),
            {"module": "pkg", "class_name": "function", "config": "gelu"},
            "as the dict that describes it",
            'config = {**config, "size": keras.saving.deserialize_keras_object(config["size"])}',
        ),
    ],
)
def test_forms_of_drift(before: object, after: object, form: str, hint: str) -> None:
    finding = one("MC107", evidence(snapshot({"size": after}), before=snapshot({"size": before})))
    lists = Severity.NOTE if isinstance(after, list) and isinstance(before, tuple) else Severity.WARNING
    assert (finding.subject, finding.severity) == ("size", lists)
    assert form in finding.message
    assert hint in finding.hint


def test_drift_is_an_error_once_a_call_differs() -> None:
    before, after = snapshot({"size": (3, 3)}), snapshot({"size": [3, 3]}, inference=OTHER)
    assert one("MC107", evidence(after, before=before)).severity is Severity.ERROR
    assert told(evidence(after, before=before)) == [("MC107", "size")]
    order = {"a": 1, "b": 2}, {"b": 2, "a": 1}
    shuffled = evidence(snapshot({"size": order[1]}, inference=OTHER), before=snapshot({"size": order[0]}))
    assert "in another order" in one("MC107", shuffled).message


def test_drift_of_private_attributes_counts_where_an_argument_flows_in() -> None:
    before, after = snapshot({"_size": (3,)}), snapshot({"_size": [3]})
    assert found("MC107", evidence(after, before=before)) == ()
    fed = evidence(after, before=before, arguments=(argument("size", (3,), (1,), "_size"),))
    assert one("MC107", fed).subject == "size"


def test_drift_of_what_is_drawn_anew_is_no_drift() -> None:
    before, after, control = (snapshot({"size": size}) for size in ((3,), [3], (4,)))
    assert found("MC107", evidence(after, before=before, built_again=control)) == ()


@pytest.mark.parametrize(("own", "subjects"), [(False, []), (True, ["dense.size"])])
def test_drift_on_sub_layers_counts_where_the_class_is_not_keras_own(own: bool, subjects: list[str]) -> None:
    before, after = (snapshot(layers=[layer("dense", {"size": size}, own=own)]) for size in ((3,), [3]))
    assert [finding.subject for finding in found("MC107", evidence(after, before=before))] == subjects


def test_array_that_from_config_hands_on_as_it_is_written() -> None:
    written = {"class_name": "__numpy__", "config": {"value": [1.0], "dtype": "float32"}}
    before = snapshot({"size": np.array([1.0])})
    after = snapshot({"size": np.array(None)}, inference=OTHER)
    size = argument("size", [1.0])
    finding = one("MC107", evidence(after, before=before, arguments=(size,), rebuilt={"size": written}))
    assert (finding.subject, finding.severity) == ("size", Severity.ERROR)
    assert "as the dict that describes it" in finding.message
    assert "deserialize_keras_object" in finding.hint
