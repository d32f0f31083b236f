"""The checks of scripts by name: what each asserts, on which trips, and what it needs of the layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from maskcheck.reproduction.script.blocks import Block
from maskcheck.reproduction.script.call_assertions import (
    assert_layer_kept,
    assert_losses,
    assert_masks,
    assert_outputs,
    assert_passed_masks,
    assert_shapes,
    assert_training,
)
from maskcheck.reproduction.script.config_assertions import (
    assert_apart,
    assert_attribute,
    assert_base,
    assert_class,
    assert_config_kept,
    assert_config_unchanged,
    assert_copied_config,
    assert_key,
    assert_one,
    assert_policy,
    assert_value,
)
from maskcheck.reproduction.script.fresh_process import assert_fresh
from maskcheck.reproduction.script.request import Request
from maskcheck.reproduction.script.weight_assertions import (
    assert_compiled,
    assert_every_weight,
    assert_number,
    assert_trainable,
    assert_types,
    assert_weights,
    compile_model,
    freeze_layer,
)


@dataclass(frozen=True)
class Check:
    """One way to show a loss; ``lines`` writes the assertion.

    ``before`` writes what is noted before the trip. ``trips`` are those on which it can be seen, none
    where it takes no trip; ``values`` tells whether weights must have values of their own, and be
    carried by what carries the config only. ``raises`` is what may not raise, "" where something is compared.
    """

    lines: Callable[[Request], Block]
    trips: tuple[str, ...] = ()
    values: bool = False
    raises: str = ""
    before: Callable[[Request], Block] = lambda _: Block()


def _nothing(_: Request) -> Block:
    return Block()


_ALL = ("config", "keras", "deepcopy", "held", "weights", "clone", "json", "h5", "pickle", "tf-checkpoint")
_FILES = tuple(name for name in _ALL if name != "config")

CHECKS: Mapping[str, Check] = {
    "key": Check(assert_key),
    "value": Check(assert_value),
    "copied config": Check(assert_copied_config, _ALL),
    "attribute": Check(assert_attribute, _ALL),
    "policy": Check(assert_policy, _ALL),
    "base": Check(assert_base, _ALL, before=freeze_layer),
    "class": Check(assert_class, _ALL),
    "outputs": Check(assert_outputs, (*_ALL, "export"), values=True),
    "shapes": Check(assert_shapes, (*_ALL, "export"), values=True),
    "losses": Check(assert_losses, _ALL, values=True),
    "training": Check(assert_training, _ALL, values=True),
    "weight": Check(assert_weights, _FILES, values=True),
    "every weight": Check(assert_every_weight, _FILES, values=True),
    "number": Check(assert_number, _ALL),
    "trainable": Check(assert_trainable, _ALL, before=freeze_layer),
    "types": Check(assert_types, _ALL),
    "apart": Check(assert_apart, ("plain",)),
    "one": Check(assert_one, _ALL),
    "mask": Check(assert_masks, _ALL),
    "passed mask": Check(assert_passed_masks, _ALL),
    "compiled": Check(assert_compiled, ("keras",), before=compile_model),
    "config unchanged": Check(assert_config_unchanged),
    "config kept": Check(assert_config_kept),
    "layer kept": Check(assert_layer_kept),
    "fresh process": Check(assert_fresh, values=True),
    "trip raises": Check(_nothing, ("plain", *_ALL, "export"), raises="the way back"),
    "call raises": Check(_nothing, raises="the call"),
    "construction raises": Check(_nothing, raises="the constructor"),
}
