"""MC307."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.model.finding import Finding
from maskcheck.rules.base.rule import WEIGHT_ROUTES, Inconclusive, Look, Rule
from maskcheck.rules.base.source_location import is_user_defined, locate
from maskcheck.rules.base.text import describe_error, join_names, list_deltas
from maskcheck.rules.base.weights import list_weight_changes

_VARIABLES = ("save_own_variables", "load_own_variables")
_ASSETS = ("save_assets", "load_assets")
_BUILD = ("get_build_config", "build_from_config")


class OwnStateAsymmetric(Rule):
    """The layer's own methods to save and to load do not match.

    What it finds
        Your class (or a base of yours) overrides such a method, and something does
        not come back: weights through save_own_variables and load_own_variables,
        attributes through save_assets and load_assets of which one is lacking, or
        the layer cannot be rebuilt through get_build_config and build_from_config.
        Not reported: overridden methods through which all comes back.

    Why it matters
        These methods replace those of Keras, so nothing else saves what they leave
        out. The .h5 format and set_weights go around them and hide the fault.

    Bad
        ```python
        @keras.saving.register_keras_serializable()
        class Affine(keras.layers.Layer):
            def build(self, input_shape):
                shape = (input_shape[-1],)
                self.scale = self.add_weight(name="scale", shape=shape)
                self.shift = self.add_weight(name="shift", shape=shape)

            def call(self, inputs):
                return inputs * self.scale + self.shift

            def save_own_variables(self, store):
                store["scale"] = self.scale.numpy()
                store["shift"] = self.shift.numpy()

            def load_own_variables(self, store):
                self.scale.assign(store["scale"][...])
        ```

    Good
        ```python
        @keras.saving.register_keras_serializable()
        class Affine(keras.layers.Layer):
            def build(self, input_shape):
                shape = (input_shape[-1],)
                self.scale = self.add_weight(name="scale", shape=shape)
                self.shift = self.add_weight(name="shift", shape=shape)

            def call(self, inputs):
                return inputs * self.scale + self.shift

            def save_own_variables(self, store):
                store["scale"] = self.scale.numpy()
                store["shift"] = self.shift.numpy()

            def load_own_variables(self, store):
                self.scale.assign(store["scale"][...])
                self.shift.assign(store["shift"][...])
        ```

    Fix
        Read in the one method everything that the other writes, under the same
        keys, and define both of a pair. Where nothing special is saved, leave
        them out: Keras saves all weights by itself.
    """

    code = "MC307"
    name = "own-state-asymmetric"
    shown_by = ("attribute", "weight", "every weight", "trip raises", "outputs")
    routes = WEIGHT_ROUTES
    needs_arrival = False

    def check(self, look: Look) -> Iterator[Finding | Inconclusive]:
        """Judge layers that override such a method, by what did not come back."""
        failure = look.trip.failure if look.trip else None
        loading = failure is not None and failure.step in ("load", "call") and not look.arrived
        why = describe_error(failure.error) if failure else ""
        lost = [change for change in list_weight_changes(look, "weight") if change.difference]
        if is_user_defined(look.evidence, *_VARIABLES) and (lost or loading):
            names = [change.path for change in lost] or ["load_own_variables"]
            message = (
                f"{join_names(names)} does not come back through save_own_variables and load_own_variables"
            )
            yield self._finding(look, names, message + (f": {why}" if loading else ""), _VARIABLES[::-1])
        elif is_user_defined(look.evidence, *_BUILD) and (loading or (lost and _comes_back_in_a_graph(look))):
            message = "get_build_config and build_from_config do not build the layer that was saved"
            unbuilt = why or "loaded in a subclassed model, its weights are left out"
            yield self._finding(look, "build_config", f"{message}: {unbuilt}", _BUILD)
        elif self._half_a_pair(look) and look.route == "keras" and look.contrast.lost_attributes:
            yield self._assets(look)

    def _half_a_pair(self, look: Look) -> bool:
        return is_user_defined(look.evidence, _ASSETS[0]) != is_user_defined(look.evidence, _ASSETS[1])

    def _assets(self, look: Look) -> Finding:
        there = _ASSETS[0] if is_user_defined(look.evidence, _ASSETS[0]) else _ASSETS[1]
        lacking = next(name for name in _ASSETS if name != there)
        lost = [change for change in look.contrast.lost_attributes if not change.layer]
        names = [change.path for change in lost] or [lacking]
        message = f"{join_names(names)} does not come back: the class has {there} and no {lacking}"
        return self._finding(look, names, message, (there,))

    def _finding(
        self, look: Look, subjects: str | list[str], message: str, methods: tuple[str, ...]
    ) -> Finding:
        figures = list_deltas(c.difference for c in list_weight_changes(look, "weight") if c.difference)
        return self.finding(look, subjects, message, deltas=figures, **locate(look.evidence, *methods))


def _comes_back_in_a_graph(look: Look) -> bool:
    """Tell whether the weights come back where a functional model calls, and so builds, the layer."""
    graphs = [
        Look(look.evidence, trip)
        for trip in look.evidence.trips
        if trip.route == look.route and trip.form == "functional" and trip.after
    ]
    return bool(graphs) and not any(
        c.difference for graph in graphs for c in list_weight_changes(graph, "weight")
    )
