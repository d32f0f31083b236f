"""What an entry of the spec leaves open is inferred, and what it says is kept."""

from __future__ import annotations

import pytest

from tests.scans.test_fixtures import scanned


@pytest.mark.parametrize(
    ("name", "kept"), [("refused.NeedsATupleHealthy", "sizes: [3, 4]"), ("refused.Doubling", "shape: [2, 6]")]
)
def test_a_case_is_completed(name: str, kept: str) -> None:
    layer = scanned("cases").layers[name]
    assert [case["origin"] for case in layer["cases"]] == ["inferred"]
    assert kept in layer["inferred"]
    assert "..." not in layer["inferred"]
