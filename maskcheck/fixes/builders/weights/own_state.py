"""Edits for pairs of methods that save and load, and do not match each other."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from maskcheck.fixes.builders.builder import Builders
from maskcheck.fixes.builders.definitions import find_inherited_method
from maskcheck.fixes.changes.class_body import RemoveMethod
from maskcheck.fixes.changes.weights.match_store import MatchStore
from maskcheck.fixes.edit import Edit, Wanted
from maskcheck.rules.weights.own_state_asymmetric import OwnStateAsymmetric
from maskcheck.source.syntax_tree import read_method

_SAVE, _LOAD = "save_own_variables", "load_own_variables"
_BUILD = ("get_build_config", "build_from_config")


def propose_matching_pair(wanted: Wanted) -> Iterator[Edit]:
    """Let the one method speak of what the other does; else leave both to Keras."""
    saved, loaded = _read_keys(wanted, _SAVE), _read_keys(wanted, _LOAD)
    own = [name for name in (_SAVE, _LOAD) if read_method(wanted.file, wanted.owner, name)]
    if _LOAD in own and saved and not loaded.keys() <= saved.keys() and _SAVE in own:
        keys = tuple((loaded | saved).items())
        yield wanted.edit("Save what is loaded", MatchStore(wanted.owner, _SAVE, keys))
    elif _LOAD in own and saved and loaded != saved:
        yield wanted.edit("Load what is saved", MatchStore(wanted.owner, _LOAD, tuple(saved.items())))
    elif _SAVE in own and loaded and loaded != saved:
        yield wanted.edit("Save what is loaded", MatchStore(wanted.owner, _SAVE, tuple(loaded.items())))
    for pair in ((_SAVE, _LOAD), _BUILD):
        there = [name for name in pair if read_method(wanted.file, wanted.owner, name)]
        if there:
            changes = [RemoveMethod(wanted.owner, name) for name in there]
            # Files that the pair wrote can then be read no longer.
            yield wanted.edit(f"Leave {' and '.join(there)} to the base class", *changes, safe=False)


def _read_keys(wanted: Wanted, method: str) -> dict[str, str]:
    """Return the key in the store for each attribute that a method saves or loads."""
    inherited = find_inherited_method(wanted.file, wanted.owner, method)
    if inherited is None or len(inherited.node.args.args) < 2:
        return {}
    function = inherited.node
    store = function.args.args[1].arg
    found = {}
    for each in ast.walk(function):
        if isinstance(each, ast.Expr | ast.Assign):
            names = [name for part in ast.walk(each) if (name := _read_attribute(part))]
            keys = [key for part in ast.walk(each) if (key := _read_key(part, store))]
            if len(names) == len(keys) == 1:
                found[names[0]] = keys[0]
    return found


def _read_attribute(node: ast.AST) -> str:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            return name
    return ""


def _read_key(node: ast.AST, store: str) -> str:
    match node:
        case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key))) if name == store:
            return key
    return ""


BUILDERS: Builders = {OwnStateAsymmetric.code: propose_matching_pair}
