"""What the statement at a line looks up."""

from __future__ import annotations

import pytest

from maskcheck.source.edits.statement_at import keys_read_at


@pytest.mark.parametrize(
    ("statement", "keys"),
    [
        ("return cls(**{**config, 'dtype': config['dtype'].lower()})", ("dtype",)),
        ("return cls(config.pop('units'), config.get('bias', 1))", ("units", "bias")),
        ("config['units'] = 3", ()),
        ("return cls(**config)[0][config]", ()),
    ],
)
def test_keys_that_a_statement_reads(source, statement, keys):
    file = source(f"class A:\n    def from_config(cls, config):\n        {statement}\n")
    assert set(keys_read_at(file, 3)) == set(keys)


def test_only_the_head_of_a_block_counts(source):
    file = source("if table['low']:\n    x = table['high']\n")
    assert (keys_read_at(file, 1), keys_read_at(file, 2)) == (("low",), ("high",))


def test_a_file_that_cannot_be_read_tells_nothing(tmp_path):
    assert keys_read_at(str(tmp_path / "none.py"), 1) == ()
