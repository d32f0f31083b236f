from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.fixes.edit import Applicability
from maskcheck.rules.attributes.attribute_lost import AttributeLost
from maskcheck.rules.attributes.attribute_random import AttributeRandom
from maskcheck.rules.base.rule import Rule
from maskcheck.rules.calls.call_bypassed import CallBypassed
from maskcheck.rules.calls.output_unusable import OutputUnusable
from maskcheck.rules.files.fresh_process_differs import FreshProcessDiffers
from maskcheck.rules.files.unsafe_load import UnsafeLoad
from maskcheck.rules.masks.supports_masking_changed import SupportsMaskingChanged
from maskcheck.rules.weights.compile_state_lost import CompileStateLost
from maskcheck.rules.weights.own_state_asymmetric import OwnStateAsymmetric
from maskcheck.rules.weights.variable_untracked import VariableUntracked
from maskcheck.rules.weights.weight_not_restored import WeightNotRestored
from maskcheck.rules.weights.weights_swapped import WeightsSwapped
from maskcheck.rules.weights.weights_unreadable import WeightsUnreadable
from tests.fixes.builders.proposing import make_first, propose

HEAD = "import keras\n\n\nclass A(B):\n    def __init__(self, x):\n        super().__init__()\n"
SET = "iterate over sorted(...) instead of a set"
POLICY = "hand dtype=self.dtype_policy to every layer that the layer makes"
FUNCTION = "Keras does not see twice.block, a Dense that only a function holds"


@pytest.mark.parametrize(
    ("rule", "subject", "hint", "before", "after"),
    [
        (VariableUntracked, "s", "", "self.s = tf.Variable(x)", 'self.s = keras.Variable(x, name="s")'),
        (VariableUntracked, "s[1]", "", "self.s = [tf.Variable(x)]", "self.s = [keras.Variable(x)]"),
        (VariableUntracked, "b.s", "", "self.b.s = v()", "self.b.s = v()\n        self._b_s = self.b.s"),
        (WeightNotRestored, "p[0].kernel", "", "self.p = {d()}", "self.p = [d()]"),
        (WeightNotRestored, "p[0].kernel", "", "self.p = set(x)", "self.p = list(x)"),
        (WeightNotRestored, "quantize.bias", "", "self.quantize = d()", "self.quantize_layer = d()"),
        (WeightsSwapped, "s", "", "self.s = w(trainable=self.trainable)", "self.s = w()"),
        (AttributeRandom, "n", "", "self.n = r()", 'self.n = keras.Variable(r(), trainable=False, name="n")'),
        (
            AttributeRandom,
            "n.m",
            "",
            "self.n.m = np.random.rand()",
            "self.n.m = np.random.RandomState(0).rand()",
        ),
        (
            AttributeLost,
            "a.n",
            "",
            "self.n = 1",
            'self.n = self.add_weight(name="n", shape=(), initializer="ones", trainable=False)',
        ),
        (FreshProcessDiffers, "a", SET, "self.a = list({x})", "self.a = list(sorted({x}))"),
        (
            FreshProcessDiffers,
            "d.dtype_policy",
            POLICY,
            "self.d = d(x)",
            "self.d = d(x, dtype=self.dtype_policy)",
        ),
        (
            SupportsMaskingChanged,
            "supports_masking",
            "self.supports_masking = True",
            "x = 1",
            "self.supports_masking = True\n        x = 1",
        ),
    ],
)
def test_first_edit_changes_the_line(
    tmp_path: Path, rule: type[Rule], subject: str, hint: str, before: str, after: str
) -> None:
    file = tmp_path / "layers.py"
    file.write_text(f"{HEAD}        {before}\n")
    edits = propose(rule, file, "A", subject, hint=hint, line=7)
    assert make_first(edits, file) == f"{HEAD}        {after}\n"


def test_part_that_only_a_function_holds_is_held_above(tmp_path: Path) -> None:
    file = tmp_path / "layers.py"
    file.write_text(f"{HEAD}        self.twice = twice(Dense(8))\n")
    edit, built = propose(VariableUntracked, file, "A", "twice.block", message=FUNCTION)
    held = "self._twice_block = Dense(8)\n        self.twice = twice(self._twice_block)"
    assert held in make_first((edit,), file)
    assert "self._twice_block.build(input_shape)" in make_first((built,), file)


