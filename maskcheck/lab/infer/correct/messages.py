"""What the text of an error asks for: arguments, kinds, sizes."""

from __future__ import annotations

import re
from collections.abc import Mapping

_QUOTED = re.compile(r"['\"`]([^'\"`\s][^'\"`\n]{0,40})['\"`]")
_CHOICE = re.compile(
    r"one of|either|supported|support|available|allowed|valid|choose|choices|options|must be in|should be in"
    r"|not in|expected|can be|accepts|among",
    re.IGNORECASE,
)
_MISSING = re.compile(r"missing \d+ required (?:positional|keyword-only) arguments?: (.*)")
_UNEXPECTED = re.compile(
    r"unexpected keyword argument '(\w+)'|unrecognized keyword arguments?[^{\[]*[{\[](.*?)[}\]]", re.I
)

_SHAPES = re.compile(r"(?<!In)(?<!shape)[\[(]((?:\d+, ?)*\d+,?)[\])]")
_EQUAL = re.compile(r"\b(?:are|Dimensions?|dimension) (\d+) and (?:dimension )?(\d+)\b")

# The kind of value that a message wants of the argument it is about.
_KINDS: tuple[tuple[str, str], ...] = (
    (r"not iterable|not subscriptable|has no len|unpack|no attribute '(append|extend|index)'", "sequence"),
    (r"\b(a|of|be|should be|expected) (a )?(non-?empty )?(list|tuple|sequence|iterable)s?\b", "sequence"),
    (r"interpreted as an integer|\b(an?|positive|of type|be) (positive )?int(eger)?\b|type int\b", "integer"),
    (r"between 0|\[0[,.]|\bfloats?\b|real number|\(0[,.]", "number"),
    (r"no attribute '(state_size|get_initial_state|output_size)'|\bcell\b", "cell"),
    (
        r"no attribute '(call|build|built|weights|compute_\w+|units|layers|trainable\w*|supports_masking)'"
        r"|`?Layer`? (instance|object)|instance of .*[Ll]ayer|keras (layer|model)",
        "layer",
    ),
    (r"not callable|\bcallable\b|\bfunction\b", "callable"),
    (r"no attribute '(lower|upper|split|startswith|format)'|\bstr(ing)?\b", "text"),
    (r"no attribute '(items|keys|values|get)'|\bdict(ionary)?\b|must be a mapping", "mapping"),
    (r"no attribute '(shape|dtype|ndim)'", "array"),
    (r"\bbool(ean)?\b|true or false", "flag"),
)


def missing_arguments(text: str) -> tuple[str, ...]:
    """Return the arguments that a call lacks."""
    found = _MISSING.search(text)
    return tuple(re.findall(r"'(\w+)'", found.group(1))) if found else ()


def asked_arguments(text: str) -> tuple[str, ...]:
    """Return the arguments that a message asks for as ``name=``."""
    found = (
        re.findall(r"\b([a-z]\w*)=(?=\W|$)", text)
        if re.search(r"provide|specify|need|pass", text, re.I)
        else []
    )
    return tuple(dict.fromkeys(found))


def wanted_keys(text: str) -> tuple[str, ...]:
    """Return the keys of the mapping that a message asks for."""
    if not re.search(r"\bdict(ionary)?\b|\bkeys?\b|mapping", text, re.I):
        return ()
    named = re.findall(r"['\"`](\w+)['\"`]+ *:", text) or re.findall(r"['\"](\w+)['\"]", text)
    return tuple(name for name in dict.fromkeys(named) if name.isidentifier())[:4]


def unexpected_arguments(text: str) -> tuple[str, ...]:
    """Return the arguments that a call should not have."""
    found = _UNEXPECTED.search(text)
    if not found:
        return ()
    return (found.group(1),) if found.group(1) else tuple(re.findall(r"'(\w+)'", found.group(2)))


def lacks_module(text: str) -> bool:
    """Tell whether a message says that something must be installed."""
    return bool(re.search(r"pip install|No module named|requires the \S+ (module|package)", text))


def missing_key(error: BaseException) -> str | None:
    """Return the key of a KeyError, if it is a word."""
    key = error.args[0] if isinstance(error, KeyError) and error.args else None
    return key if isinstance(key, str) and key.isidentifier() else None


def offered_words(text: str) -> tuple[str, ...]:
    """Return the quoted words of a message that lists what it accepts."""
    return tuple(dict.fromkeys(_QUOTED.findall(text))) if _CHOICE.search(text) else ()


def wanted_kinds(text: str) -> tuple[str, ...]:
    """Return the kinds of value that a message speaks of."""
    return tuple(kind for pattern, kind in _KINDS if re.search(pattern, text))


def wanted_numbers(text: str) -> tuple[int, ...]:
    """Return whole numbers that a message makes plausible: those in it, next to it, odd or even."""
    named = [int(number) for number in re.findall(r"(?<![\w.\-])\d{1,3}(?![\w.])", text)]
    parity = (
        [3]
        if re.search(r"\bodd\b", text)
        else [2, 4]
        if re.search(r"\beven\b|divisible|multiple", text)
        else []
    )
    near = [number + change for number in named for change in (0, 1, -1)]
    return tuple(dict.fromkeys(number for number in [*parity, *near] if number > 0))


def unequal_sizes(text: str) -> tuple[tuple[int, int], ...]:
    """Return the pairs of sizes that a message says should be equal."""
    pairs = [(int(one), int(other)) for one, other in _EQUAL.findall(text)]
    shapes = [[int(size) for size in re.findall(r"\d+", shape)] for shape in _SHAPES.findall(text)]
    if len(shapes) == 2 and all(shapes):
        one, other = shapes
        if "Matrix size" in text:
            pairs.append((one[-1], other[-2] if len(other) > 1 else other[-1]))
        else:
            pairs += zip(reversed(one), reversed(other), strict=False)
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1] and 1 not in pair))


def list_length(text: str) -> int | None:
    """Return the number of items that a message wants of a list."""
    found = re.search(
        r"expected (?:at least )?(\d+)(?:, got|\))|(?:length|tuple of|list of|size) (?:of )?(\d+)"
        r"|(\d+) (?:integers|values|elements|items)",
        text,
    )
    return next((int(number) for number in found.groups() if number), None) if found else None


def replaced(init: Mapping[str, object], name: str) -> dict[str, object]:
    """Return the arguments without ``name``."""
    return {key: value for key, value in init.items() if key != name}
