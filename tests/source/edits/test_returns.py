"""What a call should return that returns nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from maskcheck.source.edits.returns import Return, find_forgotten_return


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("def call(self, x):\n        self.dense(x)", Return(3, "return self.dense(x)")),
        ("def call(self, x):\n        y = 2 * x", Return(3, "return y")),
        ("def call(self, x):\n        x += 1", Return(3, "return x")),
        ("def call(self, x): self.d(x)", Return(2, "return self.d(x)")),
        ("async def call(self, x):\n        return x", Return(2, "def call, without async")),
        ("def call(self, x):\n        yield 2 * x", Return(3, "return 2 * x, instead of yield")),
        ("def call(self, x):\n        def inner(): yield 1\n        return x", None),
        ("def call(self, x):\n        return x", None),
        ("def call(self, x):\n        self.y = x", None),
        ("def call(self, x):\n        'Nothing yet.'", None),
        ("def build(self, shape):\n        shape", None),
    ],
)
def test_what_lacks_at_the_end(tmp_path: Path, body: str, found: Return | None) -> None:
    source = tmp_path / "mod.py"
    source.write_text(f"class Layer:\n    {body}\n", "utf-8")
    assert find_forgotten_return(str(source), "Layer", "call") == found
