"""What the text of a class says of the values that its constructor arguments may have."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from maskcheck.source.arguments.usage import Usage, argument_usages

Source = Callable[[str], str]


def used(source: Source, init: str, call: str = "pass") -> Usage:
    """Return the usage of ``a`` in a class with these bodies of ``__init__`` and ``call``."""
    bodies = [textwrap.indent(textwrap.dedent(body), "        ") for body in (init, call)]
    text = f"class A:\n    def __init__(self, a, b=1):\n{bodies[0]}\n    def call(self, x):\n{bodies[1]}\n"
    return argument_usages(source(text), "A")["a"]


@pytest.mark.parametrize(
    ("init", "kind"),
    [
        ("self.n = a // 2", "integer"),
        ("self.n = b % a", "integer"),
        ("self.parts = [Dense(2) for _ in range(a)]", "integer"),
        ("self.n = [0] * a", "integer"),
        ("self.n = a * 0.5", "number"),
        ("self.n = -a", "number"),
        ("self.n = math.sqrt(a)", "number"),
        ("if a > 0.5: raise ValueError", "number"),
        ("if a in ('sum', 'mean'): pass", "text"),
        ("self.name_ = a.lower()", "text"),
        ("self.name_ = a + 'x'", "text"),
        ("if not a: pass", "flag"),
        ("self.n = 1 if a else 2", "flag"),
        ("self.parts = [Dense(n) for n in a]", "sequence"),
        ("self.n = len(a)", "sequence"),
        ("self.all = [*a]", "sequence"),
        ("self.n = a[0] + a[1]", "sequence"),
        ("self.rows, self.columns = a", "sequence"),
        ("self.n = a['n']", "mapping"),
        ("self.dense = Dense(**a)", "mapping"),
        ("self.parts = [Dense(n) for n in a.values()]", "mapping"),
        ("self.y = a(b)", "callable"),
        ("self.norm = a(epsilon=1e-5)", "factory"),
        ("self.shape = a.compute_output_shape((2, 3))", "layer"),
        ("self.n = a.state_size", "cell"),
        ("self.n = np.asarray(a)", "array"),
        ("self.n = a[:, 0]", "array"),
        ("if isinstance(a, (list, tuple)): pass", "sequence"),
        ("if isinstance(a, keras.layers.Layer): pass", "layer"),
        ("self.shape = (a, b)", "integer"),
    ],
)
def test_kind(source: Source, init: str, kind: str) -> None:
    assert used(source, init).kinds[:1] == (kind,)


@pytest.mark.parametrize(
    "init",
    ["self.a = a", "self.a, self.b = a, b", "if a is None: a = b", "return a, b", "if a == True: pass"],
)
def test_what_is_only_kept_may_be_anything(source: Source, init: str) -> None:
    assert used(source, init) == Usage()


@pytest.mark.parametrize(
    "init",
    ["self.k = a", "self.b, self.k = b, a", "self.k: int = int(a)", "self.k = a or 3", "n = a\nself.k = n"],
)
def test_use_of_the_attribute_it_is_kept_in_counts(source: Source, init: str) -> None:
    assert used(source, init, "return x // self.k").kinds[0] == "integer"


@pytest.mark.parametrize(
    ("init", "passed"),
    [
        ("self.d = Dense(units=a)", "units"),
        ("self.d = keras.layers.Dense(2, a)", "Dense.1"),
        ("self.f = keras.activations.get(a)", "activations.get.0"),
    ],
)
def test_where_it_is_handed_on(source: Source, init: str, passed: str) -> None:
    assert used(source, init).passed == (passed,)


def test_details_of_containers(source: Source) -> None:
    assert used(source, "self.x, self.y, self.z = a").length == 3
    assert used(source, "self.n = a[3]").length == 4
    assert used(source, "self.n = a['n'] + a['m']").keys == ("n", "m")
    assert used(source, "self.parts = [Conv(n, k) for n, k in a]").parts == ("n", "k")
    assert used(source, "for (n, _), k in a: pass").parts == ("", "k")


def test_attributes_that_no_kind_has(source: Source) -> None:
    assert used(source, "self.d = Dense(a.width)", "return x * self.a.scale").attributes == ("width",)
    assert used(source, "self.a = a\nself.d = Dense(a.width)", "return x * self.a.scale").attributes == (
        "width",
        "scale",
    )


def test_a_class_without_init_or_text_says_nothing(source: Source, tmp_path: object) -> None:
    assert argument_usages(source("class A:\n    def call(self, x): return x\n"), "A") == {}
    assert argument_usages(source("class A: pass\n"), "B") == {}
    assert argument_usages(f"{tmp_path}/none.py", "A") == {}
