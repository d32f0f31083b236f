"""How arrays differ: a table where it fits, else one short paragraph for each array."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from maskcheck.model.finding import ArrayDelta
from maskcheck.report.terminal.escape import escape_text
from maskcheck.report.terminal.lines import Line, Page

_LIMIT = 10
_GAP = "  "
_HEAD = ("array", "shape", "dtype", "differ", "largest", "relative", "at")


def delta_lines(deltas: Sequence[ArrayDelta], page: Page, indent: int) -> Iterator[Line]:
    """Yield shape, dtype, how many values differ, the largest differences and where, for each array."""
    if not deltas:
        return
    shown, left = page.cap(deltas, _LIMIT)
    rows = [_delta_cells(delta, page.glyphs.arrow) for delta in shown]
    head, *body = [Line(Text(line), indent) for line in align_columns([_HEAD, *rows])]
    if all(map(page.fits, [head, *body])):
        yield head._replace(text=Text(head.text.plain, "dim"))
        yield from body
    else:
        yield from (Line(_delta_paragraph(row), indent, gap=_GAP) for row in rows)
    yield from page.more(left, "array", indent)


def align_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows as lines with aligned columns."""
    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)]
    return [_GAP.join(map(pad, row, widths)).rstrip() for row in rows]


def pad(cell: str, width: int) -> str:
    """Return the text with as many spaces behind it as fill ``width`` columns."""
    return cell + " " * (width - cell_len(cell))


def _delta_cells(delta: ArrayDelta, arrow: str) -> tuple[str, ...]:
    return (
        escape_text(delta.path) or "-",
        _change_text(str(delta.before_shape), str(delta.after_shape), arrow),
        _change_text(delta.before_dtype, delta.after_dtype, arrow),
        "-" if delta.differing is None else f"{delta.differing} of {delta.total}",
        "-" if delta.max_absolute is None else f"{delta.max_absolute:.3g}",
        "-" if delta.max_relative is None else f"{delta.max_relative:.3g}",
        "-" if delta.where is None else str(list(delta.where)),
    )


def _change_text(before: str, after: str, arrow: str) -> str:
    return escape_text(before if before == after else f"{before} {arrow} {after}")


def _delta_paragraph(row: Sequence[str]) -> Text:
    known = [f"{name} {cell}" for name, cell in zip(_HEAD[1:], row[1:], strict=True) if cell != "-"]
    return Text(_GAP.join([row[0], *known]))
