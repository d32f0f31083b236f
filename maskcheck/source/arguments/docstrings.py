"""What docstrings say of arguments and of the shapes of inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# The words that name a kind of value, in the first sentence of an argument's entry.
_KINDS: tuple[tuple[str, str], ...] = (
    (r"\b(list|tuple|sequence|iterable|array-like|pair)s?\b", "sequence"),
    (r"\b(int|integer)s?\b|\bnumber of\b", "integer"),
    (r"\b(floats?|probability|fraction|real number)\b", "number"),
    (r"\bbool(ean)?s?\b|\bwhether\b|\bif true\b", "flag"),
    (r"\bstr(ing)?s?\b", "text"),
    (r"\bdict(ionary|ionaries)?s?\b|\bmapping\b", "mapping"),
    (r"\b(callable|function)s?\b", "callable"),
    (r"\blayer instance\b|\b(keras|an?) layer\b|\blayers\.(Layer|RNN)\b", "layer"),
    (r"\b(tensor|ndarray|numpy array)\b", "array"),
)
_ENTRY = re.compile(
    r"^[ \t]*[-*]?[ \t]*`{0,2}\*{0,2}(\w+)`{0,2}[ \t]*(?:\(([^)\n]*)\))?[ \t]*:(.*)$", re.MULTILINE
)
_SHAPE = re.compile(
    r"[(\[]\s*`?(batch\w*|b|n|bs|none|samples?|num_samples|\.\.\.)`?\s*,([^()\[\]]*)[)\]]", re.IGNORECASE
)
_RANK = re.compile(r"\b([2-5])[ -]?D(?:imensional)?\b[^.\n]{0,20}(?:tensor|input|array)", re.IGNORECASE)
_EXAMPLE = 80


def described_kinds(docstring: str) -> Mapping[str, tuple[str, ...]]:
    """Return the kinds of value that the entry of each argument names, in the order of its words."""
    found: dict[str, tuple[str, ...]] = {}
    for name, kind, text in _ENTRY.findall(docstring):
        kinds = _kinds_in(f"{kind} {text}"[:_EXAMPLE].partition(". ")[0])
        if kinds and name not in found:
            found[name] = kinds
    return found


def _kinds_in(text: str) -> tuple[str, ...]:
    places = [(match.start(), kind) for pattern, kind in _KINDS if (match := re.search(pattern, text, re.I))]
    return tuple(kind for _, kind in sorted(places))


def stated_ranks(docstring: str) -> tuple[int, ...]:
    """Return the ranks of tensors that a docstring speaks of, batch dimension included, each once.

    Those of its section on inputs come first.
    """
    return tuple(dict.fromkeys([*stated_input_ranks(docstring), *_ranks(docstring)]))


def stated_input_ranks(docstring: str) -> tuple[int, ...]:
    """Return the ranks that its section on inputs states, batch dimension included, each once."""
    return tuple(dict.fromkeys(_ranks(_input_section(docstring))))


def _ranks(text: str) -> Iterator[int]:
    found = [(m.start(), m.group(2).strip(" ,").count(",") + 2, m.group(2)) for m in _SHAPE.finditer(text)]
    shapes = [(start, rank) for start, rank, rest in found if "..." not in rest and rest.strip(" ,")]
    named = [(m.start(), int(m.group(1))) for m in _RANK.finditer(text)]
    yield from (rank for _, rank in sorted([*shapes, *named]) if rank <= 5)


def _input_section(docstring: str) -> str:
    match = re.search(
        r"(?:^|\n)[ \t#*]*(inputs?( shapes?)?|call arguments|x)\b.*", docstring, re.I | re.DOTALL
    )
    return re.split(r"\n[ \t#*]*(?:outputs?|returns?)\b", match.group(0), flags=re.I)[0] if match else ""
