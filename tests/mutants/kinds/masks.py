"""A mask that depends on what is lost. The layers hold the host and decide about the mask themselves."""

from __future__ import annotations

from dataclasses import replace

from ..arguments import GAIN
from ..draft import Draft, argument, composite
from ..hosts import WITHOUT_MASKS, Host
from ..kind import Fault, Kind


def _masked_input(host: Host) -> Host | None:
    """Return the host with an input that carries a mask."""
    if not host.wrappable or host.shape is None or len(host.shape) < 3 or host.name in WITHOUT_MASKS:
        return None
    shape = list(host.shape)
    return replace(host, inputs=(("input", f"{{shape: {shape}, mask: {shape[:2]}}}"),))


def _passing(host: Host, value: str, default: str, name: str = "masked") -> Draft | None:
    with_mask = _masked_input(host)
    if with_mask is None:
        return None
    draft = composite(with_mask, argument(name, default, value, "bool"))
    return draft.add(init=(f"self.supports_masking = {name}",))


def _flag(host: Host) -> Fault | None:
    draft = _passing(host, "true", "False")
    return Fault(draft, draft.edit("masked", written=""), ("masked",)) if draft else None


def _flag_off(host: Host) -> Fault | None:
    draft = _passing(host, "false", "True")
    return Fault(draft, draft.edit("masked", written='"no"'), ("masked",)) if draft else None


def _making(host: Host, value: str = "0.3") -> Draft | None:
    if not host.wrappable or host.shape is None:
        return None
    making = (
        "def compute_mask(self, inputs, previous=None):\n"
        "    return keras.ops.greater(inputs, self.least)"
    )
    draft = composite(host, argument("least", "0.0", value, "float"))
    return draft.but(init=("self.supports_masking = True",), methods=(making,))


def _computed(host: Host) -> Fault | None:
    draft = _making(host)
    return Fault(draft, draft.edit("least", written=""), ("least",)) if draft else None


def _latent(host: Host) -> Fault | None:
    draft = _making(host, "")
    return Fault(draft, draft.edit("least", written=""), ("least",)) if draft else None


def _latent_flag(host: Host) -> Fault | None:
    draft = _passing(host, "", "False")
    return Fault(draft, draft.edit("masked", written=""), ("masked",)) if draft else None


def _masked_away(host: Host) -> Fault | None:
    """Let no mask out under a lost argument."""
    with_mask = _masked_input(host)
    if with_mask is None:
        return None
    stopping = (
        "def compute_mask(self, inputs, previous=None):\n    return None if self.stops else previous"
    )
    draft = composite(with_mask, argument("stops", "True", "false", "bool"))
    draft = draft.but(init=("self.supports_masking = True",), methods=(stopping,))
    return Fault(draft, draft.edit("stops", written=""), ("stops",))


def _from_outside(host: Host) -> Fault | None:
    """Have supports_masking set by a method that the config knows nothing of."""
    with_mask = _masked_input(host)
    if with_mask is None:
        return None
    method = "def pass_masks(self):\n    self.supports_masking = True"
    draft = composite(with_mask, GAIN).but(methods=(method,))
    healthy = draft.add(init=("self.supports_masking = True",))
    return Fault(
        healthy, draft.but(extra=(("prepare", "[{method: pass_masks}]"),)), ("supports_masking",)
    )


KINDS = (
    Kind("supports_masking from a lost flag", ("MC101",), _flag),
    Kind("supports_masking from an altered flag", ("MC102",), _flag_off),
    Kind("mask computed from a lost argument", ("MC101",), _computed),
    Kind("mask let through by a lost flag", ("MC101",), _masked_away),
    Kind("supports_masking set from outside", ("MC501",), _from_outside),
    Kind("latent: mask", ("MC101",), _latent),
    Kind("latent: supports_masking", ("MC101",), _latent_flag),
)
