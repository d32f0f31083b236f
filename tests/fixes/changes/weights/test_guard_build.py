from __future__ import annotations

import pytest

from maskcheck.fixes.changes.weights.guard_build import GuardBuild
from tests.fixes.changing import apply

BUILD = "class A:\n  def build(self, s):\n    x = 1\n{}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "    # the part\n    self.a.build(s)  # so\n",
            "    # the part\n    if not self.a.built:\n      self.a.build(s)  # so\n",
        ),
        ("    self.b.build(s)\n", "    self.b.build(s)\n"),
        ("    if not self.a.built: self.a.build(s)\n", "    if not self.a.built: self.a.build(s)\n"),
        (
            "    for b in self.a:\n      b.build(s)\n",
            "    for b in self.a:\n      if not b.built:\n        b.build(s)\n",
        ),
    ],
    ids=["line", "other part", "guarded", "loop"],
)
def test_part_is_built_where_it_is_not(before: str, after: str) -> None:
    assert apply(GuardBuild("A", "a"), BUILD.format(before)) == BUILD.format(after)
