"""Which override holds for which layer."""

from __future__ import annotations

import pytest

from maskcheck.model.case import Mark, Subject
from maskcheck.settings import Override, Settings

ATTENTION = Subject("mypkg.text.attention", "Attention", "attention.py", 1)
INNER = Subject("mypkg.masks", "Outer.InnerMask", "masks.py", 1)


def override(*layers: str, line: int = 1, **values: object) -> Override:
    return Override(layers, values, Mark("pyproject.toml", line))


def of(subject: Subject, *overrides: Override) -> Settings:
    return Settings(("mypkg",), timeout=5, routes=("config", "keras", "fresh"), overrides=overrides).of(
        subject
    )


@pytest.mark.parametrize(
    ("pattern", "subject", "matches"),
    [
        ("mypkg.*.Attention", ATTENTION, True),
        ("Attention", ATTENTION, True),
        ("mypkg.*", ATTENTION, True),
        ("attention", ATTENTION, False),
        ("mypkg.Attention", ATTENTION, False),
        ("*Mask*", INNER, True),
        ("InnerMask", INNER, True),
        ("Outer.*", INNER, True),
        ("Mask", INNER, False),
    ],
)
def test_patterns_are_for_the_name_bare_qualified_or_dotted(
    pattern: str, subject: Subject, matches: bool
) -> None:
    assert of(subject, override("Nobody", pattern, timeout=9.0)).timeout == (9 if matches else 5)


def test_the_later_one_prevails_for_what_it_sets() -> None:
    first = override("*", timeout=9.0, rtol=0.1)
    own = of(ATTENTION, first, override("Att*", timeout=7.0), override("Other", atol=1.0))
    assert (own.timeout, own.rtol, own.atol) == (7, 0.1, None)


def test_routes_that_are_left_out_are_known_with_the_reason() -> None:
    narrow, wide = (
        override("*", line=3, routes=("weights", "config")),
        override("Att*", line=8, routes=("fresh",)),
    )
    own = of(INNER, narrow)
    assert own.routes == ("weights", "config")
    reason = "left out by the override in pyproject.toml, line 3"
    assert own.left_out == {"keras": reason, "fresh": reason}
    later = "left out by the override in pyproject.toml, line 8"
    assert of(ATTENTION, narrow, wide).left_out == {"config": later, "keras": later}


def test_all_routes_are_those_of_any_layer() -> None:
    settings = Settings(
        ("m",), routes=("config",), overrides=(override("A", routes=("fresh",)), override("B"))
    )
    assert settings.all_routes == {"config", "fresh"}


def test_what_is_done_for_no_single_layer_has_the_settings_as_they_are() -> None:
    settings = Settings(("m",), overrides=(override("*", timeout=9.0),))
    assert settings.of(None) is settings
