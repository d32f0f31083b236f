"""Why a layer class is listed but cannot be checked by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from maskcheck.source.arguments.members import Member
from maskcheck.source.modules.keras_names import is_keras_layer, is_keras_model, is_keras_own
from maskcheck.source.modules.library import Named, Opaque
from maskcheck.source.modules.module import ClassText
from maskcheck.source.modules.mro import MroResolver

_ABC = frozenset({Opaque("abc.ABC"), Opaque("abc.ABCMeta"), Opaque("typing.Protocol")})


def skip_reason(cls: ClassText, mro: MroResolver) -> str | None:
    """Return "abstract: <methods>" or "no call method", or None when the class can be built and called.

    An ancestor without source text is assumed to define what is missing.
    """
    ancestors = mro.ancestors(cls)
    enforced = any(_is_abc(ancestor, mro) for ancestor in ancestors)
    names = dict.fromkeys(name for ancestor in reversed(ancestors) for name in _members(ancestor) or ())
    left = [name for name in names if _is_abstract(name, ancestors, enforced)]
    if left:
        return f"abstract: {', '.join(left)}"
    return None if _is_callable(ancestors) else "no call method"


def _is_abstract(name: str, ancestors: Sequence[Named], enforced: bool) -> bool:
    owner, member = _find_provider(name, ancestors)
    if member.abstract:
        # Without ABCMeta Python lets subclasses go without; the class itself still says what it means.
        return enforced or owner is ancestors[0]
    return name == "call" and member.refuses and not (owner and is_keras_model(owner))


def _is_callable(ancestors: Sequence[Named]) -> bool:
    owner, member = _find_provider("call", ancestors)
    if owner is not None and not member.refuses:
        return True
    caller, _ = _find_provider("__call__", ancestors)
    if caller is not None and not is_keras_own(caller):
        return True
    return any(map(is_keras_model, ancestors)) and _is_functional(ancestors)


def _is_functional(ancestors: Sequence[Named]) -> bool:
    """Return whether a Model without call is one that takes inputs and outputs."""
    owner, member = _find_provider("__init__", ancestors)
    return owner is None or is_keras_own(owner) or member.wires


def _find_provider(name: str, ancestors: Sequence[Named]) -> tuple[Named | None, Member]:
    """Return the first ancestor that has ``name``, or may have it for all that the text tells."""
    for ancestor in ancestors:
        members = _members(ancestor)
        if members is None or name in members:
            return ancestor, (members or {}).get(name, Member())
    return None, Member()


def _members(ancestor: Named) -> Mapping[str, Member] | None:
    if isinstance(ancestor, ClassText):
        return {} if is_keras_layer(ancestor) else ancestor.members
    bare = ancestor.known or (is_keras_layer(ancestor) and ancestor.id.endswith((".Layer", ".Model")))
    return {} if bare else None


def _is_abc(ancestor: Named, mro: MroResolver) -> bool:
    if isinstance(ancestor, Opaque):
        return ancestor in _ABC
    metaclasses = mro.library.seen_from(ancestor, ancestor.metaclass) if ancestor.metaclass else ()
    return any(not _ABC.isdisjoint(mro.ancestors(metaclass)) for metaclass in metaclasses)
