"""What assertions have in common: the two values, and the names of what was lost."""

from __future__ import annotations

from maskcheck.reproduction.script.blocks import Block, make_block
from maskcheck.reproduction.script.expressions import NotWritable, is_path
from maskcheck.reproduction.script.request import Request


def write_comparison(what: str, before: str, after: str, same: str = "before == after") -> Block:
    """Return an assertion that two values agree, which tells both.

    Args:
        what: the name of what is compared.
        before: the expression of the first value.
        after: that of the second.
        same: the condition on ``before`` and ``after``.
    """
    lines = [
        f"before, after = {before}, {after}",
        f'assert {same}, f"{quote_braces(what)} was {{before!r}} and comes back as {{after!r}}"',
    ]
    return make_block(*lines)


def quote_braces(text: str) -> str:
    """Return a text as it may stand in an f-string in double quotes."""
    return text.replace("\\", "/").replace('"', "'").replace("{", "{{").replace("}", "}}")


def quote_text(text: str) -> str:
    """Return a text as it may stand in double quotes."""
    return text.replace("\\", "/").replace('"', "'")


def get_first_name(request: Request) -> str:
    """Return the first name of what was lost.

    Raises:
        NotWritable: the finding names nothing.
    """
    if not request.finding.subjects:
        raise NotWritable("the finding names nothing that could be compared")
    return request.finding.subjects[0]


def find_path(request: Request) -> str:
    """Return the first name of what was lost that Python can look up on a layer.

    Raises:
        NotWritable: there is none.
    """
    path = next((path for path in request.finding.subjects if is_path(path)), None)
    if path is None:
        raise NotWritable("what was lost has no name in Python")
    return path
