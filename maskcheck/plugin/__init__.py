"""The pytest plugin: ``pytest --maskcheck=mymodule`` makes each case of each layer a test.

It is loaded wherever pytest and maskcheck are installed together, so nothing is imported here
before it is asked for.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options; all else is set as for the command."""
    group = parser.getgroup("maskcheck", "round trips of Keras layers")
    group.addoption(
        "--maskcheck",
        action="append",
        metavar="TARGET",
        help="check the layers of a module, a file, a package's folder or a class (pkg.module:Class), "
        "a test for each case of each; repeatable, or with commas between",
    )
    group.addoption(
        "--maskcheck-fix",
        action="store_true",
        help="end the message of a layer that fails with the edits that mend it, which takes some more scans",
    )


# Not the newer kind of wrapper: an old pytest would fail here for tests that have nothing to do with this.
@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, None]:
    """Add the layers to what the session collects, if any are asked for."""
    outcome = yield
    report: pytest.CollectReport = outcome.get_result()
    targets = collector.config.getoption("--maskcheck")
    if targets and isinstance(collector, pytest.Session) and report.passed:
        from maskcheck.plugin.collect import Targets

        layers = Targets.from_parent(collector, name="maskcheck", nodeid="maskcheck", targets=targets)
        report.result.append(layers)
