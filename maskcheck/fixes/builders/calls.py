"""Edits for layers that cannot be called as Keras calls them."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.changes.behaviour.call_through_base import CallThroughBase
from maskcheck.fixes.changes.behaviour.complete_return import CompleteReturn
from maskcheck.fixes.changes.class_body import RemoveMethod, RenameMethod
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.calls.call_bypassed import CallBypassed
from maskcheck.rules.calls.output_shape_misstated import OutputShapeMisstated
from maskcheck.rules.calls.output_unusable import OutputUnusable
from maskcheck.source.syntax_tree import read_method

_OWN = "__call__"
_SHAPE = "compute_output_shape"


def propose_call(wanted: Wanted) -> Iterator[Edit]:
    """Compute in ``call``, which Keras calls."""
    if read_method(wanted.file, wanted.owner, "call") is None:
        yield wanted.edit("Compute in call() instead of __call__()", RenameMethod(wanted.owner, _OWN, "call"))
        return
    yield wanted.edit("Call the layer through Keras", CallThroughBase(wanted.owner))
    yield wanted.edit("Leave __call__ to Keras", RemoveMethod(wanted.owner, _OWN), safe=False)


def propose_return(wanted: Wanted) -> Iterator[Edit]:
    """Return what ``call`` computes."""
    if wanted.finding.hint:
        yield wanted.edit("Return what call() computes", CompleteReturn(wanted.owner), safe=False)


def propose_inferred_shape(wanted: Wanted) -> Iterator[Edit]:
    """Leave it to Keras to tell the shape of the outputs."""
    if read_method(wanted.file, wanted.owner, _SHAPE):
        yield wanted.edit(f"Leave {_SHAPE} to Keras", RemoveMethod(wanted.owner, _SHAPE), safe=False)


BUILDERS: Builders = {
    CallBypassed.code: propose_call,
    OutputUnusable.code: propose_return,
    OutputShapeMisstated.code: propose_inferred_shape,
}
