"""A spec file to the Spec that it describes."""

from __future__ import annotations

from maskcheck.errors import SpecError
from maskcheck.model.case import Mark, Spec
from maskcheck.spec.compose import compose
from maskcheck.spec.fields import read_fields, read_pairs
from maskcheck.spec.layers import read_layer
from maskcheck.spec.nodes import Node, ScalarNode, describe, fault
from maskcheck.spec.reading import read_text

VERSION = 1
_START = f"start the file with version: {VERSION}"


def load_spec(path: str) -> Spec:
    """Return the spec in the file at ``path``; nothing that it names is imported.

    Raises:
        SpecError: the file cannot be read or is not a valid spec; says where and what
            to write instead.
    """
    return parse_spec(read_text(path), path)


def parse_spec(text: str, path: str) -> Spec:
    """Return the spec that ``text`` holds; ``path`` is the file that errors name.

    Raises:
        SpecError: it is not a valid spec; says where and what to write instead.
    """
    root = check_version(compose(text, path), path, "the spec")
    fields = read_fields(root, "the spec", ("version", "layers"))
    if "layers" not in fields:
        raise fault(root, "the spec has no 'layers'", "write layers: and below it the classes")
    layers = read_pairs(fields["layers"].value, "'layers'", "write the classes below it, indented")
    if not layers:
        raise fault(fields["layers"].value, "'layers' is empty", "write the classes below it, indented")
    return Spec(path=path, layers=tuple(read_layer(name, pair) for name, pair in layers.items()))


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
        raise fault(root, f"{what} has no 'version'", _START)
    version = pairs["version"].value
    given = version.value if isinstance(version, ScalarNode) and not version.tag else None
    if type(given) is not int:
        raise fault(version, f"'version' must be the number {VERSION}, not {describe(version)}", _START)
    if given != VERSION:
        raise fault(version, f"version {given} of {what} is not known here", f"write version: {VERSION}")
    return root
