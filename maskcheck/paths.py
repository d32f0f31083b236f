"""Where the package lies."""

from __future__ import annotations

import os

PACKAGE = os.path.dirname(os.path.realpath(__file__))
