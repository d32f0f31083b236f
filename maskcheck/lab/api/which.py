"""Which Keras this process checks, read once, as TensorFlow reads it."""

from __future__ import annotations

import os

from maskcheck.source.modules.keras_imports import legacy_in

LEGACY = legacy_in(os.environ)
