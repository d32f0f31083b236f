"""Values as constructors and methods take them: what YAML knows, and the tags of the spec."""

from __future__ import annotations

from dataclasses import replace

from maskcheck.model.case import ArrayTag, ImportTag, ObjectTag, SpecValue
from maskcheck.specfile.read.leaves import ARRAY_KEYS, is_leaf, read_leaf
from maskcheck.yamlfile.fields import is_dotted, read_fields, read_items, read_named, read_scalar, read_text
from maskcheck.yamlfile.nodes import DictNode, ListNode, Node, error_at

_OBJECT_HINT = "write !object {class: module.Class, init: {}}"


def read_value(node: Node, *, leaves: bool = False) -> SpecValue:
    """Return the value of ``node``, in containers of its own.

    With ``leaves``, as among the arguments of ``call``, an untagged mapping with
    ``shape`` or ``values`` is a leaf; without, as in ``init``, it is a mapping.

    Raises:
        SpecError: a tag is used on what it does not fit, or a leaf is faulty.
    """
    if node.tag:
        return _read_tagged(node, leaves)
    if isinstance(node, ListNode):
        return [read_value(item, leaves=leaves) for item in node.items]
    if leaves and is_leaf(node):
        return read_leaf(node)[0]
    if isinstance(node, DictNode):
        return {key.value: read_value(value, leaves=leaves) for key, value in node.pairs}
    return read_scalar(node)


def read_arguments(node: Node, what: str, *, leaves: bool = False, hint: str = "") -> dict[str, SpecValue]:
    """Return keyword arguments: a mapping of names to values."""
    return {name: read_value(value, leaves=leaves) for name, value in read_named(node, what, hint).items()}


def _read_tagged(node: Node, leaves: bool) -> SpecValue:
    content = replace(node, tag="")
    if node.tag == "!tuple":
        items = read_items(content, node.tag, "write !tuple [1, 2]")
        return tuple(read_value(item, leaves=leaves) for item in items)
    if node.tag == "!import":
        return ImportTag(_read_path(content, node.tag), node.mark)
    if node.tag == "!object":
        return _read_object(content)
    leaf, _ = read_leaf(content, node.tag, ARRAY_KEYS)
    return ArrayTag(leaf, node.tag == "!tensor", node.mark)


def _read_object(node: Node) -> ObjectTag:
    fields = read_fields(node, "!object", ("class", "init"), _OBJECT_HINT)
    if "class" not in fields:
        raise error_at(node, "!object has no 'class'", _OBJECT_HINT)
    path = _read_path(fields["class"].value, "'class' of !object")
    init = fields.get("init")
    arguments = read_arguments(init.value, "'init' of !object", hint=_OBJECT_HINT) if init else {}
    return ObjectTag(path, arguments, node.mark)


def _read_path(node: Node, what: str) -> str:
    path = read_text(node, what, "write module.name").strip()
    if not is_dotted(path) or "." not in path:
        near = path.replace(":", ".").replace("/", ".")
        hint = f"write {near}" if is_dotted(near) and "." in near else "write module.name"
        raise error_at(node, f"{path!r} is not the dotted path of an object", hint)
    return path
