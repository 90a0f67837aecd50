"""Ends the requests for a second person that nobody answered in time, whether or not somebody looks."""

from datetime import datetime

from pointsbank import approvals
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    return approvals.any_overdue(site.database, at=at)


def _run(work: Work) -> str:
    ended = approvals.end_overdue(work.site.database, at=work.at)
    return f"{ended}件申请过期了，已记入日志。"


DUTY = Duty(
    name="overdue_requests",
    title="到期的双人确认申请",
    when="每分钟看一次，有到期的就办。",
    is_due=_is_due,
    run=_run,
)
