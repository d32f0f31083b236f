"""With -v the report says of skipped and inconclusive checks all that the JSON report says."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from maskcheck.model.finding import Check, Status
from maskcheck.report.terminal.details import group_by_reason

UNDECIDED = (Status.SKIPPED, Status.INCONCLUSIVE)
CHECKS = st.lists(
    st.builds(
        Check,
        st.sampled_from(["MC101", "MC102", "MC401"]),
        st.sampled_from(["build", "config", "keras"]),
        st.sampled_from(["one", "two", "one@int8"]),
        st.sampled_from([*UNDECIDED, Status.PASSED]),
        st.sampled_from(["no weights", "constant"]),
    ),
    unique_by=lambda check: (check.rule, check.route, check.case),
)


def expanded(checks: Sequence[Check]) -> set[Check]:
    """Return the checks that the groups stand for."""
    return {
        Check(rule, route, case, status, reason)
        for (status, reason), groups in group_by_reason(checks).items()
        for group in groups
        for case in group.cases
        for rule, route in (
            [(rule, route) for rule in group.rules for route in group.routes]
            or [(check.rule, check.route) for check in checks if check.case == case]
        )
    }


@given(CHECKS)
def test_nothing_is_lost_and_nothing_added(checks: list[Check]) -> None:
    assert expanded(checks) == {check for check in checks if check.status in UNDECIDED}


@given(CHECKS)
def test_each_reason_stands_once_and_what_is_open_comes_first(checks: list[Check]) -> None:
    statuses = [status for status, _ in group_by_reason(checks)]
    assert statuses == sorted(statuses, key=[Status.INCONCLUSIVE, Status.SKIPPED].index)
