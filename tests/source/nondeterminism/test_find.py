"""What the text of a class leaves to chance, to clocks and to state outside of the layer."""

from __future__ import annotations

import textwrap

import pytest

from maskcheck.model.layer_facts import Chance
from maskcheck.source.nondeterminism.find import find_chances

IMPORTS = """
    import datetime, itertools, os, random, secrets, time, uuid
    import numpy as np
    import tensorflow as tf
    from keras import random as krandom
    from random import gauss
    import keras

    COUNT = 0
    RNG = np.random.default_rng(3)
    NUMBERS = itertools.count()
    WORDS = {"a", "b"}
    SEEN = {}
    NAMES = []


    def noise(shape):
        return np.random.normal(size=shape)

"""
HEAD = len(textwrap.dedent(IMPORTS).splitlines())


def read(source, text: str, *names: str) -> tuple[Chance, ...]:
    """Return what is found in the classes ``names`` of a module of ``text``, in A if there are none."""
    file = source(textwrap.dedent(IMPORTS) + textwrap.dedent(text))
    return find_chances([(file, name) for name in names or ("A",)])


def in_method(source, body: str, signature: str = "call(self, inputs)") -> tuple[Chance, ...]:
    inner = textwrap.indent(body, "        ")
    return read(source, f"class A:\n    def {signature}:\n{inner}\n")


@pytest.mark.parametrize(
    ("body", "kind", "doing"),
    [
        ("np.random.normal(size=3)", "stream", "draws from np.random.normal without a seed"),
        ("random.random()", "stream", "draws from random.random without a seed"),
        ("gauss(0, 1)", "stream", "draws from gauss without a seed"),
        ("tf.random.normal([3])", "stream", "draws from tf.random.normal without a seed"),
        ("tf.random.normal([3], seed=None)", "stream", "draws from tf.random.normal without a seed"),
        (
            "tf.image.random_flip_up_down(inputs)",
            "stream",
            "draws from tf.image.random_flip_up_down without a seed",
        ),
        ("krandom.uniform((3,))", "stream", "draws from krandom.uniform without a seed"),
        ("keras.random.uniform((3,))", "stream", "draws from keras.random.uniform without a seed"),
        ("tf.keras.random.uniform((3,))", "stream", "draws from tf.keras.random.uniform without a seed"),
        ("keras.random.SeedGenerator()", "stream", "draws from keras.random.SeedGenerator without a seed"),
        ("np.random.default_rng().normal()", "draw", "draws from np.random.default_rng without a seed"),
        ("np.random.RandomState(None)", "draw", "draws from np.random.RandomState without a seed"),
        ("random.Random(x=1).random()", "draw", "draws from random.Random without a seed"),
        ("random.SystemRandom().random()", "draw", "draws from random.SystemRandom"),
        ("uuid.uuid4().hex", "draw", "draws from uuid.uuid4"),
        ("os.urandom(3)", "draw", "draws from os.urandom"),
        ("secrets.randbelow(3)", "draw", "draws from secrets.randbelow"),
        ("RNG.normal()", "draw", "moves RNG on"),
        ("next(NUMBERS)", "draw", "moves NUMBERS on"),
        ("time.time_ns()", "clock", "reads time.time_ns"),
        ("datetime.datetime.now()", "clock", "reads datetime.datetime.now"),
        ("id(self)", "identity", "depends on id()"),
        ("hash(self)", "identity", "depends on hash()"),
        ("for word in WORDS:\n    print(word)", "order", "iterates over a set"),
        ("for word in set(inputs) - WORDS:\n    print(word)", "order", "iterates over a set"),
        ("found = {1, 2}\nreturn [word for word in found]", "order", "iterates over a set"),
        ("return list(frozenset(inputs))", "order", "iterates over a set"),
        ("global COUNT\nCOUNT += 1", "shared", "changes the global COUNT"),
        ("SEEN['a'] = 1", "shared", "changes the global SEEN"),
        ("NAMES.append(1)", "shared", "changes the global NAMES"),
        ("A.made = 1", "shared", "changes A.made"),
        ("type(self).made += 1", "shared", "changes type(self).made"),
        ("self.__class__.made, other = 1, 2", "shared", "changes self.__class__.made"),
    ],
)
def test_what_one_place_does(source, body: str, kind: str, doing: str) -> None:
    (found,) = in_method(source, body)
    assert (found.kind, found.doing, found.method, found.entries) == (kind, doing, "call", ("call",))


