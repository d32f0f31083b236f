"""The strings that a class accepts for an argument, as its source shows."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping

from maskcheck.source.arguments.attribute_flow import attribute_flows
from maskcheck.source.syntax_tree import read_class

_QUOTED = re.compile(r"([\"'])([A-Za-z_][\w\-]*)\1")
_TYPE = r"`?\s*(?:\([^)]*\))?"


def accepted_words(file: str, qualname: str) -> Mapping[str, tuple[str, ...]]:
    """Return the strings that a class compares each constructor argument with.

    Args:
        file: path of the source file.
        qualname: name inside the module.

    Returns:
        For each parameter of ``__init__`` the words found in comparisons, ``in`` tests,
        ``match`` cases and dict look-ups on it or on the attribute it is kept in, and
        those that the docstring quotes in its entry. Empty when there is no such class.
    """
    node = read_class(file, qualname)
    if node is None:
        return {}
    words = _by_parameter(file, qualname, _string_tests(node))
    for parameter, found in words.items():
        found.update(dict.fromkeys(_documented_words(ast.get_docstring(node) or "", parameter)))
    return {parameter: tuple(found) for parameter, found in words.items() if found}


def looked_up_keys(file: str, qualname: str) -> Mapping[str, tuple[str, ...]]:
    """Return the keys that a class looks up in each constructor argument, or in what it is kept in.

    Args:
        file: path of the source file.
        qualname: name inside the module.
    """
    node = read_class(file, qualname)
    found = _by_parameter(file, qualname, _key_lookups(node)) if node else {}
    return {parameter: tuple(keys) for parameter, keys in found.items() if keys}


def _by_parameter(
    file: str, qualname: str, texts: Iterable[tuple[str, list[str]]]
) -> dict[str, dict[str, None]]:
    """Return the strings found for each parameter, by its own name or an attribute it flows into."""
    names = {parameter: {parameter, *ways} for parameter, ways in attribute_flows(file, qualname).items()}
    words: dict[str, dict[str, None]] = {parameter: {} for parameter in names}
    for subject, strings in texts:
        for parameter, known in names.items():
            if subject in known:
                words[parameter].update(dict.fromkeys(strings))
    return words


def _key_lookups(node: ast.ClassDef) -> Iterator[tuple[str, list[str]]]:
    """Yield what is looked into (a name, or an attribute of self) and the keys."""
    for part in ast.walk(node):
        match part:
            case ast.Subscript(value=subject, slice=ast.Constant(value=str(key))):
                yield _subject_name(subject), [key]
            case ast.Call(
                func=ast.Attribute(value=subject, attr="get" | "pop"), args=[ast.Constant(value=str(key)), *_]
            ):
                yield _subject_name(subject), [key]
            case ast.Compare(
                left=ast.Constant(value=str(key)), ops=[ast.In() | ast.NotIn()], comparators=[subject]
            ):
                yield _subject_name(subject), [key]


def _string_tests(node: ast.ClassDef) -> Iterator[tuple[str, list[str]]]:
    """Yield what is tested (a name, or an attribute of self) and the strings it is tested against."""
    for part in ast.walk(node):
        if isinstance(part, ast.Compare):
            sides = [part.left, *part.comparators]
            strings = [text for side in sides for text in _strings(side)]
            yield from ((_subject_name(side), strings) for side in sides if _subject_name(side) and strings)
        elif isinstance(part, ast.Match):
            strings = [text for case in part.cases for text in _pattern_strings(case.pattern)]
            yield _subject_name(part.subject), strings
        elif isinstance(part, ast.Subscript) and isinstance(part.value, ast.Dict):
            keys = [text for key in part.value.keys if key is not None for text in _strings(key)]
            yield _subject_name(part.slice), keys


def _subject_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        return node.attr
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args:
        return _subject_name(node.func.value)
    return ""


def _strings(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return [text for item in node.elts for text in _strings(item)]
    return []


def _pattern_strings(pattern: ast.pattern) -> list[str]:
    if isinstance(pattern, ast.MatchValue):
        return _strings(pattern.value)
    if isinstance(pattern, ast.MatchOr):
        return [text for part in pattern.patterns for text in _pattern_strings(part)]
    return []


def _documented_words(docstring: str, parameter: str) -> list[str]:
    """Return the words quoted in the docstring's entry of a parameter, up to the next entry."""
    head, end = rf"^[ \t]*`?{re.escape(parameter)}{_TYPE}:", rf"(?=^[ \t]*`?\w+{_TYPE}:|\n[ \t]*\n|\Z)"
    entry = re.search(f"{head}(.*?){end}", docstring, re.MULTILINE | re.DOTALL)
    return [word for _, word in _QUOTED.findall(entry.group(1))] if entry else []
