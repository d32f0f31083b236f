"""Which Keras this process checks, read once, as TensorFlow reads it."""

from __future__ import annotations

import os

from maskcheck.source.modules.keras_imports import legacy_by_environment

LEGACY = legacy_by_environment(os.environ)
