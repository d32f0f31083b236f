"""maskcheck proves that Keras layers survive being saved and loaded, or says what is lost.

``check`` and ``assert_round_trip`` take a layer or a class in the caller's own process,
``scan``, ``fix`` and ``repro`` do what the commands do. Importing maskcheck imports neither TensorFlow
nor Keras.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from maskcheck.version import VERSION

if TYPE_CHECKING:
    from maskcheck.api.check import assert_round_trip, check
    from maskcheck.api.fix import fix
    from maskcheck.api.reports import LayerReport, Report
    from maskcheck.api.repro import repro
    from maskcheck.api.scan import scan
    from maskcheck.errors import MaskcheckError

__version__ = VERSION
__all__ = [
    "LayerReport",
    "MaskcheckError",
    "Report",
    "__version__",
    "assert_round_trip",
    "check",
    "fix",
    "repro",
    "scan",
]

_HOMES = {
    "LayerReport": "maskcheck.api.reports",
    "MaskcheckError": "maskcheck.errors",
    "Report": "maskcheck.api.reports",
    "assert_round_trip": "maskcheck.api.check",
    "check": "maskcheck.api.check",
    "fix": "maskcheck.api.fix",
    "repro": "maskcheck.api.repro",
    "scan": "maskcheck.api.scan",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for, so that the command does not import it for nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
