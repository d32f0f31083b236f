"""The live bar at the foot of a terminal while a scan runs."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Column

from maskcheck.report.terminal.escape import escape_text

_BAR = 20
# Narrower than this, the bar itself makes room for the rest.
_ROOMY = 60


class Bar:
    """Counts layers, names those in hand and says how long it will take; nothing of it stays on the screen.

    What else the console prints goes above it.
    """

    def __init__(self, console: Console, total: int) -> None:
        bar = (BarColumn(_BAR),) if console.width >= _ROOMY else ()
        # Names are cut where they do not fit: a second row would make the bar jump.
        names = Column(no_wrap=True, overflow="crop", ratio=1)
        self._progress = Progress(
            *bar,
            MofNCompleteColumn(),
            TextColumn("layers"),
            TimeRemainingColumn(compact=True),
            TextColumn("left"),
            TextColumn("{task.description}", markup=False, table_column=names),
            console=console,
            expand=True,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
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

    @property
    def done(self) -> int:
        """Return how many layers are shown as finished."""
        return int(self._progress.tasks[self._task].completed)

    def advance(self, done: int, total: int) -> None:
        """Show that at least ``done`` of ``total`` layers are finished."""
        self._progress.update(self._task, completed=max(self.done, done), total=total)

    def show(self, running: Sequence[str], done: int, total: int) -> None:
        """Show which layers are being checked, and how many are finished."""
        self._progress.update(self._task, description=", ".join(map(escape_text, running)))
        self.advance(done, total)
