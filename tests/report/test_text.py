from __future__ import annotations

import io

import pytest

from maskcheck.model.report import LayerReport
from maskcheck.report.screen import Screen
from maskcheck.report.text import TextReporter

from .compare import stored
from .samples import ALL, events
from .streams import Terminal

LINUX = {"TERM": "xterm-256color"}


def rendered(*layers: LayerReport, stream: io.StringIO | None = None, **options: object) -> str:
    stream = stream or io.StringIO()
    screen_options = {
        name: options.pop(name) for name in ("color", "verbosity", "environ") if name in options
    }
    brief = bool(options.pop("brief", False))
    reporter = TextReporter(Screen(stream, **{"environ": {}, **screen_options}), brief=brief)
    for event in events(*layers, **options):
        reporter.handle(event)
    reporter.close()
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("plain.txt", {}),
        ("quiet.txt", {"verbosity": -1}),
        ("verbose.txt", {"verbosity": 1}),
        ("brief.txt", {"brief": True}),
        ("color.txt", {"color": "always"}),
    ],
)
def test_whole_report(name: str, options: dict[str, object]) -> None:
    text = rendered(*ALL, **options)
    assert text == stored(name, text)


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_terminal_of_any_width(columns: int) -> None:
    environ = {"TERM": "dumb", "COLUMNS": str(columns)}
    text = rendered(*ALL, stream=Terminal(), environ=environ)
    assert max(map(len, text.splitlines())) <= columns
    assert text == stored(f"terminal-{columns}.txt", text)
