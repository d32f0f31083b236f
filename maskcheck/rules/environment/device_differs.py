"""MC702."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import LAYER_ROUTES, Inconclusive, Look, NotApplicable, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import describe_outputs, list_deltas


class DeviceDiffers(Rule):
    """The layer behaves otherwise once it is restored on another device.

    What it finds
        With `--cross-device`, what is built and saved on one device and restored on
        another gives other outputs, masks, losses or gradients there, beyond what
        rounding does on accelerators (1e-4 relative, 1e-5 absolute; nothing between
        CPUs). Restored on the device that it comes from, it is the same, so the
        device decides: a fast path of its own, or an op that computes otherwise.
        Skipped where no layer is carried from device to device.

    Why it matters
        A model that is trained on a GPU and served on CPUs predicts something else
        there, and no test on one machine shows it.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Gelu(keras.layers.Layer):
            def call(self, inputs):
                on_gpu = "GPU" in getattr(inputs, "device", "")
                return keras.ops.gelu(inputs, approximate=on_gpu)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Gelu(keras.layers.Layer):
            def call(self, inputs):
                return keras.ops.gelu(inputs, approximate=True)
        ```

    Fix
        Compute the same everywhere; what may differ for the sake of speed is an
        argument that is in the config.
    """

    code = "MC702"
    name = "device-differs"
    no_script = "it shows only on another device"
    routes = LAYER_ROUTES

    def check(self, look: Look) -> Iterator[Finding | Inconclusive | NotApplicable]:
        """Judge all that a call gives where only the device differs from a trip that changes nothing."""
        if not look.evidence.crossed:
            yield NotApplicable("not carried from device to device")
            return
        if not look.has_stable_call:
            yield Inconclusive("two equal calls of the original differ")
            return
        changed = [call for call in look.contrast.calls if call.differs]
        if changed:
            sentences = dict.fromkeys(
                describe_outputs(call) or f"the {call.mode} call differs" for call in changed
            )
            yield self.finding(
                look,
                "outputs",
                f"carried from {look.evidence.crossed}, {'; '.join(sentences)}; on one device they agree",
                deltas=list_deltas(d for call in changed for d in call.outputs),
                **locate(look.evidence, "call"),
            )
