"""Remembers in a cache file which layers failed when they were last checked in a directory."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from maskcheck.judging.exit_code import is_failing
from maskcheck.model.report import Event, LayerFinished, ScanFinished
from maskcheck.report.file import write_atomically

FOLDER = ".maskcheck_cache"
_FILE = "last-failed.json"


def load_last_failed(directory: str) -> tuple[str, ...]:
    """Return the ids of the layers that failed; none where that is not known."""
    try:
        known = json.loads(Path(directory, FOLDER, _FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    failed = known.get("failed") if isinstance(known, dict) else None
    return tuple(filter(lambda name: isinstance(name, str), failed)) if isinstance(failed, list) else ()


class LastFailedRecorder:
    """Writes at the end of a scan which layers failed; layers that were not checked keep their entry."""

    def __init__(self, directory: str, fail_on: str) -> None:
        self._directory = directory
        self._fail_on = fail_on
        self._failing: dict[str, bool] = {}

    def handle(self, event: Event) -> None:
        """Take in one event; write at the last one, if that can be done."""
        if isinstance(event, LayerFinished):
            failing = is_failing(event.report, self._fail_on)
            self._failing[event.report.id] = failing or self._failing.get(event.report.id, False)
        elif isinstance(event, ScanFinished):
            with suppress(OSError):
                self._write()

    def close(self) -> None:
        """Do nothing: there is nothing to restore."""

    def _write(self) -> None:
        before = [name for name in load_last_failed(self._directory) if name not in self._failing]
        failed = sorted({*before, *(name for name, failing in self._failing.items() if failing)})
        folder = Path(self._directory, FOLDER)
        folder.mkdir(exist_ok=True)
        write_atomically(str(folder / ".gitignore"), "*\n")
        write_atomically(str(folder / _FILE), json.dumps({"failed": failed}, indent=2) + "\n")
