"""MC204."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.values import Difference
from maskcheck.model.finding import Finding
from maskcheck.model.show import show
from maskcheck.rules.base.dtypes import POLICY
from maskcheck.rules.base.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.sublayers import group_by_sublayer, is_policy_only
from maskcheck.rules.base.text import join_names

# Stands in the name of the policy of a layer that was quantized.
_QUANTIZED = "_from_"
_HINT = 'config["{0}_dtype"] = keras.dtype_policies.serialize(self.{0}.dtype_policy)\n# and make {0} with it'


class SublayerChanged(Rule):
    """A sub-layer comes back with other settings, or not at all.

    What it finds
        A layer inside the layer was exchanged, added, removed or changed after it
        was made, and the config does not say so: the restored one has what
        `__init__` gives it. Its public attributes, dtype policy, activity
        regularizer and input_spec are compared.
        Not reported: names of sub-layers, their private attributes, and what has
        a rule of its own: class (MC109), trainable (MC305), masks (MC501), and dtype
        policies where nothing else changed (MC701). Nor what
        a sub-layer of Keras' own loses of its arguments when it travels alone.

    Why it matters
        The restored layer computes as if the change had never been made.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Head(keras.layers.Layer):
            def __init__(self, units, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.dense = keras.layers.Dense(units)

            def build(self, input_shape):
                self.dense.build(input_shape)

            def squash(self):
                self.dense.activation = keras.activations.tanh

            def call(self, inputs):
                return self.dense(inputs)
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Head(keras.layers.Layer):
            def __init__(self, units, squashed=False, **kwargs):
                super().__init__(**kwargs)
                self.units = units
                self.squashed = squashed
                activation = "tanh" if squashed else None
                self.dense = keras.layers.Dense(units, activation=activation)

            def build(self, input_shape):
                self.dense.build(input_shape)

            def call(self, inputs):
                return self.dense(inputs)

            def get_config(self):
                config = super().get_config()
                config.update({"units": self.units, "squashed": self.squashed})
                return config
        ```

    Fix
        Make the setting an argument, hand it on in `__init__`, and write it to the
        config. If callers may exchange the sub-layer, write the sub-layer itself
        with `keras.layers.serialize`.
    """

    code = "MC204"
    name = "sublayer-changed"
    shown_by = ("attribute", "outputs", "number", "types", "trip raises")
    routes = CONFIG_ROUTES
    put_back = True

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge attributes and flags of sub-layers, and their presence."""
        for paths, difference in _list_changes(look):
            whole = difference in look.contrast.layers
            path = join_names(paths)
            quantized = "" if whole else _find_quantized(look, paths[0].rpartition(".")[0])
            otherwise = f"{path} comes back otherwise"
            cause = "changed after the layer was made, or in no config"
            message = f"{otherwise}: {cause}"
            if whole:
                message = f"the sub-layer {path} {'is gone' if difference.kind == 'missing' else 'is new'}"
            elif quantized:
                message = f"{quantized} was quantized, and its dtype policy is in no config: {otherwise}"
            yield self.finding(
                look,
                paths,
                message,
                before=show(difference.before),
                after=show(difference.after),
                hint=_HINT.format(quantized) if quantized.isidentifier() else "",
                **locate(look.evidence, "get_config"),
            )


def _find_quantized(look: Look, path: str) -> str:
    """Return the path of a sub-layer that was quantized and comes back as if it never was, else ""."""
    before, after = look.evidence.before, look.trip.after if look.trip else None
    states = [shot.layers.get(path) for shot in (before, after) if shot]
    policies = [str(state.flags.get(POLICY)) if state else "" for state in states]
    return path if len(policies) == 2 and _QUANTIZED in policies[0] and _QUANTIZED not in policies[1] else ""


def _list_changes(look: Look) -> Iterator[tuple[list[str], Difference]]:
    """Yield each sub-layer with all that changed about it, and each that came or went."""
    for changes in (changes for found in look.owners for changes in group_by_sublayer(look, found)):
        if not is_policy_only(changes):
            yield [path for path, _ in changes], changes[0][1]
    for difference in look.contrast.layers:
        yield [difference.path], difference
