"""What explains what, as pairs of codes and as a picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from maskcheck.rules.base.rule import Rule
from maskcheck.rules.registry import RULES

Pair = tuple[str, str]


def explanations() -> list[Pair]:
    """Return every cause with each of its effects."""
    return [(cause, rule.code) for rule in RULES for cause in rule.requires]


def reduced(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs that do not follow from others: A to C goes where A to B and B to C are there."""
    effects = _effects(pairs)
    return [
        (cause, effect)
        for cause in sorted(effects)
        for effect in sorted(effects[cause])
        if not any(effect in _reached(other, effects) for other in effects[cause] - {effect})
    ]


def picture(rules: Iterable[Rule], pairs: Iterable[Pair]) -> str:
    """Return a Mermaid diagram: rules in boxes of their families, an arrow from each cause to its effects."""
    arrows = reduced(pairs)
    drawn = {code for pair in arrows for code in pair}
    families: dict[str, list[Rule]] = {}
    for rule in sorted(rules, key=lambda rule: rule.code):
        if rule.code in drawn:
            families.setdefault(family(rule), []).append(rule)
    lines = ["flowchart LR"]
    for name, members in families.items():
        lines.append(f"  subgraph {name}")
        lines += [f'    {rule.code}["{rule.code} {rule.name}"]' for rule in members]
        lines.append("  end")
    return "\n".join([*lines, *_arrows(arrows)])


def family(rule: Rule) -> str:
    """Return the name of the folder that the rule lies in."""
    return type(rule).__module__.split(".")[-2]


def _arrows(pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield a line for all causes of the same effects."""
    causes: dict[tuple[str, ...], list[str]] = {}
    for cause, effects in _effects(pairs).items():
        causes.setdefault(tuple(sorted(effects)), []).append(cause)
    for reached, codes in causes.items():
        yield f"  {' & '.join(codes)} --> {' & '.join(reached)}"


def _effects(pairs: Iterable[Pair]) -> Mapping[str, set[str]]:
    effects: dict[str, set[str]] = {}
    for cause, effect in pairs:
        effects.setdefault(cause, set()).add(effect)
    return effects


def _reached(cause: str, effects: Mapping[str, set[str]]) -> set[str]:
    """Return all that a cause explains, directly or not."""
    found: set[str] = set()
    pending = [cause]
    while pending:
        new = effects.get(pending.pop(), set()) - found
        found |= new
        pending += new
    return found
