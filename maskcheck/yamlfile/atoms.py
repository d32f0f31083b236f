"""Single values and tags, as the parser gives them, to what a spec knows."""

from __future__ import annotations

import yaml

from maskcheck.errors import SpecError, did_you_mean
from maskcheck.model.case import Mark
from maskcheck.yamlfile.nodes import TAGS, ScalarNode
from maskcheck.yamlfile.scalars import UnclearScalar, plain_value


def make_scalar_node(event: yaml.ScalarEvent, mark: Mark) -> ScalarNode:
    """Return the node of a single value: quoted or tagged it is text, else what it looks like."""
    tag = read_tag(event.tag, mark)
    plain = event.style is None
    text = _join_surrogates(event.value, mark)
    try:
        value = plain_value(text) if plain and not tag else text
    except UnclearScalar as error:
        raise SpecError(str(error), mark=mark, hint=error.hint) from None
    return ScalarNode(mark=mark, tag=tag, value=value, plain=plain)


def read_tag(tag: str | None, mark: Mark) -> str:
    """Return the ``tag`` that the parser gives, "" for none; all but those of the spec are refused."""
    if tag is None or tag in TAGS:
        return tag or ""
    shown = tag.replace("tag:yaml.org,2002:", "!!")
    near = "" if shown.startswith("!!") else did_you_mean(shown, list(TAGS))
    hint = near or f"the tags are {', '.join(TAGS)}"
    raise SpecError(f"the tag {shown} is not allowed", mark=mark, hint=hint)


def _join_surrogates(text: str, mark: Mark) -> str:
    r"""Join escaped surrogate pairs such as ``\ud83d\ude00``, which JSON writes for one character."""
    try:
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        hint = "write the character itself"
        raise SpecError("half of a surrogate pair is no character", mark=mark, hint=hint) from None
