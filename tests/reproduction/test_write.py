from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from maskcheck.model.case import Case, Leaf, Preparation
from maskcheck.reproduction.script.checks import CHECKS
from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.plans import list_plans
from maskcheck.reproduction.script.request import Inline, Plan
from maskcheck.reproduction.script.trips import TRIPS
from maskcheck.reproduction.script.write import LONGEST, write_script
from maskcheck.rules.registry import RULES
from tests.reproduction.requests import CASE, SUBJECT, make_finding, make_request

MISSING = make_finding("MC101", "factor", before="2.0", after="1.0")
WHOLE = """\
# MC301 a-name: it is lost
import os
import tempfile

import keras
import numpy as np

from mymodule import Scale

rng = np.random.default_rng(0)
x = rng.standard_normal((2, 3)).astype("float32")
layer = Scale(factor=2.0)
layer(x)
for weight in layer.weights:  # values that no initializer gives
    if "float" in str(weight.dtype):
        weight.assign(np.asarray(weight) + rng.uniform(0.1, 0.4, tuple(weight.shape)))

inputs = keras.Input(shape=(3,), dtype="float32")
model = keras.Model(inputs, layer(inputs))
path = os.path.join(tempfile.mkdtemp(), "model.keras")
model.save(path)
loaded = keras.models.load_model(path)
copy = loaded.layers[-1]

before, after = np.asarray(layer.kernel), np.asarray(copy.kernel)
assert np.array_equal(before, after), f"kernel was {before!r} and comes back as {after!r}"
"""


def test_whole_script() -> None:
    finding = make_finding("MC301", "kernel")
    assert write_script(make_request(finding), Plan("weight", "keras")) == WHOLE


def test_argument_is_looked_for_in_the_config() -> None:
    script = write_script(make_request(MISSING), list_plans(MISSING)[0])
    last = 'assert "factor" in config, "the config has no factor, which was 2.0"\n'
    assert script.endswith(f"config = layer.get_config()\n{last}")


@pytest.mark.parametrize("rule", [rule.code for rule in RULES if rule.shown_by])
@pytest.mark.parametrize("is_model", [False, True])
def test_every_script_is_python_and_short(rule: str, is_model: bool) -> None:
    finding = make_finding(rule, "inner.kernel", "inner.bias", routes=tuple(TRIPS), before="1.5")
    request = make_request(finding, is_model=is_model, custom=("Other",), legacy=True, root="src")
    written = 0
    for plan in list_plans(finding):
        try:
            script = write_script(request, plan)
        except NotWritable:
            continue
        ast.parse(script)
        assert script.count("\n") <= LONGEST
        written += 1
    assert written or is_model


def test_message_cannot_leave_its_comment() -> None:
    finding = make_finding("MC101", "factor", message="a\nimport os\x1b[2J\u2028b")
    first, second, *_ = write_script(make_request(finding), Plan("key", "")).split("\n")
    assert first == "# MC101 a-name: a import os?[2J b"
    assert second == "import keras"


def test_name_cannot_leave_its_text() -> None:
    finding = make_finding("MC201", "table['\"}{x']", before="1.5")
    for plan in list_plans(finding):
        ast.parse(write_script(make_request(finding), plan))


def test_second_value_takes_the_place_of_the_first() -> None:
    finding = replace(MISSING, consequences=("shown by a second value: factor=0.5",))
    assert "layer = Scale(factor=0.5)\n" in write_script(make_request(finding), Plan("key", ""))


def test_second_value_that_is_no_literal_is_refused() -> None:
    finding = replace(MISSING, consequences=("shown by a second value: factor=<Dense>",))
    with pytest.raises(NotWritable, match="<Dense>"):
        write_script(make_request(finding), Plan("key", ""))


def test_names_that_keras_does_not_find_are_given_to_it() -> None:
    script = write_script(make_request(MISSING, custom=("gelu",)), Plan("attribute", "config"))
    assert "from mymodule import Scale, gelu\n" in script
    assert 'with keras.saving.custom_object_scope({"gelu": gelu}):\n    config = ' in script


def test_keras_2_is_chosen_before_anything_is_imported() -> None:
    lines = write_script(make_request(MISSING, legacy=True), Plan("key", "")).splitlines()
    setting = lines.index('os.environ["TF_USE_LEGACY_KERAS"] = "1"')
    assert setting < lines.index("import tf_keras as keras") < lines.index("from mymodule import Scale")


def test_module_is_found_elsewhere() -> None:
    assert "sys.path.insert(0, 'src')\n" in write_script(make_request(MISSING, root="src"), Plan("key", ""))


def test_inline_source_comes_after_the_imports() -> None:
    inline = Inline(("import math",), "class Scale(keras.layers.Layer):\n    x = math.pi")
    script = write_script(make_request(MISSING, inline=inline), Plan("key", ""))
    assert "from mymodule" not in script
    assert "import keras\nimport math\nimport numpy as np\n\n\nclass Scale" in script


def test_long_source_is_refused() -> None:
    inline = Inline((), "\n".join(["x = 1"] * LONGEST))
    with pytest.raises(NotWritable, match="more than 60"):
        write_script(make_request(MISSING, inline=inline), Plan("key", ""))


def test_preparation_comes_after_the_first_call_but_for_adapt() -> None:
    measured = replace(CASE, prepare=(Preparation("measure", (Leaf((8, 3)),)),))
    script = write_script(make_request(MISSING, case=measured), Plan("key", ""))
    assert "layer(x)\nlayer.measure(tf.constant(rng.standard_normal((8, 3))" in script
    adapted = replace(CASE, prepare=(Preparation("adapt", ([1, 2],)),))
    script = write_script(make_request(MISSING, case=adapted), Plan("key", ""))
    assert "layer = Scale(factor=2.0)\nlayer.adapt([1, 2])\nlayer(x)\n" in script


def test_several_tensors_have_numbers() -> None:
    case = Case(
        "default", args=([Leaf((2, 3)), Leaf((2, 4))],), call={"state": Leaf((2, 5)), "training": True}
    )
    script = write_script(make_request(MISSING, case=case), Plan("attribute", "keras"))
    assert "layer([x0, x1], state=x2, training=True)\n" in script
    model = (
        "keras.Model([inputs0, inputs1, inputs2], layer([inputs0, inputs1], state=inputs2, training=True))"
    )
    assert model in script


def test_nested_class_is_refused() -> None:
    with pytest.raises(NotWritable):
        write_script(make_request(MISSING, subject=replace(SUBJECT, qualname="A.Scale")), Plan("key", ""))


def test_checks_name_trips_that_there_are() -> None:
    assert {trip for check in CHECKS.values() for trip in check.trips} <= TRIPS.keys()
