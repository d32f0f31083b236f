from __future__ import annotations

import io

from maskcheck.report.base import Look
from maskcheck.report.broadcast import Broadcast
from maskcheck.report.reporters import FORMATS, make_progress_reporter
from tests.report.samples import BAD, GOOD, events
from tests.report.streams import Full


def test_one_that_breaks_does_not_take_the_others_with_it() -> None:
    good = io.StringIO()
    broken = FORMATS["text"](Full(), Look())
    both = Broadcast({"broken": broken, "good": FORMATS["json"](good, Look())})
    for event in events(GOOD, code=0):
        both.handle(event)
    both.close()
    assert list(both.failures) == ["broken"]
    assert both.failures["broken"].errno == 28
    assert '"exit_code": 0' in good.getvalue()


def test_every_format_makes_a_reporter() -> None:
    for make in (*FORMATS.values(), make_progress_reporter):
        stream = io.StringIO()
        reporter = make(stream, Look("never", 0))
        for event in events(BAD):
            reporter.handle(event)
        reporter.close()
        assert "FixedShapeMask" in stream.getvalue()
