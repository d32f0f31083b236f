from __future__ import annotations

import pytest

from maskcheck.fixes.changes.imports import AddImport
from tests.fixes.changing import apply

KERAS = AddImport("import keras")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("x = 1\n", "import keras\n\nx = 1\n"),
        ('"""Text."""\n\nx = 1\n', '"""Text."""\n\nimport keras\n\nx = 1\n'),
        ('"""Text."""\nx = 1\n', '"""Text."""\n\nimport keras\n\nx = 1\n'),
        ("from __future__ import a\n\nx = 1\n", "from __future__ import a\n\nimport keras\n\nx = 1\n"),
        ("import os\n\nimport zoo\n", "import os\n\nimport keras\nimport zoo\n"),
        (
            "import os\n\nimport abc_\nfrom a import b\n",
            "import os\n\nimport abc_\nimport keras\nfrom a import b\n",
        ),
        ("from keras import ops\n", "import keras\nfrom keras import ops\n"),
        ("import os\n\n\nclass A: ...\n", "import os\n\nimport keras\n\n\nclass A: ...\n"),
        ("from .a import b\n", "import keras\n\nfrom .a import b\n"),
        ('"""Text."""\n\nfrom .a import b\n', '"""Text."""\n\nimport keras\n\nfrom .a import b\n'),
        ("# note\nimport zoo\n", "# note\nimport keras\nimport zoo\n"),
        ("import os\n\n# others\nimport zoo\n", "import os\n\n# others\nimport keras\nimport zoo\n"),
        ("import os\r\n", "import os\r\n\r\nimport keras\r\n"),
        ("def f():\n    pass\n\nimport os\n", "import keras\n\ndef f():\n    pass\n\nimport os\n"),
        ("import  keras  # is here\n", "import  keras  # is here\n"),
    ],
)
def test_import_stands_where_it_usually_does(before: str, after: str) -> None:
    assert apply(KERAS, before) == after


def test_standard_library_comes_first() -> None:
    assert apply(AddImport("import copy"), "import keras\n") == "import copy\n\nimport keras\n"
    assert (
        apply(AddImport("import copy"), "import os\n\nimport keras\n")
        == "import copy\nimport os\n\nimport keras\n"
    )
