"""Differences split into the layer's own and those of Keras' own classes."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.compare.snapshots import AttributeChange, CallChange, Contrast, WeightChange
from maskcheck.compare.values import Difference
from maskcheck.rules.base.keras_losses import is_lost_by_keras, split_by_owner
from maskcheck.rules.base.rule import Look
from tests.rules.evidence import evidence

KNOWN = evidence(lost_by_keras={"inner.hint": "Lossy.hint", "autocast": "Layer.autocast", "w": "Lossy.w"})


def flag(path: str) -> Difference:
    return Difference(path, "value", 1, 2)


def attribute(layer: str, name: str) -> AttributeChange:
    return AttributeChange(layer, name, own=not layer, differences=(flag(name),))


MIXED = Contrast(
    flags=(flag("autocast"), flag("trainable")),
    attributes=(attribute("inner", "hint"), attribute("", "hint")),
    layers=(flag("inner"),),
    weights=(WeightChange("w", None, None), WeightChange("v", None, None)),
    calls=(CallChange("inference", outputs=(flag(""),)),),
    aliases=(frozenset({"a", "b"}),),
)


def test_all_names_must_be_lost_by_keras() -> None:
    assert is_lost_by_keras(KNOWN, ["inner.hint", "autocast"])
    assert not is_lost_by_keras(KNOWN, ["inner.hint", "hint"])


def test_every_difference_has_one_owner() -> None:
    own, by_keras = split_by_owner(KNOWN, MIXED)
    assert [d.path for d in own.flags] == ["trainable"]
    assert [d.path for d in by_keras.flags] == ["autocast"]
    assert [c.path for c in own.attributes] == ["hint"]
    assert [c.path for c in by_keras.attributes] == ["inner.hint"]
    assert ([c.path for c in own.weights], [c.path for c in by_keras.weights]) == (["v"], ["w"])
    assert (own.layers, by_keras.layers) == (MIXED.layers, ())


def test_what_calls_give_is_the_layers_own() -> None:
    own, by_keras = split_by_owner(KNOWN, MIXED)
    assert (own.calls, own.aliases) == (MIXED.calls, MIXED.aliases)
    assert (by_keras.calls, by_keras.aliases) == ((), ())


def test_where_keras_loses_nothing_all_is_the_layers_own() -> None:
    own, by_keras = split_by_owner(replace(KNOWN, lost_by_keras={}), MIXED)
    assert own == MIXED
    assert by_keras.empty


def test_nothing_comes_back_and_nothing_has_an_owner() -> None:
    assert all(part.empty for part in Look(KNOWN).owners)
