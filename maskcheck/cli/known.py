"""Which rules the codes and names on the command line mean."""

from __future__ import annotations

from maskcheck.errors import did_you_mean


def unknown_rule(text: str) -> str:
    """Return what to say of a rule that does not exist, with the nearest code or name."""
    from maskcheck.rules.registry import RULES

    if text[-1:].isdigit():
        near = did_you_mean(text.upper(), [rule.code for rule in RULES])
    else:
        near = did_you_mean(text.lower(), [rule.name for rule in RULES])
    return f"there is no rule {text!r} ({near or 'maskcheck rules lists them'})"


def any_rule_left(select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    """Tell whether a rule is selected and not ignored; both hold beginnings of codes, or names."""
    if not ignore:
        return True
    from maskcheck.rules.registry import RULES

    def among(code: str, name: str, chosen: tuple[str, ...]) -> bool:
        return any(code.startswith(each) or name == each for each in chosen)

    return any(
        not among(rule.code, rule.name, ignore) and (not select or among(rule.code, rule.name, select))
        for rule in RULES
    )
