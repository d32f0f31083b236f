"""A healthy layer for ``maskcheck doctor``: where it fails, the installation is at fault."""

from __future__ import annotations

from typing import Any

from tensorflow import keras


@keras.utils.register_keras_serializable(package="maskcheck")
class MaskedMean(keras.layers.Layer):  # type: ignore[misc]
    """The weighted mean over the steps that the mask shows."""

    def __init__(self, scale: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scale = scale
        self.supports_masking = True

    def build(self, input_shape: Any) -> None:
        """Make a weight for each feature."""
        self.kernel = self.add_weight(name="kernel", shape=(input_shape[-1],), initializer="ones")
        self.built = True

    def call(self, inputs: Any, mask: Any = None) -> Any:
        """Return the means, shape (batch, features), of ``inputs``, shape (batch, steps, features)."""
        weighted = inputs * self.kernel * self.scale
        if mask is None:
            return keras.backend.mean(weighted, axis=1)
        shown = keras.backend.expand_dims(keras.backend.cast(mask, inputs.dtype))
        return keras.backend.sum(weighted * shown, axis=1) / (keras.backend.sum(shown, axis=1) + 1e-6)

    def compute_mask(self, inputs: Any, mask: Any = None) -> Any:
        """Return None: no steps are left to hide."""
        return None

    def get_config(self) -> dict[str, Any]:
        """Return the config with the scale in it."""
        return {**super().get_config(), "scale": self.scale}
