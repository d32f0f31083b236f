"""The live bar at the foot of a terminal while a scan runs."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Bar:
    """A bar that counts layers and leaves no trace; what else the console prints goes above it."""

    def __init__(self, console: Console, total: int) -> None:
        columns = (BarColumn(bar_width=20), MofNCompleteColumn(), TextColumn("layers"), TimeElapsedColumn())
        self._progress = Progress(
            *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._task = self._progress.add_task("", total=total)

    def __enter__(self) -> Bar:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()

    def advance(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` layers are finished."""
        self._progress.update(self._task, completed=done, total=total)