@pytest.mark.parametrize("method", ["__reduce__", "__getstate__"])
def test_pickling_is_left_to_keras(tmp_path: Path, method: str) -> None:
    file = tmp_path / "layers.py"
    file.write_text(f"{HEAD}        self.scale = 1\n\n    def {method}(self): ...\n")
    assert method not in make_first(propose(WeightNotRestored, file, "A", "scale"), file)


@pytest.mark.parametrize(
    ("rule", "subject", "hint", "before", "after"),
    [
        (WeightsUnreadable, "weights", "", "    @property\n    def weights(self): ...\n", "    pass\n"),
        (CallBypassed, "__call__", "", "    def __call__(self): ...\n", "    def call(self): ...\n"),
        (
            CallBypassed,
            "__call__",
            "",
            "    def call(self): ...\n    def __call__(self): self.call()\n",
            "    def call(self): ...\n    def __call__(self): super().__call__()\n",
        ),
        (
            OutputUnusable,
            "outputs",
            "return 1",
            "    def call(self): 1\n",
            "    def call(self):\n        return 1\n",
        ),
        (
            OwnStateAsymmetric,
            "b",
            "",
            "    def save_own_variables(self, s):\n        s['a'] = self.a\n        s['b'] = self.b\n\n"
            "    def load_own_variables(self, s):\n        self.a.assign(s['a'])\n",
            "    def save_own_variables(self, s):\n        s['a'] = self.a\n        s['b'] = self.b\n\n"
            "    def load_own_variables(self, s):\n        self.a.assign(s['a'])\n"
            "        self.b.assign(s['b'])\n",
        ),
        (OwnStateAsymmetric, "build_config", "", "    def get_build_config(self): ...\n", "    pass\n"),
        (
            CompileStateLost,
            "compile",
            "import keras\ndef get_compile_config(self):\n    return 1\n\n"
            "def compile_from_config(self):\n    return 2",
            "    def get_compile_config(self):\n        return 0  # none\n",
            "    def get_compile_config(self):\n        return 1\n\n"
            "    def compile_from_config(self):\n        return 2\n",
        ),
    ],
)
def test_first_edit_changes_the_method(
    tmp_path: Path, rule: type[Rule], subject: str, hint: str, before: str, after: str
) -> None:
    file = tmp_path / "layers.py"
    file.write_text(f"import keras\n\n\nclass A(B):\n{before}")
    edits = propose(rule, file, "A", subject, hint=hint)
    assert make_first(edits, file) == f"import keras\n\n\nclass A(B):\n{after}"


def test_key_of_a_base_class_counts_too(tmp_path: Path) -> None:
    file = tmp_path / "layers.py"
    (tmp_path / "base.py").write_text(
        "class Pair:\n    def save_own_variables(self, s):\n        s['k'] = self.a.numpy()\n"
    )
    text = (
        "from .base import Pair\n\n\nclass A(Pair):\n"
        "    def load_own_variables(self, s):\n        self.a.assign(s['0'])\n"
    )
    file.write_text(text)
    first, second = propose(OwnStateAsymmetric, file, "A", "load_own_variables")
    assert make_first((first,), file) == text.replace("'0'", "'k'")
    assert "load_own_variables" not in make_first((second,), file)


def test_lambda_gets_a_name(tmp_path: Path) -> None:
    file = tmp_path / "layers.py"
    file.write_text(f"{HEAD}        self.f = Lambda(lambda y: 2 * y)\n")
    made = make_first(propose(UnsafeLoad, file, "A", "f"), file)
    assert (
        '@keras.saving.register_keras_serializable(package="mine")\ndef f_of_a(y):\n    return 2 * y' in made
    )
    assert "self.f = Lambda(f_of_a)\n" in made


def test_edits_of_what_a_layer_does_are_not_safe(tmp_path: Path) -> None:
    file = tmp_path / "layers.py"
    file.write_text(f"{HEAD}        self.n = r()\n")
    edits = propose(AttributeRandom, file, "A", "n")
    assert {edit.applicability for edit in edits} == {Applicability.UNSAFE}


def test_input_spec_is_not_a_number(tmp_path: Path) -> None:
    file = tmp_path / "layers.py"
    file.write_text(HEAD)
    assert propose(AttributeLost, file, "A", "input_spec") == ()
