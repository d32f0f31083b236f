"""Correct layers that look as if something were lost."""

from __future__ import annotations

from collections.abc import Callable

from tests.mutants.arguments import GAIN, OFFSETS, PADS, SHIFT
from tests.mutants.draft import Draft, composite, extended, subclass
from tests.mutants.hosts import Host


def _left_out_at_default(host: Host) -> Draft:
    written = ("if self.gain != 1.0:", '    config["gain"] = self.gain')
    return extended(host, GAIN, SHIFT).edit("gain", written="", value="").add(config=written)


def _left_out_unless_given(host: Host) -> Draft:
    return _left_out_at_default(host).edit("gain", value="0.37")


def _under_other_names(host: Host) -> Draft:
    effect = ("outputs = outputs * (1.0 - self.high) + self.low",)
    draft = extended(host, OFFSETS).edit("offsets", kept="", written="[self.low, self.high]", effect=effect)
    return draft.add(init=("self.low, self.high = offsets",))


def _normalised(host: Host) -> Draft:
    return extended(host, PADS)


def _old_name_read(host: Host) -> Draft:
    lines = (
        "config = dict(config)",
        'if "scaling" in config:',
        '    config["gain"] = config.pop("scaling")',
        "return super().from_config(config)",
    )
    return subclass(host, GAIN).but(from_config=lines)


def _counting_calls(host: Host) -> Draft:
    return extended(host, GAIN).add(init=("self._calls = 0",), call=("self._calls += 1",))


def _random_in_training(host: Host) -> Draft | None:
    if not host.wrappable:
        return None
    noisy = ("self.after = keras.layers.GaussianNoise(0.3, seed=5)",)
    call = ("outputs = self.after(outputs, training=training)",)
    return composite(host, GAIN).but(init=noisy, call=call, signature=("training=None",))


def _call_alone(host: Host) -> Draft:
    """Return a subclass that leaves all to its parent but the call."""
    return subclass(host).but(plain=True, call=("outputs = outputs * 1.0",))


CONTROLS: tuple[Callable[[Host], Draft | None], ...] = (
    _left_out_at_default,
    _left_out_unless_given,
    _under_other_names,
    _normalised,
    _old_name_read,
    _counting_calls,
    _random_in_training,
    _call_alone,
)
