"""Edits for what a layer draws or measures, and keeps in attributes that no file holds."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.keras_names import name_keras_in
from maskcheck.fixes.changes.behaviour.seed_draw import SeedDraws
from maskcheck.fixes.changes.weights.make_weight import CountInWeight, HoldAsVariable
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.attributes.attribute_lost import AttributeLost
from maskcheck.rules.attributes.attribute_random import AttributeRandom


def propose_drawn_weight(wanted: Wanted) -> Iterator[Edit]:
    """Hold what is drawn in a variable; else draw with a seed."""
    attribute = wanted.finding.subjects[0]
    keras, imports = name_keras_in(wanted.file)
    if attribute.isidentifier():
        hold = HoldAsVariable(wanted.owner, attribute, keras)
        yield wanted.edit(f"Hold {attribute} in a variable, which files keep", *imports, hold, safe=False)
    yield wanted.edit(f"Draw {attribute} with a seed", SeedDraws(wanted.owner), safe=False)


def propose_counting_weight(wanted: Wanted) -> Iterator[Edit]:
    """Hold a number that calls or methods change in a weight."""
    attribute = wanted.finding.subjects[0].rpartition(".")[2]
    if attribute.isidentifier() and attribute != "input_spec":
        keras, imports = name_keras_in(wanted.file)
        count = CountInWeight(wanted.owner, attribute, keras)
        yield wanted.edit(f"Hold {attribute} in a weight, which files keep", *imports, count, safe=False)


BUILDERS: Builders = {
    AttributeRandom.code: propose_drawn_weight,
    AttributeLost.code: propose_counting_weight,
}
