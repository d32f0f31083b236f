from __future__ import annotations

import pytest

from maskcheck.fixes.changes.weights.build_parts import BuildParts
from tests.fixes.changing import apply, expect

LINE = "self.dense.build(input_shape)"


def test_whole_build_is_written_above_call() -> None:
    expect(
        BuildParts("A", f"def build(self, input_shape):\n    {LINE}"),
        """
        class A:
            def call(self, x):
                return x
        """,
        f"""
        class A:
            def build(self, input_shape):
                {LINE}

            def call(self, x):
                return x
        """,
    )


def test_lines_of_a_class_without_build_are_in_one() -> None:
    assert apply(BuildParts("A", LINE), "class A: ...\n") == (
        f"class A:\n    def build(self, input_shape):\n        {LINE}\n"
    )


@pytest.mark.parametrize(
    "closing",
    ["super().build(input_shape)", "self.built = True", "super().build(input_shape)\n        return"],
)
def test_lines_come_before_what_ends_build(closing: str) -> None:
    text = f"class A:\n    def build(self, input_shape):\n        x = 1  # one\n        {closing}\n"
    assert apply(BuildParts("A", LINE), text) == text.replace(closing, f"{LINE}\n        {closing}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    def build(self, input_shape): pass\n", f"    def build(self, input_shape):\n        {LINE}\n"),
        (
            "  def build(self, input_shape):\n    '''T.'''\n",
            f"  def build(self, input_shape):\n    '''T.'''\n    {LINE}\n",
        ),
        (
            "\tdef build(self, input_shape):\r\n\t\tx = 1; y = 2\r\n",
            f"\tdef build(self, input_shape):\r\n\t\tx = 1; y = 2\r\n\t\t{LINE}\r\n",
        ),
    ],
    ids=["pass", "docstring", "tabs and line ends"],
)
def test_lines_are_written_as_build_is(before: str, after: str) -> None:
    end = "\r\n" if "\r\n" in before else "\n"
    assert apply(BuildParts("A", LINE), f"class A:{end}{before}") == f"class A:{end}{after}"


def test_build_gets_other_parameters_and_keeps_its_text() -> None:
    expect(
        BuildParts(
            "A",
            "def build(self, inputs_shape, condition_shape=None):\n"
            "    self.dense.build(inputs_shape)\n"
            "    if condition_shape is not None:\n"
            "        self.scale.build(condition_shape)",
        ),
        """
        class A:
          def build(self, input_shape: tuple):
            # first
            self.dense.build( input_shape )  # so
        """,
        """
        class A:
          def build(self, inputs_shape: tuple, condition_shape=None):
            # first
            self.dense.build( inputs_shape )  # so
            if condition_shape is not None:
              self.scale.build(condition_shape)
        """,
    )


def test_attributes_and_keywords_keep_the_name_of_a_parameter() -> None:
    code = "def build(self, x_shape, y_shape):\n    self.dense.build(x_shape)"
    text = "class A:\n    def build(self, shape):\n        self.shape = f(shape=shape, of=x.shape)\n"
    changed = apply(BuildParts("A", code), text)
    assert "self.shape = f(shape=x_shape, of=x.shape)\n" in changed
