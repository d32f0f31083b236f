"""The characters beyond ASCII that the text report uses, and what stands for them elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from maskcheck.model.report import Verdict


@dataclass(frozen=True)
class Glyphs:
    """One set of characters."""

    verdicts: Mapping[Verdict, str]
    dot: str
    arrow: str
    ellipsis: str


def _make_glyphs(verdicts: str, dot: str, arrow: str, ellipsis: str) -> Glyphs:
    return Glyphs(dict(zip(Verdict, verdicts, strict=True)), dot, arrow, ellipsis)


UNICODE = _make_glyphs("✓!✗?-", "·", "→", "…")
ASCII = _make_glyphs("+!x?-", "|", "->", "...")


def glyphs_for(encoding: str | None) -> Glyphs:
    """Return the marks that ``encoding`` can write; a stream without one takes all."""
    try:
        "✓✗·→…".encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return UNICODE
