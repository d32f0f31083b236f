"""Which process of a parallel test run gets which tests: those of one group go to the same one.

A group is named by the mark ``xdist_group``; a test without one belongs to those of its file. pytest-xdist
has this as ``--dist loadgroup``, which finds no groups under pytest 9.2.
"""

from __future__ import annotations

import json
import os
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.run_once import SHARED


def write_groups(items: list[pytest.Item]) -> None:
    """Let the process that distributes the tests know their groups."""
    marks = {item.nodeid: item.get_closest_marker("xdist_group") for item in items}
    groups = {nodeid: str(mark.args[0]) for nodeid, mark in marks.items() if mark}
    written = _file().with_name(f"groups-{os.getpid()}.json")
    written.write_text(json.dumps(groups), "utf-8")
    written.replace(_file())


class GroupScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Sends the tests of a group to one process, in the order in which they were collected."""

    def __init__(self, config: pytest.Config, log: Any = None) -> None:
        config.option.loadscopereorder = False
        super().__init__(config, log)

    @cached_property
    def _groups(self) -> dict[str, str]:
        groups: dict[str, str] = json.loads(_file().read_text("utf-8"))
        return groups

    def _split_scope(self, nodeid: str) -> str:
        return self._groups.get(nodeid) or nodeid.partition("::")[0]


def _file() -> Path:
    return Path(os.environ[SHARED]) / "groups.json"
