"""A spec file to the Spec that it describes."""

from __future__ import annotations

from maskcheck.model.case import Spec
from maskcheck.specfile.read.layers import read_layer
from maskcheck.yamlfile.compose import compose
from maskcheck.yamlfile.fields import read_fields, read_pairs
from maskcheck.yamlfile.nodes import error_at
from maskcheck.yamlfile.read_file import read_text
from maskcheck.yamlfile.version import check_version


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
        raise error_at(root, "the spec has no 'layers'", "write layers: and below it the classes")
    layers = read_pairs(fields["layers"].value, "'layers'", "write the classes below it, indented")
    if not layers:
        raise error_at(fields["layers"].value, "'layers' is empty", "write the classes below it, indented")
    return Spec(path=path, layers=tuple(read_layer(name, pair) for name, pair in layers.items()))
