"""MC108."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding, Severity
from maskcheck.rules.base.rule import Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import is_user_defined, locate
from maskcheck.rules.base.text import join_names


class ConfigImpure(Rule):
    """get_config or from_config does more than it should.

    What it finds
        Your `get_config` changes a public attribute, gives another config at every
        call, or hands out a list or dict that the layer goes on using. Your
        `from_config` changes the dict that it is given. Or a key of the config
        survives one trip and is another after the second.
        It is a warning, and an error if the original itself computes something else
        after it was saved. What is only handed out, and changed by nobody, is a note.
        Not reported: private attributes that `get_config` sets (a cache), and what
        methods that you inherit from Keras' classes do.

    Why it matters
        Saving must leave a layer alone. Keras asks for the config several times;
        a config that varies, or that was emptied by a first from_config, makes two
        different layers of one.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Blend(keras.layers.Layer):
            def __init__(self, shares, **kwargs):
                super().__init__(**kwargs)
                self.shares = list(shares)

            def call(self, inputs):
                return sum(share * inputs for share in self.shares)

            def get_config(self):
                return {**super().get_config(), "shares": self.shares}
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Blend(keras.layers.Layer):
            def __init__(self, shares, **kwargs):
                super().__init__(**kwargs)
                self.shares = list(shares)

            def call(self, inputs):
                return sum(share * inputs for share in self.shares)

            def get_config(self):
                return {**super().get_config(), "shares": list(self.shares)}
        ```

    Fix
        Return copies: list(x), dict(x), copy.deepcopy(x). Change nothing on self.
        Begin `from_config` with `config = dict(config)` before anything is popped.
    """

    code = "MC108"
    name = "config-impure"
    shown_by = ("config unchanged", "config kept", "layer kept")
    severity = Severity.WARNING
    routes = ("config",)
    needs_arrival = False
    judges_probes = True
    before_verb = "given"

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge methods outside Keras; what Keras' classes do of this is harmless."""
        config = look.evidence.config
        if look.evidence.stability.damaged and (config.mutates or config.aliased):
            names = join_names(config.mutates or config.aliased)
            yield self.finding(
                look,
                config.mutates or config.aliased,
                f"asking for the config changes the layer ({names}): the same call then gives other outputs",
                severity=Severity.ERROR,
                **locate(look.evidence, "get_config"),
            )
            return
        if is_user_defined(look.evidence, "get_config"):
            yield from self._get_config(look)
        if look.trip and look.trip.drifting_keys:
            names = join_names(look.trip.drifting_keys)
            message = f"{names} survives one trip and changes on the second"
            yield self.finding(
                look, look.trip.drifting_keys, message, **locate(look.evidence, "get_config", "__init__")
            )
        if is_user_defined(look.evidence, "from_config") and config.consumed:
            names = join_names(config.consumed)
            yield self.finding(
                look,
                config.consumed,
                f"from_config changes the dict it is given ({names}), so a second layer made from it differs",
                hint="config = dict(config)",
                **locate(look.evidence, "from_config"),
            )

    def _get_config(self, look: Look) -> Iterator[Finding]:
        config, place = look.evidence.config, locate(look.evidence, "get_config")
        public = [name for name in config.mutates if not name.startswith("_")]
        if public:
            yield self.finding(look, public, f"get_config changes {join_names(public)}", **place)
        if config.varies:
            names = join_names(config.varies)
            felt = look.trip is not None and any(name in look.trip.cause for name in config.varies)
            severity = Severity.ERROR if felt else self.severity
            message = f"get_config gives another {names} at every call"
            yield self.finding(look, config.varies, message, severity=severity, **place)
        if config.aliased:
            names = join_names(config.aliased)
            message = (
                f"get_config hands out the layer's own {names}: whoever changes the config changes the layer"
            )
            hint = f'"{config.aliased[0]}": copy.deepcopy(self.{config.aliased[0]})'
            yield self.finding(look, config.aliased, message, severity=Severity.NOTE, hint=hint, **place)
