"""Which Keras this process checks, read once, as TensorFlow reads it."""

from __future__ import annotations

import os

LEGACY = os.environ.get("TF_USE_LEGACY_KERAS", "").lower() in ("1", "true")
