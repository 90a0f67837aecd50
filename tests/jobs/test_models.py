"""A job's row is in one of its states, and the database holds that."""

import pytest
from sqlalchemy.exc import IntegrityError

from pointsbank.database import Database
from pointsbank.jobs.models import JobRow


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"name": ""}, "ck_job_named"),
        ({"state": "lost"}, "ck_job_state"),
        ({"beat": -1}, "ck_job_counts"),
        ({"attempts": -1}, "ck_job_counts"),
        ({"step": -1}, "ck_job_step"),
        ({"step": 2, "steps": 1}, "ck_job_step"),
        ({"state": "running"}, "ck_job_worker"),
        ({"state": "done", "worker": "k3v7"}, "ck_job_worker"),
    ],
)
def test_a_row_that_no_job_can_be_in_is_refused(
    database: Database, wrong: dict[str, object], rule: str
) -> None:
    with pytest.raises(IntegrityError, match=rule), database.writing() as session:
        session.add(JobRow(**{"name": "backup"} | wrong))
