"""Arguments of their own that extended layers have, one of each plain type."""

from __future__ import annotations

from tests.mutants.draft import Argument, argument
from tests.mutants.hosts import Host

GAIN = argument("gain", "1.0", "0.37", "float", "outputs = outputs * self.gain")
SHIFT = argument("shift", "0.0", "0.25", "float", "outputs = outputs + self.shift")
FLIP = argument("flip", "False", "true", "bool", "if self.flip:", "    outputs = -outputs")
DOUBLED = argument("doubled", "True", "false", "bool", "if self.doubled:", "    outputs = outputs * 2.0")
STEPS = argument("steps", "1", "3", "int", "for _ in range(self.steps):", "    outputs = outputs / 2.0 + 0.1")
ORDER = argument(
    "order",
    "1",
    "3",
    "int",
    "if self.order == 2:",
    "    outputs = outputs + 0.5",
    "elif self.order == 3:",
    "    outputs = outputs - 0.5",
)
STYLE = argument(
    "style",
    '"plain"',
    "halved",
    "str",
    'if self.style == "halved":',
    "    outputs = outputs / 2.0",
    'elif self.style == "squashed":',
    "    outputs = keras.ops.tanh(outputs) + 0.1",
)
OFFSETS = argument(
    "offsets",
    "(0.0, 0.0)",
    "[0.1, 0.4]",
    "tuple[float, ...]",
    "low, high = self.offsets",
    "outputs = outputs * (1.0 - high) + low",
    kept="tuple(offsets)",
)
FACTORS = argument(
    "factors",
    "(1.0,)",
    "[0.5, 3.0]",
    "list[float]",
    "for factor in self.factors:",
    "    outputs = outputs * factor",
    kept="list(factors)",
    written="list(self.factors)",
)
LIMIT = argument(
    "limit",
    "None",
    "0.6",
    "float | None",
    "if self.limit is not None:",
    "    outputs = outputs / (self.limit + keras.ops.abs(outputs)) + 0.1",
)
TABLE = argument(
    "table",
    "None",
    "{low: 0.2, high: 0.7}",
    "dict[str, float] | None",
    'outputs = outputs * self.table.get("high", 1.0) + self.table.get("low", 0.0)',
    kept="dict(table or {})",
    written="dict(self.table)",
)
PENALTY = argument(
    "penalty",
    "0.0",
    "0.3",
    "float",
    "if self.penalty:",
    "    self.add_loss(self.penalty * keras.ops.mean(keras.ops.square(outputs)))",
)
BOOST = argument("boost", "1.0", "1.7", "float", "if training:", "    outputs = outputs * self.boost")
FINISH = argument(
    "finish",
    '"linear"',
    "softplus",
    "str",
    "outputs = self.finish(outputs)",
    kept="keras.activations.get(finish)",
    written="keras.activations.serialize(self.finish)",
)

CUT = argument("cut", "0.0", "0.2", "float", "outputs = outputs * (1.0 - self.cut)")
NOISE_SEED = argument(
    "noise_seed",
    "11",
    "5",
    "int",
    'low, high = np.random.default_rng(self.noise_seed).uniform(size=2).astype("float32")',
    "outputs = outputs * high + low",
)
SHRINK = argument(
    "shrink",
    "None",
    "!object {class: keras.regularizers.L2, init: {l2: 0.2}}",
    "keras.regularizers.Regularizer | None",
    "if self.shrink is not None:",
    "    self.add_loss(self.shrink(outputs))",
    kept="keras.regularizers.get(shrink)",
    written="keras.regularizers.serialize(self.shrink)",
)

PADS = argument(
    "pads",
    "1",
    "2",
    "int",
    "outputs = outputs * self.pads[0] + self.pads[1]",
    kept="(pads, pads) if isinstance(pads, int) else tuple(pads)",
)

PLAIN = (GAIN, STYLE, FLIP, STEPS, OFFSETS, LIMIT, ORDER, FACTORS, DOUBLED, TABLE, SHIFT)


def own_pair(host: Host) -> tuple[Argument, Argument]:
    """Return two arguments of different types, others for other hosts."""
    return PLAIN[host.turn % len(PLAIN)], PLAIN[(host.turn + 3) % len(PLAIN)]
