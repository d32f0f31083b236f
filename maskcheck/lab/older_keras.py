"""What older versions of Keras lack; nothing else in the lab asks for versions."""

from __future__ import annotations

from typing import Any

import keras

# Policies by sub-layer came with Keras 3.4; before, nothing is an instance of ().
POLICY_MAPS: tuple[type[Any], ...] = (
    (keras.dtype_policies.DTypePolicyMap,) if hasattr(keras.dtype_policies, "DTypePolicyMap") else ()
)
