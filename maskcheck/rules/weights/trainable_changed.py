"""MC305."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.text import join_names


class TrainableChanged(Rule):
    """A frozen weight or sub-layer comes back trainable, or the reverse.

    What it finds
        `trainable` of a sub-layer or of a single weight was changed after the layer
        was made, and the config does not say so.
        `trainable` of the layer itself is MC105.

    Why it matters
        Outputs agree, so it shows only when the training goes on: what was to stay
        fixed, such as a pretrained part, is trained away.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Tuned(keras.layers.Layer):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.dense = keras.layers.Dense(units)

            def build(self, input_shape):
                self.dense.build(input_shape)

            def freeze(self):
                self.dense.trainable = False

            def call(self, inputs):
                return self.dense(inputs)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Tuned(keras.layers.Layer):
            def __init__(self, units, frozen=False, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.frozen = frozen
                self.dense = keras.layers.Dense(units, trainable=not frozen)

            def build(self, input_shape):
                self.dense.build(input_shape)

            def call(self, inputs):
                return self.dense(inputs)

            def get_config(self):
                config = super().get_config()
                config.update({"units": self.units, "frozen": self.frozen})
                return config
        ```

    Fix
        Freeze from an argument that is in the config, in `__init__` or `build`.
    """

    code = "MC305"
    name = "trainable-changed"
    shown_by = ("trainable",)
    routes = CONFIG_ROUTES
    put_back = True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the flags of sub-layers first, then those of single weights."""
        layers = {
            d.path.removesuffix(".trainable"): d for d in look.contrast.flags if d.path.endswith(".trainable")
        }
        weights = {
            change.path: change
            for change in look.contrast.weights
            if change.before
            and change.after
            and change.before.trainable != change.after.trainable
            and change.path.rpartition(".")[0] not in _other_weights(look)
        }
        names = list(layers or weights)
        if not names or _is_thawed_by_keras(look):
            return
        before = {
            **{name: bool(d.before) for name, d in layers.items()},
            **{name: c.before.trainable for name, c in weights.items() if c.before and not layers},
        }
        yield self.finding(
            look,
            names,
            _sentence(join_names(names), set(before.values())),
            before=_flags(before),
            after=_flags({name: not flag for name, flag in before.items()}),
            hint="freeze it in __init__ or build from an argument that get_config writes",
            **locate(look.evidence, "get_config", "__init__"),
        )


def _is_thawed_by_keras(look: Look) -> bool:
    """Tell whether Keras itself loses that the layer was frozen, and its weights with it."""
    return any(difference.path == "trainable" for difference in look.owners.by_keras.flags)


def _other_weights(look: Look) -> set[str]:
    """Return the sub-layers with other weights than before, as quantization and LoRA make them."""
    changes = look.contrast.weights
    other = [c for c in changes if not (c.before and c.after) or c.before.dtype != c.after.dtype]
    return {change.path.rpartition(".")[0] for change in other} - {""}


def _sentence(names: str, before: set[bool]) -> str:
    if before == {True, False}:
        return f"the trainable flags of {names} come back changed"
    was, now = ("trainable", "frozen") if True in before else ("frozen", "trainable")
    return f"{names} was {was} and comes back {now}"


def _flags(trainable: Mapping[str, bool]) -> str:
    if len(set(trainable.values())) == 1:
        return f"trainable={next(iter(trainable.values()))}"
    return ", ".join(f"{name}.trainable={flag}" for name, flag in trainable.items())
