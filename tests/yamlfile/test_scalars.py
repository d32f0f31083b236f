from __future__ import annotations

import math

import pytest

from maskcheck.yamlfile.scalars import UnclearScalar, plain_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("0", 0),
        ("-12", -12),
        ("+3", 3),
        ("0x1F", 31),
        ("0o17", 15),
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("1e-3", 0.001),
        ("-1.5E+3", -1500.0),
        ("010.5", 10.5),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("on", "on"),
        ("Off", "Off"),
        ("yes", "yes"),
        ("no", "no"),
        ("y", "y"),
        ("none", "none"),
        ("tRUE", "tRUE"),
        ("2027-01-01", "2027-01-01"),
        ("1.2.3", "1.2.3"),
        ("0x", "0x"),
        ("12px", "12px"),
        ("-", "-"),
        (".", "."),
        ("e3", "e3"),
        ("=", "="),
    ],
)
def test_value(text: str, value: object) -> None:
    found = plain_value(text)
    assert found == value
    assert type(found) is type(value)


def test_nan() -> None:
    value = plain_value(".nan")
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize(
    "text",
    [
        "010",
        "-08",
        "00",
        "1_000",
        "1_000.5",
        "1:30",
        "190:20:30.15",
        "0b101",
        "-0x1F",
        "0x_F",
        "+0o7",
        "1_0e3",
    ],
)
def test_ambiguous_number(text: str) -> None:
    with pytest.raises(UnclearScalar) as raised:
        plain_value(text)
    assert str(raised.value) == f"{text} is a number in one version of YAML and not in another"
    assert raised.value.hint == f"write a plain decimal number, or '{text}' in quotes for the text"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("...", "'...' stands for a value that is still to be written"),
        ("1e999", "1e999 is too large for a float"),
        ("9" * 2000, "a number of 2000 digits is too long"),
        ("0x" + "f" * 1998, "a number of 2000 digits is too long"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(UnclearScalar) as raised:
        plain_value(text)
    assert str(raised.value) == message
