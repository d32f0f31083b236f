"""What is said of a fault: who is at fault and where, and lines that can be written as they are."""

from __future__ import annotations

import pytest

from tests.scans.fixture_scan import failed_findings
from tests.scans.test_fixtures import scanned

# The class, the rule, words of the message, words of what to write.
ROOTS = (
    (
        "unbuilt.Inner",
        "MC602",
        "the class has no build(), so that nobody builds dense, out, made in __init__(): alone",
        "def build(self, input_shape):\n    self.dense.build(input_shape)\n"
        "    self.out.build((*input_shape[:-1], self.units))",
    ),
    (
        "unbuilt.Outer",
        "MC602",
        "build() does not build block.dense, block.out, made in __init__()",
        "self.block.build(input_shape)\n# in Inner:\ndef build(self, input_shape):",
    ),
    (
        "unbuilt.SharedTrunk",
        "MC602",
        "build() does not build towers[0].layers[0], towers[0].layers[1], towers[0].layers[2], made in build",
        "for layer in self.towers:\n    layer.build(input_shape)",
    ),
    (
        "unbuilt.AttendsTo",
        "MC602",
        "nobody builds _attention, __norm, made in __init__()",
        "def build(self, query_shape, context_shape):\n"
        "    self._attention.build(query_shape=query_shape, value_shape=context_shape)\n"
        "    self.__norm.build(query_shape)",
    ),
    ("unbuilt.SumsTwo", "MC602", "does not build right,", "self.right.build(input_shape[1])"),
    (
        "unbuilt.PatchesOfImages",
        "MC602",
        "nobody builds conv, mlp.layers[0], mlp.layers[1], made in __init__()",
        "self.mlp.build((None, 16, self.units))",
    ),
    (
        "unbuilt.PlainModel",
        "MC602",
        "build() does not build hidden, made in build(): a file that is read has no place for the weights",
        "self.hidden.build(input_shape)",
    ),
    (
        "unbuilt.PlainModel",
        "MC105",
        "of the base class does not survive",
        'return {**super().get_config(), "units": self.units, "name": self.name}',
    ),
    (
        "unbuilt.StatesItsOutput",
        "MC602",
        "build() does not build dense, made in build(): a file that is read has no place for the weights",
        "self.dense.build(input_shape)",
    ),
    ("partners.NeedsNorm", "MC101", "use_norm never reaches the config", '"use_norm": self.use_norm'),
    (
        "partners.MeasuresAndRemembers",
        "MC201",
        "_ready, which calls set, comes back False: the next inference call overwrites scale",
        "make _ready a weight: self.add_weight(",
    ),
    (
        "partners.HoldsMeasuring",
        "MC201",
        "inner._ready, which calls set, comes back False: the next inference call overwrites inner.scale",
        "make _ready a weight of MeasuresAndRemembers: self.add_weight(",
    ),
    ("unbuilt.CountsRows", "MC409", "no functional model can hold it: TypeError: float() argument", ""),
    ("unbuilt.StacksRows", "MC409", "Iterating over a symbolic", ""),
    (
        "optional_inputs.Conditioned",
        "MC602",
        "build() does not build scale, made in __init__()",
        "def build(self, inputs_shape, condition_shape=None):\n    self.dense.build(inputs_shape)\n"
        "    if condition_shape is not None:\n        self.scale.build(condition_shape)",
    ),
    (
        "refused.TakesNoneOfTheBase",
        "MC103",
        "__init__ does not take name, trainable, dtype, which the config has from super().get_config()",
        "def __init__(self, gain=2.0, **kwargs):\n    super().__init__(**kwargs)",
    ),
    (
        "refused.TakesTheNameAlone",
        "MC103",
        "__init__ does not take trainable, dtype,",
        "def __init__(self, units=3, name=None, **kwargs):\n    super().__init__(name=name, **kwargs)",
    ),
    (
        "refused.HandsItsArgumentsToAPart",
        "MC105",
        "**kwargs of __init__ go to dense alone, so that super().__init__ never gets name, trainable",
        "def __init__(self, gain=2.0, *, name=None, trainable=True, dtype=None, **kwargs):\n"
        "    super().__init__(name=name, trainable=trainable, dtype=dtype)",
    ),
    (
        "refused.Bounded",
        "MC103",
        "Within, a constraint, does not take kind, which its own config has",
        'leave "kind" out of what get_config of Within returns',
    ),
    (
        "refused.HoldsADoubling",
        "MC103",
        "Doubling, a layer, needs times, which its config leaves out",
        '"times": self.times',
    ),
    (
        "refused.JoinsShapes",
        "MC103",
        "build() is given its shapes as lists when a file is loaded, where it needs tuples: TypeError: ",
        "input_shape = {key: tuple(shape) for key, shape in input_shape.items()}",
    ),
    (
        "refused.NeedsATuple",
        "MC103",
        "sizes comes back as a list, where a tuple is needed: TypeError: ",
        "sizes = tuple(sizes) if isinstance(sizes, list) else sizes",
    ),
    (
        "refused.AddsItsLayers",
        "MC103",
        "__init__ adds the layers of the model, and from_config adds those of the config again",
        'return {"name": self.name, "trainable": self.trainable, "widths": self.widths}',
    ),
    (
        "hidden.TakesTrainableOut",
        "MC105",
        "trainable of the base class",
        'keep "trainable" in: return {key:',
    ),
    (
        "hidden.FrontedWords",
        "MC102",
        "words does not come back as given: get_config writes it with '[UNK]' in front",
        '"words": self.lookup.get_vocabulary(include_special_tokens=False)',
    ),
    (
        "hidden.HeldByAFunction",
        "MC304",
        "Keras does not see twice.block, a Dense that only a function holds, so its weights are in no file",
        "hold the layer in an attribute",
    ),
    (
        "hidden.KeepsALayerUnderTheName",
        "MC103",
        "drop is a layer in the config: __init__ keeps one under the argument's name",
        '"drop": self.drop.rate',
    ),
    (
        "hidden.RegularizesItsPart",
        "MC101",
        "activity_regularizer never reaches the config",
        "self.dense.activity_regularizer",
    ),
    (
        "hidden.ScalesADense",
        "MC602",
        "scale is in no file: the class of Keras that this one derives from saves a fixed list",
        "hold a layer of that class instead of deriving from it",
    ),
)


@pytest.mark.parametrize(("name", "rule", "words", "hint"), ROOTS, ids=lambda value: str(value)[:30])
def test_the_root_is_told_with_what_to_write(name: str, rule: str, words: str, hint: str) -> None:
    (finding,) = (f for f in failed_findings(scanned("cases").layers[name]) if f["rule"] == rule)
    assert words in finding["message"]
    assert hint in finding.get("hint", "")
