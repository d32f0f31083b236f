"""MC701."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.compare.values import Difference
from maskcheck.model.finding import Finding, Severity
from maskcheck.model.show import show
from maskcheck.rules.base.dtypes import POLICY, find_other_policy
from maskcheck.rules.base.rule import CONFIG_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import locate
from maskcheck.rules.base.sublayers import group_by_sublayer, is_policy_only
from maskcheck.rules.base.text import join_names

_BY_KERAS = ": Keras' own get_config never writes it, so every layer that has one loses it"


class DtypeBehaviourChanged(Rule):
    """The restored layer, or a part of it, computes in another dtype.

    What it finds
        The config names another dtype policy than that of the layer: `self.dtype` is
        the dtype of its weights, which under mixed_float16 is not the one that it
        computes in. Or a sub-layer comes back under another policy. Or `autocast`,
        which says whether inputs are cast to the compute dtype, differs.
        A lost `autocast` is a warning where the argument goes to Keras' base class,
        whose `get_config` never writes it, so that every layer with one of its own
        loses it. It is a note, shown with -v, where only maskcheck asked for
        autocast=False, and an error where your class has an `autocast` of its own.
        All else is an error where a call gives something else, or a weight
        has another dtype, and a warning where nothing follows from it.
        Most of it shows under a dtype policy only: scan with --dtypes mixed_float16.

    Why it matters
        A mixed precision layer computes in full, or rounds what it should not, and
        runs slower or less exactly than the one that was trained.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __init__(self, factor, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

            def get_config(self):
                config = super().get_config()
                config.update({"factor": self.factor, "dtype": self.dtype})
                return config
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Scale(keras.layers.Layer):
            def __init__(self, factor, **kwargs):
                super().__init__(**kwargs)
                self.factor = factor

            def call(self, inputs):
                return inputs * self.factor

            def get_config(self):
                config = super().get_config()
                config.update({"factor": self.factor, "autocast": self.autocast})
                return config
        ```

    Fix
        Leave the entry `dtype` as `super().get_config()` writes it, and hand
        `dtype=self.dtype_policy` to the layers that yours makes. Write `autocast` to
        the config if the layer is used with autocast=False.
    """

    code = "MC701"
    name = "dtype-behaviour-changed"
    shown_by = ("policy", "shapes", "types")
    routes = CONFIG_ROUTES
    judges_probes = True

    def explains(self, finding: Finding) -> bool:
        """What autocast changes needs no other reason, Keras' own fault though it may be."""
        return True

    def shows_in_calls_only(self, finding: Finding) -> bool:
        """Autocast decides how inputs are cast, and nothing else."""
        return all(name.endswith("autocast") for name in finding.subjects)

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge the policy that the config names, those of sub-layers, and autocast on all of them."""
        yield from self._named(look)
        yield from self._autocast(look)
        for lost in _parts(look):
            paths = [difference.path for difference in lost]
            yield self._finding(
                look,
                paths,
                f"{join_names(paths)} comes back otherwise: the parts of the layer compute in another dtype",
                lost[0],
                severity=_severity(look),
            )

    def _named(self, look: Look) -> Iterator[Finding]:
        named = find_other_policy(look.evidence)
        for difference in look.contrast.flags:
            if named and difference.path == POLICY:
                message = f"the config says dtype={named!r}, and the dtype policy of the layer is another"
                hint = "config = super().get_config()  # and leave its entry dtype as it is"
                yield self._finding(look, "dtype", message, difference, severity=_severity(look), hint=hint)

    def _autocast(self, look: Look) -> Iterator[Finding]:
        own = any(a.name == "autocast" and not a.base for a in look.evidence.facts.arguments)
        usual = Severity.NOTE if look.evidence.lost_traces else Severity.WARNING
        for difference in look.contrast.flags:
            if difference.path == "autocast":
                yield self._finding(
                    look,
                    "autocast",
                    f"autocast does not come back{'' if own else _BY_KERAS}",
                    difference,
                    severity=Severity.ERROR if own else usual,
                    hint='config.update({"autocast": self.autocast})',
                )

    def _finding(
        self,
        look: Look,
        subjects: str | list[str],
        message: str,
        difference: Difference,
        *,
        severity: Severity,
        hint: str = "",
    ) -> Finding:
        sides = {"before": show(difference.before), "after": show(difference.after)}
        place = locate(look.evidence, "get_config")
        return self.finding(look, subjects, message, severity=severity, hint=hint, **sides, **place)


def _severity(look: Look) -> Severity:
    """Return how much it matters: where all calls give the same, and weights stay the same, not much."""
    return Severity.ERROR if look.contrast.behaviour or look.contrast.weights else Severity.WARNING


def _parts(look: Look) -> list[list[Difference]]:
    """Return what changed about the dtypes of sub-layers; what Keras itself loses comes apart.

    A part whose policy was the layer's own, and still is, only follows it.
    """
    followed = [(d.before, d.after) for d in look.contrast.flags if d.path == POLICY]
    groups = [
        [
            *(
                difference
                for changes in group_by_sublayer(look, found)
                if is_policy_only(changes)
                for _, difference in changes
                if (difference.before, difference.after) not in followed
            ),
            *(d for d in found.flags if d.path.endswith(".autocast")),
        ]
        for found in look.owners
    ]
    return [group for group in groups if group]
