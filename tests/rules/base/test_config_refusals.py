"""What to write where nobody makes an object of what the config says of it."""

from __future__ import annotations

import pytest

from maskcheck.rules.base.config_refusals import write_deserialization
from maskcheck.rules.base.rule import Look
from tests.rules.evidence import config as written
from tests.rules.evidence import evidence, methods

LINE = 'config = {**config, "inner": keras.saving.deserialize_keras_object(config["inner"])}'
METHOD = f"@classmethod\ndef from_config(cls, config):\n    {LINE}\n    return cls(**config)"
SERIALIZED = {"inner": {"module": "keras.layers", "class_name": "Dense", "config": {}}}
GET_CONFIG = '"inner": keras.saving.serialize_keras_object(self.inner),  # in get_config\n'


@pytest.mark.parametrize(
    ("config", "own", "expected"),
    [
        (SERIALIZED, {"from_config": 9}, LINE),
        (SERIALIZED, {}, METHOD),
        ({"inner": {"units": 3}}, {"from_config": 9}, GET_CONFIG + LINE),
        ({}, {}, GET_CONFIG + METHOD),
    ],
)
def test_what_is_there_already_is_not_written_again(
    config: dict[str, object], own: dict[str, int], expected: str
) -> None:
    assert (
        write_deserialization(Look(evidence(config=written(config), methods=methods(**own))), "inner")
        == expected
    )
