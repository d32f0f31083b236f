"""What the text of ``call`` and ``build`` says of the inputs."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping

import pytest

from maskcheck.source.inputs.inputs import InputUsage, input_usages

Source = Callable[[str], str]


def usage(
    source: Source, call: str, build: str = "", arguments: str = "x", init: str = "pass"
) -> Mapping[str, InputUsage]:
    methods = {"__init__(self)": init, f"call(self, {arguments})": call, "build(self, shape)": build}
    text = "class A:\n"
    for head, body in methods.items():
        if body:
            text += f"    def {head}:\n" + textwrap.indent(textwrap.dedent(body), "        ") + "\n"
    return input_usages(source(text), "A")


@pytest.mark.parametrize(
    ("call", "field", "expected"),
    [
        ("first, second = x\nreturn first", "length", 2),
        ("return x[0] + x[2]", "length", 3),
        ("return ops.concatenate(x, -1)", "length", 2),
        ("if len(x) != self.n: raise ValueError", "length", 2),
        ("return [part(one) for part, one in zip(self.parts, x)]", "length", 2),
        ("return x['a'] + x['b']", "keys", ("a", "b")),
        ("if 'a' not in x: raise KeyError", "keys", ("a",)),
        ("b, h, w, c = x.shape", "ranks", (4,)),
        ("b, t = tf.shape(x)[0], 1\nreturn tf.transpose(x, [0, 2, 1])", "ranks", (3,)),
        ("return tf.pad(x, [[0, 0], [1, 1]])", "ranks", (2,)),
        ("return tf.einsum('bij,bjk->bik', x, x)", "ranks", (3,)),
        ("return tf.image.resize(x, (4, 4))", "ranks", (4,)),
        ("assert len(x.shape) == 5", "ranks", (5,)),
        ("return x[:, None, 0, 1]", "least", 3),
        ("return x.shape[2]", "least", 3),
        ("if len(x.shape) < 3: raise ValueError", "least", 3),
        ("if len(x.shape) <= 3: raise ValueError", "least", 4),
        ("return tf.one_hot(x, 4)", "dtypes", ("int32",)),
        ("return tf.gather(self.table, x)", "dtypes", ("int32",)),
        ("return ~x", "dtypes", ("bool",)),
        ("return tf.strings.lower(x)", "dtypes", ("string",)),
        ("if x.dtype != tf.uint8: raise TypeError", "dtypes", ("uint8",)),
        ("if x.dtype != 'complex64': raise TypeError", "dtypes", ("complex64",)),
        ("if isinstance(x, list): x = x[0]", "checked", True),
        ("y = tf.cast(x, 'float32')\nreturn y['a']", "keys", ("a",)),
    ],
)
def test_use(source: Source, call: str, field: str, expected: object) -> None:
    assert getattr(usage(source, call)["x"], field) == expected


@pytest.mark.parametrize(
    ("init", "call"),
    [
        ("self.d = Embedding(2, 3)", "return self.d(x)"),
        ("self.c, self.d = Dense(2), Embedding(2, 3)", "return self.d(x)"),
        ("self.d = [Embedding(2, 3) for _ in range(2)]", "return self.d[0](x)"),
        ("self.d = [Embedding(2, 3)]", "for d in self.d:\n    x = d(x)"),
        ("self.d = (Embedding(2, 3),)", "return [e(x) for d, e in zip(y, self.d[1:])]"),
        ("self.d = {k: Embedding(2, 3) for k in y}", "return self.d['a'](x)"),
    ],
)
def test_layers_that_it_is_handed_to(source: Source, init: str, call: str) -> None:
    assert usage(source, call, init=init)["x"].layers == ("Embedding",)


@pytest.mark.parametrize(
    ("call", "names"),
    [
        ("nodes, edges = x\nreturn edges[:, :, 0]", ("nodes", "edges")),
        ("edges = x[1]\nnodes = x[0]\nreturn edges[:, :, 0]", ("nodes", "edges")),
        ("return x[1][:, :, 0] + x[0]", ("x.0", "x.1")),
    ],
)
def test_parts_by_position(source: Source, call: str, names: tuple[str, ...]) -> None:
    found = usage(source, call)
    assert found["x"].names == names
    assert found[names[1]].least == 3


@pytest.mark.parametrize(
    "call", ["return self.d(x['text']['ids'])", "text = x['text']\nreturn self.d(text['ids'])"]
)
def test_parts_by_key(source: Source, call: str) -> None:
    found = usage(source, call, init="self.d = Embedding(2, 3)")
    assert (found["x"].keys, found["text"].keys, found["ids"].layers) == (("text",), ("ids",), ("Embedding",))


@pytest.mark.parametrize(
    ("build", "field", "expected"),
    [
        ("self.n = shape[3]", "least", 4),
        ("b, t, f = shape", "ranks", (3,)),
        ("if len(shape) != 4: raise ValueError", "ranks", (4,)),
        ("q_shape, k_shape = shape", "length", 2),
        ("self.n = shape[1][-1]", "length", 2),
        ("self.n = shape['a'][-1]", "keys", ("a",)),
    ],
)
def test_build_tells_of_the_first_input(source: Source, build: str, field: str, expected: object) -> None:
    assert getattr(usage(source, "return x", build)["x"], field) == expected


def test_build_tells_of_the_parts(source: Source) -> None:
    build = (
        "if len(shape[0]) != 3: raise ValueError\nif len(shape) != 2: raise ValueError\nq, k = shape\nk[3]"
    )
    found = usage(source, "query, key = x\nreturn key", build)
    assert (found["x"].ranks, found["query"].ranks, found["key"].least) == ((), (3,), 4)


def test_of_several_arguments_each_has_its_own(source: Source) -> None:
    found = usage(source, "return tf.gather(table, ids)", arguments="table, ids, mask=None")
    assert (found["ids"].dtypes, found["table"].dtypes) == (("int32",), ())


def test_a_class_without_call_says_nothing(source: Source) -> None:
    assert input_usages(source("class A:\n    x = 1\n"), "A") == {}
