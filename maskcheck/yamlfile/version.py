"""The version with which every file that people write begins."""

from __future__ import annotations

from maskcheck.errors import SpecError
from maskcheck.model.case import Mark
from maskcheck.yamlfile.fields import read_pairs
from maskcheck.yamlfile.nodes import Node, ScalarNode, describe_node, error_at

VERSION = 1
_START = f"start the file with version: {VERSION}"


def check_version(root: Node | None, path: str, what: str) -> Node:
    """Return the whole of a file, of ``what``, if it is of the version that is known here.

    Raises:
        SpecError: it is empty, or of another version.
    """
    if root is None or (isinstance(root, ScalarNode) and root.value is None):
        raise SpecError(f"{what} is empty", mark=Mark(path, 1), hint=_START)
    # before all other keys: another version may know them
    pairs = read_pairs(root, what, _START)
    if "version" not in pairs:
        raise error_at(root, f"{what} has no 'version'", _START)
    version = pairs["version"].value
    given = version.value if isinstance(version, ScalarNode) and not version.tag else None
    if type(given) is not int:
        raise error_at(
            version, f"'version' must be the number {VERSION}, not {describe_node(version)}", _START
        )
    if given != VERSION:
        raise error_at(version, f"version {given} of {what} is not known here", f"write version: {VERSION}")
    return root
