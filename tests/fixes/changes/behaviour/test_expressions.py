from __future__ import annotations

import pytest

from maskcheck.fixes.changes.behaviour.keywords import AddKeyword, DropKeyword
from maskcheck.fixes.changes.behaviour.name_lambda import NameLambda
from maskcheck.fixes.changes.behaviour.rename_attribute import RenameAttribute
from maskcheck.fixes.changes.behaviour.seed_draw import SeedDraws
from maskcheck.fixes.changes.behaviour.sort_set import SortSet
from maskcheck.fixes.changes.change import CannotChange
from tests.fixes.changing import apply, expect

INIT = "class A:\n    def __init__(self, x):\n        self.a = {}\n"


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("[y for y in set(x)]", "[y for y in sorted(set(x))]"),
        ("list({1, 2})", "list(sorted({1, 2}))"),
        ("[*enumerate(sorted(set(x)))]", "[*enumerate(sorted(set(x)))]"),
        ("len(set(x))", "len(set(x))"),
    ],
)
def test_set_is_gone_through_in_order(value: str, becomes: str) -> None:
    assert apply(SortSet("A"), INIT.format(value)) == INIT.format(becomes)


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("Dense()", "Dense(dtype=self.dtype)"),
        ("Dense(x, name='a')", "Dense(x, name='a', dtype=self.dtype)"),
        ("Dense(x, dtype='int8')", "Dense(x, dtype='int8')"),
        ("Dense(x, **y)", "Dense(x, **y)"),
        (
            "Dense(\n            x,\n        )",
            "Dense(\n            x,\n            dtype=self.dtype,\n        )",
        ),
    ],
)
def test_keyword_is_handed_on(value: str, becomes: str) -> None:
    assert apply(AddKeyword("A", "a", "dtype", "self.dtype"), INIT.format(value)) == INIT.format(becomes)


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("f(x, flag=self.b)", "f(x)"),
        ("f(flag=self.b)", "f()"),
        ("f(x, flag=self.b, y=1)", "f(x, y=1)"),
        ("f(x, flag=True)", "f(x, flag=True)"),
    ],
)
def test_keyword_is_left_out(value: str, becomes: str) -> None:
    assert apply(DropKeyword("A", "a", "flag", "self.b"), INIT.format(value)) == INIT.format(becomes)


def test_attribute_is_renamed_wherever_it_is_meant() -> None:
    expect(
        RenameAttribute("A", "quantize", "quantize_layer"),
        """
        class A:
            def f(self, quantize):
                self.quantize = quantize
                return self.quantize(self.quantize.a), other.quantize, super().quantize
        """,
        """
        class A:
            def f(self, quantize):
                self.quantize_layer = quantize
                return self.quantize_layer(self.quantize_layer.a), other.quantize, super().quantize
        """,
    )


@pytest.mark.parametrize(
    ("value", "becomes"),
    [
        ("np.random.rand(*x)", "np.random.RandomState(0).rand(*x)"),
        ("np.random.default_rng()", "np.random.default_rng(0)"),
        ("keras.random.normal((1,))", "keras.random.normal((1,), seed=0)"),
        ("keras.random.SeedGenerator()", "keras.random.SeedGenerator(0)"),
    ],
)
def test_what_is_drawn_has_a_seed(value: str, becomes: str) -> None:
    assert apply(SeedDraws("A"), INIT.format(value)) == INIT.format(becomes)


def test_where_nothing_is_drawn_there_is_no_seed() -> None:
    with pytest.raises(CannotChange):
        apply(SeedDraws("A"), INIT.format("f(x, seed=x)"))


def test_lambda_becomes_a_function_above_the_class() -> None:
    text = "import keras\n\n\n# about A\n@register\n" + INIT.format("Lambda(lambda y, z=2: z * y)  # so")
    function = "@register\ndef double(y, z=2):\n    return z * y\n\n\n"
    changed = text.replace("# about", f"{function}# about").replace("lambda y, z=2: z * y", "double")
    assert apply(NameLambda("A", "a", "double", "@register"), text) == changed


def test_lambda_that_reads_an_argument_stays() -> None:
    with pytest.raises(CannotChange, match="reads what its method has"):
        apply(NameLambda("A", "a", "double", "@register"), INIT.format("Lambda(lambda y: x * y)"))
