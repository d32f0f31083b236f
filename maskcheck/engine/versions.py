"""Versions of the packages that a scan needs, without importing them."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version

from maskcheck.version import VERSION


def installed_versions() -> dict[str, str]:
    """Return the versions of maskcheck, python, tensorflow, keras and numpy; "" for one not installed."""
    versions = {"maskcheck": VERSION, "python": platform.python_version()}
    return versions | {name: installed_version(name) for name in ("tensorflow", "keras", "numpy")}


def installed_version(name: str) -> str:
    """Return the version of one package, "" if it is not installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
