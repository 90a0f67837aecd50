"""A request that nobody answered in time ends for good, by whatever runs anyway, whatever the clock shows."""

from datetime import timedelta

import pytest

from pointsbank import approvals
from pointsbank.web.clock import _end_what_would_revive
from tests.approvals.office import Office
from tests.approvals.test_pins import WEEK, _proposals
from tests.builders import NOW


def test_what_is_overdue_ends_in_table_and_log_and_stays_so(office: Office) -> None:
    one = office.request()
    assert approvals.end_overdue(office.database, at=NOW + WEEK - timedelta(seconds=1)) == 0

    assert approvals.end_overdue(office.database, at=NOW + WEEK) == 1

    assert office.kinds(after=one.requested_index + 1) == ["approval_expired"]
    assert _proposals(office) == 0
    assert approvals.end_overdue(office.database, at=NOW + WEEK) == 0
    with pytest.raises(approvals.problems.ApprovalEnded, match="已过期"):
        office.confirm(one, at=NOW)


def test_after_the_clock_was_put_back_it_ends_by_what_was_over_before(sqlite_office: Office) -> None:
    office, one = sqlite_office, sqlite_office.request()

    _end_what_would_revive(office.database, due=NOW + WEEK, moment=NOW)

    assert office.status(one, at=NOW) == "expired"
