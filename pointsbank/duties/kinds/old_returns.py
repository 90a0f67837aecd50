"""Takes old points that came back with goods after a year's end, once their month is over."""

from datetime import datetime

from pointsbank import villages, year_end
from pointsbank.duties.duty import Duty, Site, Work
from pointsbank.jobs import Job


def _is_due(site: Site, _job: Job, at: datetime) -> bool:
    with site.database.reading() as session:
        return any(
            year_end.any_return_over(session, village=village.id, at=at)
            for village in villages.everyone(session)
        )


def _run(work: Work) -> str:
    """Settle what is due, village by village.

    Raises what `Work.report` and `year_end.settle_returns` raise.
    """
    with work.site.database.reading() as session:
        known = villages.everyone(session)
    settled = 0
    for step, village in enumerate(known):
        work.report(step, len(known), village.name)
        with work.site.database.writing() as session:
            settled += year_end.settle_returns(session, village=village.id, by=work.by, at=work.at)
    return f"年终结转后退货退回的旧积分，期满办了{settled}笔。"


DUTY = Duty(
    name="old_returns",
    title="退货退回的旧积分",
    when="每分钟看一次：年终结转以后退货退回的旧积分留用30天，期满没用的按同样的办法办。",
    is_due=_is_due,
    run=_run,
)
