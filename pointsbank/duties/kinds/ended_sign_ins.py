"""Forgets sessions that have ended, and API tokens that ended a month ago."""

from datetime import datetime

from pointsbank import staff
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    with site.database.reading() as session:
        return staff.count_ended(session, at=at) > 0


def _run(work: Work) -> str:
    with work.site.database.writing() as session:
        forgotten = staff.forget_ended(session, at=work.at)
    return f"清除了{forgotten}个已经结束的登录和访问令牌。"


DUTY = Duty(
    name="ended_sign_ins",
    title="已经结束的登录和访问令牌",
    when="每分钟看一次：登录结束就清除，访问令牌结束满三十天清除。",
    is_due=_is_due,
    run=_run,
)
