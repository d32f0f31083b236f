"""Outlines to lines of YAML: in brackets where that fits the width, else one below the other."""

from __future__ import annotations

from collections.abc import Iterator

from maskcheck.specfile.write.outline import Gap, Outline, Tagged
from maskcheck.yamlfile.quoting import scalar_text

WIDTH = 100


def entry_lines(name: str, fields: dict[str, Outline], indent: int, step: int) -> Iterator[str]:
    """Yield the lines of the entry ``name`` at the column ``indent``, each level ``step`` columns deeper."""
    yield f"{' ' * indent}{scalar_text(name)}:"
    yield from body_lines(fields, indent + step, step)


def body_lines(content: list[Outline] | dict[str, Outline], indent: int, step: int) -> Iterator[str]:
    """Yield the lines of a mapping or list, each field or item on lines of its own."""
    margin = " " * indent
    if isinstance(content, dict):
        for key, value in content.items():
            yield from _value_lines(f"{margin}{scalar_text(key)}:", value, indent + step, step)
    else:
        for item in content:
            yield from _value_lines(f"{margin}-", item, indent + 2, step)


def _flow(outline: Outline) -> str:
    match outline:
        case Gap():
            return "..."
        case Tagged(tag, content):
            return f"{tag} {_flow(content)}"
        case list():
            return f"[{', '.join(map(_flow, outline))}]"
        case dict():
            return f"{{{', '.join(f'{scalar_text(key)}: {_flow(value)}' for key, value in outline.items())}}}"
    return scalar_text(outline)


def _value_lines(head: str, outline: Outline, inner: int, step: int) -> Iterator[str]:
    """Yield ``head``, a key or the dash of a list, and its value, below it at ``inner`` if it is too long."""
    text = f"{head} {_flow(outline)}"
    tag, content = (outline.tag, outline.content) if isinstance(outline, Tagged) else ("", outline)
    if len(text) <= WIDTH or not isinstance(content, list | dict) or not content:
        yield text
        return
    body = body_lines(content, inner, step)
    if head.endswith("-") and not tag:
        yield f"{head} {next(body)[inner:]}"
    else:
        yield f"{head} {tag}".rstrip()
    yield from body
