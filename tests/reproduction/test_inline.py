from __future__ import annotations

import pytest

from maskcheck.reproduction.script.expressions import NotWritable
from maskcheck.reproduction.script.inline import write_inline

MODULE = '''\
"""A module."""
from __future__ import annotations

import os.path
import keras
from typing import Any, Sequence
from .helpers import helper

FACTOR = 2  # how much
UNUSED = 3


def double(x):
    return FACTOR * helper(x)


class Other(keras.layers.Layer):
    pass


@keras.saving.register_keras_serializable()
class Scale(keras.layers.Layer):
    # A comment.
    def call(self, x: Any):
        return double(x)
'''
SOURCE = """\
FACTOR = 2  # how much


def double(x):
    return FACTOR * helper(x)


@keras.saving.register_keras_serializable()
class Scale(keras.layers.Layer):
    # A comment.
    def call(self, x: Any):
        return double(x)"""


def test_class_comes_with_what_it_needs() -> None:
    found = write_inline(MODULE, ["Scale"], "pkg.layers")
    assert found.source == SOURCE
    assert found.imports == (
        "import keras",
        "from typing import Any",
        "from pkg.layers.helpers import helper",
    )


def test_relative_import_goes_up() -> None:
    text = "from .. import base\nfrom ..tools import use\nclass A(base.B):\n    x = use()\n"
    found = write_inline(text, ["A"], "pkg.inner")
    assert found.imports == ("from pkg import base", "from pkg.tools import use")


def test_class_that_no_statement_defines_is_refused() -> None:
    with pytest.raises(NotWritable, match="Made"):
        write_inline("def make():\n    pass\n", ["Made"])
