"""A mask that depends on what is lost. The layers hold the host and decide about the mask themselves."""

from __future__ import annotations

from dataclasses import replace

from tests.mutants.arguments import GAIN
from tests.mutants.draft import Draft, argument, composite
from tests.mutants.hosts import WITHOUT_MASKS, Host
from tests.mutants.kind import Fault, Kind

_COMPUTED = """def compute_mask(self, inputs, previous=None):
    return keras.ops.greater(inputs, self.least)"""
_STOPPED = """def compute_mask(self, inputs, previous=None):
    return None if self.stops else previous"""
_SET = "def pass_masks(self):\n    self.supports_masking = True"


def _masked_input(host: Host) -> Host | None:
    """Return the host with an input that carries a mask."""
    if not host.wrappable or host.shape is None or len(host.shape) < 3 or host.name in WITHOUT_MASKS:
        return None
    shape = list(host.shape)
    return replace(host, inputs=(("input", f"{{shape: {shape}, mask: {shape[:2]}}}"),))


def _passing(host: Host, default: str, value: str) -> Draft | None:
    """Return a layer that supports masks if its argument says so."""
    with_mask = _masked_input(host)
    if with_mask is None:
        return None
    draft = composite(with_mask, argument("masked", default, value, "bool"))
    return draft.add(init=("self.supports_masking = masked",))


def _making(host: Host, value: str) -> Draft | None:
    """Return a layer that makes a mask of its inputs."""
    if not host.wrappable or host.shape is None:
        return None
    draft = composite(host, argument("least", "0.0", value, "float"))
    return draft.but(init=("self.supports_masking = True",), methods=(_COMPUTED,))


def _lost(draft: Draft | None, name: str, written: str = "") -> Fault | None:
    return Fault(draft, draft.edit(name, written=written), (name,)) if draft else None


def _flag(host: Host) -> Fault | None:
    return _lost(_passing(host, "False", "true"), "masked")


def _flag_as_text(host: Host) -> Fault | None:
    return _lost(_passing(host, "True", "false"), "masked", "str(self.masked)")


def _latent_flag(host: Host) -> Fault | None:
    return _lost(_passing(host, "False", ""), "masked")


def _computed(host: Host) -> Fault | None:
    return _lost(_making(host, "0.3"), "least")


def _latent(host: Host) -> Fault | None:
    return _lost(_making(host, ""), "least")


def _stopped(host: Host) -> Fault | None:
    with_mask = _masked_input(host)
    if with_mask is None:
        return None
    draft = composite(with_mask, argument("stops", "True", "false", "bool"))
    return _lost(draft.but(init=("self.supports_masking = True",), methods=(_STOPPED,)), "stops")


def _from_outside(host: Host) -> Fault | None:
    with_mask = _masked_input(host)
    if with_mask is None:
        return None
    draft = composite(with_mask, GAIN).but(methods=(_SET,))
    prepared = draft.but(extra=(("prepare", "[{method: pass_masks}]"),))
    return Fault(draft.add(init=("self.supports_masking = True",)), prepared, ("supports_masking",))


KINDS = (
    Kind("supports_masking from a lost flag", ("MC101",), _flag),
    Kind("supports_masking from a flag as text", ("MC102",), _flag_as_text),
    Kind("mask computed from a lost argument", ("MC101",), _computed),
    Kind("mask let through by a lost flag", ("MC101",), _stopped),
    Kind("supports_masking set from outside", ("MC501",), _from_outside),
    Kind("latent: mask", ("MC101",), _latent),
    Kind("latent: supports_masking", ("MC101",), _latent_flag),
)