@pytest.mark.parametrize(
    "body",
    [
        "np.random.default_rng(3).normal()",
        "np.random.seed(3)",
        "random.Random(3)",
        "tf.random.normal([3], seed=4)",
        "tf.random.stateless_normal([3], (1, 2))",
        "keras.random.normal((3,), seed=4)",
        "keras.random.SeedGenerator(3)",
        "random.getstate()",
        "self.random.normal()",
        "other.time.time()",
        "time.sleep(0)",
        "for word in sorted(WORDS):\n    print(word)",
        "return sum(len(word) for word in WORDS)",
        "for word in ['a', 'b']:\n    print(word)",
        "COUNT = 1",
        "self.made = 1",
        "self.seen = {}\nself.seen['a'] = 1",
        "print(SEEN['a'], NAMES.index(1))",
    ],
)
def test_what_is_the_same_each_time_is_none(source, body: str) -> None:
    assert in_method(source, body) == ()


@pytest.mark.parametrize("seed", ["seed", "self.seed"])
def test_a_seed_that_is_none_unless_it_is_given(source, seed: str) -> None:
    body = f"self.seed = seed\nself.drawn = np.random.default_rng({seed}).normal()"
    (found,) = in_method(source, body, "__init__(self, seed=None)")
    assert found.doing == "draws from np.random.default_rng, whose seed may be None"
    assert in_method(source, body, "__init__(self, seed=3)") == ()
    assert in_method(source, body, "__init__(self, size=None, *, seed)") == ()


def test_a_generator_of_the_layer_moves_on_from_call_to_call(source) -> None:
    text = """\
        class A:
            def __init__(self):
                self.rng = np.random.default_rng(3)

            def call(self, inputs):
                return inputs + self.rng.normal()
        """
    (found,) = read(source, text)
    assert (found.kind, found.doing, found.line) == ("moving", "moves self.rng on", HEAD + 6)


def test_state_of_the_class_that_all_layers_share(source) -> None:
    text = """\
        class A:
            seen = []
            own = []

            def __init__(self):
                self.own = []

            def call(self, inputs):
                self.seen.append(1)
                self.own.append(1)
        """
    assert [found.doing for found in read(source, text)] == ["changes self.seen"]


def test_methods_functions_and_bases_that_a_method_uses(source) -> None:
    text = """\
        class Base:
            def call(self, inputs):
                return inputs + time.time()

            def helper(self):
                return uuid.uuid4()

        class A(Base):
            def build(self, shape):
                self.drawn = noise(shape)

            def call(self, inputs):
                return super().call(inputs) + self.helper()

            def unused(self):
                return time.time()
        """
    found = read(source, text, "A", "Base")
    assert [(one.method, one.entries, one.kind) for one in found] == [
        ("noise", ("build",), "stream"),
        ("call", ("call",), "clock"),
        ("helper", ("call",), "draw"),
    ]


def test_an_overridden_method_counts_only_if_it_is_called(source) -> None:
    text = """\
        class Base:
            def call(self, inputs):
                return inputs + time.time()

        class A(Base):
            def call(self, inputs):
                return inputs
        """
    assert read(source, text, "A", "Base") == ()


def test_what_a_method_reads_leads_to_who_changes_it(source) -> None:
    text = """\
        class A:
            made = 0

            def __init__(self):
                A.made += 1

            def call(self, inputs):
                return inputs * type(self).made
        """
    (found,) = read(source, text)
    assert (found.method, found.entries) == ("__init__", ("__init__", "call"))


@pytest.mark.parametrize(
    ("signature", "body", "attributes"),
    [
        ("build(self, shape)", "self.drawn = np.random.normal(size=shape)", ("drawn",)),
        (
            "build(self, shape)",
            "rng = np.random.default_rng()\nself.drawn = tf.constant(rng.normal())",
            ("drawn",),
        ),
        ("build(self, shape)", "print(np.random.normal())\nself.drawn = 3", ()),
        ("__init__(self)", "self.at = {}\nself.at['made'] = time.time()", ("at",)),
        ("__init__(self)", "self.number = next(NUMBERS)", ("number",)),
        ("__init__(self)", "for word in WORDS:\n    self.last = word", ("last",)),
        ("__init__(self)", "global COUNT\nCOUNT += 1\nself.number = COUNT", ("number",)),
        ("__init__(self)", "NAMES.append(1)\nself.number = len(NAMES)", ("number",)),
        ("__init__(self)", "super().__init__(name=uuid.uuid4().hex)", ()),
        (
            "from_config(cls, config)",
            "layer = cls(**config)\nlayer.tag = uuid.uuid4()\nreturn layer",
            ("tag",),
        ),
    ],
)
def test_attributes_that_the_outcome_flows_into(
    source, signature: str, body: str, attributes: tuple[str, ...]
) -> None:
    (found,) = in_method(source, body, signature)
    assert found.attributes == attributes


@pytest.mark.parametrize(
    "text", ["", "class A:\n    pass\n", "class A:\n    def call(self):\n        return 1\n"]
)
def test_nothing_is_found_where_nothing_is(source, text: str) -> None:
    assert read(source, text) == ()


def test_a_file_that_cannot_be_read_has_nothing() -> None:
    assert find_chances([("nowhere.py", "A")]) == ()
